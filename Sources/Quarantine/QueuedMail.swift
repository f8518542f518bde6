import MailProtocols

/// The three queues of what we answered for and have not handed on.
public enum QueueName: String, Sendable, Codable, CaseIterable {
    /// Deferred by the policy, or put off by the next hop after another copy had gone.
    case pending
    /// Released from an area.
    case release
    /// Notices, reports, digests.
    case notices
}

/// A message to be queued.
public struct NewQueuedMail: Sendable {
    public var queue: QueueName
    public var message: MessageRecord
    /// What is to be sent, and to whom; its recipients are those that are left.
    public var transaction: Transaction
    /// Index into the deposit's contents.
    public var content: Int
    /// Whether it is still to be judged; else it goes out as it is.
    public var isJudged: Bool
    /// The route of the configuration; `nil` for the usual next hop.
    public var route: String?
    /// Seconds since 1970 UTC.
    public var notBefore: Int64
    public var expiresAt: Int64
    /// The held mail that it was released from.
    public var heldID: Int64?
    /// Rules whose verdict is left out when it is judged again.
    public var bypassedRules: [String]
    /// At most one entry of this key is ever queued: a notice's Message-ID. `nil` for as many as come.
    public var uniqueKey: String?

    public init(
        queue: QueueName, message: MessageRecord, transaction: Transaction, content: Int, isJudged: Bool,
        route: String? = nil, notBefore: Int64, expiresAt: Int64, heldID: Int64? = nil, bypassedRules: [String] = [],
        uniqueKey: String? = nil
    ) {
        self.queue = queue
        self.message = message
        self.transaction = transaction
        self.content = content
        self.isJudged = isJudged
        self.route = route
        self.notBefore = notBefore
        self.expiresAt = expiresAt
        self.heldID = heldID
        self.bypassedRules = bypassedRules
        self.uniqueKey = uniqueKey
    }
}

/// A queued message, leased to whoever sends it.
public struct QueuedMail: Sendable {
    public let id: Int64
    public var queue: QueueName
    public var message: MessageRecord
    public var transaction: Transaction
    public var content: ContentID
    public var isJudged: Bool
    public var route: String?
    public var queuedAt: Int64
    public var expiresAt: Int64
    public var heldID: Int64?
    public var bypassedRules: [String]
    /// How often it was tried before.
    public var attempts: Int
    public var lastReply: String?

    public init(
        id: Int64, queue: QueueName, message: MessageRecord, transaction: Transaction, content: ContentID,
        isJudged: Bool, route: String?, queuedAt: Int64, expiresAt: Int64, heldID: Int64?, bypassedRules: [String],
        attempts: Int, lastReply: String?
    ) {
        self.id = id
        self.queue = queue
        self.message = message
        self.transaction = transaction
        self.content = content
        self.isJudged = isJudged
        self.route = route
        self.queuedAt = queuedAt
        self.expiresAt = expiresAt
        self.heldID = heldID
        self.bypassedRules = bypassedRules
        self.attempts = attempts
        self.lastReply = lastReply
    }
}

/// What became of one attempt.
public enum QueueOutcome: Sendable {
    /// All its recipients are settled; what is held or queued because of it is stored in the same step.
    case done(leaving: Deposit)
    /// It stays for these recipients, to be tried again.
    case retry(at: Int64, remaining: [Transaction.Recipient], reply: String)
}

/// A recipient whose copy the next hop has taken, though the sender may send it again: the sender saw no `250`.
public struct ArmedRetry: Hashable, Sendable, Codable {
    /// SHA-256 over reverse path, forward path and message, in hexadecimal digits.
    public var key: String
    /// Seconds since 1970 UTC.
    public var expiresAt: Int64

    public init(key: String, expiresAt: Int64) {
        self.key = key
        self.expiresAt = expiresAt
    }
}
