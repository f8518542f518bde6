import Vocabulary

/// A text after case folding, with the way back to the bytes it came from.
struct CaseTrace {
    private(set) var bytes: [UInt8] = []
    /// For each folded byte the offset of its scalar in the text; one more entry for the end.
    private var origins: [Int] = []

    init(_ text: [UInt8]) {
        bytes.reserveCapacity(text.count)
        origins.reserveCapacity(text.count + 1)
        var index = 0
        while index < text.count {
            let before = bytes.count
            var length = 1
            if let (scalar, taken) = UTF8Scalars.decode(text, at: index) {
                UTF8Scalars.append(CaseFolding.fold(scalar), to: &bytes)
                length = taken
            } else {
                bytes.append(text[index])
            }
            for _ in before..<bytes.count { origins.append(index) }
            index += length
        }
        origins.append(text.count)
    }

    /// The range of the text that a range of folded bytes came from.
    func original(_ range: Range<Int>) -> Range<Int> {
        origins[range.lowerBound]..<max(origins[range.lowerBound], origins[range.upperBound])
    }
}
