/// Bounds on running a program.
public struct MachineLimits: Sendable {
    /// Steps for one message; beyond them the message is deferred with a trap. The default is the greatest budget a
    /// bundle is compiled for, so that only a changed limit makes a verified program trap.
    public var steps: UInt64 = 4_000_000_000
    /// Nodes of formula trees visited for the evidence of one message; beyond them the evidence found so far stands.
    public var evidenceVisits = 20_000_000
    /// Nodes of formula trees visited for the coverage of one message; beyond them the coverage says that it is not
    /// complete.
    public var surveyVisits = 20_000_000

    /// Tests of one operand against constants that are worth a common index.
    public var leastIndexedAtoms = 4

    public init() {}
}
