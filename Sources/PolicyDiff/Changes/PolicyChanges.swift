import Vocabulary

/// What differs between two policies in meaning; what was only written, ordered or named differently is not here.
public struct PolicyChanges: Sendable {
    /// By kind, then by name.
    public let changes: [PolicyChange]

    public var isEmpty: Bool { changes.isEmpty }

    init(old: CanonicalPolicy, new: CanonicalPolicy) {
        changes =
            HeaderChanges(old, new).changes + RuleChanges(old, new).changes + ExemptionChanges(old, new).changes
            + TemplateChanges(old, new).changes
    }
}

/// One thing that differs.
public struct PolicyChange: Sendable, Equatable {
    public enum Subject: String, Sendable {
        case header
        case rule
        case exemption
        case area
        case template
    }

    public enum Kind: String, Sendable {
        case added
        case gone
        case changed
        /// The same under another name.
        case renamed
    }

    /// What one clause said and says.
    public struct Clause: Sendable, Equatable {
        public let name: String
        /// In the language's words; `nil` where the clause was not there.
        public let old: String?
        public let new: String?

        init(_ name: String, old: String?, new: String?) {
            self.name = name
            self.old = old
            self.new = new
        }
    }

    public let subject: Subject
    public let kind: Kind
    public let name: String
    /// Of what was renamed.
    public var formerName: String?
    public var oldPlace: SourcePlace?
    public var newPlace: SourcePlace?
    public var clauses: [Clause] = []

    init(_ subject: Subject, _ kind: Kind, _ name: String) {
        self.subject = subject
        self.kind = kind
        self.name = name
    }
}

/// Gathers the clauses in which two things differ.
struct ClauseDifferences {
    private(set) var clauses: [PolicyChange.Clause] = []

    mutating func compare(_ name: String, _ old: String?, _ new: String?) {
        if old != new { clauses.append(.init(name, old: old, new: new)) }
    }

    mutating func compare(_ name: String, _ old: [String], _ new: [String]) {
        compare(name, Self.list(old), Self.list(new))
    }

    /// Where equality of meaning is finer or coarser than that of the words.
    mutating func compare<Meaning: Equatable>(
        _ name: String, _ old: Meaning, _ new: Meaning, words: (Meaning) -> String?
    ) {
        if old != new { clauses.append(.init(name, old: words(old), new: words(new))) }
    }

    private static func list(_ texts: [String]) -> String? {
        texts.isEmpty ? nil : Set(texts).sorted().joined(separator: ", ")
    }
}

/// Changes of the header and of the areas that rules name.
private struct HeaderChanges {
    let changes: [PolicyChange]

    init(_ old: CanonicalPolicy, _ new: CanonicalPolicy) {
        var clauses = ClauseDifferences()
        let (one, other) = (old.organisation, new.organisation)
        clauses.compare("name", old.name, new.name)
        clauses.compare("domains", one.domains.map(\.text), other.domains.map(\.text))
        clauses.compare("networks", one.networks.map(\.description), other.networks.map(\.description))
        clauses.compare("admin", one.administrators.map(\.addrSpec), other.administrators.map(\.addrSpec))
        clauses.compare("auth-servers", one.authenticationServers, other.authenticationServers)
        clauses.compare(
            "language", one.languages.joined(separator: ", "), other.languages.joined(separator: ", "))
        clauses.compare("timezone", one.timeZone, other.timeZone)
        clauses.compare("description", old.description, new.description)
        clauses.compare("limits", Self.written(old.limits), Self.written(new.limits))
        var found: [PolicyChange] = []
        if !clauses.clauses.isEmpty {
            var change = PolicyChange(.header, .changed, "policy")
            change.clauses = clauses.clauses
            found.append(change)
        }
        changes = found + Self.areaChanges(old, new)
    }

    private static func written(_ limits: CostLimits) -> [String] {
        DeclaredLimit.allCases.filter { limits[$0] != CostLimits()[$0] }.map { "\($0.rawValue) \(limits[$0])" }
    }

    /// Areas are known by their names.
    private static func areaChanges(_ old: CanonicalPolicy, _ new: CanonicalPolicy) -> [PolicyChange] {
        let olds = Dictionary(old.areas.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
        let news = Dictionary(new.areas.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
        return Set(olds.keys).union(news.keys).sorted().compactMap { name in
            let (one, other) = (olds[name], news[name])
            if one == other { return nil }
            var change = PolicyChange(.area, one == nil ? .added : other == nil ? .gone : .changed, name)
            if let one, let other { change.clauses = [.init("area", old: one.summary, new: other.summary)] }
            return change
        }
    }
}

/// Changes of exemptions, which are known by their names.
private struct ExemptionChanges {
    let changes: [PolicyChange]

    init(_ old: CanonicalPolicy, _ new: CanonicalPolicy) {
        let olds = Dictionary(old.exemptions.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
        let news = Dictionary(new.exemptions.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
        changes = Set(olds.keys).union(news.keys).sorted().compactMap { name in
            let (one, other) = (olds[name], news[name])
            var change = PolicyChange(.exemption, one == nil ? .added : other == nil ? .gone : .changed, name)
            change.oldPlace = one?.place
            change.newPlace = other?.place
            var clauses = ClauseDifferences()
            clauses.compare("from", Self.targets(one, old), Self.targets(other, new))
            clauses.compare("when", one?.when, other?.when) { $0?.written(exactly: false) }
            change.clauses = clauses.clauses
            return clauses.clauses.isEmpty ? nil : change
        }
    }

    private static func targets(_ exemption: CanonicalExemption?, _ policy: CanonicalPolicy) -> [String] {
        guard let exemption else { return [] }
        let rules = policy.rules.filter { rule in
            rule.exemptions.contains { policy.exemptions[$0].name == exemption.name }
        }
        return rules.map(\.name) + exemption.unknown.names.map { "unknown \($0)" }
    }
}

/// Changes of templates: the words of notices.
private struct TemplateChanges {
    let changes: [PolicyChange]

    init(_ old: CanonicalPolicy, _ new: CanonicalPolicy) {
        let olds = Dictionary(old.templates.map { ($0.name, $0.versions) }, uniquingKeysWith: { $1 })
        let news = Dictionary(new.templates.map { ($0.name, $0.versions) }, uniquingKeysWith: { $1 })
        changes = Set(olds.keys).union(news.keys).sorted().compactMap { name in
            let (one, other) = (olds[name], news[name])
            if let one, let other {
                let same = Set(one) == Set(other)
                return same ? nil : PolicyChange(.template, .changed, name)
            }
            return PolicyChange(.template, one == nil ? .added : .gone, name)
        }
    }
}
