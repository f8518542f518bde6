import Glibc

/// How an editor counts the characters of a line.
enum PositionEncoding: String, Sendable {
    case utf8 = "utf-8"
    case utf16 = "utf-16"
    case utf32 = "utf-32"

    /// How many characters the byte sequence that begins with a byte counts for; none for a byte within one.
    func width(of byte: UInt8) -> Int {
        switch self {
        case .utf8: 1
        case .utf16: byte & 0xC0 == 0x80 ? 0 : byte >= 0xF0 ? 2 : 1
        case .utf32: byte & 0xC0 == 0x80 ? 0 : 1
        }
    }
}

/// A place as the editor counts it, both from zero.
struct EditorPosition: Hashable, Sendable, Comparable {
    var line: Int
    var character: Int

    static func < (left: EditorPosition, right: EditorPosition) -> Bool {
        (left.line, left.character) < (right.line, right.character)
    }

    var json: JSON { ["line": .int(line), "character": .int(character)] }

    init(line: Int, character: Int) {
        self.line = line
        self.character = character
    }

    init?(_ json: JSON?) {
        guard let line = json?["line"]?.int, let character = json?["character"]?.int, line >= 0, character >= 0 else {
            return nil
        }
        self.init(line: line, character: character)
    }
}

/// Where the lines of a text begin; a line ends with LF, CRLF or a lone CR, as the protocol has it.
struct LineMap: Sendable {
    let starts: [Int]

    init(_ bytes: [UInt8]) {
        var starts = [0]
        let hasReturns = Self.find(0x0d, in: bytes, from: 0) != nil
        var offset = 0
        if !hasReturns {
            while let found = Self.find(0x0a, in: bytes, from: offset) {
                offset = found + 1
                starts.append(offset)
            }
        } else {
            while offset < bytes.count {
                let byte = bytes[offset]
                offset += 1
                if byte == 0x0d, offset < bytes.count, bytes[offset] == 0x0a { continue }
                if byte == 0x0a || byte == 0x0d { starts.append(offset) }
            }
        }
        self.starts = starts
    }

    private static func find(_ byte: UInt8, in bytes: [UInt8], from offset: Int) -> Int? {
        guard offset < bytes.count else { return nil }
        return bytes.withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress, let found = memchr(base + offset, Int32(byte), bytes.count - offset)
            else { return nil }
            return UnsafeRawPointer(found) - base
        }
    }

    func line(of offset: Int) -> Int {
        var low = 0
        var high = starts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= offset { low = middle } else { high = middle }
        }
        return low
    }

    /// The bytes of a line without its end.
    func range(ofLine line: Int, in bytes: [UInt8]) -> Range<Int> {
        guard starts.indices.contains(line) else { return bytes.count..<bytes.count }
        var end = line + 1 < starts.count ? starts[line + 1] : bytes.count
        if line + 1 < starts.count {
            if end > starts[line], bytes[end - 1] == 0x0a { end -= 1 }
            if end > starts[line], bytes[end - 1] == 0x0d { end -= 1 }
        }
        return starts[line]..<end
    }

    func position(of offset: Int, in bytes: [UInt8], _ encoding: PositionEncoding) -> EditorPosition {
        let offset = min(max(offset, 0), bytes.count)
        let line = line(of: offset)
        let end = min(offset, range(ofLine: line, in: bytes).upperBound)
        var character = 0
        for index in starts[line]..<max(end, starts[line]) { character += encoding.width(of: bytes[index]) }
        return EditorPosition(line: line, character: character)
    }

    /// The byte offset of a position; one behind the end of its line is that end, one within a character its start.
    func offset(of position: EditorPosition, in bytes: [UInt8], _ encoding: PositionEncoding) -> Int {
        let range = range(ofLine: position.line, in: bytes)
        var offset = range.lowerBound
        var left = position.character
        while offset < range.upperBound {
            var next = offset + 1
            if encoding != .utf8 { while next < range.upperBound, bytes[next] & 0xC0 == 0x80 { next += 1 } }
            let width = encoding.width(of: bytes[offset])
            guard left >= max(width, 1) else { break }
            left -= width
            offset = next
        }
        while offset > range.lowerBound, offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset -= 1 }
        return offset
    }
}
