import Message
import Vocabulary

/// The part of a report that brings the message back, or its header section.
struct ReturnedContent {
    let fields: [String]
    let body: [UInt8]
    let isEightBit: Bool

    /// - Parameter isWhole: whether all of it is wanted. One that is too large, or whose lines no `message/rfc822` may
    ///   have, comes back without its body.
    init(_ message: ParsedMessage, isWhole: Bool, limits: EnforcementLimits) {
        if isWhole, message.bytes.count <= limits.returnedBytes {
            let lines = LineForm(message.bytes.array[...])
            if lines.areLines {
                fields = [
                    "Content-Type: message/rfc822",
                    "Content-Transfer-Encoding: \(lines.isEightBit ? "8bit" : "7bit")",
                ]
                body = message.bytes.array
                isEightBit = lines.isEightBit
                return
            }
        }
        let header = Self.cut(message.bytes[message.header.range], limits.returnedHeaderBytes)
        let lines = LineForm(header)
        let isPlain = lines.areLines && !lines.isEightBit
        let encoding = isPlain ? "7bit" : "quoted-printable"
        fields = ["Content-Type: text/rfc822-headers", "Content-Transfer-Encoding: \(encoding)"]
        body = isPlain ? Array(header) : Array(BodyEncoding.quotedPrintableLines(Array(header)).utf8)
        isEightBit = false
    }

    /// As many whole lines as the bound has room for.
    private static func cut(_ header: ArraySlice<UInt8>, _ bytes: Int) -> ArraySlice<UInt8> {
        guard header.count > bytes else { return header }
        let kept = header.prefix(bytes)
        return kept.lastIndex(of: 0x0A).map { kept[...$0] } ?? kept[..<kept.startIndex]
    }
}

/// Whether bytes are lines of text (RFC 2045, section 2.8): CR and LF only together, no NUL, none longer than 998.
private struct LineForm {
    private(set) var areLines = true
    private(set) var isEightBit = false

    init(_ bytes: ArraySlice<UInt8>) {
        var length = 0
        var previous: UInt8 = 0
        for byte in bytes {
            if byte == 0x0A {
                if previous != 0x0D || length > 999 { areLines = false }
                length = 0
            } else {
                if previous == 0x0D || byte == 0 { areLines = false }
                if byte >= 0x80 { isEightBit = true }
                length += 1
            }
            previous = byte
        }
        if length > 998 || previous == 0x0D { areLines = false }
    }
}
