import Vocabulary

/// Where and how the relay is administered over HTTP.
public struct AdministrationSettings: Equatable, Sendable {
    /// The port's address; loopback unless an operator says otherwise.
    public var host: String
    public var port: Int
    /// `nil` for a port without TLS, which is for loopback only.
    public var tls: TLSIdentity?
    /// A PEM file of authorities. Where it is set, only clients with a certificate of one of them are heard.
    public var clientAuthorities: String?
    /// Who may do what on the port. Health, readiness and metrics ask for none.
    public var tokens: [AdministrationToken]

    public init(
        host: String = "127.0.0.1", port: Int = 8025, tls: TLSIdentity? = nil, clientAuthorities: String? = nil,
        tokens: [AdministrationToken] = []
    ) {
        self.host = host
        self.port = port
        self.tls = tls
        self.clientAuthorities = clientAuthorities
        self.tokens = tokens
    }
}

/// What a program shows on the administration port to be let in.
public struct AdministrationToken: Equatable, Sendable {
    /// As the audit trail names its holder.
    public var name: String
    /// The organisations for which it counts; empty for all.
    public var organisations: [String]
    public var secret: Secret

    public init(name: String, organisations: [String] = [], secret: Secret) {
        self.name = name
        self.organisations = organisations
        self.secret = secret
    }
}
