/// What the mail transaction said of a message, apart from its content (RFC 5321).
public struct Envelope: Equatable, Sendable, Codable {
    /// The reverse path, `nil` for `<>`.
    public var sender: Address?
    /// The forward paths, as received.
    public var recipients: [Address]
    public var clientIP: IPAddress?
    public var clientName: Domain?
    /// The login of an authenticated client, empty where only that it logged in is known; `nil` for a client without.
    public var authenticatedUser: String?
    public var isTLS: Bool
    /// When the message arrived, in seconds since 1970 UTC; `nil` where nobody told.
    public var receivedAt: Int64?
    /// Overrides the judgement of the direction, for dry-runs and tests.
    public var direction: Direction?
    /// The names of the fields that were guessed from the message's header, because nobody told them.
    public var guessed: [String]

    public init(
        sender: Address? = nil, recipients: [Address] = [], clientIP: IPAddress? = nil, clientName: Domain? = nil,
        authenticatedUser: String? = nil, isTLS: Bool = false, receivedAt: Int64? = nil, direction: Direction? = nil,
        guessed: [String] = []
    ) {
        self.sender = sender
        self.recipients = recipients
        self.clientIP = clientIP
        self.clientName = clientName
        self.authenticatedUser = authenticatedUser
        self.isTLS = isTLS
        self.receivedAt = receivedAt
        self.direction = direction
        self.guessed = guessed
    }
}

/// Whose policy it is: what the policy's header says of the organisation.
public struct Organisation: Equatable, Sendable, Codable {
    public var domains: [OwnDomain]
    public var networks: [Network]
    public var administrators: [Address]
    /// Authentication servers whose Authentication-Results are believed (RFC 8601).
    public var authenticationServers: [String]
    /// Languages of notices, the preferred first.
    public var languages: [String]
    public var timeZone: String

    public init(
        domains: [OwnDomain] = [], networks: [Network] = [], administrators: [Address] = [],
        authenticationServers: [String] = [], languages: [String] = [], timeZone: String = "UTC"
    ) {
        self.domains = domains
        self.networks = networks
        self.administrators = administrators
        self.authenticationServers = authenticationServers
        self.languages = languages
        self.timeZone = timeZone
    }

    /// Whether the message comes from inside: its client logged in or lies in the organisation's networks. A direction
    /// that somebody told says so too; one that was guessed rests on what anyone can write, and does not.
    public func isInside(_ envelope: Envelope) -> Bool {
        if let direction = envelope.direction, !envelope.guessed.contains("direction") { return direction != .inbound }
        return envelope.authenticatedUser != nil
            || envelope.clientIP.map { address in networks.contains { $0.contains(address) } } ?? false
    }

    /// Whether mailboxes of a domain are the organisation's.
    public func isOurs(_ domain: Domain) -> Bool { domains.contains { $0.covers(domain) } }

    /// Which way the message goes for one recipient.
    ///
    /// Inside origin means authenticated or from the organisation's networks, never the claimed address. Outside mail
    /// for a recipient outside is judged outbound: it is about to be relayed.
    public func direction(of envelope: Envelope, for recipient: Address) -> Direction {
        if let direction = envelope.direction { return direction }
        let isInside =
            envelope.authenticatedUser != nil
            || envelope.clientIP.map { address in networks.contains { $0.contains(address) } } ?? false
        let isOurs = isOurs(recipient.domain)
        if isInside { return isOurs ? .internal : .outbound }
        // A policy without domains cannot tell its recipients from others: whatever comes from outside is for it.
        return isOurs || domains.isEmpty ? .inbound : .outbound
    }
}

extension Network: Codable {
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let network = Network(text) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "not a network: \(text)"))
        }
        self = network
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
