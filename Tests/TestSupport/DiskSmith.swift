/// Writes volumes with FAT byte by byte, so that a test can bend any field.
public struct DiskSmith: Sendable {
    /// A file, below the directories that its path names.
    public struct File: Sendable {
        public var path: String
        public var bytes: [UInt8]
        /// Eleven characters; made from the path where there are none.
        public var shortName: String?
        public var isDeleted = false
        /// Whether a record that was never used stands before the file's.
        public var isBehindEnd = false
        /// Whether the long name's checksum is that of another short one.
        public var isMisfit = false

        public init(_ path: String, _ bytes: [UInt8], shortName: String? = nil) {
            (self.path, self.bytes, self.shortName) = (path, bytes, shortName)
        }
    }

    public static let sectorBytes = 512
    public var files: [File]
    /// 12, 16 or 32.
    public var bits: Int
    public var clusterCount: Int
    public var copies = 2
    public var rootEntries = 64
    /// Clusters of one sector, as entries of the table.
    public private(set) var table: [Int] = []
    private var clusters: [UInt8] = []
    private var rootCluster = 0

    public init(_ files: [File], bits: Int = 12, clusterCount: Int? = nil) {
        self.files = files
        self.bits = bits
        self.clusterCount = clusterCount ?? (bits == 16 ? 4_200 : 200)
    }

    // MARK: Places

    private var reserved: Int { bits == 32 ? 8 : 1 }
    public var tableBytes: Int {
        ((clusterCount + 2) * bits / 8 + Self.sectorBytes) / Self.sectorBytes * Self.sectorBytes
    }
    /// Where the copy of the table starts.
    public func tableStart(_ copy: Int = 0) -> Int { reserved * Self.sectorBytes + copy * tableBytes }
    public var rootStart: Int { tableStart(copies) }
    public var dataStart: Int { rootStart + (bits == 32 ? 0 : rootEntries * 32) }

    // MARK: Writing

    /// The volume; its `table` may be bent between by `bend`.
    public func volume(bend: (inout [Int]) -> Void = { _ in }) -> [UInt8] {
        var smith = self
        smith.table = [0x0FFF_FF00 | 0xF8, 0x0FFF_FFFF]
        let root = smith.directory(below: "", files: files[...])
        let end = [UInt8](repeating: 0, count: 32)
        if bits == 32 { smith.rootCluster = smith.store(root + end) }
        bend(&smith.table)
        var bytes = smith.firstSector
        if bits == 32 {
            bytes += [UInt8](repeating: 0, count: (6 - 1) * Self.sectorBytes) + smith.firstSector
        }
        bytes += [UInt8](repeating: 0, count: tableStart() - bytes.count)
        for _ in 0..<copies { bytes += smith.packedTable }
        if bits != 32 { bytes += root + [UInt8](repeating: 0, count: rootEntries * 32 - root.count) }
        bytes += smith.clusters
        let rest = dataStart + clusterCount * Self.sectorBytes - bytes.count
        return bytes + [UInt8](repeating: 0, count: max(0, rest))
    }

    private var firstSector: [UInt8] {
        let total = dataStart / Self.sectorBytes + clusterCount
        var sector: [UInt8] = [0xEB, 0x3C, 0x90] + Array("LAZARET ".utf8)
        sector += Self.little(Self.sectorBytes, 2) + [1] + Self.little(reserved, 2) + [UInt8(copies)]
        sector += Self.little(bits == 32 ? 0 : rootEntries, 2) + Self.little(0, 2) + [0xF8]
        sector += Self.little(bits == 32 ? 0 : tableBytes / Self.sectorBytes, 2) + Self.little(63, 2)
        sector += Self.little(255, 2) + Self.little(0, 4) + Self.little(total, 4)
        if bits == 32 {
            sector += Self.little(tableBytes / Self.sectorBytes, 4) + Self.little(0, 4) + Self.little(rootCluster, 4)
            sector += Self.little(1, 2) + Self.little(6, 2)
        }
        return sector + [UInt8](repeating: 0, count: 510 - sector.count) + [0x55, 0xAA]
    }

