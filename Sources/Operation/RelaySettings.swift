/// All that an operator decides of the relay. Filled from the configuration file; every default is safe.
public struct RelaySettings: Equatable, Sendable {
    /// Our own name, in greetings and trace fields.
    public var hostName: String
    public var listeners: [ListenerSettings]
    /// The usual next hop and the named routes.
    public var nextHop: HopSettings
    public var routes: [String: HopSettings]
    public var organisations: [OrganisationSettings]
    /// Makes the recipients of a second organisation wait with `452 4.5.3`, so that each mail belongs to one.
    public var splitsOrganisations = false
    public var limits = RelayLimits()

    public init(
        hostName: String, listeners: [ListenerSettings], nextHop: HopSettings, routes: [String: HopSettings] = [:],
        organisations: [OrganisationSettings]
    ) {
        self.hostName = hostName
        self.listeners = listeners
        self.nextHop = nextHop
        self.routes = routes
        self.organisations = organisations
    }
}

/// A place where mail comes in.
public struct ListenerSettings: Hashable, Sendable {
    public enum Scheme: String, Hashable, Sendable, CaseIterable {
        case smtp
        case lmtp
        case milter
    }

    /// Whose mail it is.
    public enum Role: String, Hashable, Sendable, CaseIterable {
        /// From outside.
        case inbound
        /// From people of the organisations, who logged in at the edge or sit in the organisations' networks.
        case submission
    }

    public var name: String
    /// `127.0.0.1:10025`, `[::1]:10025` or `unix:/run/lazaret/proxy.sock`.
    public var address: SocketPlace
    public var scheme: Scheme
    public var role: Role
    /// Networks whose clients may use XFORWARD and whose topmost Received field is believed: the edges. A client that is
    /// in none of them is a direct client.
    public var trustedPeers: [String]
    /// `nil` for a listener without STARTTLS.
    public var tls: TLSIdentity?

    public init(
        name: String, address: SocketPlace, scheme: Scheme, role: Role, trustedPeers: [String] = [],
        tls: TLSIdentity? = nil
    ) {
        self.name = name
        self.address = address
        self.scheme = scheme
        self.role = role
        self.trustedPeers = trustedPeers
        self.tls = tls
    }
}

/// A host and port, or a socket in the file system.
public enum SocketPlace: Hashable, Sendable, CustomStringConvertible {
    case network(host: String, port: Int)
    case local(path: String)

    public var description: String {
        switch self {
        case .network(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        case .local(let path): "unix:\(path)"
        }
    }
}

/// A certificate chain and its key, in PEM files.
public struct TLSIdentity: Hashable, Sendable {
    public var certificates: String
    public var key: String

    public init(certificates: String, key: String) {
        self.certificates = certificates
        self.key = key
    }
}

/// Where mail goes on to.
public struct HopSettings: Hashable, Sendable {
    /// How far STARTTLS is asked for.
    public enum Security: String, Hashable, Sendable, CaseIterable {
        case none
        /// Where it is offered, with any certificate.
        case opportunistic
        /// Always, with a certificate of a known authority in the host's name.
        case verified
    }

    public var address: SocketPlace
    public var isLMTP: Bool
    public var security: Security
    /// The name in the certificate; the host of the address where it is `nil`.
    public var certificateName: String?
    /// Authorities in a PEM file; the system's where it is `nil`.
    public var authorities: String?

    public init(
        address: SocketPlace, isLMTP: Bool = false, security: Security = .opportunistic, certificateName: String? = nil,
        authorities: String? = nil
    ) {
        self.address = address
        self.isLMTP = isLMTP
        self.security = security
        self.certificateName = certificateName
        self.authorities = authorities
    }
}

/// One of the organisations whose mail passes here.
public struct OrganisationSettings: Hashable, Sendable {
    public var name: String
    /// Domains whose mailboxes are its: exact names, or `*.name` for all beneath.
    public var domains: [String]
    /// Networks whose mail is its.
    public var networks: [String]
    /// Whether what belongs to no other belongs to it.
    public var isDefault: Bool
    /// The bundle that judges its mail until one is pushed; `nil` where its mail waits for a push.
    public var policy: String?
    /// Files with the public keys whose holders may push policies. None: nobody may.
    public var trustedKeys: [String]

    public init(
        name: String, domains: [String], networks: [String] = [], isDefault: Bool = false, policy: String? = nil,
        trustedKeys: [String] = []
    ) {
        self.name = name
        self.domains = domains
        self.networks = networks
        self.isDefault = isDefault
        self.policy = policy
        self.trustedKeys = trustedKeys
    }
}
