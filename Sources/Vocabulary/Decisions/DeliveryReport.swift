/// What a sender is to be told of the delivery of a message (RFC 3461, RFC 3464): all that the report's writer does not
/// read from the message itself.
public struct DeliveryReport: Equatable, Sendable, Codable {
    /// The reverse path of the message: whom the report goes to.
    public var sender: Address
    /// The name of the server that reports.
    public var reporter: String
    /// The envelope's identifier as the sender gave it, its xtext undone.
    public var envelopeID: String?
    /// Whether the sender wants the whole message back, not its header alone (`RET=FULL`). A message over
    /// `EnforcementLimits.returnedBytes` comes back without its body.
    public var returnsBody: Bool
    /// Seconds since 1970 UTC.
    public var arrivedAt: Int64
    /// Seconds since 1970 UTC.
    public var writtenAt: Int64
    /// Languages of the reader, the preferred first; empty for the policy's.
    public var languages: [String]
    public var recipients: [Recipient]

    /// What became of the message for one recipient.
    public struct Recipient: Equatable, Sendable, Codable {
        /// What was done (RFC 3464, section 2.3.3).
        public enum Action: String, Equatable, Sendable, Codable, CaseIterable {
            case failed
            case delayed
            case delivered
            case relayed
            case expanded
        }

        /// The forward path, as received.
        public var address: Address
        /// As the sender gave it (`rfc822;bob@example.org`), its xtext undone.
        public var original: String?
        public var action: Action
        /// `5.7.1`
        public var status: String
        /// What a server answered: `554 5.7.1 no`; `nil` where none was asked.
        public var diagnostic: String?
        /// The server that answered.
        public var remote: String?
        /// Seconds since 1970 UTC until which is tried again, of a delay.
        public var willRetryUntil: Int64?

        public init(
            _ address: Address, original: String? = nil, _ action: Action, status: String, diagnostic: String? = nil,
            remote: String? = nil, willRetryUntil: Int64? = nil
        ) {
            self.address = address
            self.original = original
            self.action = action
            self.status = status
            self.diagnostic = diagnostic
            self.remote = remote
            self.willRetryUntil = willRetryUntil
        }
    }

    public init(
        to sender: Address, from reporter: String, envelopeID: String? = nil, returnsBody: Bool = false,
        arrivedAt: Int64, writtenAt: Int64, languages: [String] = [], recipients: [Recipient]
    ) {
        self.sender = sender
        self.reporter = reporter
        self.envelopeID = envelopeID
        self.returnsBody = returnsBody
        self.arrivedAt = arrivedAt
        self.writtenAt = writtenAt
        self.languages = languages
        self.recipients = recipients
    }
}

/// A message that was written here, ready to be sent from `<>`.
public struct WrittenMessage: Equatable, Sendable {
    /// The forward path, in ASCII.
    public var address: String
    /// With its angle brackets. The same for the same input.
    public var messageID: String
    /// The whole message, its lines ended by CR LF.
    public var bytes: [UInt8]
    /// Whether bytes above 127 are in it, so that it needs 8BITMIME.
    public var isEightBit: Bool
    /// Whether an address in it is not ASCII, so that it needs SMTPUTF8.
    public var isUTF8: Bool

    public init(
        address: String, messageID: String, bytes: [UInt8], isEightBit: Bool = false, isUTF8: Bool = false
    ) {
        self.address = address
        self.messageID = messageID
        self.bytes = bytes
        self.isEightBit = isEightBit
        self.isUTF8 = isUTF8
    }
}
