import Engines
import Message
import Vocabulary

/// What inspection works with, apart from the message.
public struct InspectionSettings: Sendable {
    public var limits: InspectionLimits
    /// Antivirus engines, each asked about every content; one dissent is enough.
    public var antivirus: AntivirusPanel
    /// Sets of YARA rules.
    public var yara: [WatchedYara]
    /// Spam engines, each asked about the whole message.
    public var spam: SpamPanel
    /// Spam filters upstream whose fields are believed, by their names.
    public var upstreams: [(name: String, SpamUpstream)]
    /// Hosts whose Authentication-Results are believed (RFC 8601).
    public var authenticationServers: [String]
    /// The zone in which hours and days are told, by its name in the tz database.
    public var timeZone: String
    /// What tells the language of a text.
    public var languages: LanguageGuesser

    public init(
        limits: InspectionLimits = InspectionLimits(), antivirus: AntivirusPanel = AntivirusPanel(),
        yara: [WatchedYara] = [], spam: SpamPanel = SpamPanel(),
        upstreams: [(name: String, SpamUpstream)] = [],
        authenticationServers: [String] = [], timeZone: String = "UTC", languages: LanguageGuesser = LanguageGuesser()
    ) {
        self.limits = limits
        self.antivirus = antivirus
        self.yara = yara
        self.spam = spam
        self.upstreams = upstreams
        self.authenticationServers = authenticationServers
        self.timeZone = timeZone
        self.languages = languages
    }
}

/// A message as facts, each computed when it is first asked for and then kept.
///
/// The header costs one pass; the tree is opened only if a fact of structure, content or engines is asked for.
/// Used on one thread.
public final class InspectedMessage: FactSource {
    public let envelope: Envelope
    let parsed: ParsedMessage
    let settings: InspectionSettings
    let typer: FileTyper
    /// Facts that were asked of an engine that is not there.
    public private(set) var missingEngines: Set<Fact> = []

    /// The opened tree.
    private(set) lazy var tree = Decomposition(of: parsed, limits: settings.limits, typer: typer)
    lazy var lists = ElementLists(tree)
    lazy var scan = {
        let scan = VirusScan(of: self)
        engineAccounts += scan.accounts
        foundVirus = !scan.names.isEmpty
        return scan
    }()
    /// Whether an antivirus engine found something, as far as engines were asked.
    public private(set) var foundVirus = false
    lazy var spam = {
        let scan = SpamScan(of: self)
        engineAccounts += scan.accounts
        return scan
    }()
    lazy var yara = {
        let scan = YaraScan(of: self)
        engineAccounts += scan.accounts
        return scan
    }()
    /// The engines that were asked so far, in the order in which facts needed them.
    public private(set) var engineAccounts: [EngineAccount] = []
    lazy var links = MessageLinks(of: self)
    var texts: [Int: NodeText] = [:]
    /// Looked for in the text of a link, which may hold hundreds of addresses.
    private var shownDomains: [Int: FactValue] = [:]
    private var messageFacts: [FactReference: FactValue] = [:]

    /// The facts of a message whose structure has been read; opens nothing yet.
    public init(_ parsed: ParsedMessage, envelope: Envelope, settings: InspectionSettings, typer: FileTyper) {
        self.parsed = parsed
        self.envelope = envelope
        self.settings = settings
        self.typer = typer
    }

    /// Reads a message's structure. Never fails: what is odd becomes facts.
    public convenience init(
        _ bytes: [UInt8], envelope: Envelope, settings: InspectionSettings, typer: FileTyper
    ) {
        self.init(ParsedMessage(MessageBytes(bytes)), envelope: envelope, settings: settings, typer: typer)
    }

    public func value(of fact: Fact, argument: String?, subject: FactSubject) -> FactValue {
        switch subject {
        case .part(let part):
            return value(of: fact, part: part)
        case .url(let url):
            guard fact == .shownDomain else { return links.links[url].value(of: fact) }
            if let known = shownDomains[url] { return known }
            let value = links.links[url].value(of: fact)
            shownDomains[url] = value
            return value
        case .recipient:
            return .absent
        case .message:
            let key = FactReference(fact, argument: argument)
            if let known = messageFacts[key] { return known }
            let value = messageValue(of: fact, argument: argument)
            messageFacts[key] = value
            return value
        }
    }

