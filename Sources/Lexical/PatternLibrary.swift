import Vocabulary

/// PCRE2 and Vectorscan as the language's searcher.
public struct PatternLibrary: PatternChecker {
    public init() {}

    public func fault(of pattern: TextPattern) -> PatternFault? {
        guard !pattern.source.utf8.isEmpty else { return PatternFault(message: "an empty pattern matches everything") }
        guard pattern.source.utf8.count <= LexicalLimits.patternBytes else {
            return PatternFault(message: "a pattern has at most \(LexicalLimits.patternBytes) bytes")
        }
        guard !pattern.source.utf8.contains(0) else { return PatternFault(message: "a pattern holds no NUL") }
        if pattern.kind == .word || pattern.kind == .phrase {
            let isBlank = pattern.source.string.unicodeScalars.allSatisfy(\.properties.isWhitespace)
            return isBlank ? PatternFault(message: "white space alone is no \(pattern.kind.rawValue)") : nil
        }
        guard pattern.kind == .regex else { return nil }
        if let fault = RegularSubset.fault(in: pattern.source.utf8) { return fault }
        do throws(PatternFault) {
            let expression = try Expression(pattern.source.utf8, ignoresCase: pattern.ignoresCase)
            return expression.matchesNothing
                ? PatternFault(message: "it matches the empty text, and so everything") : nil
        } catch {
            return error
        }
    }

    /// Compiles a set. Milliseconds for a thousand literals.
    ///
    /// - Throws: `PatternFault` for the first pattern that is refused.
    public func makeScanner(_ patterns: [TextPattern]) throws(PatternFault) -> any TextScanner {
        try PatternSet(patterns)
    }

    /// Which of the expressions PCRE2 will run alone, because the multi-pattern scan cannot take them.
    ///
    /// - Throws: `PatternFault` for the first pattern that is refused.
    public func unaccelerated(_ patterns: [TextPattern]) throws(PatternFault) -> [Int] {
        try PatternSet(patterns).unaccelerated
    }
}
