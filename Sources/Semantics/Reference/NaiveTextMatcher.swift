import Vocabulary

/// Finds a pattern in a text the plain way: try every position. What the scanner is held to.
///
/// Regular expressions are the exception: PCRE2 defines what they mean, so one expression at a time goes to it.
struct NaiveTextMatcher {
    let patterns: any PatternChecker
    private let scanners = ScannerCache()

    init(patterns: any PatternChecker) { self.patterns = patterns }

    /// The first place where the pattern occurs. `isComplete` is false if a limit ended the search before one was
    /// found.
    func firstMatch(of pattern: TextPattern, in text: [UInt8]) -> (range: Range<Int>?, isComplete: Bool) {
        let found = matches(of: pattern, in: text, limit: 1)
        return (found.ranges.first, found.isComplete || !found.ranges.isEmpty)
    }

    /// The places where the pattern occurs, not overlapping, at most `limit`.
    func matches(of pattern: TextPattern, in text: [UInt8], limit: Int) -> PatternMatches {
        switch pattern.kind {
        case .regex:
            guard let scanner = scanners.scanner(of: pattern, patterns) else {
                return PatternMatches(isComplete: false)
            }
            return scanner.matches(of: 0, in: text, limit: limit)
        case .literal, .exact:
            return PatternMatches(ranges: literalMatches(of: pattern, in: text, limit: limit))
        case .word, .phrase, .near:
            let words = NaiveWords(text, pattern.folding, patterns)
            let sought = pattern.texts.map { NaiveWords($0.utf8, pattern.folding, patterns).sought }
            return PatternMatches(
                ranges: pattern.neighbour.map { words.pairs(of: sought, within: $0.distance, limit: limit) }
                    ?? words.matches(of: sought[0], limit: limit))
        }
    }

    private func literalMatches(of pattern: TextPattern, in text: [UInt8], limit: Int) -> [Range<Int>] {
        let folds = pattern.kind == .literal
        let own = NaiveCharacter.all(of: text) { folds ? [CaseFolding.fold($0)] : [$0] }
        let sought = NaiveCharacter.all(of: pattern.source.utf8) { folds ? [CaseFolding.fold($0)] : [$0] }
        var ranges: [Range<Int>] = []
        var start = 0
        while start < own.count, ranges.count < limit {
            let end = start + sought.count
            if end <= own.count, !sought.isEmpty,
                zip(own[start..<end], sought).allSatisfy({ $0.folded == $1.folded })
            {
                ranges.append(own[start].range.lowerBound..<own[end - 1].range.upperBound)
                start = end
            } else {
                start += 1
            }
        }
        return ranges
    }
}

/// Scanners of single expressions, each made once.
private final class ScannerCache {
    private var scanners: [TextPattern: any TextScanner] = [:]

    func scanner(of pattern: TextPattern, _ patterns: any PatternChecker) -> (any TextScanner)? {
        if let known = scanners[pattern] { return known }
        let scanner = try? patterns.makeScanner([pattern])
        scanners[pattern] = scanner
        return scanner
    }
}
