/// What became of one message for one recipient. No content.
public struct TrackingRecord: Hashable, Sendable, Codable {
    /// Microseconds of each stage.
    public struct Stages: Hashable, Sendable, Codable {
        /// From MAIL to the last byte.
        public var receiving: Int
        /// Waiting for a worker, and its judging.
        public var judging: Int
        /// Changing copies, the talk with the next hop, storing.
        public var delivering: Int

        public init(receiving: Int = 0, judging: Int = 0, delivering: Int = 0) {
            self.receiving = receiving
            self.judging = judging
            self.delivering = delivering
        }
    }

    /// Where a message is for a recipient.
    public enum Outcome: String, Hashable, Sendable, Codable {
        /// The next hop said `250`.
        case delivered
        case held
        case queued
        case rejected
        case discarded
        /// We answered 4xx: the sender keeps it.
        case deferred
        case released
        case deleted
        case expired
    }

    public var messageID: String
    public var organisation: String
    /// Seconds since 1970 UTC.
    public var time: Int64
    public var reversePath: String
    public var recipient: String
    public var size: Int
    public var direction: String
    public var client: String?
    public var subject: String
    public var rules: [String]
    public var disposition: String
    public var outcome: Outcome
    /// The next hop's reply, or ours where it never came so far.
    public var reply: String
    public var areas: [String]
    /// The digest of the program; `nil` where none judged.
    public var program: String?
    public var stages: Stages

    public init(
        messageID: String, organisation: String, time: Int64, reversePath: String, recipient: String, size: Int,
        direction: String, client: String?, subject: String, rules: [String], disposition: String, outcome: Outcome,
        reply: String, areas: [String] = [], program: String?, stages: Stages = Stages()
    ) {
        self.messageID = messageID
        self.organisation = organisation
        self.time = time
        self.reversePath = reversePath
        self.recipient = recipient
        self.size = size
        self.direction = direction
        self.client = client
        self.subject = subject
        self.rules = rules
        self.disposition = disposition
        self.outcome = outcome
        self.reply = reply
        self.areas = areas
        self.program = program
        self.stages = stages
    }
}
