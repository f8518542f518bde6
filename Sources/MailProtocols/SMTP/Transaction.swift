/// One mail transaction: the envelope, with all that goes on with it (RFC 5321 3.3, RFC 3461).
public struct Transaction: Hashable, Sendable, Codable {
    /// A forward path and what was said beside it.
    public struct Recipient: Hashable, Sendable, Codable {
        public var mailbox: Mailbox
        public var parameters: RecipientParameters

        public init(_ mailbox: Mailbox, _ parameters: RecipientParameters = RecipientParameters()) {
            self.mailbox = mailbox
            self.parameters = parameters
        }
    }

    public var reversePath: ReversePath
    public var parameters: MailParameters
    /// In the order in which they were said; one may stand twice.
    public var recipients: [Recipient]

    public init(
        from reversePath: ReversePath, _ parameters: MailParameters = MailParameters(), to recipients: [Recipient] = []
    ) {
        self.reversePath = reversePath
        self.parameters = parameters
        self.recipients = recipients
    }
}
