/// What records, lists and the relay's bookkeeping show of a message, so that nobody has to parse it for them.
///
/// Every text is one line of bounded length, as a reader sees it. What a sender may have made up says so nowhere: all of
/// it is the sender's word but `size`, `key`, the counts and what engines found.
public struct MessageSummary: Equatable, Sendable, Codable {
    public var subject: String
    /// The mailboxes in From, shown names included.
    public var author: String
    /// Without angle brackets; `nil` where it is none that a field could repeat.
    public var messageID: String?
    /// The names of attachments, the first of them.
    public var attachments: [String]
    /// Attachments beside those that are named.
    public var moreAttachments: Int
    /// Bytes.
    public var size: Int
    /// SHA-256, in hexadecimal digits, of the message without the trace fields that servers put before it: the same when
    /// the same mail is tried again.
    public var key: String
    /// Servers that passed the message on, by their Received fields.
    public var receivedFields: Int
    /// Trace fields that bear our own mark: how often the message was here before.
    public var ownMarks: Int
    /// Whether an antivirus engine that the policy asked found something.
    public var hasVirus: Bool
    /// Whether a part says that it is signed.
    public var isSigned: Bool
    /// Whether a part says that it is encrypted.
    public var isEncrypted: Bool
    /// Whether a program sent the message, or may have: answering it could go round for ever.
    public var isAutomatic: Bool

    public init(
        subject: String = "", author: String = "", messageID: String? = nil, attachments: [String] = [],
        moreAttachments: Int = 0, size: Int, key: String, receivedFields: Int = 0, ownMarks: Int = 0,
        hasVirus: Bool = false, isSigned: Bool = false, isEncrypted: Bool = false, isAutomatic: Bool = false
    ) {
        self.subject = subject
        self.author = author
        self.messageID = messageID
        self.attachments = attachments
        self.moreAttachments = moreAttachments
        self.size = size
        self.key = key
        self.receivedFields = receivedFields
        self.ownMarks = ownMarks
        self.hasVirus = hasVirus
        self.isSigned = isSigned
        self.isEncrypted = isEncrypted
        self.isAutomatic = isAutomatic
    }
}
