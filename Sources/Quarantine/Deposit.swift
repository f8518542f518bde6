import MailProtocols

/// What one message leaves with us: stored whole or not at all.
public struct Deposit: Sendable {
    /// The messages' bytes, that rows name by their index here.
    public var contents: [[UInt8]]
    public var held: [NewHeldMail]
    public var queued: [NewQueuedMail]
    public var retries: [ArmedRetry]

    public init(
        contents: [[UInt8]] = [], held: [NewHeldMail] = [], queued: [NewQueuedMail] = [], retries: [ArmedRetry] = []
    ) {
        self.contents = contents
        self.held = held
        self.queued = queued
        self.retries = retries
    }

    public var isEmpty: Bool { held.isEmpty && queued.isEmpty && retries.isEmpty }
}

/// Names the stored bytes of a message.
public struct ContentID: Hashable, Sendable, Codable {
    public let text: String

    public init(_ text: String) { self.text = text }
}

/// Who handed a message over, as far as it is known: what facts of the envelope rest on when it is judged again.
public struct ClientRecord: Hashable, Sendable, Codable {
    public var address: String?
    public var name: String?
    public var greeting: String?
    /// `ESMTP`, `ESMTPS`, …
    public var scheme: String?
    /// The login, where a trusted edge told it.
    public var user: String?
    public var isTLS: Bool
    /// The listener's name.
    public var listener: String

    public init(
        address: String? = nil, name: String? = nil, greeting: String? = nil, scheme: String? = nil,
        user: String? = nil, isTLS: Bool = false, listener: String
    ) {
        self.address = address
        self.name = name
        self.greeting = greeting
        self.scheme = scheme
        self.user = user
        self.isTLS = isTLS
        self.listener = listener
    }
}

/// What every stored message is known by.
public struct MessageRecord: Hashable, Sendable, Codable {
    /// The transaction's own identifier, in logs, records and pages.
    public var id: String
    public var organisation: String
    /// SHA-256 of the message without what servers in front put before it, in hexadecimal digits.
    public var key: String
    public var transaction: Transaction
    public var client: ClientRecord
    /// Seconds since 1970 UTC.
    public var receivedAt: Int64
    /// Bytes.
    public var size: Int
    /// As a reader sees it, cut to a line of bounded length.
    public var subject: String
    /// The name or address in From, as a reader sees it.
    public var author: String
    /// The names of attachments, as most readers show them.
    public var attachments: [String]
    public var direction: String
    /// The digest of the program that judged it; `nil` for a message that could not be judged.
    public var program: String?

    public init(
        id: String, organisation: String, key: String, transaction: Transaction, client: ClientRecord,
        receivedAt: Int64, size: Int, subject: String = "", author: String = "", attachments: [String] = [],
        direction: String = "inbound", program: String? = nil
    ) {
        self.id = id
        self.organisation = organisation
        self.key = key
        self.transaction = transaction
        self.client = client
        self.receivedAt = receivedAt
        self.size = size
        self.subject = subject
        self.author = author
        self.attachments = attachments
        self.direction = direction
        self.program = program
    }
}

/// A message to be held in an area, for some of its recipients.
public struct NewHeldMail: Sendable {
    public var message: MessageRecord
    /// An area of the policy, or one of `SystemArea`.
    public var area: String
    /// In plain words, one for each rule; for a system area what happened.
    public var reasons: [HoldingReason]
    /// As it came, index into the deposit's contents.
    public var original: Int
    /// Those for whom it is held.
    public var recipients: [Transaction.Recipient]
    /// Seconds since 1970 UTC.
    public var keptUntil: Int64
    /// What becomes of it when nobody released it, and when; `nil` for nothing before `keptUntil`.
    public var expiry: (at: Int64, disposition: String, reason: String?)?
    public var hasVirus: Bool

    public init(
        message: MessageRecord, area: String, reasons: [HoldingReason], original: Int,
        recipients: [Transaction.Recipient], keptUntil: Int64,
        expiry: (at: Int64, disposition: String, reason: String?)? = nil, hasVirus: Bool = false
    ) {
        self.message = message
        self.area = area
        self.reasons = reasons
        self.original = original
        self.recipients = recipients
        self.keptUntil = keptUntil
        self.expiry = expiry
        self.hasVirus = hasVirus
    }
}

/// Why a message is held.
public struct HoldingReason: Hashable, Sendable, Codable {
    /// The rule's name; `nil` where no rule spoke.
    public var rule: String?
    /// The rule's title in the policy's words, or a sentence.
    public var text: String
    /// What was seen, bounded: `attachment name = "invoice.pdf.exe" (policy.lzt:12)`.
    public var evidence: [String]

    public init(rule: String? = nil, text: String, evidence: [String] = []) {
        self.rule = rule
        self.text = text
        self.evidence = evidence
    }
}

/// Areas that no policy names: where mail goes that would else be lost.
public enum SystemArea: String, Sendable, CaseIterable {
    /// Two workers failed on it.
    case unprocessable
    /// Copies for recipients that were refused after others had been delivered.
    case refused
    /// The next hop refused it after we had answered for it.
    case undeliverable
    /// Deferred by the policy until its time was over.
    case undecided
}
