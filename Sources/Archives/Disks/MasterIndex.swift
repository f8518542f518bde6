/// The index of a directory of an NTFS volume: by it systems find files and show their names. Of a file's own record they
/// need no name.
struct MasterIndex {
    /// What a directory leads to, and how it calls that.
    struct Entry {
        let record: Int
        /// How often the record had been used when the entry was made; entries of former files differ.
        let sequence: Int
        let name: MasterName
    }

    private(set) var entries: [Entry] = []
    /// False where the index leads to what can't be read.
    private(set) var isWhole = true
    private var waiting: [Int] = []

    private static let mark = Array("INDX".utf8)
    private static let ofNames = "$I30"

    /// Reads the index by its tree from the root: blocks that this does not lead to are of former entries.
    init(_ attributes: [MasterRecord.Attribute], of table: MasterTable, _ budget: inout DiskBudget) {
        let own = attributes.filter { $0.name == Self.ofNames }
        guard let root = own.first(where: { $0.kind == .indexRoot })?.resident, root.count >= 32 else { return }
        let blockBytes = MasterRecord.Attribute.number(root, 8, 4)
        add(root, header: 16)
        var pieces: [DiskPiece] = []
        for part in own.filter({ $0.kind == .index }).sorted(by: { $0.firstCluster < $1.firstCluster }) {
            pieces += part.pieces(clusterBytes: table.clusterBytes)
            // Each block is searched for among them.
            guard pieces.count <= ArchiveLimits.diskIndexPieces else {
                isWhole = false
                return
            }
        }
        guard !waiting.isEmpty, (512...64 << 10).contains(blockBytes), blockBytes % 512 == 0 else {
            isWhole = waiting.isEmpty
            return
        }
        // Blocks are told by clusters, smaller ones by sectors.
        let unit = blockBytes >= table.clusterBytes ? table.clusterBytes : 512
        var seen: Set<Int> = []
        while let number = waiting.popLast() {
            guard seen.insert(number).inserted else { continue }
            guard budget.take(blockBytes), number < 1 << 40,
                let block = Self.block(at: number * unit, blockBytes, of: pieces, table.disk)
            else {
                isWhole = false
                continue
            }
            add(block, header: 24)
        }
    }

    private static func block(at offset: Int, _ count: Int, of pieces: [DiskPiece], _ disk: DiskSource) -> [UInt8]? {
        var offset = offset
        for piece in pieces {
            if offset < piece.count {
                guard let place = piece.place else { return nil }
                let stored = disk.read(place + offset, count: count)
                guard stored.count == count, stored.starts(with: mark) else { return nil }
                return MasterRecord.mended(stored)
            }
            offset -= piece.count
        }
        return nil
    }

    /// Adds the entries of a node, whose header stands at a place of its bytes.
    private mutating func add(_ node: [UInt8], header: Int) {
        func number(_ place: Int, _ count: Int) -> Int { MasterRecord.Attribute.number(node, place, count) }
        var place = header + number(header, 4)
        let end = min(node.count, header + number(header + 4, 4))
        while place + 16 <= end {
            let length = number(place + 8, 2)
            let flags = number(place + 12, 4)
            guard length >= 16, place + length <= end else { break }
            if flags & 1 != 0, length >= 24 { waiting.append(number(place + length - 8, 6)) }
            if flags & 2 != 0 { break }
            let content = node[(place + 16)..<min(place + 16 + number(place + 10, 2), place + length)]
            if let name = MasterName(Array(content)) {
                entries.append(Entry(record: number(place, 6), sequence: number(place + 6, 2), name: name))
            }
            place += length
        }
    }
}

/// A name of a file, and the directory that it stands in, as a record or an index has them.
struct MasterName {
    let parent: Int
    let text: String
    let isShort: Bool

    init(parent: Int, text: String, isShort: Bool) {
        self.parent = parent
        self.text = text
        self.isShort = isShort
    }

    init?(_ bytes: [UInt8]) {
        guard bytes.count >= 66 else { return nil }
        let units = stride(from: 66, to: min(bytes.count - 1, 66 + Int(bytes[64]) * 2), by: 2).map {
            UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8
        }
        parent = MasterRecord.Attribute.number(bytes, 0, 6)
        text = String(decoding: units, as: UTF16.self)
        isShort = bytes[65] == 2
    }
}
