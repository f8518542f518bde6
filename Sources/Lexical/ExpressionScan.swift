import Vocabulary

/// Regular expressions of one folding: one pass over a text as a filter, and PCRE2 for what that lets through.
final class ExpressionScan: Sendable {
    private struct Sought {
        let expression: Expression
        let check: MatchCheck?
    }

    private let folding: TextFolding
    private let sought: [Int: Sought]
    private let filter: PatternDatabase?
    /// Expressions that the filter cannot take.
    let unaccelerated: [Int]

    /// - Throws: `PatternFault` for an expression that PCRE2 refuses or that is not regular.
    init(
        _ patterns: [(id: Int, pattern: TextPattern)], folding: TextFolding, limits: LexicalLimits
    ) throws(PatternFault) {
        var sought: [Int: Sought] = [:]
        var filters: [(id: Int, bytes: [UInt8])] = []
        var unfiltered: [Int] = []
        for (id, pattern) in patterns {
            let regular = try Self.regular(pattern, limits: limits)
            regular.expression.prepareMachineCode()
            sought[id] = Sought(expression: regular.expression, check: pattern.check)
            if let filter = regular.filter { filters.append((id, filter)) } else { unfiltered.append(id) }
        }
        self.folding = folding
        self.sought = sought
        let (filter, refused) = Self.filter(of: filters)
        self.filter = filter
        unaccelerated = (unfiltered + refused).sorted()
    }

    /// An expression as it is sought in folded text. Its own accents are taken away as the text's are; spacing
    /// changes nothing in it.
    ///
    /// - Throws: `PatternFault`, with a place where the fault is the author's own writing.
    static func regular(_ pattern: TextPattern, limits: LexicalLimits) throws(PatternFault) -> RegularSubset {
        let source = pattern.source.utf8
        let written = try RegularSubset(source, ignoresCase: pattern.ignoresCase, limits: limits)
        guard pattern.folding.contains(.accents) else { return written }
        guard CharacterFolding.isAvailable else {
            throw PatternFault(message: "the tables of accents cannot be opened")
        }
        let characters = CharacterFolding.of(.init(foldsCase: false, folding: .accents))
        let folded = Text(utf8: source).string.unicodeScalars.flatMap { characters.fold($0.value) }
        if folded == source { return written }
        do throws(PatternFault) {
            return try RegularSubset(folded, ignoresCase: pattern.ignoresCase, limits: limits)
        } catch {
            throw PatternFault(message: "without its accents \(error.message)")
        }
    }

    private static func filter(of filters: [(id: Int, bytes: [UInt8])]) -> (PatternDatabase?, [Int]) {
        guard !filters.isEmpty else { return (nil, []) }
        if let all = try? PatternDatabase(filters: filters) { return (all, []) }
        let taken = filters.filter { (try? PatternDatabase(filters: [$0])) != nil }
        let refused = Set(filters.map(\.id)).subtracting(taken.map(\.id))
        guard !taken.isEmpty, let some = try? PatternDatabase(filters: taken) else { return (nil, filters.map(\.id)) }
        return (some, refused.sorted())
    }

    private func fold(_ text: [UInt8], isTraceable: Bool) -> FoldedText? {
        if folding.isEmpty { return nil }
        let characters = CharacterFolding.of(.init(foldsCase: false, folding: folding.intersection(.accents)))
        let spaces: FoldedText.Spaces = folding.contains(.spacing) ? .single : .kept
        return FoldedText(text, by: characters, spaces: spaces, isTraceable: isTraceable)
    }

    /// Adds the patterns that occur.
    func scan(_ text: [UInt8], into hits: inout PatternHits) {
        let valid = ValidText(fold(text, isTraceable: false)?.bytes ?? text)
        for candidate in candidates(in: valid) {
            guard let one = sought[candidate] else { continue }
            switch one.expression.firstMatch(in: valid, passing: one.check) {
            case .match: hits.present.append(candidate)
            case .undecided: hits.undecided.append(candidate)
            case .none: break
            }
        }
    }

    /// Expressions that may match; all of them where the scan failed.
    private func candidates(in text: ValidText) -> [Int] {
        guard let filter else { return unaccelerated }
        guard let found = filter.scan(text.bytes) else { return Array(sought.keys) }
        return found + unaccelerated
    }

    /// The places of one pattern.
    func matches(of pattern: Int, in text: [UInt8], limit: Int) -> PatternMatches {
        guard let one = sought[pattern] else { return PatternMatches() }
        let folded = fold(text, isTraceable: true)
        var found = PatternMatches()
        one.expression.search(ValidText(folded?.bytes ?? text), passing: one.check) { result in
            switch result {
            case .none: return false
            case .undecided:
                found.isComplete = false
                return false
            case .match(let range):
                if found.ranges.count >= limit {
                    found.isComplete = false
                    return false
                }
                if !range.isEmpty { found.ranges.append(folded?.original(range) ?? range) }
                return true
            }
        }
        return found
    }
}
