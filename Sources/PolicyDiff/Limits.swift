/// How far the comparison of two policies goes before it answers that it cannot tell.
public struct ComparisonLimits: Sendable, Hashable {
    /// Conflicts that the solver may meet in one question. Default 200,000: some seconds.
    public var conflicts = 200_000
    /// Elements (files, parts, links) that one question supposes. Default 256; beyond, quantifiers are left free.
    public var elements = 256
    /// Gates of one question's circuit. Default 4,000,000: about 500 MB with the solver's own tables.
    public var gates = 4_000_000
    /// Pairs of tests on one fact that are related to each other. Default 400,000; further pairs are left unrelated.
    public var relatedPairs = 400_000
    /// Cases of one question that are tried as mails before the answer is that it cannot be told. Default 6.
    public var triedCases = 6
    /// Bytes that a mail made up as a witness may have. Default 32 MiB.
    public var witnessBytes = 32 << 20

    public init() {}
}
