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
        if pattern.kind == .regex {
            guard let scanner = scanners.scanner(of: pattern, patterns) else {
                return PatternMatches(isComplete: false)
            }
            return scanner.matches(of: 0, in: text, limit: limit)
        }
        let characters = FoldedCharacters(text, folding: pattern.kind != .exact)
        let sought = FoldedCharacters(pattern.source.utf8, folding: pattern.kind != .exact)
        var ranges: [Range<Int>] = []
        var start = 0
        while start < characters.count, ranges.count < limit {
            if let end = characters.end(ofMatch: sought, at: start, kind: pattern.kind), end > start {
                ranges.append(characters.offset(of: start)..<characters.offset(of: end))
                start = end
            } else {
                start += 1
            }
        }
        return PatternMatches(ranges: ranges)
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

/// A text as scalars, each with its place in the bytes. A byte that is not UTF-8 stands for itself, above all scalars.
private struct FoldedCharacters {
    private var scalars: [UInt32] = []
    private var offsets: [Int] = []

    var count: Int { scalars.count }

    init(_ bytes: [UInt8], folding: Bool) {
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
    }

    func offset(of index: Int) -> Int { offsets[index] }

    /// Where a match that starts here ends; `nil` where none does.
    func end(ofMatch sought: FoldedCharacters, at start: Int, kind: TextPattern.Kind) -> Int? {
        let hasBoundaries = kind == .word || kind == .phrase
        if hasBoundaries, start > 0, isWordCharacter(start - 1) { return nil }
        var own = start
        var other = 0
        while other < sought.count {
            if kind == .phrase, sought.isSpace(other) {
                let first = own
                while own < count, isSpace(own) { own += 1 }
                guard own > first else { return nil }
                while other < sought.count, sought.isSpace(other) { other += 1 }
                continue
            }
            guard own < count, scalars[own] == sought.scalars[other] else { return nil }
            own += 1
            other += 1
        }
        if hasBoundaries, own < count, isWordCharacter(own) { return nil }
        return own
    }

    private func isWordCharacter(_ index: Int) -> Bool {
        guard let scalar = Unicode.Scalar(scalars[index]) else { return false }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
            .letterNumber, .otherNumber:
            return true
        default:
            return scalar == "_"
        }
    }

    private func isSpace(_ index: Int) -> Bool {
        Unicode.Scalar(scalars[index])?.properties.isWhitespace ?? false
    }
}
