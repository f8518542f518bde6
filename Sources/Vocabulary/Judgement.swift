/// What judging one message yields for all of its recipients.
///
/// Plain data without behaviour, because it crosses from the worker to whoever asked.
public struct Judgement: Equatable, Sendable, Codable {
    /// One for each recipient, in the envelope's order.
    public var decisions: [Decision]
    /// The envelope that was judged: what the asker left out is filled from header fields and listed in `guessed`.
    public var envelope: Envelope
    /// Facts that the program asked of an engine which is not there. A test that reads one without assuming it is at
    /// fault.
    public var missingEngines: [Fact]
    /// Time from the first byte parsed to the last decision.
    public var elapsedMicroseconds: Int

    public init(
        decisions: [Decision], envelope: Envelope, missingEngines: [Fact] = [], elapsedMicroseconds: Int = 0
    ) {
        self.decisions = decisions
        self.envelope = envelope
        self.missingEngines = missingEngines
        self.elapsedMicroseconds = elapsedMicroseconds
    }
}
