/// A virtual hard disk of the newer kind (VHDX), as the disk in it ([MS-VHDX]).
struct WideVirtualDisk {
    /// The disk by each of the two tables of regions, if they differ.
    private(set) var views: [DiskSource] = []
    private(set) var problems: [ArchiveProblem] = []

    private static let headers = [64 << 10, 128 << 10]
    private static let regionTables = [192 << 10, 256 << 10]
    private static let blockTable: [UInt8] = [
        0x66, 0x77, 0xC2, 0x2D, 0x23, 0xF6, 0x00, 0x42, 0x9D, 0x64, 0x11, 0x5E, 0x9B, 0xFD, 0x4A, 0x08,
    ]
    private static let metadata: [UInt8] = [
        0x06, 0xA2, 0x7C, 0x8B, 0x90, 0x47, 0x9A, 0x4B, 0xB8, 0xFE, 0x57, 0x5F, 0x05, 0x0F, 0x88, 0x6E,
    ]
    private static let parameters: [UInt8] = [
        0x37, 0x67, 0xA1, 0xCA, 0x36, 0xFA, 0x43, 0x4D, 0xB3, 0xB6, 0x33, 0xF0, 0xAA, 0x44, 0xE7, 0x6B,
    ]
    private static let diskSize: [UInt8] = [
        0x24, 0x42, 0xA5, 0x2F, 0x1B, 0xCD, 0x76, 0x48, 0xB2, 0x11, 0x5D, 0xBE, 0xD8, 0x3B, 0xF4, 0xB8,
    ]
    private static let sectorSize: [UInt8] = [
        0x1D, 0xBF, 0x41, 0x81, 0x6F, 0xA9, 0x09, 0x47, 0xBA, 0x47, 0xF2, 0x33, 0xA8, 0xFA, 0xAB, 0x5F,
    ]
    /// The largest disk that the format allows.
    private static let mostBytes = 64 << 40

    init(_ file: UnsafeRawBufferPointer) {
        for header in Self.headers where file.holds(Array("head".utf8), at: header) {
            // A log that was not emptied holds blocks that a system writes before it reads.
            guard file.little64(at: header + 48) != 0 || file.little64(at: header + 56) != 0 else { continue }
            problems.append(.unsupported("the virtual disk has a log of changes that were not yet made"))
        }
        for table in Self.regionTables where file.holds(Array("regi".utf8), at: table) {
            guard let view = view(file, table) else { continue }
            if !views.contains(where: { $0.layout == view.layout && $0.count == view.count }) { views.append(view) }
        }
        if views.isEmpty { problems.append(.damaged("the tables of the virtual disk can't be read")) }
    }

    private mutating func view(_ file: UnsafeRawBufferPointer, _ table: Int) -> DiskSource? {
        let regionCount = min(Int(file.uint32(at: table + 8)), 2_047)
        func region(_ identifier: [UInt8]) -> (start: Int, count: Int)? {
            let place = (0..<regionCount).map { table + 16 + $0 * 32 }.first { file.holds(identifier, at: $0) }
            guard let place else { return nil }
            let start = Int(clamping: file.little64(at: place + 16))
            return start < file.count ? (start, Int(file.uint32(at: place + 24))) : nil
        }
        guard let blocks = region(Self.blockTable), let facts = region(Self.metadata) else { return nil }
        let factCount = min(Int(file.uint16(at: facts.start + 10)), 2_047)
        func fact(_ identifier: [UInt8]) -> Int? {
            let place = (0..<factCount).map { facts.start + 32 + $0 * 32 }.first { file.holds(identifier, at: $0) }
            return place.map { facts.start + Int(file.uint32(at: $0 + 16)) }
        }
        guard let parameters = fact(Self.parameters), let size = fact(Self.diskSize) else { return nil }
        if file.uint32(at: parameters + 4) & 2 != 0 {
            problems.append(.unsupported("the virtual disk tells only how it differs from another one"))
        }
        let blockBytes = Int(file.uint32(at: parameters))
        let sectorBytes = fact(Self.sectorSize).map { Int(file.uint32(at: $0)) } == 4_096 ? 4_096 : 512
        guard (1 << 20...256 << 20).contains(blockBytes), blockBytes.nonzeroBitCount == 1 else { return nil }
        let layout = DiskSource.Layout.wideBlocks(
            table: blocks.start, count: min(blocks.count, file.count - blocks.start) / 8, blockBytes: blockBytes,
            ratio: (sectorBytes << 23) / blockBytes)
        let count = min(Int(clamping: file.little64(at: size)), Self.mostBytes)
        return DiskSource(file, layout: layout, count: count, sectorBytes: sectorBytes)
    }
}
