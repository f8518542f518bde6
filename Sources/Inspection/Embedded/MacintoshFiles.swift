import Vocabulary

/// A file of a Macintosh in one stream: what RFC 1740 sends as application/applefile, AppleSingle with the file's data in
/// it or AppleDouble with all but the data.
///
/// A table at the head says where each piece stands. The data are taken out of either, because a reader that looks for
/// them finds them in either. What else there may be (icons, the resource fork of old programs) runs on no machine of
/// today and is no file to any other.
enum MacintoshFiles {
    private static let marks: [[UInt8]] = [[0x00, 0x05, 0x16, 0x00], [0x00, 0x05, 0x16, 0x07]]
    /// Mark, version, filler, and the number of entries in two bytes (RFC 1740, appendix A).
    private static let headerBytes = 26
    private static let entryBytes = 12
    private static let dataFork = 1
    private static let realName = 3

    static func take(from bytes: [UInt8], into found: inout EmbeddedFiles) {
        guard bytes.count >= headerBytes, marks.contains(where: bytes.starts) else { return }
        let entries = big(bytes, at: 24, count: 2)
        var names: [String] = []
        var data: [(bytes: ArraySlice<UInt8>, isCut: Bool)] = []
        for number in 0..<entries {
            let entry = headerBytes + number * entryBytes
            guard entry + entryBytes <= bytes.count else {
                found.missing.formUnion(.damaged)
                break
            }
            let kind = big(bytes, at: entry, count: 4)
            guard kind == dataFork || kind == realName else { continue }
            let start = min(big(bytes, at: entry + 4, count: 4), bytes.count)
            let length = big(bytes, at: entry + 8, count: 4)
            let piece = bytes[start...].prefix(length)
            if kind == realName {
                names.append(String(decoding: piece, as: UTF8.self))
            } else {
                data.append((piece, piece.count < length))
            }
        }
        for piece in data where !piece.bytes.isEmpty || piece.isCut {
            guard !found.isFull else {
                found.missing.formUnion(.overLimit)
                return
            }
            found.add(names, piece.bytes, unread: piece.isCut ? .damaged : [])
        }
    }

    /// The number at `offset`, highest byte first; the bytes are there.
    private static func big(_ bytes: [UInt8], at offset: Int, count: Int) -> Int {
        bytes[offset..<(offset + count)].reduce(0) { $0 << 8 | Int($1) }
    }
}
