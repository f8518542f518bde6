/// HZ (RFC 1843), which iconv does not know: ASCII in which `~{` begins pairs of GB 2312 and `~}` ends them.
enum HZDecoder {
    /// The same text in GB 18030. What the format does not foresee stays as it is.
    static func decode(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count)
        var isWide = false
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            let next = index + 1 < bytes.endIndex ? bytes[index + 1] : 0
            if byte == UInt8(ascii: "~"), let mark = mark(next, isWide: isWide) {
                isWide = mark.isWide
                text += mark.text
                index += 2
                // A line that goes on may end as mail's lines do.
                if next == 0x0D, index < bytes.endIndex, bytes[index] == 0x0A { index += 1 }
            } else if isWide, (0x21...0x7E).contains(byte), (0x21...0x7E).contains(next) {
                text += [byte | 0x80, next | 0x80]
                index += 2
            } else {
                // Pairs end with their line, whatever was forgotten.
                if byte == 0x0A { isWide = false }
                text.append(byte)
                index += 1
            }
        }
        return text
    }

    /// What stands for a tilde and the byte behind it; nil where they mean nothing.
    private static func mark(_ next: UInt8, isWide: Bool) -> (text: [UInt8], isWide: Bool)? {
        switch next {
        case UInt8(ascii: "~") where !isWide: ([UInt8(ascii: "~")], false)
        case UInt8(ascii: "{") where !isWide: ([], true)
        case UInt8(ascii: "}"): ([], false)
        case 0x0A where !isWide, 0x0D where !isWide: ([], false)
        default: nil
        }
    }
}
