/// What a recipient is told of the mail that is held for it, now and then.
public struct HeldDigest: Equatable, Sendable, Codable {
    public var recipient: Address
    /// Whose name it bears.
    public var author: Address
    /// Seconds since 1970 UTC.
    public var writtenAt: Int64
    /// Languages of the reader, the preferred first.
    public var languages: [String]
    /// Where held mail can be seen and asked for; `nil` where there is no such page.
    public var page: String?
    public var items: [Item]

    /// One held message, in plain values that a sender may have chosen.
    public struct Item: Equatable, Sendable, Codable {
        public var from: String
        public var subject: String
        /// Seconds since 1970 UTC.
        public var heldAt: Int64
        public var reason: String
        public var area: String
        /// What the message is asked for by.
        public var id: String

        public init(from: String, subject: String, heldAt: Int64, reason: String, area: String, id: String) {
            self.from = from
            self.subject = subject
            self.heldAt = heldAt
            self.reason = reason
            self.area = area
            self.id = id
        }
    }

    public init(
        to recipient: Address, from author: Address, writtenAt: Int64, languages: [String], page: String? = nil,
        items: [Item]
    ) {
        self.recipient = recipient
        self.author = author
        self.writtenAt = writtenAt
        self.languages = languages
        self.page = page
        self.items = items
    }
}
