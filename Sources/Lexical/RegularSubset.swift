import Vocabulary

/// The regular expressions the language allows: what a finite automaton can decide.
///
/// Refused are look-around, back-references, recursion, atomic and possessive constructs, conditionals, callouts and
/// verbs, each by its place in the source; and what matches the empty text, and so everything.
struct RegularSubset {
    /// The expression as PCRE2 runs it, metered.
    let expression: Expression
    /// The expression as the scan of all patterns runs it; `nil` when it has none.
    let filter: [UInt8]?

    /// - Throws: `PatternFault` for what is not in the subset, or not an expression at all.
    init(_ source: [UInt8], ignoresCase: Bool, limits: LexicalLimits) throws(PatternFault) {
        var reader = RegexReader(source, ignoresCase: ignoresCase, limits: limits)
        var tokens: [RegexToken] = []
        do throws(RegexReader.Fault) {
            tokens = try reader.read()
        } catch {
            // PCRE2 says better than the reader what is malformed.
            if !error.isForbidden { _ = try Expression(source, ignoresCase: ignoresCase, limits: limits) }
            throw PatternFault(message: error.message, offset: error.offset)
        }
        let plain = try Expression(source, ignoresCase: ignoresCase, limits: limits)
        if plain.canMatchEmptyText {
            throw PatternFault(message: "it matches the empty text, and so everything")
        }
        let metered = MeteredSource.make(from: tokens, of: source)
        expression = try Expression(metered, ignoresCase: ignoresCase, limits: limits)
        expression.prepareMachineCode()
        filter = WidenedSource.make(from: tokens, expansion: limits.scannedExpansion)
    }
}
