/// Escapes of two hexadecimal digits behind a percent sign (RFC 3986, 2.1).
extension WebAddress {
    /// With the escapes of letters, digits, `-`, `.`, `_` and `~` resolved, which mean the same escaped or not; what
    /// other escapes there are stays.
    static func normalized(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        resolvingEscapes(of: bytes) { isLetter($0) || isDigit($0) || [0x2D, 0x2E, 0x5F, 0x7E].contains($0) }
    }

    /// With all escapes resolved.
    static func unescaped(_ bytes: ArraySlice<UInt8>) -> [UInt8] { resolvingEscapes(of: bytes) { _ in true } }

    /// What stands before the at-sign, with escapes for what would end it or begin something else: in
    /// `http://bank.example%2F@evil.example` the slash must not look like the end of a host.
    static func escaped(user: [UInt8]) -> [UInt8] {
        user.flatMap { byte -> [UInt8] in
            switch byte {
            case 0...0x20, 0x7F, UInt8(ascii: "/"), UInt8(ascii: "\\"), UInt8(ascii: "?"), UInt8(ascii: "#"),
                UInt8(ascii: "@"), UInt8(ascii: "%"):
                let digits = String(byte, radix: 16, uppercase: true).utf8
                return Array("%".utf8) + (digits.count < 2 ? Array("0".utf8) : []) + digits
            default: return [byte]
            }
        }
    }

    private static func resolvingEscapes(of bytes: ArraySlice<UInt8>, where resolves: (UInt8) -> Bool) -> [UInt8] {
        guard bytes.contains(UInt8(ascii: "%")) else { return Array(bytes) }
        var resolved: [UInt8] = []
        resolved.reserveCapacity(bytes.count)
        var place = bytes.startIndex
        while place < bytes.endIndex {
            if bytes[place] == UInt8(ascii: "%"), place + 2 < bytes.endIndex,
                let high = HexDigit.value(bytes[place + 1]), let low = HexDigit.value(bytes[place + 2]),
                resolves(high << 4 | low)
            {
                resolved.append(high << 4 | low)
                place += 3
            } else {
                resolved.append(bytes[place])
                place += 1
            }
        }
        return resolved
    }

    static func lowercased(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }

    static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
}
