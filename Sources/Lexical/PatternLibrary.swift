import Vocabulary

/// PCRE2 and Vectorscan as the language's searcher.
public struct PatternLibrary: PatternChecker {
    public let limits: LexicalLimits

    public init(limits: LexicalLimits = LexicalLimits()) { self.limits = limits }

    public func fault(of pattern: TextPattern) -> PatternFault? {
        let source = pattern.source.utf8
        guard !source.isEmpty else { return PatternFault(message: "an empty pattern matches everything") }
        guard source.count <= limits.patternBytes else {
            return PatternFault(message: "a pattern has at most \(limits.patternBytes) bytes")
        }
        if let zero = source.firstIndex(of: 0) { return PatternFault(message: "a pattern holds no NUL", offset: zero) }
        // A literal is sought byte for byte, whatever its bytes are.
        if pattern.kind == .literal || pattern.kind == .exact { return nil }
        if let offset = ValidText.firstInvalid(in: source) {
            return PatternFault(message: "a pattern of this kind is UTF-8", offset: offset)
        }
        if pattern.kind == .word || pattern.kind == .phrase {
            let isBlank = pattern.source.string.unicodeScalars.allSatisfy(\.properties.isWhitespace)
            return isBlank ? PatternFault(message: "white space alone is no \(pattern.kind.rawValue)") : nil
        }
        guard pattern.kind == .regex else { return nil }
        do throws(PatternFault) {
            _ = try RegularSubset(source, ignoresCase: pattern.ignoresCase, limits: limits)
            return nil
        } catch {
            return error
        }
    }

    /// Compiles a set. Milliseconds for a thousand literals.
    ///
    /// - Throws: `PatternFault` for the first pattern that is refused.
    public func makeScanner(_ patterns: [TextPattern]) throws(PatternFault) -> any TextScanner {
        try makeSet(patterns)
    }

    /// Which of the expressions PCRE2 will run alone, because the multi-pattern scan cannot take them.
    ///
    /// - Throws: `PatternFault` for the first pattern that is refused.
    public func unaccelerated(_ patterns: [TextPattern]) throws(PatternFault) -> [Int] {
        try makeSet(patterns).unaccelerated
    }

    private func makeSet(_ patterns: [TextPattern]) throws(PatternFault) -> PatternSet {
        // Expressions are judged when they are compiled.
        for pattern in patterns where pattern.kind != .regex || pattern.source.utf8.count > limits.patternBytes {
            if let fault = fault(of: pattern) { throw fault }
        }
        return try PatternSet(patterns, limits: limits)
    }
}
