import MailProtocols

/// A message that is held, as people are shown it.
public struct HeldMail: Sendable, Identifiable {
    /// What has become of it for one recipient.
    public enum State: String, Sendable, Codable {
        case held
        /// Queued, and not yet taken by the next hop.
        case releasing
        case released
        case deleted
    }

    public struct Recipient: Sendable, Hashable {
        public var recipient: Transaction.Recipient
        public var state: State
    }

    public let id: Int64
    public var area: String
    public var message: MessageRecord
    public var reasons: [HoldingReason]
    /// As it came.
    public var content: ContentID
    public var recipients: [Recipient]
    /// Seconds since 1970 UTC.
    public var heldAt: Int64
    public var keptUntil: Int64
    /// What becomes of it when nobody released it, and when.
    public var expiry: (at: Int64, disposition: String, reason: String?)?
    public var hasVirus: Bool
}
