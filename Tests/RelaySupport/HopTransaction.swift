/// What a scripted hop saw of one MAIL command and what followed.
public struct HopTransaction: Sendable, Hashable {
    public enum Outcome: Sendable, Hashable {
        case underWay
        /// The end of the data was answered 2xx, in LMTP for one recipient at least.
        case delivered
        /// MAIL, every RCPT, DATA or the end of the data was answered otherwise.
        case refused
        /// The end of the data was seen and never answered.
        case unanswered
        /// RSET, QUIT, a new greeting, or the client left before the end of the data.
        case abandoned
        /// The script cut it.
        case cut
    }

    public struct Recipient: Sendable, Hashable {
        /// Without brackets.
        public var address: String
        /// `NOTIFY=NEVER` and the like, as said.
        public var parameters: [String]
        /// What RCPT was answered; 0 for nothing.
        public var code: Int
        /// What the end of the data was answered; `nil` where it didn't come to that.
        public var finalCode: Int?

        public var isDelivered: Bool { code / 100 == 2 && finalCode.map { $0 / 100 == 2 } == true }
    }

    /// Counts the connections of the hop, from 1.
    public var session: Int
    /// What EHLO, HELO or LHLO named.
    public var greeting: String
    public var isTLS: Bool
    /// As given so far in this session, with their values as they came.
    public var xforward: [String: String]
    /// Without brackets; empty for the null path.
    public var sender: String
    public var parameters: [String]
    public var recipients: [Recipient] = []
    /// The message as it came, without its framing.
    public var content: [UInt8] = []
    public var usedChunks = false
    public var outcome = Outcome.underWay

    public var text: String { String(decoding: content, as: UTF8.self) }

    /// The recipients that this hop has answered for.
    public var deliveredTo: [String] { recipients.filter(\.isDelivered).map(\.address) }
}
