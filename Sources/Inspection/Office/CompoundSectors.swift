/// The sectors of a compound file ([MS-CFB]) and the chains that link them.
///
/// Nothing in it is believed: a chain that leaves the file, meets itself or does not end as it must is incomplete.
struct CompoundSectors {
    static let signature: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
    private static let lastOfChain: UInt32 = 0xFFFF_FFFE
    /// Numbers from here on stand for no sector.
    private static let firstSpecial: UInt32 = 0xFFFF_FFFA

    /// What a chain led to.
    struct Chain {
        /// Where its sectors start in the file.
        var offsets: [Int] = []
        /// Whether it ended as it must.
        var isComplete = false
    }

    let bytes: UnsafeRawBufferPointer
    /// Bytes of a sector.
    let size: Int
    /// The sectors of the allocation table, in order.
    private var tables: [UInt32] = []

    /// Nil if the bytes are no compound file.
    init?(_ bytes: UnsafeRawBufferPointer) {
        guard bytes.count >= 512, bytes.prefix(8).elementsEqual(Self.signature) else { return nil }
        self.bytes = bytes
        size = bytes.number(at: 30, count: 2) == 12 ? 4_096 : 512
        tables = Self.allocationTables(bytes, size)
    }

    /// More sectors than this no chain of the file can have.
    private var count: Int { bytes.count / size }

    /// The first 109 tables are listed in the header, further ones in sectors of their own.
    private static func allocationTables(_ bytes: UnsafeRawBufferPointer, _ size: Int) -> [UInt32] {
        var tables = (0..<109).map { bytes.number(at: 76 + $0 * 4, count: 4) }
        var list = bytes.number(at: 68, count: 4)
        // A table covers `size / 4` sectors: there can't be more of them than the file has sectors.
        while list < firstSpecial, tables.count <= bytes.count / size {
            let start = (Int(list) + 1) * size
            guard start < bytes.count else { break }
            tables += (0..<(size / 4 - 1)).map { bytes.number(at: start + $0 * 4, count: 4) }
            list = bytes.number(at: start + size - 4, count: 4)
        }
        return tables
    }

    private func next(of sector: UInt32) -> UInt32 {
        let table = Int(sector) / (size / 4)
        guard table < tables.count, tables[table] < Self.firstSpecial else { return UInt32.max }
        return bytes.number(at: (Int(tables[table]) + 1) * size + Int(sector) % (size / 4) * 4, count: 4)
    }

    /// Follows a chain, at most `limit` sectors of it.
    func chain(from first: UInt32, limit: Int) -> Chain {
        var chain = Chain()
        var sector = first
        while sector < Self.firstSpecial, chain.offsets.count < min(limit, count) {
            let offset = (Int(sector) + 1) * size
            guard offset < bytes.count else { return chain }
            chain.offsets.append(offset)
            sector = next(of: sector)
        }
        chain.isComplete = sector == Self.lastOfChain
        return chain
    }

    /// The content of a stream that lies in whole sectors. Incomplete where its chain is, or is too short.
    func stream(from first: UInt32, length: Int) -> (bytes: [UInt8], isComplete: Bool) {
        let length = min(length, bytes.count)
        let chain = chain(from: first, limit: length / size + 1)
        var content: [UInt8] = []
        content.reserveCapacity(length)
        for offset in chain.offsets {
            content += bytes[offset..<min(offset + size, bytes.count, offset + length - content.count)]
            if content.count >= length { break }
        }
        return (content, content.count == length)
    }

    /// The sectors of the table that links the pieces of small streams.
    var smallTables: Chain { chain(from: bytes.number(at: 60, count: 4), limit: count) }

    /// The content of a small stream, which lies in pieces of 64 bytes within the root's stream.
    ///
    /// - Parameter tables: `smallTables`, followed once for all of them.
    func smallStream(
        from first: UInt32, length: Int, in root: [UInt8], tables: Chain
    ) -> (bytes: [UInt8], isComplete: Bool) {
        // A chain that meets itself could go on for ever.
        let length = min(length, root.count)
        var content: [UInt8] = []
        var piece = first
        while piece < Self.firstSpecial, content.count < length {
            let start = Int(piece) * 64
            guard start < root.count else { break }
            content += root[start..<min(start + 64, root.count, start + length - content.count)]
            let table = Int(piece) / (size / 4)
            guard table < tables.offsets.count else { break }
            piece = bytes.number(at: tables.offsets[table] + Int(piece) % (size / 4) * 4, count: 4)
        }
        return (content, content.count == length)
    }
}

extension UnsafeRawBufferPointer {
    /// A little-endian number; all ones beyond the end, which in a compound file stand for "none".
    func number(at offset: Int, count length: Int) -> UInt32 {
        guard offset >= 0, offset <= count, count - offset >= length else { return UInt32.max }
        return (0..<length).reversed().reduce(0) { $0 << 8 | UInt32(self[offset + $1]) }
    }
}