    /// Remembers that a fact is unknown because nothing here can tell it, which a policy's test must not pass over.
    func noteMissingEngine(for fact: Fact) {
        missingEngines.insert(fact)
    }

    private func messageValue(of fact: Fact, argument: String?) -> FactValue {
        switch FactCatalogue.row(fact).costClass {
        case .envelope: return envelopeValue(of: fact)
        case .header: return headerValue(of: fact, argument: argument)
        case .structure: return structureValue(of: fact)
        case .content: return contentValue(of: fact)
        case .engine:
            return engineValue(of: fact, argument: argument)
        }
    }

    /// Only the engines that the fact rests on are asked.
    private func engineValue(of fact: Fact, argument: String?) -> FactValue {
        let isMissing: Bool
        let value: FactValue
        switch fact {
        case .yara:
            isMissing = settings.yara.isEmpty
            value = yara.value(ofRule: argument ?? "")
        case .spamScore, .spamSymbols:
            isMissing = settings.spam.isEmpty && settings.upstreams.isEmpty
            value = spam.value(of: fact)
        default:
            isMissing = settings.antivirus.isEmpty
            value = scan.value(of: fact)
        }
        if isMissing { missingEngines.insert(fact) }
        return value
    }

    private func envelopeValue(of fact: Fact) -> FactValue {
        switch fact {
        case .sender: .optional(envelope.sender.map { .address($0) })
        case .recipients: FactValue(values: envelope.recipients.map { .address($0) })
        case .clientIP: .optional(envelope.clientIP.map { .ip($0) })
        case .clientName: .optional(envelope.clientName.map { .domain($0) })
        case .tls: .known(.bool(envelope.isTLS))
        case .authenticated: .known(.bool(envelope.authenticatedUser != nil))
        case .receivedAt: arrival { .known(.number($0)) }
        case .receivedHour: arrival(hour)
        case .receivedWeekday: arrival(weekday)
        default: .unknown(.unsupported)
        }
    }

    public func elements(of list: ElementListName) -> ElementList {
        switch list {
        case .attachments: lists.attachments
        case .files: lists.files
        case .parts: lists.parts
        case .urls: ElementList(elements: Array(links.links.indices), missing: links.missing)
        }
    }

    public func ancestors(ofPart part: Int) -> [Int] {
        var found: [Int] = []
        var next = tree.nodes[part].parent
        while let ancestor = next {
            // Multiparts are structure, not containers that a policy speaks of.
            if tree.nodes[ancestor].role != .multipart { found.append(ancestor) }
            next = tree.nodes[ancestor].parent
        }
        return found
    }

    public func path(ofPart part: Int) -> String { tree.nodes[part].path }

    public func part(ofURL url: Int) -> Int { links.links[url].part }
}

/// The lists of the language over a tree.
struct ElementLists {
    let attachments: ElementList
    let files: ElementList
    let parts: ElementList

    init(_ tree: Decomposition) {
        // A content that could not be read may be a container itself: an archive in a locked archive, whatever its name.
        let hidden = tree.nodes.reduce(into: tree.missing) { $0.formUnion($1.hidden.union($1.unread)) }
        let content = tree.nodes.indices.filter { tree.nodes[$0].role != .multipart }
        parts = ElementList(elements: content, missing: hidden)
        files = ElementList(
            elements: content.filter { tree.nodes[$0].role != .body && tree.nodes[$0].role != .margin },
            missing: hidden)
        // What lies hidden in a container is no attachment; only the message's own structure can hide one, or what
        // stands for the whole message: sealed, wrapped, or left elsewhere.
        let structural = tree.missing.union(
            tree.nodes.reduce(into: Reasons()) { reasons, node in
                if node.role == .multipart || node.hidesEntity, node.depth == 0 { reasons.formUnion(node.hidden) }
            })
        attachments = ElementList(
            elements: content.filter { tree.nodes[$0].role == .attachment }, missing: structural)
    }
}
