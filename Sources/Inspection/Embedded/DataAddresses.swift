import Message
import Vocabulary

/// Files within the addresses of a text: `data:image/png;base64,…` (RFC 2397).
///
/// Takes pages, drawings, style sheets, scripts and calendars as they are written. The content ends where the address
/// would; what stands before the comma names the type.
enum DataAddresses {
    static func take(from bytes: [UInt8], into found: inout EmbeddedFiles) {
        var place = 0
        while let start = colon(in: bytes, from: place) {
            place = start
            guard let (type, isBase64, body) = head(bytes, from: start) else {
                if isTooLong(bytes, from: start) { found.missing.formUnion(.overLimit) }
                continue
            }
            guard !found.isFull else { return found.missing.formUnion(.overLimit) }
            let end = bytes[body...].firstIndex(where: ends) ?? bytes.count
            let written = WebAddress.unescaped(bytes[body..<end])
            place = max(end, start)
            guard !written.isEmpty else { continue }
            let name = type.split(separator: "/").last.map { "data.\($0.prefix { $0 != "+" })" } ?? "data"
            guard isBase64 else {
                found.add([name], written)
                continue
            }
            let (content, isComplete) = Base64Text.decoded(written[...], limit: found.room)
            if !content.isEmpty { found.add([name], content, unread: isComplete ? [] : .damaged) }
        }
    }

    /// Behind the next `data:`.
    private static func colon(in bytes: [UInt8], from start: Int) -> Int? {
        bytes.withUnsafeBufferPointer { text in
            var place = start
            while let hit = text.next(UInt8(ascii: ":"), from: place) {
                place = hit + 1
                guard hit >= 4, text[hit - 1] | 0x20 == UInt8(ascii: "a"), text[hit - 2] | 0x20 == UInt8(ascii: "t"),
                    text[hit - 3] | 0x20 == UInt8(ascii: "a"), text[hit - 4] | 0x20 == UInt8(ascii: "d")
                else { continue }
                return place
            }
            return nil
        }
    }

    /// Media type and encoding, up to the comma.
    private static func head(_ bytes: [UInt8], from start: Int) -> (type: String, isBase64: Bool, body: Int)? {
        let window = bytes[start..<min(bytes.count, start + InspectionLimits.dataHeadBytes)]
        guard let comma = window.firstIndex(of: UInt8(ascii: ",")) else { return nil }
        let text = String(decoding: WebAddress.unescaped(bytes[start..<comma]), as: UTF8.self).lowercased()
        guard !text.contains(where: { "\"'<>()\n".contains($0) }) else { return nil }
        let fields = text.split(separator: ";", omittingEmptySubsequences: false).map {
            $0.trimmingPrefix(while: \.isWhitespace)
        }
        let isBase64 = fields.dropFirst().contains { $0.prefix(6) == "base64" }
        guard isBase64 || fields.first?.contains("/") == true else { return nil }
        return (fields.first.map(String.init) ?? "", isBase64, comma + 1)
    }

    /// Whether what is longer than a head is read may be one all the same: browsers take parameters of any length.
    private static func isTooLong(_ bytes: [UInt8], from start: Int) -> Bool {
        let window = bytes[start...].prefix(InspectionLimits.dataHeadBytes)
        return window.count == InspectionLimits.dataHeadBytes
            && window.contains { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: ";") }
            && !window.contains { $0 == UInt8(ascii: ",") || $0 < 0x20 || ends($0) }
    }

    private static func ends(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: ")"),
            UInt8(ascii: "`"), UInt8(ascii: "\\"):
            true
        default: false
        }
    }
}

/// Base64 as scripts and addresses write it: in either alphabet, with blanks, without padding.
enum Base64Text {
    static func decoded(_ text: ArraySlice<UInt8>, limit: Int) -> (bytes: [UInt8], isComplete: Bool) {
        let usual = text.map { byte in
            switch byte {
            case UInt8(ascii: "-"): UInt8(ascii: "+")
            case UInt8(ascii: "_"): UInt8(ascii: "/")
            default: byte
            }
        }
        return TransferEncoding.base64.decoded(usual[...], limit: limit)
    }

    static func isDigit(_ byte: UInt8) -> Bool { digits[Int(byte)] }

    private static let digits: [Bool] = (0...255).map { byte in
        switch UInt8(byte) {
        case 0x41...0x5A, 0x61...0x7A, 0x30...0x39, UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "-"),
            UInt8(ascii: "_"):
            true
        default: false
        }
    }

    /// The next run of digits of at least `length` from a place on.
    static func run(of length: Int, in bytes: [UInt8], from start: Int) -> Range<Int>? {
        bytes.withUnsafeBufferPointer { text in
            digits.withUnsafeBufferPointer { digits in
                var first = start
                while first + length <= text.count {
                    // From the end of the shortest run backwards: most of a text is passed over in steps.
                    var place = first + length - 1
                    while place >= first, digits[Int(text[place])] { place -= 1 }
                    guard place < first else {
                        first = place + 1
                        continue
                    }
                    var end = first + length
                    while end < text.count, digits[Int(text[end])] { end += 1 }
                    return first..<end
                }
                return nil
            }
        }
    }
}
