/// Bounds of searching texts.
enum LexicalLimits {
    /// PCRE2's match limit for one search: beyond it the search is undecided. About a millisecond's work.
    static let matchSteps: UInt32 = 1_000_000
    /// Kibibytes of heap that one search of the interpreter may take.
    static let heapKibibytes: UInt32 = 20_480
    /// Bytes of one pattern.
    static let patternBytes = 4_096
    /// The greatest count in `{n,m}`.
    static let repetition = 1_000
    /// Bytes of PCRE2's machine-code stack.
    static let stackBytes = 512 << 10
}
