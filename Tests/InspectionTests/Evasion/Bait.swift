/// A mail that hides a payload from readers who read it otherwise than the one it is for.
struct Construction: Sendable {
    let name: String
    let mail: [UInt8]
}

/// The payload of the constructions and its encodings, and the mails around them.
enum Bait {
    /// A file that is no text in any reading: an archive with a program, of a length that needs padding.
    static let payload = Samples.zip([
        (name: "invoice.exe", bytes: Array("MZ\u{1}\u{2}\u{3}".utf8) + (0..<230).map { UInt8($0 &* 37 & 0xFF) } + mark)
    ])
    static let mark = Array("LAZARET-EVASION-MARK = this must be found; X=41 ~".utf8)

    static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    /// Base64 without line ends.
    static func base64(_ bytes: [UInt8] = payload) -> String {
        Samples.base64(bytes).filter { $0 != "\r\n" && $0 != "\n" && $0 != "\r" }
    }

    /// `text` in lines of `length` characters, each with `end` behind it.
    static func lines(_ text: String, _ length: Int, end: String = "\n") -> String {
        var result = ""
        var rest = text[...]
        while !rest.isEmpty {
            result += rest.prefix(length) + end
            rest = rest.dropFirst(length)
        }
        return result
    }

    /// Base64 in lines of differing length, which looks less like base64.
    static let body: String = {
        var result = ""
        var rest = base64()[...]
        var lengths = [4, 4, 8, 8, 16, 16, 32, 32, 64]
        while !rest.isEmpty {
            result += rest.prefix(lengths[0]) + "\n"
            rest = rest.dropFirst(lengths[0])
            lengths.append(lengths.removeFirst())
        }
        return result
    }()

    /// Quoted-printable with every byte escaped.
    static func escaped(_ bytes: [UInt8] = payload, each: (String) -> String = { "=\($0)=\n" }) -> String {
        bytes.map { each(hex($0)) }.joined()
    }

    static func hex(_ byte: UInt8, upper: Bool = true) -> String {
        let digits = Array(upper ? "0123456789ABCDEF" : "0123456789abcdef")
        return String([digits[Int(byte >> 4)], digits[Int(byte & 15)]])
    }

    /// Uuencoded lines without begin and end.
    static func uuLines(_ bytes: [UInt8] = payload) -> String {
        var text = ""
        for start in stride(from: 0, to: bytes.count, by: 45) {
            let line = bytes[start..<min(start + 45, bytes.count)]
            var symbols = [UInt8(line.count) + 0x20]
            for place in stride(from: line.startIndex, to: line.endIndex, by: 3) {
                let group = (0..<3).map { place + $0 < line.endIndex ? UInt32(line[place + $0]) : 0 }
                let bits = group[0] << 16 | group[1] << 8 | group[2]
                symbols += (0..<4).map { UInt8(bits >> UInt32(18 - 6 * $0) & 63) }.map { $0 == 0 ? 0x60 : $0 + 0x20 }
            }
            text += String(decoding: symbols, as: UTF8.self) + "\n"
        }
        return text
    }

    static func yEnc(_ bytes: [UInt8] = payload) -> [UInt8] {
        var out = Self.bytes("=ybegin line=128 size=\(bytes.count) name=invoice.zip\n")
        for (index, byte) in bytes.enumerated() {
            let moved = byte &+ 42
            if [0, 0x0A, 0x0D, 0x3D].contains(moved) { out += [0x3D, moved &+ 64] } else { out.append(moved) }
            if index % 128 == 127 { out += Self.bytes("\r\n") }
        }
        return out + Self.bytes("\r\n=yend size=\(bytes.count)\n")
    }

    static func binHex(_ bytes: [UInt8] = payload) -> String {
        let name = Self.bytes("invoice.zip")
        let size = UInt32(bytes.count)
        var raw = [UInt8(name.count)] + name + [0] + Self.bytes("ZIP LZRT") + [0, 0]
        raw += (0..<4).map { UInt8(truncatingIfNeeded: size >> UInt32(24 - 8 * $0)) } + [0, 0, 0, 0, 0, 0]
        raw += bytes + [0, 0]
        let alphabet = Array(##"!"#$%&'()*+,-012345689@ABCDEFGHIJKLMNPQRSTUVXYZ[`abcdefhijklmpqr"##)
        var (held, count, text) = (UInt32(0), 0, "")
        for byte in raw.flatMap({ $0 == 0x90 ? [0x90, 0] : [$0] }) {
            held = held << 8 | UInt32(byte)
            count += 8
            while count >= 6 {
                count -= 6
                text.append(alphabet[Int(held >> UInt32(count) & 63)])
            }
        }
        if count > 0 { text.append(alphabet[Int(held << UInt32(6 - count) & 63)]) }
        return "(This file must be converted with BinHex 4.0)\n\n" + lines(":" + text + ":", 64)
    }

    // MARK: Mails

    static let fields =
        "From: Eve <eve@partner.example>\nTo: bob@acme.example\nSubject: The invoice\n"
        + "Date: Tue, 3 Nov 2026 10:00:00 +0100\nMessage-ID: <1@partner.example>\n"
    static let note = "Content-Type: text/plain\n\nPlease see the invoice.\n"
    static let file = "Content-Type: application/zip; name=invoice.zip\n"
    static let attachment = file + "Content-Disposition: attachment; filename=invoice.zip\n"
    static let encoding = "Content-Transfer-Encoding"
    /// A whole part, with the payload as it should be.
    static let part = attachment + "\(encoding): base64\n\n" + body

    static func mail(_ rest: String) -> [UInt8] { bytes(fields + "MIME-Version: 1.0\n" + rest) }

    /// Parts between delimiters.
    static func parts(_ boundary: String, _ parts: [String]) -> String {
        parts.map { "--\(boundary)\n\($0)" }.joined() + "--\(boundary)--\n"
    }

    static func multipart(_ parts: [String]) -> [UInt8] {
        mail("Content-Type: multipart/mixed; boundary=frontier_7\n\n" + Self.parts("frontier_7", parts))
    }

    /// The part beside a text, and as the whole message.
    static func both(_ name: String, _ part: String) -> [Construction] {
        [
            Construction(name: "\(name), attached", mail: multipart([note, part])),
            Construction(name: "\(name), alone", mail: mail(part)),
        ]
    }
}
