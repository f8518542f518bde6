/// Values in the form of RFC 3461 4: `+` and two hexadecimal digits stand for what would end a word.
public enum XText {
    /// - Returns: `nil` where the form is broken.
    public static func decode(_ bytes: some Collection<UInt8>) -> [UInt8]? {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var rest = bytes[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "+") {
                guard let high = rest.popFirst().flatMap(hexadecimal), let low = rest.popFirst().flatMap(hexadecimal)
                else { return nil }
                decoded.append(high << 4 | low)
            } else {
                guard ASCII.isGraphic(byte) || byte >= 0x80 else { return nil }
                decoded.append(byte)
            }
        }
        return decoded
    }

    public static func encode(_ bytes: some Collection<UInt8>) -> [UInt8] {
        let digits = Array("0123456789ABCDEF".utf8)
        return bytes.flatMap { byte -> [UInt8] in
            let isPlain = ASCII.isGraphic(byte) && byte != UInt8(ascii: "+") && byte != UInt8(ascii: "=")
            return isPlain ? [byte] : [UInt8(ascii: "+"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
    }

    /// RFC 3461 asks for capital digits; small ones are harmless.
    private static func hexadecimal(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }
}
