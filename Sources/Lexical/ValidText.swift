import Vocabulary

/// A text as expressions see it: UTF-8, each byte that is not becoming U+001A, the substitute character.
///
/// No place moves, and PCRE2 and Vectorscan, which both want UTF-8, agree about every text. (PCRE2 can skip stray
/// bytes itself, but up to 10.42 its machine code then misses matches of negated classes.)
struct ValidText {
    let bytes: [UInt8]

    init(_ text: [UInt8]) {
        guard let first = Self.firstInvalid(in: text) else {
            bytes = text
            return
        }
        var valid = text
        var index = first
        while index < valid.count {
            if let (_, length) = UTF8Scalars.decode(text, at: index) {
                index += length
            } else {
                valid[index] = 0x1a
                index += 1
            }
        }
        bytes = valid
    }

    /// Where the first byte stands that is not UTF-8.
    static func firstInvalid(in text: [UInt8]) -> Int? {
        var index = asciiEnd(text, from: 0)
        while index < text.count {
            guard let (_, length) = UTF8Scalars.decode(text, at: index) else { return index }
            index += length
            if index < text.count, text[index] < 0x80 { index = asciiEnd(text, from: index) }
        }
        return nil
    }

    /// Where the run of ASCII that starts here ends; eight bytes at a time.
    private static func asciiEnd(_ text: [UInt8], from start: Int) -> Int {
        text.withUnsafeBytes { bytes in
            var index = start
            while index + 8 <= bytes.count,
                bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
            {
                index += 8
            }
            while index < bytes.count, bytes[index] < 0x80 { index += 1 }
            return index
        }
    }
}
