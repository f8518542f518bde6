/// A volume with FAT12, FAT16 or FAT32: its table of clusters and the records of its directories
/// ("Microsoft FAT Specification", 6 and 7).
struct FatVolume: DirectoryVolume {
    let disk: DiskSource
    let geometry: FatGeometry

    var clusterBytes: Int { geometry.clusterBytes }
    var root: DirectoryExtent {
        geometry.bits == 32
            ? .chain(first: geometry.rootCluster) : .region(start: geometry.rootStart, count: geometry.rootBytes)
    }

    func next(after cluster: Int) -> Int? { geometry.next(after: cluster, of: disk) }
    func place(of cluster: Int) -> Int? { geometry.place(of: cluster) }

    private static let recordBytes = 32

    func records(in directory: [UInt8]) -> DirectoryListing {
        var listing = DirectoryListing()
        var long = LongName()
        var isBehindEnd = false
        for start in stride(from: 0, through: directory.count - Self.recordBytes, by: Self.recordBytes) {
            let record = directory[start..<(start + Self.recordBytes)]
            let bytes = Array(record)
            switch bytes[0] {
            case 0:
                isBehindEnd = true
                long = LongName()
            case 0xE5:
                // What was deleted is no file, though tools bring it back.
                if !isBehindEnd { listing.note(.diskDeletedFiles) }
                long = LongName()
            default:
                if bytes[11] & 0x3F == 0x0F {
                    long.add(bytes)
                    continue
                }
                // Windows stops at the first record that was never used; Linux goes on.
                if isBehindEnd {
                    guard Self.isSound(bytes) else { continue }
                    listing.note(.diskHiddenFiles)
                }
                if let found = self.record(bytes, long) { listing.records.append(found) }
                long = LongName()
            }
        }
        return listing
    }

    /// Whether what stands behind the end can be a record at all, and not what was left there.
    private static func isSound(_ bytes: [UInt8]) -> Bool {
        bytes[11] & 0xC0 == 0 && bytes[0..<11].allSatisfy { $0 >= 0x20 } && bytes[0] != 0x20
    }

    /// `.` and `..` alone: any other name that begins with a dot is one that systems show.
    private static func isOfItself(_ bytes: [UInt8]) -> Bool {
        bytes[0] == 0x2E && (bytes[1] == 0x2E || bytes[1] == 0x20) && bytes[2..<11].allSatisfy { $0 == 0x20 }
    }

    private func record(_ bytes: [UInt8], _ long: LongName) -> DirectoryListing.Record? {
        let attributes = bytes[11]
        // The volume's own name, and the directory's records of itself and its parent.
        guard attributes & 0x08 == 0, !Self.isOfItself(bytes) else { return nil }
        func number(_ place: Int) -> Int { Int(bytes[place]) | Int(bytes[place + 1]) << 8 }
        let high = geometry.bits == 32 ? number(20) << 16 : 0
        let size = number(28) | number(30) << 16
        return DirectoryListing.Record(
            names: names(bytes, long), isDirectory: attributes & 0x10 != 0, extent: .chain(first: high | number(26)),
            size: attributes & 0x10 != 0 ? 0 : size, written: size)
    }

    /// The long name first, if it belongs to the record; the short one, too, where it says something else.
    private func names(_ bytes: [UInt8], _ long: LongName) -> [String] {
        let short = ShortName(bytes)
        guard let text = long.text, !text.isEmpty else { return short.readings }
        // A long name that does not fit is passed over by Windows and shown by others.
        guard long.fits(bytes) else { return short.readings + [text] }
        return short.isAlias(of: text) ? [text] : [text] + short.readings
    }
}

extension DirectoryListing {
    mutating func note(_ anomaly: ArchiveAnomaly) {
        if !anomalies.contains(anomaly) { anomalies.append(anomaly) }
    }
}

/// A long name in the making: its pieces stand before the record, the last one first.
private struct LongName {
    private var units: [UInt16] = []
    private var checksum: UInt8 = 0
    private var expected = 0
    private var isBroken = false

    private static let places = [1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30]

    mutating func add(_ bytes: [UInt8]) {
        let number = Int(bytes[0] & 0x1F)
        if bytes[0] & 0x40 != 0 {
            (units, checksum, expected, isBroken) = ([], bytes[13], number, false)
        }
        if number != expected || number == 0 || bytes[13] != checksum { isBroken = true }
        expected = number - 1
        units = Self.places.map { UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8 } + units
    }

    var text: String? {
        units.isEmpty ? nil : String(decoding: units.prefix { $0 != 0 }, as: UTF16.self)
    }

    func fits(_ record: [UInt8]) -> Bool {
        let sum = record[0..<11].reduce(UInt8(0)) { ($0 >> 1 | $0 << 7) &+ $1 }
        return !isBroken && expected == 0 && sum == checksum
    }
}

/// A name of eight and three characters, in the charset of MS-DOS.
struct ShortName {
    /// As systems show it, by every charset it may be in.
    let readings: [String]

    init(_ record: [UInt8]) {
        func part(_ range: Range<Int>, isLow: Bool) -> [UInt8] {
            var bytes = Array(record[range])
            if range.lowerBound == 0, bytes[0] == 0x05 { bytes[0] = 0xE5 }
            while bytes.last == 0x20 { bytes.removeLast() }
            return isLow ? bytes.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 } : bytes
        }
        let stem = part(0..<8, isLow: record[12] & 0x08 != 0)
        let ending = part(8..<11, isLow: record[12] & 0x10 != 0)
        readings = EntryName(ending.isEmpty ? stem : stem + [0x2E] + ending, isOfUnknownCharset: true).all
    }

    /// Whether it is what systems make of a long name: the same ending, as far as it has room.
    func isAlias(of long: String) -> Bool { Self.isAlias(readings.first ?? "", of: long) }

    static func isAlias(_ short: String, of long: String) -> Bool {
        func ending(_ name: String) -> String {
            guard let dot = name.lastIndex(of: ".") else { return "" }
            return String(name[name.index(after: dot)...].filter { $0 != " " }.prefix(3)).uppercased()
        }
        let other = ending(long)
        // Letters that short names lack become other ones.
        return ending(short) == other || !other.allSatisfy(\.isASCII) || other.contains { "+,;=[]".contains($0) }
    }
}
