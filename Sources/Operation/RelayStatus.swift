/// Who can tell how the relay is. Asked from outside, often: an answer costs no reading of mail.
public protocol RelayStatus: Sendable {
    /// Whether mail can be taken now, and if not, why.
    func readiness() async -> [ReadinessCheck]

    /// All that is counted.
    func figures() async -> RelayFigures
}

/// One thing without which no mail is taken.
public struct ReadinessCheck: Equatable, Sendable {
    /// `store`, `workers`, `next-hop`.
    public var name: String
    /// Why it is not ready; `nil` where it is.
    public var fault: String?

    public init(_ name: String, fault: String? = nil) {
        self.name = name
        self.fault = fault
    }
}

/// What the relay counted since it was started, and what it has now.
public struct RelayFigures: Equatable, Sendable {
    /// Recipients of messages, by what became of them.
    public struct Messages: Hashable, Sendable {
        public var organisation: String
        /// `inbound`, `outbound`, `internal`.
        public var direction: String
        /// `deliver`, `quarantine`, `reject`, `discard`, `defer`.
        public var disposition: String

        public init(organisation: String, direction: String, disposition: String) {
            self.organisation = organisation
            self.direction = direction
            self.disposition = disposition
        }
    }

    /// Mail held in an area of an organisation.
    public struct Area: Hashable, Sendable {
        public var organisation: String
        public var name: String

        public init(organisation: String, name: String) {
            self.organisation = organisation
            self.name = name
        }
    }

    /// What waits in a queue.
    public struct Queue: Equatable, Sendable {
        public var length: Int
        /// Seconds since the oldest came; `nil` where none waits.
        public var oldestSeconds: Int64?

        public init(length: Int, oldestSeconds: Int64? = nil) {
            self.length = length
            self.oldestSeconds = oldestSeconds
        }
    }

    /// The processes that run an organisation's program.
    public struct Workers: Equatable, Sendable {
        public var busy: Int
        public var size: Int
        /// How many died, or were ended because they were late.
        public var replaced: UInt64
        /// SHA-256 of the program in hexadecimal digits.
        public var program: String

        public init(busy: Int, size: Int, replaced: UInt64, program: String) {
            self.busy = busy
            self.size = size
            self.replaced = replaced
            self.program = program
        }
    }

    /// What an engine looks for viruses or spam with.
    public struct Engine: Equatable, Sendable {
        public var isUp: Bool
        /// Seconds since its signatures were made; `nil` where it does not say.
        public var signatureSeconds: Int64?

        public init(isUp: Bool, signatureSeconds: Int64? = nil) {
            self.isUp = isUp
            self.signatureSeconds = signatureSeconds
        }
    }

    public var messages: [Messages: UInt64] = [:]
    /// How often each rule fired, by organisation and rule.
    public var rules: [[String]: UInt64] = [:]
    /// Sessions now, by listener.
    public var sessions: [String: Int] = [:]
    /// Sessions since the start, by listener.
    public var acceptedSessions: [String: UInt64] = [:]
    /// Sessions that were turned away because there were too many.
    public var refusedSessions: UInt64 = 0
    /// Bytes of all messages in memory.
    public var memoryBytes = 0
    public var queues: [String: Queue] = [:]
    /// How long each stage of a message took: `receive`, `judge`, `rewrite`, `store`, `deliver`, `added`.
    public var stages: [String: DelayHistogram] = [:]
    /// By organisation.
    public var workers: [String: Workers] = [:]
    public var engines: [String: Engine] = [:]
    public var held: [Area: Int] = [:]
    /// Alarms since the start, by the event's name.
    public var alarms: [String: UInt64] = [:]
    /// Seconds since 1970 UTC when the relay was started.
    public var startedAt: Int64 = 0

    public init() {}
}
