/// Bounds of the talk with engines in other processes. An engine's own bounds, which an operator sets, are in
/// `EngineSettings`.
public struct EngineLimits: Sendable, Equatable {
    /// Bytes of one reply, the content that an ICAP server sends back apart. Reached: the reply is garbled.
    public var replyBytes = 1 << 20
    /// Bytes of the lines before the body of a reply. Reached: the reply is garbled.
    public var replyHeadBytes = 64 << 10
    /// Fields of the head of a reply. Reached: the reply is garbled.
    public var replyFields = 200
    /// Seconds for which an engine's word on its version and signatures is believed without asking again.
    public var versionSeconds = 10
    /// Seconds for all contents of one message, over which each engine has them to itself. Reached: what was not asked
    /// is unknown for `over-limit`.
    public var messageSeconds = 40
    /// Failures of one engine within one message. Reached: it is not asked again about that message.
    public var failuresOfMessage = 2
    /// Answers kept of all engines. Reached: the older half goes.
    public var cachedAnswers = 20_000
    /// Seconds for which "clean" is believed without asking again.
    public var cleanSeconds = 600

    /// Symbols of one spam engine. Reached: `over-limit`, since others may be missing.
    public var spamSymbols = 500
    /// Bytes of one symbol. Reached: the reply is garbled.
    public var nameBytes = 200
    /// Seconds between two looks at whether signatures or rules on disk have changed.
    public var reloadCheckSeconds = 10

    public init() {}
}
