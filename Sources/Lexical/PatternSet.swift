import CPCRE2
import Vocabulary

/// A set of patterns ready to search: literals by one pass over the folded text, expressions by one pass over the raw
/// text as a filter, and PCRE2 for whatever needs a boundary or a confirmation.
final class PatternSet: TextScanner {
    private let patterns: [TextPattern]
    private let expressions: [Int: Expression]
    private let folded: PatternDatabase?
    private let exact: PatternDatabase?
    private let filter: PatternDatabase?
    /// Expressions that the multi-pattern scan cannot take; PCRE2 runs each of them over every text.
    let unaccelerated: [Int]

    /// - Throws: `PatternFault` for a pattern that PCRE2 or Vectorscan refuses.
    init(_ patterns: [TextPattern]) throws(PatternFault) {
        var expressions: [Int: Expression] = [:]
        var foldedLiterals: [(id: Int, bytes: [UInt8])] = []
        var exactLiterals: [(id: Int, bytes: [UInt8])] = []
        var filters: [(id: Int, bytes: [UInt8], ignoresCase: Bool)] = []
        for (index, pattern) in patterns.enumerated() {
            switch pattern.kind {
            case .literal:
                foldedLiterals.append((index, pattern.source.folded))
            case .exact:
                exactLiterals.append((index, pattern.source.utf8))
            case .word, .phrase:
                let words = BoundedWords(pattern)
                foldedLiterals.append((index, words.longest))
                expressions[index] = try Expression(words.expression, ignoresCase: false)
            case .regex:
                expressions[index] = try Expression(pattern.source.utf8, ignoresCase: pattern.ignoresCase)
                filters.append((index, pattern.source.utf8, pattern.ignoresCase))
            }
        }
        self.patterns = patterns
        self.expressions = expressions
        folded = foldedLiterals.isEmpty ? nil : try PatternDatabase(literals: foldedLiterals)
        exact = exactLiterals.isEmpty ? nil : try PatternDatabase(literals: exactLiterals)
        (filter, unaccelerated) = Self.filter(of: filters)
    }

    private static func filter(
        of filters: [(id: Int, bytes: [UInt8], ignoresCase: Bool)]
    ) -> (PatternDatabase?, [Int]) {
        guard !filters.isEmpty else { return (nil, []) }
        if let all = try? PatternDatabase(filters: filters) { return (all, []) }
        let taken = filters.filter { (try? PatternDatabase(filters: [$0])) != nil }
        let refused = Set(filters.map(\.id)).subtracting(taken.map(\.id))
        guard !taken.isEmpty, let some = try? PatternDatabase(filters: taken) else { return (nil, filters.map(\.id)) }
        return (some, refused.sorted())
    }

    func scan(_ text: [UInt8]) -> PatternHits {
        var hits = PatternHits()
        let foldedText = folded == nil ? [] : CaseFolding.fold(text)
        for candidate in folded?.scan(foldedText) ?? allIndexes(of: .literal, .word, .phrase, unless: folded == nil) {
            if let expression = expressions[candidate] {
                add(candidate, expression.firstMatch(in: foldedText), to: &hits)
            } else if folded != nil {
                hits.present.append(candidate)
            }
        }
        hits.present += exact?.scan(text) ?? []
        for candidate in candidates(in: text) {
            guard let expression = expressions[candidate] else { continue }
            add(candidate, expression.firstMatch(in: text), to: &hits)
        }
        hits.present.sort()
        hits.undecided.sort()
        return hits
    }

    /// What the folded scan would have found had it not failed: everything, to be confirmed one by one.
    private func allIndexes(of kinds: TextPattern.Kind..., unless isAbsent: Bool) -> [Int] {
        isAbsent ? [] : patterns.indices.filter { kinds.contains(patterns[$0].kind) }
    }

    /// Expressions that may match. Vectorscan's answer is only defined for UTF-8, so other text is left to PCRE2.
    private func candidates(in text: [UInt8]) -> [Int] {
        let all = patterns.indices.filter { patterns[$0].kind == .regex }
        guard !all.isEmpty, let filter, String(validating: text, as: UTF8.self) != nil,
            let found = filter.scan(text)
        else { return all }
        return (found + unaccelerated).sorted()
    }

    private func add(_ index: Int, _ result: Expression.Result, to hits: inout PatternHits) {
        switch result {
        case .match: hits.present.append(index)
        case .undecided: hits.undecided.append(index)
        case .none: break
        }
    }

    func matches(of pattern: Int, in text: [UInt8], limit: Int) -> PatternMatches {
        let sought = patterns[pattern]
        switch sought.kind {
        case .regex:
            return expressions[pattern].map { matches(of: $0, in: text, limit: limit) } ?? PatternMatches()
        case .word, .phrase:
            let foldedText = FoldedText(text)
            var found =
                expressions[pattern].map { matches(of: $0, in: foldedText.bytes, limit: limit) }
                ?? PatternMatches()
            found.ranges = found.ranges.map(foldedText.original)
            return found
        case .literal:
            let foldedText = FoldedText(text)
            let ranges = occurrences(of: sought.source.folded, in: foldedText.bytes, limit: limit)
            return PatternMatches(ranges: ranges.map(foldedText.original))
        case .exact:
            return PatternMatches(ranges: occurrences(of: sought.source.utf8, in: text, limit: limit))
        }
    }

    private func matches(of expression: Expression, in text: [UInt8], limit: Int) -> PatternMatches {
        var found = PatternMatches()
        var start = 0
        while start <= text.count, found.ranges.count < limit {
            switch expression.firstMatch(in: text, from: start) {
            case .match(let range):
                // An empty match would be found at the same place for ever.
                if !range.isEmpty { found.ranges.append(range) }
                start = max(range.upperBound, start + (range.isEmpty ? 1 : 0))
            case .none:
                return found
            case .undecided:
                found.isComplete = false
                return found
            }
        }
        return found
    }

    private func occurrences(of sought: [UInt8], in text: [UInt8], limit: Int) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var start = 0
        while ranges.count < limit, start + sought.count <= text.count, !sought.isEmpty {
            let place = text.withUnsafeBytes { buffer -> Int? in
                guard let base = buffer.baseAddress,
                    let hit = lz_find(base + start, buffer.count - start, sought, sought.count)
                else { return nil }
                return hit - base
            }
            guard let place else { break }
            ranges.append(place..<(place + sought.count))
            start = place + sought.count
        }
        return ranges
    }
}
