/// `starts with` and `ends with`, after folding, with the length of what matched in the text as it stands.
public enum PrefixMatch {
    /// The number of bytes of `text` that the prefix takes; `nil` if the text does not start with it.
    ///
    /// - Parameters:
    ///   - prefix: already folded, unless `exactly`.
    public static func length(of prefix: [UInt8], in text: [UInt8], exactly: Bool) -> Int? {
        if exactly { return text.starts(with: prefix) ? prefix.count : nil }
        var matched = 0
        var index = 0
        var folded: [UInt8] = []
        while matched < prefix.count {
            guard index < text.count else { return nil }
            let length = foldOne(text, at: index, into: &folded)
            guard prefix.count - matched >= folded.count,
                prefix[matched..<(matched + folded.count)].elementsEqual(folded)
            else { return nil }
            matched += folded.count
            index += length
        }
        return index
    }

    /// Where the suffix starts in `text`; `nil` if the text does not end with it.
    ///
    /// - Parameters:
    ///   - suffix: already folded, unless `exactly`.
    public static func suffixStart(of suffix: [UInt8], in text: [UInt8], exactly: Bool) -> Int? {
        if exactly {
            return text.count >= suffix.count && text.suffix(suffix.count).elementsEqual(suffix)
                ? text.count - suffix.count : nil
        }
        var unmatched = suffix.count
        var index = text.count
        var folded: [UInt8] = []
        while unmatched > 0 {
            guard index > 0 else { return nil }
            var start = index - 1
            while start > 0, index - start < 4, text[start] & 0xc0 == 0x80 { start -= 1 }
            if foldOne(text, at: start, into: &folded) != index - start {
                start = index - 1
                folded = [text[start]]
            }
            guard unmatched >= folded.count,
                suffix[(unmatched - folded.count)..<unmatched].elementsEqual(folded)
            else { return nil }
            unmatched -= folded.count
            index = start
        }
        return index
    }

    private static func foldOne(_ text: [UInt8], at index: Int, into folded: inout [UInt8]) -> Int {
        folded.removeAll(keepingCapacity: true)
        guard let (scalar, length) = UTF8Scalars.decode(text, at: index) else {
            folded.append(text[index])
            return 1
        }
        UTF8Scalars.append(CaseFolding.fold(scalar), to: &folded)
        return length
    }
}
