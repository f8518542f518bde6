/// The two transfer encodings of mail, as senders write them.
enum TransferEncodings {
    private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let hexDigits = Array("0123456789ABCDEF".utf8)

    /// Base64 in lines of 76.
    static func base64(_ bytes: [UInt8]) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count / 57 * 78 + 80)
        var start = 0
        while start < bytes.count {
            let end = min(start + 57, bytes.count)
            for index in stride(from: start, to: end, by: 3) {
                let second = index + 1 < end ? bytes[index + 1] : 0
                let third = index + 2 < end ? bytes[index + 2] : 0
                text.append(digits[Int(bytes[index] >> 2)])
                text.append(digits[Int((bytes[index] & 3) << 4 | second >> 4)])
                text.append(index + 1 < end ? digits[Int((second & 15) << 2 | third >> 6)] : UInt8(ascii: "="))
                text.append(index + 2 < end ? digits[Int(third & 63)] : UInt8(ascii: "="))
            }
            text += [0x0D, 0x0A]
            start = end
        }
        return text
    }

    /// Quoted-printable in lines of at most 76; line ends stay line ends.
    static func quotedPrintable(_ bytes: [UInt8]) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count * 5 / 4)
        var width = 0
        for byte in bytes {
            if byte == 0x0D || byte == 0x0A {
                text.append(byte)
                width = 0
                continue
            }
            let isPlain = byte >= 0x20 && byte < 0x7F && byte != 0x3D
            if width + (isPlain ? 1 : 3) > 75 {
                text += [0x3D, 0x0D, 0x0A]
                width = 0
            }
            if isPlain {
                text.append(byte)
            } else {
                text += [0x3D, hexDigits[Int(byte >> 4)], hexDigits[Int(byte & 15)]]
            }
            width += isPlain ? 1 : 3
        }
        return text
    }
}
