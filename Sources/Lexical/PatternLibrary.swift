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
        do throws(PatternFault) {
            if pattern.kind == .regex {
                _ = try ExpressionScan.regular(pattern, limits: limits)
            } else {
                for text in pattern.texts { try check(text, of: pattern) }
            }
            return nil
        } catch {
            return error
        }
    }

    /// - Throws: `PatternFault` for a text of a word, phrase or neighbour that cannot be sought.
    private func check(_ text: Text, of pattern: TextPattern) throws(PatternFault) {
        guard text.utf8.count <= limits.patternBytes, !text.utf8.contains(0),
            ValidText.firstInvalid(in: text.utf8) == nil
        else { throw PatternFault(message: "a text of this kind is UTF-8 of at most \(limits.patternBytes) bytes") }
        if text.string.unicodeScalars.allSatisfy(\.properties.isWhitespace) {
            throw PatternFault(message: "white space alone is no \(pattern.kind == .word ? "word" : "phrase")")
        }
        let needle = try WordScan.needle(text, folding: pattern.folding)
        if pattern.folding.contains(.leet), needle.bytes.count > limits.leetBytes {
            throw PatternFault(message: "where leet is ignored it has at most \(limits.leetBytes) bytes")
        }
    }

    /// A character in lower case, without what the folding takes away.
    public func folded(_ character: UInt32, _ folding: TextFolding) -> [UInt32] {
        let characters = CharacterFolding.of(.init(foldsCase: true, folding: folding.subtracting(.spacing)))
        return String(decoding: characters.fold(character), as: UTF8.self).unicodeScalars.map(\.value)
    }

    public func skeletons(of value: Value) -> [[UInt32]] {
        let text: [UInt8]
        switch value {
        case .text(let own): text = own.utf8
        case .domain(let domain): text = domain.name.utf8
        case .address(let address):
            text = address.local.utf8 + [UInt8(ascii: "@")] + address.domain.name.utf8
        default: return []
        }
        var skeletons: [[UInt32]] = []
        for asWritten in [false, true] {
            let folding: TextFolding = [.accents, .zeroWidth, .confusables]
            let characters = CharacterFolding.of(.init(foldsCase: true, folding: folding, asWritten: asWritten))
            let bytes = FoldedText(text, by: characters, spaces: .removed).bytes
            let skeleton = String(decoding: bytes, as: UTF8.self).unicodeScalars.map(\.value)
            if !skeleton.isEmpty, !skeletons.contains(skeleton) { skeletons.append(skeleton) }
        }
        return skeletons
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
