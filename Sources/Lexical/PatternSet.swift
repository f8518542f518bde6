import CPCRE2
import Vocabulary

/// A set of patterns ready to search: literals by one pass over the folded text, expressions by one pass over the text
/// as a filter, and PCRE2 for whatever needs a boundary or a confirmation.
final class PatternSet: TextScanner {
    private let patterns: [TextPattern]
    private let expressions: [Int: Expression]
    private let folded: PatternDatabase?
    private let exact: PatternDatabase?
    private let filter: PatternDatabase?
    private let hasExpressions: Bool
    /// Expressions that the multi-pattern scan cannot take; PCRE2 runs each of them over every text.
    let unaccelerated: [Int]

    /// - Throws: `PatternFault` for a pattern that PCRE2 or Vectorscan refuses.
    init(_ patterns: [TextPattern], limits: LexicalLimits) throws(PatternFault) {
        var expressions: [Int: Expression] = [:]
        var foldedLiterals: [(id: Int, bytes: [UInt8])] = []
        var exactLiterals: [(id: Int, bytes: [UInt8])] = []
        var filters: [(id: Int, bytes: [UInt8])] = []
        var unfiltered: [Int] = []
        for (index, pattern) in patterns.enumerated() {
            switch pattern.kind {
            case .literal:
                foldedLiterals.append((index, pattern.source.folded))
            case .exact:
                exactLiterals.append((index, pattern.source.utf8))
            case .word, .phrase:
                let words = BoundedWords(pattern)
                foldedLiterals.append((index, words.longest))
                let expression = try Expression(words.expression, ignoresCase: false, limits: limits)
                expression.prepareMachineCode()
                expressions[index] = expression
            case .regex:
                let regular = try RegularSubset(
                    pattern.source.utf8, ignoresCase: pattern.ignoresCase, limits: limits)
                expressions[index] = regular.expression
                if let filter = regular.filter { filters.append((index, filter)) } else { unfiltered.append(index) }
            }
        }
        self.patterns = patterns
        self.expressions = expressions
        folded = foldedLiterals.isEmpty ? nil : try PatternDatabase(literals: foldedLiterals)
        exact = exactLiterals.isEmpty ? nil : try PatternDatabase(literals: exactLiterals)
        hasExpressions = patterns.contains { $0.kind == .regex }
        let (filter, refused) = Self.filter(of: filters)
        self.filter = filter
        unaccelerated = (unfiltered + refused).sorted()
    }

    private static func filter(of filters: [(id: Int, bytes: [UInt8])]) -> (PatternDatabase?, [Int]) {
        guard !filters.isEmpty else { return (nil, []) }
        if let all = try? PatternDatabase(filters: filters) { return (all, []) }
        let taken = filters.filter { (try? PatternDatabase(filters: [$0])) != nil }
        let refused = Set(filters.map(\.id)).subtracting(taken.map(\.id))
        guard !taken.isEmpty, let some = try? PatternDatabase(filters: taken) else { return (nil, filters.map(\.id)) }
        return (some, refused.sorted())
    }

    func scan(_ text: [UInt8]) -> PatternHits {
        var hits = PatternHits()
        if let folded { scanFolded(CaseFolding.fold(text), by: folded, into: &hits) }
        if let exact {
            if let found = exact.scan(text) {
                hits.present += found
            } else {
                hits.undecided += patterns.indices.filter { patterns[$0].kind == .exact }
            }
        }
        if hasExpressions {
            let valid = ValidText(text)
            confirm(candidates(in: valid), in: valid, into: &hits)
        }
        hits.present.sort()
        hits.undecided.sort()
        return hits
    }

    private func scanFolded(_ text: [UInt8], by database: PatternDatabase, into hits: inout PatternHits) {
        guard let found = database.scan(text) else {
            hits.undecided += patterns.indices.filter { patterns[$0].kind != .exact && patterns[$0].kind != .regex }
            return
        }
        let bounded = found.filter { expressions[$0] != nil }
        hits.present += found.filter { expressions[$0] == nil }
        if !bounded.isEmpty { confirm(bounded, in: ValidText(text), into: &hits) }
    }

    /// Expressions that may match; all of them where the scan failed.
    private func candidates(in text: ValidText) -> [Int] {
        guard let filter else { return unaccelerated }
        guard let found = filter.scan(text.bytes) else {
            return patterns.indices.filter { patterns[$0].kind == .regex }
        }
        return found + unaccelerated
    }

    private func confirm(_ candidates: [Int], in text: ValidText, into hits: inout PatternHits) {
        for candidate in candidates {
            switch expressions[candidate]?.firstMatch(in: text, passing: patterns[candidate].check) {
            case .match: hits.present.append(candidate)
            case .undecided: hits.undecided.append(candidate)
            case .none?, nil: break
            }
        }
    }

    func matches(of pattern: Int, in text: [UInt8], limit: Int) -> PatternMatches {
        let sought = patterns[pattern]
        switch sought.kind {
        case .regex:
            return matches(of: expressions[pattern], in: ValidText(text), passing: sought.check, limit: limit)
        case .word, .phrase:
            let foldedText = FoldedText(text)
            var found = matches(of: expressions[pattern], in: ValidText(foldedText.bytes), limit: limit)
            found.ranges = found.ranges.map(foldedText.original)
            return found
        case .literal:
            let foldedText = FoldedText(text)
            var found = occurrences(of: sought.source.folded, in: foldedText.bytes, limit: limit)
            found.ranges = found.ranges.map(foldedText.original)
            return found
        case .exact:
            return occurrences(of: sought.source.utf8, in: text, limit: limit)
        }
    }

    private func matches(
        of expression: Expression?, in text: ValidText, passing check: MatchCheck? = nil, limit: Int
    ) -> PatternMatches {
        var found = PatternMatches()
        expression?.search(text, passing: check) { result in
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
                if !range.isEmpty { found.ranges.append(range) }
                return true
            }
        }
        return found
    }

    private func occurrences(of sought: [UInt8], in text: [UInt8], limit: Int) -> PatternMatches {
        var found = PatternMatches()
        var start = 0
        while start + sought.count <= text.count, !sought.isEmpty {
            let place = text.withUnsafeBytes { buffer -> Int? in
                guard let base = buffer.baseAddress,
                    let hit = lz_find(base + start, buffer.count - start, sought, sought.count)
                else { return nil }
                return hit - base
            }
            guard let place else { break }
            guard found.ranges.count < limit else {
                found.isComplete = false
                break
            }
            found.ranges.append(place..<(place + sought.count))
            start = place + sought.count
        }
        return found
    }
}
