/// The server in front of us whose topmost Received field is believed: it alone knows who logged in to send a message.
public struct EdgeTrust: Hashable, Sendable, Codable {
    /// The name that it writes behind `by`, in any case of letters.
    public var host: String
    /// The client that the session named (XFORWARD), with which the field has to agree; `nil` where it named none.
    public var client: IPAddress?

    public init(host: String, client: IPAddress? = nil) {
        self.host = host
        self.client = client
    }
}

/// What the edge's Received field says of its client.
public struct EdgeFacts: Equatable, Sendable, Codable {
    /// The name that the client gave itself: anything it likes, on one line.
    public var greeting: String
    public var clientIP: IPAddress
    /// The name that the edge looked up and found to lead back; `nil` for `unknown`.
    public var clientName: Domain?
    /// `ESMTPSA`, …
    public var scheme: String
    public var isTLS: Bool
    /// Whether the client logged in.
    public var isAuthenticated: Bool
    /// As what; `nil` where the edge does not write it (`smtpd_sasl_authenticated_header`).
    public var login: String?

    public init(
        greeting: String, clientIP: IPAddress, clientName: Domain?, scheme: String, isTLS: Bool,
        isAuthenticated: Bool, login: String?
    ) {
        self.greeting = greeting
        self.clientIP = clientIP
        self.clientName = clientName
        self.scheme = scheme
        self.isTLS = isTLS
        self.isAuthenticated = isAuthenticated
        self.login = login
    }
}

/// The edge's Received field, read, or why there is nothing to be believed.
public enum EdgeReading: Equatable, Sendable, Codable {
    case known(EdgeFacts)
    case unknown(Doubt)

    /// Why nothing is believed. The message is then judged as one of a client that nobody knows.
    public enum Doubt: String, Equatable, Sendable, Codable {
        /// There is no Received field.
        case absent
        /// The topmost one was written by another server.
        case otherHost = "other-host"
        /// It has not the form that the edge's have.
        case otherForm = "other-form"
        /// It names another client than the session did.
        case otherClient = "other-client"

        /// In words.
        public var phrase: String {
            switch self {
            case .absent: "the message has no Received field"
            case .otherHost: "the topmost Received field is not the edge's"
            case .otherForm: "the topmost Received field has another form than the edge's"
            case .otherClient: "the topmost Received field names another client than the session"
            }
        }
    }

    /// What is believed; `nil` for nothing.
    public var facts: EdgeFacts? {
        if case .known(let facts) = self { return facts }
        return nil
    }
}
