/// The body of a text part as 7-bit lines of at most 76 characters (RFC 2045, section 6).
enum BodyEncoding {
    /// The name of the transfer encoding, and the text in it, line ends as CR LF: as it is where it already is ASCII
    /// of short lines, else in whichever encoding takes less room.
    static func encoded(_ text: String) -> (name: String, body: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { Array($0.utf8) }
        if lines.allSatisfy({ $0.count <= lineBytes && $0.allSatisfy { (0x20...0x7E).contains($0) || $0 == 0x09 } }) {
            return ("7bit", text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n"))
        }
        let quoted = lines.map(quotedPrintable).joined(separator: "\r\n")
        let whole = Array(lines.joined(separator: [0x0D, 0x0A]))
        // Four characters for three bytes, and line ends.
        if quoted.utf8.count <= whole.count * 7 / 5 { return ("quoted-printable", quoted) }
        return ("base64", base64Lines(whole))
    }

    /// Base64 on lines of 76 characters, each ended.
    static func base64Lines(_ bytes: [UInt8]) -> String {
        let perLine = lineBytes / 4 * 3
        return stride(from: 0, to: bytes.count, by: perLine).map { start in
            base64(Array(bytes[start..<min(start + perLine, bytes.count)])) + "\r\n"
        }.joined()
    }

    /// Quoted-printable, line by line; line ends of any kind become CR LF.
    static func quotedPrintableLines(_ bytes: [UInt8]) -> String {
        bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
            quotedPrintable(Array(line.last == 0x0D ? line.dropLast() : line))
        }.joined(separator: "\r\n")
    }

    private static let lineBytes = 76

    private static func quotedPrintable(_ line: [UInt8]) -> String {
        var text = ""
        var column = 0
        for (index, byte) in line.enumerated() {
            let isBlank = byte == 0x20 || byte == 0x09
            let isLiteral = (0x21...0x7E).contains(byte) && byte != 0x3D || isBlank && index + 1 < line.count
            let written = isLiteral ? String(UnicodeScalar(byte)) : "=" + hexadecimal(byte)
            // One character is left for the soft line break.
            if column + written.utf8.count > lineBytes - 1 {
                text += "=\r\n"
                column = 0
            }
            text += written
            column += written.utf8.count
        }
        return text
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        let digits = Array("0123456789ABCDEF".unicodeScalars)
        return String(String.UnicodeScalarView([digits[Int(byte >> 4)], digits[Int(byte & 15)]]))
    }

    /// Base64 on one line.
    static func base64(_ bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for place in 0..<4 {
                text.append(place <= group.count ? alphabet[bits >> (18 - 6 * place) & 63] : UInt8(ascii: "="))
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
