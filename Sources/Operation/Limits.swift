/// Bounds of the relay. The operator's file may set each.
public struct RelayLimits: Equatable, Sendable {
    /// Sessions at once over all listeners. Reached: `421 4.3.2`.
    public var sessions = 200
    /// Messages that are judged or delivered at once; others wait for their turn within their deadline.
    public var messagesUnderWay = 16
    /// Messages above `slowLaneBytes` that are judged at once, so that they never take all workers.
    public var slowLane = 1
    public var slowLaneBytes = 4 << 20
    /// Bytes of one message. Reached: `552 5.3.4`.
    public var messageBytes = 60 << 20
    /// Bytes of all messages in memory. Reached: `452 4.3.1`.
    public var memoryBytes = 512 << 20
    /// Recipients of one message. Reached: `452 4.5.3`.
    public var recipients = 1000
    /// Seconds from the client's final dot to our reply (RFC 5321 4.5.3.2.6 lets it wait for 600).
    public var deadlineSeconds = 80
    /// Seconds without a command or a byte of a message. Reached: `421 4.4.2`.
    public var idleSeconds = 300
    /// Seconds that the next hop may take to answer a command.
    public var hopReplySeconds = 30
    /// Seconds that a connection to the next hop may take.
    public var connectSeconds = 10
    /// Received fields. More: `554 5.4.6`.
    public var hops = 50
    /// Our own mark in trace fields so often: a loop, `554 5.4.6`.
    public var ownMarks = 4
    /// Commands that are refused in one session before it is closed: `421 4.7.0`.
    public var refusedCommands = 50
    /// Seconds for which mail that the policy deferred is tried before it is held.
    public var undecidedSeconds: Int64 = 4 * 3600
    /// Seconds for which mail that the next hop puts off is tried before it is held.
    public var undeliveredSeconds: Int64 = 5 * 86_400
    /// Seconds for which a sender's repetition is recognised.
    public var retrySeconds: Int64 = 5 * 86_400
    /// Seconds for which mail in a system area is kept.
    public var systemAreaSeconds: Int64 = 30 * 86_400

    public init() {}
}

/// Bounds of the log.
public struct LogLimits: Equatable, Sendable {
    /// Bytes of one field's value. Reached: cut, with `…`.
    public var valueBytes = 1000
    /// Fields of one event. Reached: the others are left out, and a field says how many.
    public var fields = 40

    public init() {}
}
