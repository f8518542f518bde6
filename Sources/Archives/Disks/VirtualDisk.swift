/// A virtual hard disk of the older kind (VHD), as the disk in it ("Virtual Hard Disk Image Format Specification", 1.0).
///
/// Its record stands at the end of the file, and before all else in one that grows, where the two may differ.
struct VirtualDisk {
    /// The disk by its record, and by others that differ.
    private(set) var views: [DiskSource] = []
    private(set) var problems: [ArchiveProblem] = []

    private static let mark = Array("conectix".utf8)
    private static let recordBytes = 512

    /// Where a record may stand: at the end, one byte shorter as the oldest programs wrote it, and at the start.
    private static func records(_ file: UnsafeRawBufferPointer) -> [Int] {
        [file.count - recordBytes, file.count - recordBytes + 1, 0].filter { file.holds(mark, at: $0) }
    }

    static func isOne(_ file: UnsafeRawBufferPointer) -> Bool { !records(file).isEmpty }

    /// Whether it is a raw disk with a record behind it.
    static func isFixed(_ file: UnsafeRawBufferPointer) -> Bool {
        records(file).contains { $0 > 0 && ![3, 4].contains(file.big32(at: $0 + 60)) }
    }

    init(_ file: UnsafeRawBufferPointer) {
        for record in Self.records(file) {
            let view = view(file, record)
            if let view, !views.contains(where: { $0.layout == view.layout && $0.count == view.count }) {
                views.append(view)
            }
        }
        for view in views where view.hasUnlistedSectors { views.append(view.heedingBitmaps) }
        if views.isEmpty, problems.isEmpty {
            problems.append(.damaged("the records of the virtual disk can't be read"))
        }
    }

    private mutating func view(_ file: UnsafeRawBufferPointer, _ record: Int) -> DiskSource? {
        let kind = file.big32(at: record + 60)
        // A fixed disk lies before its record. Programs that do not know the others read them so, too.
        guard kind == 3 || kind == 4 else { return record == 0 ? nil : DiskSource(file, count: record) }
        if kind == 4 { problems.append(.unsupported("the virtual disk tells only how it differs from another one")) }
        let header = Int(clamping: file.big64(at: record + 16))
        guard file.holds(Array("cxsparse".utf8), at: header) else { return nil }
        let table = Int(clamping: file.big64(at: header + 16))
        let blockBytes = Int(file.big32(at: header + 32))
        guard blockBytes >= 512, blockBytes.nonzeroBitCount == 1, table < file.count else { return nil }
        let blocks = min(Int(file.big32(at: header + 28)), (file.count - table) / 4)
        let bitmap = (blockBytes / 512 / 8 + 511) / 512 * 512
        let declared = Int(clamping: file.big64(at: record + 48))
        let size = min(declared, blocks * blockBytes)
        if size < declared { problems.append(.damaged("the virtual disk declares \(declared) bytes and has \(size)")) }
        return DiskSource(
            file,
            layout: .blocks(table: table, count: blocks, blockBytes: blockBytes, bitmap: bitmap, heedsBitmap: false),
            count: size)
    }
}

extension DiskSource {
    /// Whether a block has bytes in sectors that its bitmap does not list. Some programs heed it, others do not.
    fileprivate var hasUnlistedSectors: Bool {
        guard case .blocks(let table, let count, let blockBytes, let bitmap, false) = layout else { return false }
        // Blocks in the same place are looked at once each: of a table that is full of them no more than twice the file.
        var left = file.count / 256
        for block in 0..<count {
            let place = Int(file.big32(at: table + block * 4)) * 512
            guard place < file.count else { continue }
            for sector in 0..<(blockBytes / 512) {
                let data = place + bitmap + sector * 512
                guard data < file.count else { break }
                left -= 1
                guard left > 0 else { return true }
                let isListed = file[place + sector / 8] >> UInt8(7 - sector % 8) & 1 == 1
                if !isListed, file[data..<min(data + 512, file.count)].contains(where: { $0 != 0 }) { return true }
            }
        }
        return false
    }

    fileprivate var heedingBitmaps: DiskSource {
        guard case .blocks(let table, let blocks, let blockBytes, let bitmap, _) = layout else { return self }
        return DiskSource(
            file,
            layout: .blocks(table: table, count: blocks, blockBytes: blockBytes, bitmap: bitmap, heedsBitmap: true),
            count: count)
    }
}
