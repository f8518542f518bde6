/// The parts of a disk that bear a file system each, by every table that the disk has.
///
/// A disk may have its file system from the first sector on, a table of four partitions with a chain of further ones
/// (MBR), and a table by identifiers (GPT) with a copy at its end. Systems differ in which they heed where several fit.
struct PartitionTable {
    struct Volume: Hashable {
        let start: Int
        let count: Int
        /// Nil where nothing that is known starts there.
        let kind: FileSystem?
    }

    /// In the order of the tables, each place once.
    private(set) var volumes: [Volume] = []
    /// Whether the tables lead to different places.
    private(set) var isContradictory = false
    /// Whether there are more partitions than are looked at.
    private(set) var hasMore = false

    private let disk: DiskSource
    private var first: [Range<Int>] = []

    init(_ disk: DiskSource) {
        self.disk = disk
        let whole = FileSystem.of(disk)
        if let whole { volumes.append(Volume(start: 0, count: disk.count, kind: whole)) }
        let plain = records(ofSector: 0).filter { $0.kind != 0xEE }
        let classic = plain.flatMap { Self.isChain($0.kind) ? chain(from: $0) : [$0.place] }
        let identified = [disk.sectorBytes, 4_096, lastSector].map { byIdentifiers(at: $0) }.filter { !$0.isEmpty }
        for places in [classic] + identified { add(places) }
        let isOfPart = whole == .ntfs && isCopyOfPart
        if isOfPart { volumes.removeAll { $0.start == 0 } }
        let tables = ([classic] + identified).map { known($0) }.filter { !$0.isEmpty }
        let isWholeKnown = whole != nil && whole != .optical && !isOfPart
        if Set(tables).count > 1 || (isWholeKnown && !tables.isEmpty) { isContradictory = true }
    }

    /// Whether a table leads to a place on the disk.
    static func isIn(_ disk: DiskSource) -> Bool {
        disk.holds(signature, at: disk.sectorBytes) || disk.holds(signature, at: 4_096)
            || disk.holds(signature, at: disk.count / 512 * 512 - 512)
            || !PartitionTable.records(of: disk, sector: 0).isEmpty || disk.holds([0x50, 0x4D, 0, 0], at: 512)
    }

    private static let signature = Array("EFI PART".utf8)

    private var lastSector: Int { disk.count / disk.sectorBytes * disk.sectorBytes - disk.sectorBytes }

    private mutating func add(_ places: [Range<Int>]) {
        for place in places where !volumes.contains(where: { $0.start == place.lowerBound }) {
            guard volumes.count < ArchiveLimits.diskPartitions else {
                hasMore = true
                return
            }
            guard let part = disk.part(from: place.lowerBound, count: place.count) else { continue }
            volumes.append(Volume(start: place.lowerBound, count: part.count, kind: FileSystem.of(part)))
        }
    }

    /// Whether what looks like a disk of NTFS as a whole is the last sector of a partition that reaches to its end: that
    /// has a copy of the partition's first one.
    private var isCopyOfPart: Bool {
        let end = disk.count / 512 * 512
        let last = disk.read(end - 512, count: 512)
        guard disk.read(0, count: 512) != last else { return false }
        return volumes.contains { volume in
            volume.start > 0 && volume.kind == .ntfs && volume.start + volume.count >= end
                && disk.read(volume.start, count: 512) == last
        }
    }

    /// The places with a file system, to compare tables.
    private func known(_ places: [Range<Int>]) -> Set<Int> {
        Set(places.map(\.lowerBound)).intersection(volumes.filter { $0.kind != nil }.map(\.start))
    }

    // MARK: MBR

    private struct Record {
        let kind: UInt8
        let place: Range<Int>
    }

    private static func isChain(_ kind: UInt8) -> Bool { [0x05, 0x0F, 0x85].contains(kind) }

    private func records(ofSector sector: Int) -> [Record] { Self.records(of: disk, sector: sector) }

    /// The records of a sector with a table; none unless all four are of the right form and one leads somewhere.
    private static func records(of disk: DiskSource, sector: Int) -> [Record] {
        let base = sector * disk.sectorBytes
        guard disk.byte(at: base + 510) == 0x55, disk.byte(at: base + 511) == 0xAA else { return [] }
        let places = (0..<4).map { base + 446 + $0 * 16 }
        guard places.allSatisfy({ disk.byte(at: $0) & 0x7F == 0 }) else { return [] }
        return places.compactMap { place in
            let kind = disk.byte(at: place + 4)
            let start = disk.little(at: place + 8, bytes: 4)
            let count = disk.little(at: place + 12, bytes: 4)
            guard kind != 0, start > 0, count > 0, start < disk.count / disk.sectorBytes else { return nil }
            return Record(kind: kind, place: (start * disk.sectorBytes)..<((start + count) * disk.sectorBytes))
        }
    }

    /// Each link of the chain has one partition, counted from its own sector, and the next link, counted from the first.
    /// Of several next links, systems take the first or the last: all are followed.
    private mutating func chain(from record: Record) -> [Range<Int>] {
        let base = record.place.lowerBound / disk.sectorBytes
        var links: Set<Int> = [base]
        var waiting = [base]
        var found: [Range<Int>] = []
        while let sector = waiting.popLast() {
            guard links.count <= ArchiveLimits.diskPartitions else {
                hasMore = true
                break
            }
            var next: [Int] = []
            for inner in records(ofSector: sector) {
                if Self.isChain(inner.kind) {
                    next.append(base + inner.place.lowerBound / disk.sectorBytes)
                } else {
                    let shift = sector * disk.sectorBytes
                    found.append((inner.place.lowerBound + shift)..<(inner.place.upperBound + shift))
                }
            }
            if next.count > 1 { isContradictory = true }
            waiting += next.reversed().filter { links.insert($0).inserted }
        }
        return found
    }

    // MARK: GPT

    /// The partitions of the header at `offset` (UEFI 2.10, 5.3); none if none stands there.
    private mutating func byIdentifiers(at offset: Int) -> [Range<Int>] {
        guard disk.holds(Self.signature, at: offset) else { return [] }
        let sectorBytes = offset == 4_096 && disk.sectorBytes == 512 ? 4_096 : disk.sectorBytes
        let table = disk.little(at: offset + 72, bytes: 8)
        let count = disk.little(at: offset + 80, bytes: 4)
        let size = disk.little(at: offset + 84, bytes: 4)
        guard size >= 128, size <= 4_096, table < disk.count / sectorBytes else { return [] }
        if count > ArchiveLimits.diskPartitions { hasMore = true }
        return (0..<min(count, ArchiveLimits.diskPartitions)).compactMap { index in
            let record = table * sectorBytes + index * size
            let start = disk.little(at: record + 32, bytes: 8)
            let last = disk.little(at: record + 40, bytes: 8)
            let isUsed = (0..<16).contains { disk.byte(at: record + $0) != 0 }
            guard isUsed, start > 0, start <= last, start < disk.count / sectorBytes else { return nil }
            return (start * sectorBytes)..<(min(last, disk.count / sectorBytes) + 1) * sectorBytes
        }
    }
}
