/// Files that stand uuencoded within a text, as mail before MIME carried them. Many readers still show them as
/// attachments, so what is in them must be seen.
public struct InlineFile: Sendable, Equatable {
    /// The name on its begin line.
    public let name: String
    /// The content, as far as the limit allows.
    public let bytes: [UInt8]
    /// False when the limit was reached first.
    public let isComplete: Bool

    /// The files in a text, the first `count` of them, and whether there may be more. Linear.
    ///
    /// - Parameter limit: bytes of all of them together.
    public static func all(in text: [UInt8], count: Int, limit: Int) -> (files: [InlineFile], hasMore: Bool) {
        var files: [InlineFile] = []
        var left = max(0, limit)
        var place = 0
        while let start = nextBegin(in: text, from: place) {
            guard files.count < count else { return (files, true) }
            let end = endOfFile(in: text, from: start)
            let output = text[start..<end].withUnsafeBufferPointer { UUDecoder.decode($0, limit: left) }
            left -= output.bytes.count
            files.append(InlineFile(name: output.beginName ?? "", bytes: output.bytes, isComplete: output.isComplete))
            place = end
        }
        return (files, false)
    }

    /// The next line `begin MODE NAME` that a line of uuencoded data follows. Prose has such words, too, but no such
    /// second line.
    private static func nextBegin(in text: [UInt8], from start: Int) -> Int? {
        var place = start
        while place < text.count {
            let end = lineEnd(in: text, from: place)
            if text[place..<end].starts(with: begin), isBegin(text[place..<end]), end < text.count,
                isData(text[(end + 1)..<lineEnd(in: text, from: end + 1)])
            {
                return place
            }
            place = end + 1
        }
        return nil
    }

    private static let begin = Array("begin ".utf8)
    private static let end = Array("end".utf8)

    private static func lineEnd(in text: [UInt8], from start: Int) -> Int {
        text[min(start, text.count)...].firstIndex(of: 0x0A) ?? text.count
    }

    private static func isBegin(_ line: ArraySlice<UInt8>) -> Bool {
        let rest = line.dropFirst(begin.count)
        let digits = rest.prefix { (0x30...0x37).contains($0) }
        return (3...4).contains(digits.count) && rest.dropFirst(digits.count).first == 0x20
    }

    /// The first byte tells how many characters follow; programs differ by a checksum, or strip blanks.
    private static func isData(_ line: ArraySlice<UInt8>) -> Bool {
        let content = line.last == 0x0D ? line.dropLast() : line
        guard let first = content.first, (0x21...0x60).contains(first),
            content.allSatisfy({ (0x20...0x60).contains($0) })
        else { return false }
        let expected = (Int((first &- 0x20) & 0x3F) + 2) / 3 * 4
        return abs(content.count - 1 - expected) <= 4
    }

    /// Behind the line `end`, or the text's end.
    private static func endOfFile(in text: [UInt8], from start: Int) -> Int {
        var place = start
        while place < text.count {
            let end = lineEnd(in: text, from: place)
            let line = text[place..<end]
            place = end + 1
            if line.starts(with: Self.end), line.dropFirst(3).allSatisfy({ $0 <= 0x20 }) { break }
        }
        return min(place, text.count)
    }
}
