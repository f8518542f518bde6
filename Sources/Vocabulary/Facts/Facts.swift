/// The facts a policy can test, by name. Their rows are in `FactCatalogue`.
public enum Fact: String, CaseIterable, Codable, Sendable {
    // Envelope.
    case direction
    case recipient
    case sender
    case recipients
    case clientIP = "client.ip"
    case clientName = "client.name"
    case tls
    case authenticated
    case receivedAt = "received-at"
    case receivedHour = "received-at.hour"
    case receivedWeekday = "received-at.weekday"

    // Header.
    case from
    case to
    case cc
    case replyTo = "reply-to"
    case subject
    case date
    case dateHour = "date.hour"
    case dateWeekday = "date.weekday"
    case messageID = "message-id"
    case inReplyTo = "in-reply-to"
    case references
    case received
    case header
    case listID = "list-id"
    case automatic = "message.automatic"
    case authSPF = "auth.spf"
    case authDKIM = "auth.dkim"
    case authDMARC = "auth.dmarc"

    // Structure of the message.
    case messageSize = "message.size"
    case messageMalformed = "message.malformed"
    case messageAmbiguous = "message.ambiguous"
    case messageAnomalies = "message.anomalies"
    case messageEncrypted = "message.encrypted"
    case messageSigned = "message.signed"
    case messageEncryption = "message.encryption"
    case messageSignature = "message.signature"

    // Structure of a part.
    case name
    case fileExtension = "extension"
    case type
    case declaredType = "declared-type"
    case size
    case depth
    case path
    case contentID = "content-id"
    case encryption
    case signature
    case macros
    case damaged
    case sha256
    case unlocked

    // Content.
    case text
    case hiddenText = "hidden-text"
    case hiddenSize = "hidden-size"
    case bodyText = "body.text"
    case bodyHTML = "body.html"
    case bodyHiddenText = "body.hidden-text"
    case bodyHiddenSize = "body.hidden-size"
    case bodyNewText = "body.new-text"
    case bodyLanguage = "body.language"
    case messageText = "message.text"
    case urlScheme = "scheme"
    case urlUser = "user"
    case urlHost = "host"
    case urlPath = "url-path"
    case urlQuery = "query"
    case urlFragment = "fragment"
    case shownText = "shown-text"
    case shownDomain = "shown-domain"

    // Engines.
    case virus
    case virusName = "virus.name"
    case virusEngines = "virus.engines"
    case yara
    case spamScore = "spam.score"
    case spamSymbols = "spam.symbols"
}

/// The lists a quantifier or a count can run over.
public enum ElementListName: String, CaseIterable, Codable, Sendable {
    /// What the sender attached: top-level parts that are no bodies.
    case attachments
    /// Every node at any depth, containers included, bodies left out.
    case files
    /// All nodes, bodies too.
    case parts
    case urls = "message.urls"

    /// The name after a quantifier: `any file where (…)`.
    public var singular: String {
        switch self {
        case .attachments: "attachment"
        case .files: "file"
        case .parts: "part"
        case .urls: "url"
        }
    }

    public var kind: ElementKind { self == .urls ? .url : .part }

    /// The list that a plural means: `files`, and for `message.urls` also `urls`.
    public static func plural(_ name: String) -> ElementListName? {
        allCases.first { $0.rawValue == name || $0.singular + "s" == name }
    }

    /// Why elements may be missing from the list.
    public var possibleReasons: Reasons { [.encrypted, .damaged, .ambiguous, .unsupported, .overLimit] }

    public var documentation: String {
        switch self {
        case .attachments: "what the sender attached: top-level parts that are not the text one reads"
        case .files: "every file at any depth, containers included, bodies left out"
        case .parts: "every node of the message at any depth, bodies included"
        case .urls: "the links in the bodies and in every file's text"
        }
    }
}

/// What an element is, and so which facts it has.
public enum ElementKind: String, Codable, Sendable {
    case part
    case url

    public func subject(_ element: Int) -> FactSubject {
        switch self {
        case .part: .part(element)
        case .url: .url(element)
        }
    }
}

/// A member of a value: `from.domain`, `sender.local`.
public enum Member: String, CaseIterable, Codable, Sendable {
    case local
    case detail
    case domain
    case displayName = "display-name"
    case registrable
    case topLevel = "tld"
    case base

    /// The type of the member of a value of this type, `nil` where it has none.
    public func type(in owner: ValueType) -> ValueType? {
        switch (owner, self) {
        case (.address, .local), (.address, .detail), (.address, .displayName): .text
        case (.address, .domain): .domain
        case (.domain, .registrable): .domain
        case (.domain, .topLevel), (.text, .base): .text
        default: nil
        }
    }

    /// Whether a known value may lack it.
    public var canBeAbsent: Bool { self == .detail || self == .displayName || self == .registrable }

    /// The member of a value, `nil` where it is absent.
    public func of(_ value: Value) -> Value? {
        switch (value, self) {
        case (.address(let address), .local): .text(address.local)
        case (.address(let address), .detail): address.detail.map { .text($0) }
        case (.address(let address), .displayName): address.displayName.map { .text($0) }
        case (.address(let address), .domain): .domain(address.domain)
        case (.domain(let domain), .topLevel): domain.topLevel.map { .text($0) }
        case (.text(let text), .base): .text(SubjectBase.of(text))
        default: nil
        }
    }
}

/// A fact as an expression refers to it.
public struct FactReference: Hashable, Codable, Sendable {
    public let fact: Fact
    /// The name of the header field, in lower case.
    public let argument: String?
    /// Which binder of the enclosing quantifiers the fact belongs to: 0 for the outermost, `nil` for the message.
    public let binder: Int?
    public let members: [Member]
    /// `header "…" as number`.
    public let asNumber: Bool

    public init(
        _ fact: Fact, argument: String? = nil, binder: Int? = nil, members: [Member] = [], asNumber: Bool = false
    ) {
        self.fact = fact
        self.argument = argument
        self.binder = binder
        self.members = members
        self.asNumber = asNumber
    }
}

extension FactReference: CustomStringConvertible {
    /// As a policy writes it.
    public var description: String {
        var text = FactCatalogue.row(fact).writtenName
        if let argument { text += " \"\(argument)\"" }
        for member in members { text += "." + member.rawValue }
        return asNumber ? text + " as number" : text
    }
}

extension FactReference {
    /// The type of its values, members applied.
    public var type: ValueType {
        if asNumber { return .decimal }
        return members.reduce(FactCatalogue.row(fact).type) { $1.type(in: $0) ?? $0 }
    }
}
