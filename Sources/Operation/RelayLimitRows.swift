/// One bound of the relay, as a file sets it and a page shows it.
public struct RelayLimitRow: Sendable {
    /// What its number counts.
    public enum Unit: Sendable {
        case count
        case bytes
        case seconds
    }

    /// As the operator's file writes it: `message-bytes`.
    public let name: String
    public let unit: Unit
    /// What an operator may set.
    public let range: ClosedRange<Int64>
    /// What it bounds, in a sentence.
    public let text: String
    private let read: @Sendable (RelayLimits) -> Int64
    private let write: @Sendable (inout RelayLimits, Int64) -> Void

    /// The value in some limits.
    public func value(in limits: RelayLimits) -> Int64 { read(limits) }

    /// Sets the value; one out of range is brought to the nearer end.
    public func set(_ value: Int64, in limits: inout RelayLimits) {
        write(&limits, min(max(value, range.lowerBound), range.upperBound))
    }

    private init(
        _ name: String, _ unit: Unit, _ range: ClosedRange<Int64>, _ path: WritableKeyPath<RelayLimits, Int> & Sendable,
        _ text: String
    ) {
        self.name = name
        self.unit = unit
        self.range = range
        self.text = text
        read = { Int64($0[keyPath: path]) }
        write = { $0[keyPath: path] = Int($1) }
    }

    private init(
        _ name: String, _ unit: Unit, _ range: ClosedRange<Int64>,
        _ path: WritableKeyPath<RelayLimits, Int64> & Sendable, _ text: String
    ) {
        self.name = name
        self.unit = unit
        self.range = range
        self.text = text
        read = { $0[keyPath: path] }
        write = { $0[keyPath: path] = $1 }
    }

    /// Every bound, in the order of pages.
    public static let all: [RelayLimitRow] = [
        .init("sessions", .count, 1...100_000, \.sessions, "Sessions at once over all listeners."),
        .init(
            "messages-under-way", .count, 1...10_000, \.messagesUnderWay,
            "Messages that are judged or delivered at once; others wait for their turn."),
        .init("slow-lane", .count, 1...10_000, \.slowLane, "Large messages that are judged at once."),
        .init(
            "slow-lane-bytes", .bytes, 65_536...1 << 40, \.slowLaneBytes, "A message above this size is a large one."),
        .init("message-bytes", .bytes, 65_536...1 << 31, \.messageBytes, "The size of one message."),
        .init("memory-bytes", .bytes, 1 << 20...1 << 40, \.memoryBytes, "All messages in memory together."),
        .init("recipients", .count, 100...100_000, \.recipients, "Recipients of one message."),
        .init(
            "deadline-seconds", .seconds, 10...590, \.deadlineSeconds,
            "From the client's final dot to the reply. Below the edge's `smtpd_proxy_timeout`."),
        .init(
            "idle-seconds", .seconds, 10...3600, \.idleSeconds, "Without a command or a byte of a message."),
        .init(
            "hop-reply-seconds", .seconds, 1...600, \.hopReplySeconds,
            "What the next hop may take to answer a command."),
        .init(
            "connect-seconds", .seconds, 1...300, \.connectSeconds, "What a connection to the next hop may take."),
        .init("hops", .count, 10...1000, \.hops, "Received fields of one message."),
        .init("own-marks", .count, 1...100, \.ownMarks, "Our own mark in trace fields: a loop."),
        .init(
            "refused-commands", .count, 3...10_000, \.refusedCommands, "Commands that are refused in one session."),
        .init(
            "undecided-seconds", .seconds, 60...30 * 86_400, \.undecidedSeconds,
            "For which mail that the policy deferred is tried before it is held."),
        .init(
            "undelivered-seconds", .seconds, 60...30 * 86_400, \.undeliveredSeconds,
            "For which mail that the next hop puts off is tried before it is held."),
        .init(
            "retry-seconds", .seconds, 3600...30 * 86_400, \.retrySeconds,
            "For which a sender's repetition is recognised."),
        .init(
            "system-area-seconds", .seconds, 86_400...3650 * 86_400, \.systemAreaSeconds,
            "For which mail in a system area is kept."),
    ]
}
