/// The service of an ICAP server that looks for viruses.
public struct ICAPService: Equatable, Sendable, Codable {
    /// How the content is wrapped (RFC 3507, 3.1 and 3.2).
    public enum Method: String, CaseIterable, Sendable, Codable {
        case reqmod
        case respmod
    }

    /// What stands behind the host in the server's address: `avscan`.
    public var path: String
    public var method: Method

    public init(path: String, method: Method = .respmod) {
        self.path = path
        self.method = method
    }
}

/// A spam filter upstream, whose fields in the message are believed.
public struct SpamUpstream: Equatable, Sendable, Codable {
    /// The hosts that it runs on, as their Received fields name them, in lower case.
    public var hosts: [String]
    /// Whether its fields may stand anywhere, since it takes such fields out of what comes in; else only above its
    /// Received field.
    public var isAnywhere: Bool

    public init(hosts: [String], isAnywhere: Bool = false) {
        self.hosts = hosts.map { $0.lowercased() }
        self.isAnywhere = isAnywhere
    }
}

/// A text that is not to be shown: every description of it is the same.
public struct Secret: Equatable, Sendable, Codable, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    /// The text itself, for who has to say it.
    public let revealed: String

    public init(_ text: String) { revealed = text }

    public init(from decoder: any Decoder) throws {
        revealed = try decoder.singleValueContainer().decode(String.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(revealed)
    }

    public var description: String { "•••" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// One engine as an operator set it up.
public struct EngineSettings: Equatable, Sendable, Codable {
    /// What kind of engine it is, and where.
    public enum Kind: Equatable, Sendable, Codable {
        /// libclamav in the worker, with the signatures of a folder.
        case clamav(signatures: String)
        case clamd(EngineAddress)
        case icap(EngineAddress, ICAPService)
        /// YARA rules of files.
        case yara(files: [String])
        case rspamd(EngineAddress, password: Secret?)
        /// SpamAssassin's daemon, with the user whose preferences count.
        case spamd(EngineAddress, user: String?)
        /// A spam filter that the message has passed already.
        case upstream(SpamUpstream)
    }

    /// As reports and facts name it; unique.
    public var name: String
    public var kind: Kind
    /// Seconds for one content.
    public var seconds: Double
    /// Bytes of one content.
    public var largest: Int

    public init(name: String, kind: Kind, seconds: Double? = nil, largest: Int? = nil) {
        self.name = name
        self.kind = kind
        self.seconds = seconds ?? EngineSettingsLimits.seconds
        self.largest = largest ?? kind.usualLargest
    }
}

extension EngineSettings.Kind {
    /// Bytes of one content where the operator does not say it.
    public var usualLargest: Int {
        switch self {
        case .clamav: EngineSettingsLimits.largestEmbedded
        case .clamd, .icap: EngineSettingsLimits.largestAntivirus
        case .yara: EngineSettingsLimits.largestEmbedded
        case .rspamd, .spamd, .upstream: EngineSettingsLimits.largestSpam
        }
    }

    /// As the configuration names it.
    public var word: String {
        switch self {
        case .clamav: "clamav"
        case .clamd: "clamd"
        case .icap: "icap"
        case .yara: "yara"
        case .rspamd: "rspamd"
        case .spamd: "spamd"
        case .upstream: "upstream"
        }
    }

    /// The files and folders that an engine in the worker reads, again when they change.
    public var paths: [String] {
        switch self {
        case .clamav(let signatures): [signatures]
        case .yara(let files): files
        case .clamd, .icap, .rspamd, .spamd, .upstream: []
        }
    }

    /// Where it listens, of an engine in another process.
    public var address: EngineAddress? {
        switch self {
        case .clamav, .yara, .upstream: nil
        case .clamd(let address), .icap(let address, _), .rspamd(let address, _), .spamd(let address, _): address
        }
    }
}

/// Bounds of engines where an operator does not set them.
public enum EngineSettingsLimits {
    /// Seconds for one content. Reached: `engine-down`.
    public static let seconds = 20.0
    /// Bytes of one content for engines in the worker. Reached: `over-limit`.
    public static let largestEmbedded = 64 << 20
    /// Bytes of one content for clamd and ICAP. No greater than what these look into themselves, since many call clean
    /// what lies beyond. Reached: `over-limit`.
    public static let largestAntivirus = 25 << 20
    /// Bytes of a message for spam engines. Reached: `over-limit`.
    public static let largestSpam = 8 << 20
}

/// All engines of a worker, in the operator's order.
public struct EngineConfiguration: Equatable, Sendable, Codable {
    public var engines: [EngineSettings]

    public init(engines: [EngineSettings] = []) { self.engines = engines }

    /// Everything that a worker needs to reach over a socket.
    public var addresses: [EngineAddress] { engines.compactMap(\.kind.address) }
}
