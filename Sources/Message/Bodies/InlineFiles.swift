import Glibc

/// Files that stand encoded within a text, as mail before MIME carried them: uuencode, yEnc and BinHex. Many readers
/// still show them as attachments, so what is in them must be seen.
public struct InlineFile: Sendable, Equatable {
    /// The name that the encoding carries; empty where it has none.
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
        while let start = nextStart(in: text, from: place) {
            guard files.count < count else { return (files, true) }
            let end = endOfFile(in: text, from: start.place, start.form)
            let output = decode(text[start.place..<end], start.form, limit: left)
            left -= output.bytes.count
            if !output.bytes.isEmpty {
                files.append(
                    InlineFile(name: output.beginName ?? "", bytes: output.bytes, isComplete: output.isComplete))
            }
            place = max(end, start.place + 1)
        }
        return (files, false)
    }

    private enum Form {
        case uuencode
        case yEnc
        case binHex
    }

    private static func decode(_ bytes: ArraySlice<UInt8>, _ form: Form, limit: Int) -> DecoderOutput {
        switch form {
        case .uuencode: bytes.withUnsafeBufferPointer { UUDecoder.decode($0, limit: limit) }
        case .yEnc: YEncDecoder.decode(bytes, limit: limit)
        case .binHex: BinHexDecoder.decode(bytes, limit: limit)
        }
    }

    /// Where the next file starts: at a line `begin MODE NAME` or `=ybegin`, or at data that are none of a text.
    private static func nextStart(in text: [UInt8], from start: Int) -> (place: Int, form: Form)? {
        var place = start
        while place < text.count {
            let end = lineEnd(in: text, from: place)
            switch text[place] {
            case 0x62 where isBegin(text[place..<end]) && isData(line(in: text, after: end)):
                return (place, .uuencode)
            case 0x3D where text[place..<end].starts(with: yBegin): return (place, .yEnc)
            case 0x3A where BinHexDecoder.dataStart(text[place..<min(end + 1, text.count)]) == place + 1:
                return (place, .binHex)
            case 0x21...0x60 where UULines.isFull(withoutReturn(text[place..<end])) && goesOn(in: text, after: end):
                return (place, .uuencode)
            default: break
            }
            place = end + 1
        }
        return nil
    }

    private static let begin = Array("begin ".utf8)
    private static let yBegin = Array("=ybegin ".utf8)
    private static let yEnd = Array("=yend".utf8)
    private static let end = Array("end".utf8)

    private static func lineEnd(in text: [UInt8], from start: Int) -> Int {
        guard start < text.count else { return text.count }
        return text.withUnsafeBytes { raw in
            guard let base = raw.baseAddress, let hit = memchr(base + start, 0x0A, text.count - start) else {
                return text.count
            }
            return UnsafeRawPointer(hit) - base
        }
    }

    /// The line behind the one that ends at `end`.
    private static func line(in text: [UInt8], after end: Int) -> ArraySlice<UInt8> {
        guard end < text.count else { return [] }
        return text[(end + 1)..<lineEnd(in: text, from: end + 1)]
    }

    private static func withoutReturn(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        line.last == 0x0D ? line.dropLast() : line
    }

    /// Whether what follows a full line of data is another, or the line of nothing that ends a file. A line of
    /// capitals that happens to have the length it begins with is not followed by such.
    private static func goesOn(in text: [UInt8], after end: Int) -> Bool {
        let next = withoutReturn(line(in: text, after: end))
        return UULines.isFull(next) || next.elementsEqual([0x60]) || next.elementsEqual(Self.end)
    }

    private static func isBegin(_ line: ArraySlice<UInt8>) -> Bool {
        guard line.starts(with: begin) else { return false }
        let rest = line.dropFirst(begin.count)
        let digits = rest.prefix { (0x30...0x37).contains($0) }
        return (3...4).contains(digits.count) && rest.dropFirst(digits.count).first == 0x20
    }

    private static func isData(_ line: ArraySlice<UInt8>) -> Bool { UULines.isData(withoutReturn(line)) }

    /// Behind the line that ends a file, or the text's end.
    private static func endOfFile(in text: [UInt8], from start: Int, _ form: Form) -> Int {
        var place = start
        while place < text.count {
            let end = lineEnd(in: text, from: place)
            let line = withoutReturn(text[place..<end])
            place = end + 1
            switch form {
            case .uuencode:
                if line.starts(with: Self.end), line.dropFirst(3).allSatisfy({ $0 <= 0x20 }) {
                    return min(place, text.count)
                }
            case .yEnc:
                if line.starts(with: yEnd) { return min(place, text.count) }
            case .binHex:
                if line.count > (line.startIndex == start ? 1 : 0), line.last == 0x3A { return min(place, text.count) }
            }
        }
        return text.count
    }
}
