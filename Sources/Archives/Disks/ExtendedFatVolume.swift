/// A volume with exFAT ("exFAT file system specification", 3 to 7).
struct ExtendedFatVolume: DirectoryVolume {
    let disk: DiskSource
    let clusterBytes: Int
    let root: DirectoryExtent
    private let tableStart: Int
    private let heapStart: Int
    private let clusterCount: Int

    /// Where the copy of the first sector stands, in sectors.
    static let reserveSector = 12
    private static let recordBytes = 32

    /// Nil where no first sector is at `sector`.
    init?(_ disk: DiskSource, firstSector sector: Int = 0) {
        let base = sector * disk.sectorBytes
        let sectorShift = Int(disk.byte(at: base + 108))
        let clusterShift = Int(disk.byte(at: base + 109))
        guard disk.holds(Array("EXFAT   ".utf8), at: base + 3), (9...12).contains(sectorShift),
            sectorShift + clusterShift <= 25
        else { return nil }
        self.disk = disk
        clusterBytes = 1 << (sectorShift + clusterShift)
        let tableBytes = disk.little(at: base + 84, bytes: 4) << sectorShift
        let isSecond = disk.byte(at: base + 110) > 1 && disk.byte(at: base + 106) & 1 == 1
        tableStart = disk.little(at: base + 80, bytes: 4) << sectorShift + (isSecond ? tableBytes : 0)
        heapStart = disk.little(at: base + 88, bytes: 4) << sectorShift
        clusterCount = disk.little(at: base + 92, bytes: 4)
        root = .chain(first: disk.little(at: base + 96, bytes: 4))
    }

    func next(after cluster: Int) -> Int? {
        let entry = disk.little(at: tableStart + cluster * 4, bytes: 4)
        return place(of: entry) == nil ? nil : entry
    }

    func place(of cluster: Int) -> Int? {
        cluster >= 2 && cluster < clusterCount + 2 ? heapStart + (cluster - 2) * clusterBytes : nil
    }

    /// A file is a set of records: what it is, where it lies, and its name in pieces.
    func records(in directory: [UInt8]) -> DirectoryListing {
        var listing = DirectoryListing()
        var open: (attributes: Int, left: Int)?
        var stream: [UInt8]?
        var units: [UInt16] = []
        func number(_ bytes: [UInt8], _ place: Int, _ count: Int) -> Int {
            Int(clamping: (0..<count).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64(bytes[place + $1]) })
        }
        for start in stride(from: 0, through: directory.count - Self.recordBytes, by: Self.recordBytes) {
            let bytes = Array(directory[start..<(start + Self.recordBytes)])
            switch bytes[0] {
            case 0x85:
                (open, stream, units) = ((number(bytes, 4, 2), Int(bytes[1])), nil, [])
                continue
            case 0xC0: stream = bytes
            case 0xC1: units += (0..<15).map { UInt16(number(bytes, 2 + $0 * 2, 2)) }
            case 0x05: listing.note(.diskDeletedFiles)
            default: break
            }
            guard let (attributes, left) = open else { continue }
            open = (attributes, left - 1)
            guard left <= 1 else { continue }
            open = nil
            guard let stream else { continue }
            let name = String(decoding: units.prefix(Int(stream[3])), as: UTF16.self)
            let first = number(stream, 20, 4)
            let size = number(stream, 24, 8)
            listing.records.append(
                .init(
                    names: [name], isDirectory: attributes & 0x10 != 0,
                    extent: stream[1] & 2 != 0 ? .row(first: first) : .chain(first: first), size: size,
                    written: number(stream, 8, 8)))
        }
        return listing
    }
}
