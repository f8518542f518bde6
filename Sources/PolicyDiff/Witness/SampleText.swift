import Vocabulary

/// Texts in which a dictionary's entries, or a pattern, are found so often as a case wants it.
enum SampleText {
    /// A text whose entries come to at least `least` and to less than `below`; `nil` where none was put together.
    ///
    /// Entries that overlap (`confidential` in `strictly confidential`) are counted apart here; a run tells.
    static func of(_ state: AbstractCase.LexiconState) -> String? {
        var sum: Int64 = 0
        var pieces: [String] = []
        for entry in state.lexicon.entries.sorted(by: { $0.weight > $1.weight }) {
            guard entry.weight > 0, entry.pattern.check == nil else { continue }
            for _ in 0..<entry.times {
                let next = sum.addingSaturating(entry.weight)
                guard sum < state.least, state.below.map({ next < $0 }) ?? true else { break }
                pieces.append(text(entry.pattern))
                sum = next
            }
        }
        return sum >= state.least ? pieces.joined(separator: ".\r\n") : nil
    }

    /// So many places where the pattern is found.
    static func of(_ pattern: TextPattern, times: Int64) -> String {
        Array(repeating: text(pattern), count: Int(clamping: times)).joined(separator: ".\r\n")
    }

    private static func text(_ pattern: TextPattern) -> String {
        let source = pattern.kind == .regex ? ValueChoice.sample(of: pattern) : pattern.source.string
        return pattern.neighbour.map { "\(source) \($0.text.string)" } ?? source
    }
}
