/// Cryptographic messages (RFC 5652), as small as readers accept them.
enum CMS {
    private static let pkcs7: [UInt8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07]

    static let enveloped = sequence([0x06, 0x09] + pkcs7 + [3] + [0xA0, 0x05, 0x30, 0x03, 0x02, 0x01, 0x00])
    /// CompressedData (RFC 3274) of an unknown method, with nothing in it.
    static let compressed = compressedContent([0xA0, 0x02, 0x30, 0x00])

    /// CompressedData around what zlib packed.
    static func compressed(packed: [UInt8], method: UInt8 = 8) -> [UInt8] {
        let zlib: [UInt8] = [0x06, 0x0B, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x10, 0x03, method]
        let encapsulated = sequence([0x06, 0x09] + pkcs7 + [1] + element(0xA0, element(0x04, packed)))
        return compressedContent(element(0xA0, sequence([0x02, 0x01, 0x00] + sequence(zlib) + encapsulated)))
    }

    private static func compressedContent(_ data: [UInt8]) -> [UInt8] {
        sequence([0x06, 0x0B, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x10, 0x01, 0x09] + data)
    }

    /// SignedData around `content` in one octet string.
    static func signed(_ content: [UInt8]) -> [UInt8] { signed(octets: element(0x04, content)) }

    /// SignedData around pieces.
    static func signed(_ pieces: [[UInt8]]) -> [UInt8] {
        signed(octets: [0x24, 0x80] + pieces.flatMap { element(0x04, $0) } + [0, 0])
    }

    static func pieces(_ content: [UInt8]) -> [[UInt8]] {
        stride(from: 0, to: content.count, by: 50).map { Array(content[$0..<min($0 + 50, content.count)]) }
    }

    private static func signed(octets: [UInt8]) -> [UInt8] {
        let encapsulated = sequence([0x06, 0x09] + pkcs7 + [1] + element(0xA0, octets))
        let data = sequence([0x02, 0x01, 0x01] + [0x31, 0x00] + encapsulated + [0x31, 0x00])
        return sequence([0x06, 0x09] + pkcs7 + [2] + element(0xA0, data))
    }

    private static func sequence(_ content: [UInt8]) -> [UInt8] { element(0x30, content) }

    private static func element(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        [tag, 0x82, UInt8(content.count >> 8), UInt8(content.count & 0xFF)] + content
    }
}

/// zlib's wrapping (RFC 1950) around blocks that are not compressed.
enum Zlib {
    static func stored(_ content: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = [0x78, 0x01]
        for start in stride(from: 0, to: content.count, by: 65_535) {
            let piece = content[start..<min(start + 65_535, content.count)]
            let isLast: UInt8 = start + 65_535 >= content.count ? 1 : 0
            let low = UInt8(piece.count & 0xFF)
            let high = UInt8(piece.count >> 8)
            bytes += [isLast, low, high, ~low, ~high] + piece
        }
        var (a, b): (UInt32, UInt32) = (1, 0)
        for byte in content {
            a = (a + UInt32(byte)) % 65_521
            b = (b + a) % 65_521
        }
        return bytes + [UInt8(b >> 8), UInt8(b & 0xFF), UInt8(a >> 8), UInt8(a & 0xFF)]
    }
}

/// Tar archives of the simplest kind.
enum Tar {
    /// Name, type flag and content of each entry; a link leads to the first.
    static func archive(_ entries: [(name: String, flag: Character, text: String)]) -> [UInt8] {
        var bytes: [UInt8] = []
        for (name, flag, text) in entries {
            var header = [UInt8](repeating: 0, count: 512)
            func put(_ text: String, at offset: Int) {
                for (index, byte) in text.utf8.enumerated() { header[offset + index] = byte }
            }
            put(name, at: 0)
            put("0000644\0", at: 100)
            put("0000000\0", at: 108)
            put("0000000\0", at: 116)
            put(octal(text.utf8.count) + " ", at: 124)
            put("00000000000 ", at: 136)
            put("        ", at: 148)
            put(String(flag), at: 156)
            if flag != "0" { put(entries[0].name, at: 157) }
            put("ustar\u{0}00", at: 257)
            let sum = header.reduce(0) { $0 + Int($1) }
            put(octal(sum).suffix(6) + "\0 ", at: 148)
            bytes += header + Array(text.utf8)
            bytes += [UInt8](repeating: 0, count: (512 - text.utf8.count % 512) % 512)
        }
        return bytes + [UInt8](repeating: 0, count: 1_024)
    }

    private static func octal(_ number: Int) -> String {
        let digits = String(number, radix: 8)
        return String(repeating: "0", count: 11 - digits.count) + digits
    }
}

/// Just enough of DEFLATE (RFC 1951) to make much out of little.
enum Deflate {
    /// Zeros as one block of fixed codes: a literal, then matches of 258 bytes at distance 1.
    static func gzipOfZeros(megabytes: Int) -> [UInt8] {
        var bytes: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]
        var held: UInt32 = 0
        var count: UInt32 = 0
        func put(_ bits: UInt32, _ number: UInt32) {
            held |= bits << count
            count += number
            while count >= 8 {
                bytes.append(UInt8(held & 0xFF))
                held >>= 8
                count -= 8
            }
        }
        put(0b011, 3)
        // Codes go in with their highest bit first: literal 0 is 00110000, length 258 is 11000101, distance 1 is 00000.
        put(0b0000_1100, 8)
        let matches = (megabytes << 20) / 258
        for _ in 0..<matches { put(0b1010_0011, 13) }
        put(0, 7)
        put(0, 7)
        let size = UInt32(truncatingIfNeeded: 1 + matches * 258)
        return bytes + [0, 0, 0, 0] + (0..<4).map { UInt8(truncatingIfNeeded: size >> (8 * UInt32($0))) }
    }
}
