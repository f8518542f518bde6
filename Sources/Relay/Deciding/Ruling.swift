import MailProtocols
import Vocabulary

/// What was decided for one recipient, whatever became of it.
struct Ruling: Sendable {
    var recipient: Transaction.Recipient
    var organisation: String
    var direction: Direction
    var disposition: Disposition
    /// The text of a refusal.
    var reason: String?
    var rules: [String]
    var areas: [String]
    /// The digest of the program; `nil` where none could judge.
    var program: String?

    init(
        _ recipient: Transaction.Recipient, organisation: String, direction: Direction, disposition: Disposition,
        reason: String? = nil, rules: [String] = [], areas: [String] = [], program: String? = nil
    ) {
        self.recipient = recipient
        self.organisation = organisation
        self.direction = direction
        self.disposition = disposition
        self.reason = reason
        self.rules = rules
        self.areas = areas
        self.program = program
    }
}

/// A copy of a message that is to go out.
struct OutgoingCopy: Sendable {
    /// Index into the deliberation's contents.
    var content: Int
    var recipients: [Transaction.Recipient]
    /// A route's name; `nil` for the listener's usual hop.
    var route: String?
    /// Whether its recipients are others than the sender named: a refusal of theirs is not the sender's concern.
    var isOurs = false
}

/// What programs decided on one message.
struct Deliberation: Sendable {
    /// The message as it came, then as it was changed.
    var contents: [[UInt8]]
    /// One for each recipient of the transaction, in its order.
    var rulings: [Ruling] = []
    var copies: [OutgoingCopy] = []
    var holdings: [Holding] = []
    var notices: [(organisation: String, notice: WrittenNotice)] = []
    /// What to say in the log besides.
    var remarks: [String] = []
    var summary: MessageSummary?

    init(_ message: [UInt8]) { contents = [message] }
}

/// A part of a message's recipients for whom an area keeps a copy.
struct Holding: Sendable {
    var organisation: String
    var area: String
    var reasons: [String: [Evidence]]
    var recipients: [Transaction.Recipient]
    var direction: Direction
    var content: Int
    var program: String?
    var keptSeconds: Int64
    var expiry: QuarantineArea.Expiry?
    var sentence: String?
}
