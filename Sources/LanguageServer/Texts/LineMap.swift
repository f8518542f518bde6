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
    private(set) var starts: [Int]

    init(_ bytes: [UInt8]) { starts = [0] + Self.starts(in: bytes, 0..<bytes.count) }

    /// Follows a change of the text: only the lines that it touched are looked at, the others move.
    ///
    /// - Parameters:
    ///   - range: what was replaced, in the text as it was.
    ///   - count: the length of what stands there now.
    ///   - bytes: the text as it is.
    mutating func replaced(_ range: Range<Int>, by count: Int, in bytes: [UInt8]) {
        let moved = count - range.count
        // A CR just before and an LF just behind belong to line ends that the change may join or part.
        let first = max(0, line(of: range.lowerBound) - 1)
        let next = min(line(of: range.upperBound) + 2, starts.count)
        let end = next < starts.count ? starts[next] + moved : bytes.count
        let within = Self.starts(in: bytes, starts[first]..<end)
        let behind = starts[next...].dropFirst().map { $0 + moved }
        starts = Array(starts[...first]) + within + behind
    }

    /// Where lines begin behind the line ends of a piece of text, the place behind its last byte included.
    private static func starts(in bytes: [UInt8], _ piece: Range<Int>) -> [Int] {
        var starts: [Int] = []
        var offset = piece.lowerBound
        guard find(0x0d, in: bytes, piece) != nil else {
            while let found = find(0x0a, in: bytes, offset..<piece.upperBound) {
                offset = found + 1
                starts.append(offset)
            }
            return starts
        }
        while offset < piece.upperBound {
            let byte = bytes[offset]
            offset += 1
            if byte == 0x0d, offset < piece.upperBound, bytes[offset] == 0x0a { continue }
            if byte == 0x0a || byte == 0x0d { starts.append(offset) }
        }
        return starts
    }

    private static func find(_ byte: UInt8, in bytes: [UInt8], _ range: Range<Int>) -> Int? {
        guard !range.isEmpty else { return nil }
        return bytes.withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress,
                let found = memchr(base + range.lowerBound, Int32(byte), range.count)
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

    /// - Parameter counts: of these bytes, where many places are asked for.
    func position(
        of offset: Int, in bytes: [UInt8], _ encoding: PositionEncoding, counts: CharacterCounts? = nil
    ) -> EditorPosition {
        let offset = min(max(offset, 0), bytes.count)
        let line = line(of: offset)
        let end = min(offset, range(ofLine: line, in: bytes).upperBound)
        if let counts {
            let piece = starts[line]..<max(end, starts[line])
            return EditorPosition(line: line, character: counts.characters(piece, in: bytes, encoding))
        }
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

/// How far the characters of a text that stays as it is have been counted, at every so many bytes: a place far into a long
/// line is told without counting from the line's start.
struct CharacterCounts: Sendable {
    private static let step = 256

    private struct Count {
        /// Bytes within a character.
        var inner = 0
        /// Characters that are two units of UTF-16.
        var wide = 0

        mutating func add(_ byte: UInt8) {
            if byte & 0xC0 == 0x80 { inner += 1 } else if byte >= 0xF0 { wide += 1 }
        }
    }

    private let counts: [Count]

    init(_ bytes: [UInt8]) {
        var counts: [Count] = []
        counts.reserveCapacity(bytes.count / Self.step + 1)
        var count = Count()
        bytes.withUnsafeBufferPointer { buffer in
            for index in buffer.indices {
                if index % Self.step == 0 { counts.append(count) }
                if buffer[index] >= 0x80 { count.add(buffer[index]) }
            }
        }
        self.counts = counts
    }

    private func count(before offset: Int, in bytes: [UInt8]) -> Count {
        guard !counts.isEmpty else { return Count() }
        let place = min(offset / Self.step, counts.count - 1)
        var count = counts[place]
        for index in place * Self.step..<offset { count.add(bytes[index]) }
        return count
    }

    /// The characters of a piece of the text as an editor counts them.
    func characters(_ piece: Range<Int>, in bytes: [UInt8], _ encoding: PositionEncoding) -> Int {
        if encoding == .utf8 { return piece.count }
        let from = count(before: piece.lowerBound, in: bytes)
        let to = count(before: piece.upperBound, in: bytes)
        let characters = piece.count - (to.inner - from.inner)
        return encoding == .utf16 ? characters + to.wide - from.wide : characters
    }
}
