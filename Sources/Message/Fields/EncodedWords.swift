/// Encoded words whose base64 is padded, for a decoder that joins the words of one charset before it decodes them and
/// so loses whatever follows the first padding. Written in the other encoding they have no padding, and characters that
/// a careless mailer split between words still come together.
enum EncodedWords {
    /// Bytes of content in one word that is written here.
    private static let contentBytes = 45

    /// The value with its base64 words as quoted ones, where a padded word has another word behind it. Linear.
    static func withoutPadding(_ value: [UInt8]) -> [UInt8] {
        guard let padded = firstPaddedEnd(value), hasWord(value[padded...]) else { return value }
        var result: [UInt8] = []
        result.reserveCapacity(value.count * 3)
        var index = 0
        while index < value.count {
            guard let word = Word(value, at: index) else {
                result.append(value[index])
                index += 1
                continue
            }
            append(word, of: value, to: &result)
            index = word.end
        }
        return result
    }

    /// Behind the first `=?=`.
    private static func firstPaddedEnd(_ value: [UInt8]) -> Int? {
        var index = 0
        while index + 2 < value.count {
            if value[index] == 0x3D, value[index + 1] == 0x3F, value[index + 2] == 0x3D { return index + 3 }
            index += 1
        }
        return nil
    }

    private static func hasWord(_ rest: ArraySlice<UInt8>) -> Bool {
        zip(rest, rest.dropFirst()).contains { $0 == 0x3D && $1 == 0x3F }
    }

    private static func append(_ word: Word, of value: [UInt8], to result: inout [UInt8]) {
        let content = value[word.content].withUnsafeBufferPointer {
            Base64Decoder.decode($0, limit: word.content.count)
        }
        let digits = Array("0123456789ABCDEF".utf8)
        for start in stride(from: 0, to: max(1, content.bytes.count), by: contentBytes) {
            if start > 0 { result.append(0x20) }
            result += value[word.charset] + Array("Q?".utf8)
            for byte in content.bytes[start..<min(start + contentBytes, content.bytes.count)] {
                result += [0x3D, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
            result += [0x3F, 0x3D]
        }
    }

    /// A word in base64: `=?charset?B?content?=`.
    private struct Word {
        /// `=?charset?`
        let charset: Range<Int>
        let content: Range<Int>
        let end: Int

        /// Longer charsets are none.
        private static let charsetBytes = 64

        init?(_ value: [UInt8], at start: Int) {
            guard start + 1 < value.count, value[start] == 0x3D, value[start + 1] == 0x3F else { return nil }
            var index = start + 2
            while index < value.count, index - start <= Self.charsetBytes, value[index] != 0x3F, value[index] > 0x20 {
                index += 1
            }
            guard index + 2 < value.count, value[index] == 0x3F, value[index + 1] | 0x20 == UInt8(ascii: "b"),
                value[index + 2] == 0x3F
            else { return nil }
            charset = start..<index + 1
            var end = index + 3
            while end < value.count, value[end] != 0x3F, value[end] > 0x20 { end += 1 }
            guard end + 1 < value.count, value[end] == 0x3F, value[end + 1] == 0x3D else { return nil }
            content = index + 3..<end
            self.end = end + 2
        }
    }
}
