/// How far the comparison of two policies goes before it answers that it cannot tell.
public struct ComparisonLimits: Sendable, Hashable {
    /// Conflicts that the solver may meet in one question. Default 200,000: some seconds.
    public var conflicts = 200_000
    /// Elements (files, parts, links) that one question supposes. Default 256; beyond, quantifiers are left free.
    public var elements = 256
    /// Gates and clauses asked of one circuit. Default 4,000,000: about 500 MB with the solver's own tables.
    public var gates = 4_000_000
    /// Pairs of tests on one fact that are related to each other. Default 400,000; further pairs are left unrelated.
    public var relatedPairs = 400_000
    /// Cases of one question that are tried as mails before the answer is that it cannot be told. Default 6.
    public var triedCases = 6
    /// Bytes that a mail made up as a witness may have. Default 32 MiB.
    public var witnessBytes = 32 << 20

    /// Files, links, addresses or places in a text that a count may ask of a mail made up as a witness. Default 5000.
    public var witnessElements = 5000

    /// Seconds that the answers to all questions may take together, mails that are run included. Default 30: as long as
    /// somebody waits for a merge request's checks without looking elsewhere.
    public var seconds = 30.0
    /// Rules which both policies have that a question looks into at first, beside those that differ. Default 24: all of
    /// a small policy; of a large one, those that ask about the same facts as the rules that differ.
    public var companions = 24
    /// Such rules that a question looks into at most. Default 256.
    public var widenedCompanions = 256
    /// How often more of them are looked into, in one direction. Default 16; each time the circuit is built again.
    public var widenings = 16

    public init() {}

    /// Rows of a setting that a comparison with it is looked into through; each is a branch within the last.
    static let settingRows = 16
    /// Bytes that a repetition may have in a text that is made up for a regular expression.
    static let sampleBytes = 4_096
    /// Texts that are made up for one regular expression, each by another branch of its alternations.
    static let sampleBranches = 4
}
