/// Puts callouts into an expression, so that a search can be ended by what it costs.
///
/// PCRE2's own limit counts anew from each place where a match may start, so a hostile text makes `a.*b` take time
/// quadratic in its length however low that limit is. A callout matches nothing and changes no match. It stands where
/// work can multiply: behind each repetition whose count varies and each choice, where one start can lead to many
/// ends; in each repeated group; and, with its cost as its number, before an item repeated often. Between two callouts
/// the work is bounded by the expression's length.
enum MeteredSource {
    /// The least fixed count that is charged before it is tried.
    private static let chargedCount = 16

    static func make(from tokens: [RegexToken], of source: [UInt8]) -> [UInt8] {
        var insertions: [(offset: Int, text: String)] = []
        // Where the first alternative of each closed group starts, by the group's own start.
        var openings: [Int: Int] = [:]
        for (index, token) in tokens.enumerated() {
            let isFollowedByRepetition = index + 1 < tokens.count && tokens[index + 1].isRepetition
            switch token.kind {
            case .open:
                openings[token.itemStart] = token.range.upperBound
            case .close(let hasAlternatives):
                if hasAlternatives, !isFollowedByRepetition { insertions.append((token.range.upperBound, "(?C0)")) }
            case .repetition(let least, let most):
                if least >= chargedCount {
                    let callout = "(?C\(cost(ofCount: least)))"
                    insertions.append((token.itemStart, token.isQuoted ? "\\E\(callout)\\Q" : callout))
                }
                if let opening = openings[token.itemStart] { insertions.append((opening, "(?C0)")) }
                if least != most, !isFollowedByRepetition { insertions.append((token.range.upperBound, "(?C0)")) }
            default: break
            }
        }
        return apply(insertions, to: source)
    }

    /// The binary logarithm of the steps that the items take.
    private static func cost(ofCount count: Int) -> Int {
        let steps = max(count / SearchMeter.bytesOfStep, 1)
        return Int.bitWidth - 1 - steps.leadingZeroBitCount
    }

    private static func apply(_ insertions: [(offset: Int, text: String)], to source: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var done = 0
        for insertion in insertions.sorted(by: { $0.offset < $1.offset }) {
            result += source[done..<insertion.offset]
            result += insertion.text.utf8
            done = insertion.offset
        }
        return result + source[done...]
    }
}

extension RegexToken {
    var isRepetition: Bool {
        if case .repetition = kind { true } else { false }
    }
}
