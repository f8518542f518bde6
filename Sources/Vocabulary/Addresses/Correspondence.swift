/// What is written because of the decisions on one message: notices, and the texts of disclaimers.
public struct Correspondence: Equatable, Sendable, Codable {
    public var notices: [WrittenNotice]
    /// Notices that rules ask for and nobody gets.
    public var unwritten: [UnwrittenNotice]
    public var disclaimers: [WrittenDisclaimer]

    public init(
        notices: [WrittenNotice] = [], unwritten: [UnwrittenNotice] = [], disclaimers: [WrittenDisclaimer] = []
    ) {
        self.notices = notices
        self.unwritten = unwritten
        self.disclaimers = disclaimers
    }
}

/// A notice, ready to be sent from `<>` to its addressee.
public struct WrittenNotice: Equatable, Sendable, Codable {
    /// As what the addressee gets it: `sender`, `recipient`, `admin`, or the address that the policy names.
    public let role: String
    /// The forward path, in ASCII.
    public let address: String
    /// The rule whose words it has: of those that ask for it the first by name.
    public let rule: String
    /// `nil` for the built-in words.
    public let template: String?
    public let language: String
    /// With its angle brackets. The same message, addressee and rule give the same.
    public let messageID: String
    /// As a reader sees it.
    public let subject: String
    /// As a reader sees it.
    public let text: String
    /// The whole message, in ASCII, its lines ended by CR LF.
    public let message: String

    public init(
        role: String, address: String, rule: String, template: String?, language: String, messageID: String,
        subject: String, text: String, message: String
    ) {
        self.role = role
        self.address = address
        self.rule = rule
        self.template = template
        self.language = language
        self.messageID = messageID
        self.subject = subject
        self.text = text
        self.message = message
    }
}

/// A notice that a rule asks for and nobody gets.
public struct UnwrittenNotice: Hashable, Sendable, Codable {
    /// Why nobody gets it.
    public enum Cause: String, Hashable, Sendable, Codable {
        /// The reverse path is `<>`.
        case noSender = "no-sender"
        /// A program sent the message, or may have: answering it could go round for ever (RFC 3834).
        case automatic
        /// The sender did not log in and comes from outside, and the rule does not say `even unauthenticated`.
        case unauthenticated
        /// The policy names no administrator.
        case noAdministrator = "no-admin"
        /// The address is none that a field of a message can hold.
        case badAddress = "bad-address"
        /// The message asks for more notices than its limit.
        case overLimit = "over-limit"

        /// In words.
        public var phrase: String {
            switch self {
            case .noSender: "the mail has no sender: its reverse path is <>"
            case .automatic: "a program sent the mail, or may have, and must not be answered"
            case .unauthenticated: "nothing proves the sender: no login, and no client of the policy's networks"
            case .noAdministrator: "the policy names no admin"
            case .badAddress: "the address cannot stand in a field of a message"
            case .overLimit: "the mail asks for too many notices"
            }
        }
    }

    public let rule: String
    public let role: String
    public let cause: Cause

    public init(rule: String, role: String, cause: Cause) {
        self.rule = rule
        self.role = role
        self.cause = cause
    }
}

/// The text of a disclaimer, filled in for the recipients that share it.
public struct WrittenDisclaimer: Equatable, Sendable, Codable {
    /// The forward paths.
    public var recipients: [String]
    public let rule: String
    public let template: String
    public let language: String
    /// For plain text.
    public let text: String
    /// For HTML: the same, with everything that would be markup escaped.
    public let html: String

    public init(
        recipients: [String], rule: String, template: String, language: String, text: String, html: String
    ) {
        self.recipients = recipients
        self.rule = rule
        self.template = template
        self.language = language
        self.text = text
        self.html = html
    }
}
