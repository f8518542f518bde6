/// Writes zips whose records say whatever a test wants them to say (APPNOTE 4.3).
struct ZipSmith {
    /// What one header says of an entry.
    struct Header {
        var name: [UInt8]
        var flags = 0
        var method = 0
        var checksum: UInt32
        var compressedSize: Int
        var size: Int
        var extra: [UInt8] = []
        var comment: [UInt8] = []
        var madeBy = 20
        var attributes = 0
        /// Where a directory record leads, if not to its own entry.
        var offset: Int?
        var nameBytes: [UInt8] {
            little(name.count, 2) + little(extra.count, 2)
        }

        fileprivate var common: [UInt8] {
            little(20, 2) + little(flags, 2) + little(method, 2) + little(0, 4) + little(Int(checksum), 4)
                + little(compressedSize, 4) + little(size, 4) + nameBytes
        }
    }

    struct Entry {
        var local: Header
        var directory: Header
        var stored: [UInt8]
        var descriptor: [UInt8] = []
        /// Bytes before the local header.
        var gap: [UInt8] = []
        var isListed = true
        var hasLocal = true

        init(_ name: String, _ content: [UInt8], method: Int = 0) {
            let stored = method == 8 ? ZipSmith.deflated(content) : content
            let header = Header(
                name: Array(name.utf8), method: method, checksum: ZipSmith.checksum(content),
                compressedSize: stored.count, size: content.count)
            local = header
            directory = header
            self.stored = stored
        }

        init(_ name: String, _ content: String, method: Int = 0) {
            self.init(name, Array(content.utf8), method: method)
        }

        /// Puts checksum and sizes behind the content.
        func withDescriptor(signature: Bool = true, keepingSizes: Bool = false) -> Entry {
            var entry = self
            entry.descriptor =
                (signature ? [0x50, 0x4B, 7, 8] : []) + little(Int(local.checksum), 4)
                + little(local.compressedSize, 4) + little(local.size, 4)
            entry.local.flags |= 8
            entry.directory.flags |= 8
            guard !keepingSizes else { return entry }
            entry.local.checksum = 0
            entry.local.compressedSize = 0
            entry.local.size = 0
            return entry
        }

        func changed(_ change: (inout Entry) -> Void) -> Entry {
            var entry = self
            change(&entry)
            return entry
        }
    }

    var entries: [Entry]
    var prefix: [UInt8] = []
    /// Whether positions count the prefix.
    var countsPrefix = true
    var beforeDirectory: [UInt8] = []
    var afterDirectory: [UInt8] = []
    var comment: [UInt8] = []
    var trailing: [UInt8] = []
    var countShift = 0
    var sizeShift = 0
    var offsetShift = 0
    var hasEnd = true
    /// Whether a zip64 record says where the directory is, and whether the plain one is filled for it.
    var far: Far?

    struct Far {
        var isPlainFull = true
        var countShift = 0
        /// Where it says that the directory is, if elsewhere.
        var place: (start: Int, size: Int)?
    }

    init(_ entries: [Entry]) { self.entries = entries }

    /// Where the local headers of the entries stand.
    var places: [Int] {
        var offset = prefix.count
        return entries.map { entry in
            let place = offset + entry.gap.count
            offset += Self.localBytes(of: entry).count
            return place
        }
    }

    var localsEnd: Int { prefix.count + entries.reduce(0) { $0 + Self.localBytes(of: $1).count } }

    private static func localBytes(of entry: Entry) -> [UInt8] {
        guard entry.hasLocal else { return entry.gap }
        return entry.gap + [0x50, 0x4B, 3, 4] + entry.local.common + entry.local.name + entry.local.extra + entry.stored
            + entry.descriptor
    }

    static func directoryRecord(_ header: Header, at offset: Int) -> [UInt8] {
        [0x50, 0x4B, 1, 2] + little(header.madeBy, 2) + header.common + little(header.comment.count, 2)
            + little(0, 2) + little(0, 2) + little(header.attributes, 4) + little(header.offset ?? offset, 4)
            + header.name + header.extra + header.comment
    }

    static func end(count: Int, size: Int, offset: Int, comment: [UInt8] = []) -> [UInt8] {
        [0x50, 0x4B, 5, 6] + little(0, 4) + little(count, 2) + little(count, 2) + little(size, 4) + little(offset, 4)
            + little(comment.count, 2) + comment
    }

    var bytes: [UInt8] {
        var file = prefix
        var directory: [UInt8] = []
        var count = 0
        for (entry, place) in zip(entries, places) {
            file += Self.localBytes(of: entry)
            guard entry.isListed else { continue }
            directory += Self.directoryRecord(entry.directory, at: place - (countsPrefix ? 0 : prefix.count))
            count += 1
        }
        file += beforeDirectory
        let start = file.count - (countsPrefix ? 0 : prefix.count)
        file += directory + afterDirectory
        guard hasEnd else { return file }
        if let far { file += farRecords(far, at: file.count, count: count, size: directory.count, start: start) }
        let isFull = far?.isPlainFull == true
        file += Self.end(
            count: isFull ? 0xFFFF : count + countShift,
            size: isFull ? 0xFFFF_FFFF : directory.count + sizeShift + afterDirectory.count * 0,
            offset: isFull ? 0xFFFF_FFFF : start + offsetShift, comment: comment)
        return file + trailing
    }

    private func farRecords(_ far: Far, at place: Int, count: Int, size: Int, start: Int) -> [UInt8] {
        let (start, size) = far.place ?? (start, size)
        let count = count + far.countShift
        return [0x50, 0x4B, 6, 6] + little(44, 8) + little(45, 2) + little(45, 2) + little(0, 8) + little(count, 8)
            + little(count, 8) + little(size, 8) + little(start, 8) + [0x50, 0x4B, 6, 7] + little(0, 4)
            + little(place, 8) + little(1, 4)
    }

    /// DEFLATE without compression (RFC 1951, 3.2.4), each byte in a block of its own where it must not stand plainly.
    static func deflated(_ content: [UInt8], isHidden: Bool = true) -> [UInt8] {
        guard isHidden, !content.isEmpty else {
            return [1] + little(content.count, 2) + little(~content.count, 2) + content
        }
        return content.enumerated().flatMap { index, byte in
            [index == content.count - 1 ? 1 : 0, 1, 0, 0xFE, 0xFF, byte]
        }
    }

    /// A field of extra data.
    static func field(_ identifier: Int, _ body: [UInt8]) -> [UInt8] {
        little(identifier, 2) + little(body.count, 2) + body
    }

    static func checksum(_ bytes: [UInt8]) -> UInt32 {
        var crc = ~UInt32(0)
        for byte in bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? (crc >> 1) ^ 0xEDB8_8320 : crc >> 1 }
        }
        return ~crc
    }
}

func little(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
}
