import Vocabulary

/// Finds a text that is only known when the message is, such as one header field's value in another.
enum FoldedScalars {
    /// The first place of `sought` in `text` as a range of the text's bytes; empty at the start for an empty text.
    ///
    /// Compares whole scalars; a byte that is not UTF-8 stands for itself. Text × sought at worst, both are bounded.
    static func firstRange(of sought: [UInt8], in text: [UInt8], exactly: Bool) -> Range<Int>? {
        if sought.isEmpty { return 0..<0 }
        let (own, offsets) = scalars(of: text, folding: !exactly)
        let (other, _) = scalars(of: sought, folding: !exactly)
        guard own.count >= other.count else { return nil }
        for start in 0...(own.count - other.count) where own[start] == other[0] {
            if own[start..<(start + other.count)].elementsEqual(other) {
                return offsets[start]..<offsets[start + other.count]
            }
        }
        return nil
    }

    private static func scalars(of bytes: [UInt8], folding: Bool) -> (scalars: [UInt32], offsets: [Int]) {
        var scalars: [UInt32] = []
        var offsets: [Int] = []
        var index = 0
        while index < bytes.count {
            offsets.append(index)
            if let (scalar, length) = UTF8Scalars.decode(bytes, at: index) {
                scalars.append(folding ? CaseFolding.fold(scalar) : scalar)
                index += length
            } else {
                scalars.append(0x11_0000 + UInt32(bytes[index]))
                index += 1
            }
        }
        offsets.append(bytes.count)
        return (scalars, offsets)
    }
}
