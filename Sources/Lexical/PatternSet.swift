import CPCRE2
import Vocabulary

/// A set of patterns ready to search: literals, and words of each folding, by one pass over the folded text;
/// expressions by one pass over the text as a filter, and PCRE2 for what that lets through.
final class PatternSet: TextScanner {
    private let patterns: [TextPattern]
    private let folded: PatternDatabase?
    private let exact: PatternDatabase?
    private let words: [TextFolding: WordScan]
    private let expressions: [TextFolding: ExpressionScan]
    /// Expressions that the multi-pattern scan cannot take; PCRE2 runs each of them over every text.
    let unaccelerated: [Int]

    /// - Throws: `PatternFault` for a pattern that PCRE2 or Vectorscan refuses.
    init(_ patterns: [TextPattern], limits: LexicalLimits) throws(PatternFault) {
        var foldedLiterals: [(id: Int, bytes: [UInt8])] = []
        var exactLiterals: [(id: Int, bytes: [UInt8])] = []
        var words: [TextFolding: [(id: Int, pattern: TextPattern)]] = [:]
        var expressions: [TextFolding: [(id: Int, pattern: TextPattern)]] = [:]
        for (index, pattern) in patterns.enumerated() {
            switch pattern.kind {
            case .literal: foldedLiterals.append((index, pattern.source.folded))
            case .exact: exactLiterals.append((index, pattern.source.utf8))
            case .word, .phrase, .near: words[pattern.folding, default: []].append((index, pattern))
            case .regex:
                expressions[pattern.folding.intersection(.ofExpressions), default: []].append((index, pattern))
            }
        }
        self.patterns = patterns
        folded = foldedLiterals.isEmpty ? nil : try PatternDatabase(literals: foldedLiterals)
        exact = exactLiterals.isEmpty ? nil : try PatternDatabase(literals: exactLiterals)
        var wordScans: [TextFolding: WordScan] = [:]
        for (folding, patterns) in words { wordScans[folding] = try WordScan(patterns, folding: folding) }
        self.words = wordScans
        var scans: [TextFolding: ExpressionScan] = [:]
        for (folding, patterns) in expressions {
            scans[folding] = try ExpressionScan(patterns, folding: folding, limits: limits)
        }
        self.expressions = scans
        unaccelerated = scans.values.flatMap(\.unaccelerated).sorted()
    }

    func scan(_ text: [UInt8]) -> PatternHits {
        var hits = PatternHits()
        if let folded { scan(CaseFolding.fold(text), by: folded, for: .literal, into: &hits) }
        if let exact { scan(text, by: exact, for: .exact, into: &hits) }
        for scan in words.values { scan.scan(text, into: &hits) }
        for scan in expressions.values { scan.scan(text, into: &hits) }
        hits.present.sort()
        hits.undecided.sort()
        return hits
    }

    private func scan(
        _ text: [UInt8], by database: PatternDatabase, for kind: TextPattern.Kind, into hits: inout PatternHits
    ) {
        if let found = database.scan(text) {
            hits.present += found
        } else {
            hits.undecided += patterns.indices.filter { patterns[$0].kind == kind }
        }
    }

    func matches(of pattern: Int, in text: [UInt8], limit: Int) -> PatternMatches {
        let sought = patterns[pattern]
        switch sought.kind {
        case .regex:
            let folding = sought.folding.intersection(.ofExpressions)
            return expressions[folding]?.matches(of: pattern, in: text, limit: limit) ?? PatternMatches()
        case .word, .phrase, .near:
            return words[sought.folding]?.matches(of: pattern, in: text, limit: limit) ?? PatternMatches()
        case .literal:
            let trace = CaseTrace(text)
            var found = occurrences(of: sought.source.folded, in: trace.bytes, limit: limit)
            found.ranges = found.ranges.map(trace.original)
            return found
        case .exact:
            return occurrences(of: sought.source.utf8, in: text, limit: limit)
        }
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
