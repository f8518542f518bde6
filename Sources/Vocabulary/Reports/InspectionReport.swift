/// What inspection saw of one message: the answer to `lazaret inspect`.
///
/// Plain data without behaviour, because it crosses from the worker to the command line.
public struct InspectionReport: Equatable, Sendable {
    /// Whether any node at any depth is encrypted; `nil` when that could not be told.
    public var encrypted: Bool?
    /// Whether any node at any depth is signed; `nil` when that could not be told.
    public var signed: Bool?
    public var malformed: Bool
    public var ambiguous: Bool
    /// The message itself; everything else lies below it.
    public var root: InspectionNode
    /// The links, at most `InspectionReport.mostURLs` of them.
    public var urls: [ReportedURL]
    /// How many links there are.
    public var urlCount: Int
    /// Why there may be more.
    public var urlsUnread: Reasons

    /// The most links in a report.
    public static let mostURLs = 1_000

    public init(
        encrypted: Bool?, signed: Bool?, malformed: Bool, ambiguous: Bool, root: InspectionNode,
        urls: [ReportedURL] = [], urlCount: Int? = nil, urlsUnread: Reasons = []
    ) {
        self.encrypted = encrypted
        self.signed = signed
        self.malformed = malformed
        self.ambiguous = ambiguous
        self.root = root
        self.urls = urls
        self.urlCount = urlCount ?? urls.count
        self.urlsUnread = urlsUnread
    }
}

/// A link of the message.
public struct ReportedURL: Equatable, Sendable, Codable {
    /// The path of the part that it stands in.
    public var part: String
    /// The whole address in its normal form.
    public var url: String
    public var host: String?
    public var shownText: String?
    public var shownDomain: String?

    public init(
        part: String, url: String, host: String? = nil, shownText: String? = nil, shownDomain: String? = nil
    ) {
        self.part = part
        self.url = url
        self.host = host
        self.shownText = shownText
        self.shownDomain = shownDomain
    }
}

/// One node of the tree: the message, a MIME part, or an entry of a container.
public struct InspectionNode: Equatable, Sendable, Codable {
    /// As evidence names it: `1.2/setup.exe`.
    public var path: String
    /// The name most readers show, `nil` when it has none.
    public var name: String?
    /// Every reading of the name, the shown one first.
    public var names: [String]
    /// The media type that the sender declared.
    public var declaredType: String?
    /// The type by content: the name of the narrowest type of the lattice, `nil` when it could not be told.
    public var type: String?
    /// The type and all wider types it belongs to, the narrowest first: `docm`, `word`, `office`.
    public var kinds: [String]
    /// Decoded bytes, `nil` when the content could not be read.
    public var size: Int?
    /// How many containers the node lies in.
    public var depth: Int
    /// Lower-case hexadecimal digits, `nil` when the content could not be read.
    public var sha256: String?
    public var encryption: EncryptionKind?
    /// `pgp-mime`, `pgp-inline` or `smime`.
    public var signature: String?
    /// `nil` when it could not be told, or is not asked of this type.
    public var macros: Bool?
    public var anomalies: [ReportedAnomaly]
    /// Why content of the node, or entries below it, could not be read.
    public var unread: Reasons
    public var virus: [EngineFinding]
    public var children: [InspectionNode]
    /// The extracted text, only where it was asked for.
    public var text: String?

    public init(
        path: String, name: String? = nil, names: [String] = [], declaredType: String? = nil, type: String? = nil,
        kinds: [String] = [], size: Int? = nil, depth: Int = 0, sha256: String? = nil,
        encryption: EncryptionKind? = nil, signature: String? = nil, macros: Bool? = nil,
        anomalies: [ReportedAnomaly] = [], unread: Reasons = [], virus: [EngineFinding] = [],
        children: [InspectionNode] = [], text: String? = nil
    ) {
        self.path = path
        self.name = name
        self.names = names
        self.declaredType = declaredType
        self.type = type
        self.kinds = kinds
        self.size = size
        self.depth = depth
        self.sha256 = sha256
        self.encryption = encryption
        self.signature = signature
        self.macros = macros
        self.anomalies = anomalies
        self.unread = unread
        self.virus = virus
        self.children = children
        self.text = text
    }
}

/// A breach of format, with its place.
public struct ReportedAnomaly: Equatable, Sendable, Codable {
    /// Stable, in kebab-case: `two-boundaries`.
    public var name: String
    /// Bytes of the message as received; `nil` where the place lies within decoded content.
    public var range: Range<Int>?
    /// For people: one sentence.
    public var sentence: String

    public init(name: String, range: Range<Int>?, sentence: String) {
        self.name = name
        self.range = range
        self.sentence = sentence
    }
}

/// What one antivirus said of one node.
public struct EngineFinding: Equatable, Sendable, Codable {
    /// `clamav`.
    public var engine: String
    /// `nil` when it gave no answer; `unknown` then says why.
    public var infected: Bool?
    /// The names of what it found.
    public var names: [String]
    public var unknown: Reasons
    /// In words, why it gave no answer.
    public var explanation: String?
    public var elapsedMicroseconds: Int

    public init(
        engine: String, infected: Bool?, names: [String] = [], unknown: Reasons = [], explanation: String? = nil,
        elapsedMicroseconds: Int = 0
    ) {
        self.engine = engine
        self.infected = infected
        self.names = names
        self.unknown = unknown
        self.explanation = explanation
        self.elapsedMicroseconds = elapsedMicroseconds
    }
}