    private var packedTable: [UInt8] {
        let entries = table + [Int](repeating: 0, count: max(0, clusterCount + 2 - table.count))
        var bytes: [UInt8] = []
        switch bits {
        case 12:
            for pair in stride(from: 0, to: entries.count, by: 2) {
                let second = pair + 1 < entries.count ? entries[pair + 1] : 0
                bytes += Self.little(entries[pair] & 0xFFF | (second & 0xFFF) << 12, 3)
            }
        case 16: bytes = entries.flatMap { Self.little($0 & 0xFFFF, 2) }
        default: bytes = entries.flatMap { Self.little($0, 4) }
        }
        return bytes + [UInt8](repeating: 0, count: tableBytes - bytes.count)
    }

    /// Puts bytes into clusters side by side; the first one's number, or 0 for none.
    private mutating func store(_ bytes: [UInt8]) -> Int {
        guard !bytes.isEmpty else { return 0 }
        let first = table.count
        let count = (bytes.count + Self.sectorBytes - 1) / Self.sectorBytes
        clusters += bytes + [UInt8](repeating: 0, count: count * Self.sectorBytes - bytes.count)
        for index in 0..<count { table.append(index == count - 1 ? 0x0FFF_FFFF : first + index + 1) }
        return first
    }

    /// The records of a directory, after everything below it was stored.
    private mutating func directory(below folder: String, files: ArraySlice<File>) -> [UInt8] {
        var records: [UInt8] = []
        var made: Set<String> = []
        for (number, file) in files.enumerated() where file.path.hasPrefix(folder) {
            let rest = file.path.dropFirst(folder.count)
            if let slash = rest.firstIndex(of: "/") {
                let name = String(rest[..<slash])
                guard made.insert(name).inserted else { continue }
                let inner = directory(below: folder + name + "/", files: files)
                records += record(name, nil, store(inner + [UInt8](repeating: 0, count: 32)), 0, 0x10, number)
            } else {
                if file.isBehindEnd { records += [UInt8](repeating: 0, count: 32) }
                var own = record(
                    String(rest), file.shortName, store(file.bytes), file.bytes.count, 0x20, number)
                if file.isDeleted {
                    for start in stride(from: 0, to: own.count, by: 32) { own[start] = 0xE5 }
                }
                if file.isMisfit, own.count > 32 { own[13] ^= 1 }
                records += own
            }
        }
        return records
    }

    private func record(
        _ name: String, _ short: String?, _ cluster: Int, _ size: Int, _ attributes: UInt8, _ number: Int
    ) -> [UInt8] {
        let stem = name.uppercased().split(separator: ".").first.map(String.init) ?? ""
        let ending = name.contains(".") ? name.uppercased().split(separator: ".").last.map(String.init) ?? "" : ""
        let isShort = name == name.uppercased() && stem.count <= 8 && ending.count <= 3 && short == nil
        let letters = isShort ? stem : stem.filter { $0.isASCII && $0 != " " }.prefix(5) + "~\(number + 1)"
        func padded(_ text: String, _ count: Int) -> String { String((text + "           ").prefix(count)) }
        let bytes = Array((short ?? padded(letters, 8) + padded(ending.filter(\.isASCII), 3)).utf8)
        var record = bytes + [attributes, 0] + [UInt8](repeating: 0, count: 7) + Self.little(cluster >> 16, 2)
        record += [UInt8](repeating: 0, count: 4) + Self.little(cluster & 0xFFFF, 2) + Self.little(size, 4)
        return (isShort ? [] : Self.longName(name, of: bytes)) + record
    }

    private static func longName(_ name: String, of short: [UInt8]) -> [UInt8] {
        let sum = short.reduce(UInt8(0)) { ($0 >> 1 | $0 << 7) &+ $1 }
        var units = Array(name.utf16)
        if units.count % 13 != 0 { units.append(0) }
        while units.count % 13 != 0 { units.append(0xFFFF) }
        var records: [UInt8] = []
        let count = units.count / 13
        for index in (0..<count).reversed() {
            let piece = units[(index * 13)..<(index * 13 + 13)].flatMap { little(Int($0), 2) }
            records.append(UInt8(index + 1) | (index == count - 1 ? 0x40 : 0))
            records += piece[0..<10] + [0x0F, 0, sum] + piece[10..<22] + [0, 0] + piece[22..<26]
        }
        return records
    }

    public static func little(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    public static func big(_ value: Int, _ count: Int) -> [UInt8] { little(value, count).reversed() }
}
