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
    /// What was seen of the conditions; `nil` where nobody asked.
    public var observation: Observation?
    /// What is written because of the decisions; `nil` where nobody asked.
    public var correspondence: Correspondence?
    /// The engines that were asked, and what became of each.
    public var engines: [EngineAccount]
    /// What is shown of the message; `nil` where nobody asked.
    public var summary: MessageSummary?
    /// What the edge says of its client; `nil` where no edge is trusted.
    public var edge: EdgeReading?

    public init(
        decisions: [Decision], envelope: Envelope, missingEngines: [Fact] = [], elapsedMicroseconds: Int = 0,
        observation: Observation? = nil, correspondence: Correspondence? = nil, engines: [EngineAccount] = [],
        summary: MessageSummary? = nil, edge: EdgeReading? = nil
    ) {
        self.decisions = decisions
        self.envelope = envelope
        self.missingEngines = missingEngines
        self.elapsedMicroseconds = elapsedMicroseconds
        self.observation = observation
        self.correspondence = correspondence
        self.engines = engines
        self.summary = summary
        self.edge = edge
    }
}

extension Duration {
    /// Microseconds, the rest cut off.
    public var wholeMicroseconds: Int {
        Int(components.seconds) * 1_000_000 + Int(components.attoseconds / 1_000_000_000_000)
    }
}

/// Fields of the envelope that nobody told, so that the worker may fill them in from header fields.
public struct EnvelopeGuesses: OptionSet, Hashable, Sendable, Codable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// From `Return-Path`, else `Sender`, else `From`.
    public static let sender = EnvelopeGuesses(rawValue: 1)
    /// From `Delivered-To` and `X-Original-To`, else `To` and `Cc`.
    public static let recipients = EnvelopeGuesses(rawValue: 2)
    /// The client's address and name, from the topmost `Received`.
    public static let client = EnvelopeGuesses(rawValue: 4)
    public static let all: EnvelopeGuesses = [.sender, .recipients, .client]
}
