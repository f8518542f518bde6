/// Bounds on patterns, and on the work that searching a text may cost.
public struct LexicalLimits: Sendable, Equatable {
    /// Bytes of one pattern.
    public var patternBytes = 4_096
    /// Bytes of a word or phrase that ignores leet: each place where its letters may stand is compared letter by letter.
    public var leetBytes = 256
    /// The greatest count in `{n,m}`.
    public var repetition = 1_000
    /// Groups within groups of one expression.
    public var groupDepth = 100
    /// Steps that one expression may take over one text, whatever its length; a step is about ten nanoseconds.
    public var searchSteps = 2_000_000
    /// Further steps for each byte of the text.
    public var searchStepsPerByte = 16
    /// PCRE2's own limit, which starts anew at each place where a match may start. The steps are the finer one.
    public var matchSteps: UInt32 = 10_000_000
    /// Kibibytes of heap that one search of the interpreter may take.
    public var heapKibibytes: UInt32 = 20_480
    /// Bytes of stack for PCRE2's machine code: some hundred thousand rounds of a repeated group.
    public var stackBytes = 8 << 20
    /// Characters of an expression with its repetitions written out; a longer one is kept out of the scan of all
    /// patterns at once, whose tables would grow with it.
    public var scannedExpansion = 10_000

    public init() {}

    /// The steps that a search of that many bytes may take.
    func steps(forBytes count: Int) -> Int { searchSteps + searchStepsPerByte * count }
}
