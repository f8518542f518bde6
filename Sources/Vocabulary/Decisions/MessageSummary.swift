/// What is known of a message besides its decisions, for records and for whoever carries the decisions out. Bounded.
public struct MessageSummary: Hashable, Sendable, Codable {
    /// As a reader sees it, on one line.
    public var subject: String
    /// Who is named in From, as a reader sees it.
    public var author: String
    /// The names of attachments, as most readers show them.
    public var attachments: [String]
    /// SHA-256 of the message without the fields that servers put before it on the way, in hexadecimal digits: the same
    /// when a sender tries again.
    public var key: String
    /// Received fields.
    public var receivedFields: Int
    /// Those of them that we wrote ourselves.
    public var ownMarks: Int
    /// Whether an antivirus engine found something.
    public var hasVirus: Bool

    public init(
        subject: String = "", author: String = "", attachments: [String] = [], key: String, receivedFields: Int = 0,
        ownMarks: Int = 0, hasVirus: Bool = false
    ) {
        self.subject = subject
        self.author = author
        self.attachments = attachments
        self.key = key
        self.receivedFields = receivedFields
        self.ownMarks = ownMarks
        self.hasVirus = hasVirus
    }
}

/// What a server writes into its Received fields to know them again.
public enum TraceMark {
    /// A comment behind the name of the host that took the message.
    public static let text = "(Lazaret)"
}
