/// Whom a notice goes to.
public enum Addressee: Hashable, Sendable, Codable {
    case sender
    case recipient
    case administrator
    case mailbox(Address)

    public var name: String {
        switch self {
        case .sender: "sender"
        case .recipient: "recipient"
        case .administrator: "admin"
        case .mailbox(let address): address.addrSpec
        }
    }
}

/// What a rule asks for. The order of cases is the order of phases.
public enum Action: Hashable, Sendable, Codable {
    /// The parts to take away, in the order of the message.
    case strip([StrippedPart])
    case removeHeader(name: String)
    case addHeader(name: String, value: String)
    case tagSubject(String)
    case disclaimer(template: String)
    case redirect(to: Address)
    case deliverVia(route: String)
    case copy(to: Address)
    case notify(whom: Addressee, template: String?, evenUnauthenticated: Bool)
    case log(String?)

    /// The phase in which it is carried out; lower first.
    public var phase: Int {
        switch self {
        case .strip: 0
        case .removeHeader: 1
        case .addHeader: 2
        case .tagSubject: 3
        case .disclaimer: 4
        case .redirect, .deliverVia: 5
        case .copy: 6
        case .notify: 7
        case .log: 8
        }
    }

    /// The template that it names.
    public var template: String? {
        switch self {
        case .notify(_, let template, _): template
        case .disclaimer(let template): template
        default: nil
        }
    }

    /// Whether it is carried out whatever the disposition, defer apart.
    public var isIndependentOfDisposition: Bool { phase >= 6 }

    /// Whether a rule with it does more than mark, so that it may not stay quiet when undetermined.
    public var isMoreThanMark: Bool {
        switch self {
        case .strip, .redirect, .deliverVia: true
        default: false
        }
    }

    /// What two actions share if carrying out one leaves nothing for the other to do: a notice goes at most once to an
    /// addressee, whichever its words.
    fileprivate var asRepeated: Action {
        guard case .notify(let whom, _, let even) = self else { return self }
        return .notify(whom: whom, template: nil, evenUnauthenticated: even)
    }

    /// As a person reads it: `tag subject "[suspicious] "`.
    public var summary: String {
        switch self {
        case .strip(let parts): "strip" + (parts.isEmpty ? "" : " \(parts.map(\.summary).joined(separator: ", "))")
        case .removeHeader(let name): "remove header \"\(name)\""
        case .addHeader(let name, let value): "add header \"\(name)\" \"\(value)\""
        case .tagSubject(let tag): "tag subject \"\(tag)\""
        case .disclaimer(let template): "disclaimer \(template)"
        case .redirect(let address): "redirect to \"\(address.addrSpec)\""
        case .deliverVia(let route): "deliver via \(route)"
        case .copy(let address): "copy to \"\(address.addrSpec)\""
        case .notify(let whom, let template, let even):
            "notify \(whom.name)" + (template.map { " using \($0)" } ?? "") + (even ? " even unauthenticated" : "")
        case .log(let text): text.map { "log \"\($0)\"" } ?? "log"
        }
    }
}

/// An action and the rule that asked for it.
public struct PlannedAction: Hashable, Sendable, Codable {
    public let rule: String
    public let action: Action

    public init(rule: String, action: Action) {
        self.rule = rule
        self.action = action
    }
}

extension [PlannedAction] {
    /// The actions as they are carried out: by phase, then by rule name, then as the rule lists them, and what several
    /// rules ask for alike only once, for the first of them. Each rule logs for itself.
    public func inPhases() -> [PlannedAction] {
        var seen: Set<PlannedAction> = []
        return sortedByPhase.filter { planned in
            var rule = ""
            if case .log = planned.action { rule = planned.rule }
            return seen.insert(PlannedAction(rule: rule, action: planned.action.asRepeated)).inserted
        }
    }

    private var sortedByPhase: [PlannedAction] {
        enumerated().sorted {
            ($0.element.action.phase, $0.element.rule, $0.offset) < (
                $1.element.action.phase, $1.element.rule, $1.offset
            )
        }.map(\.element)
    }
}

/// The consequence of a verdict or of a reason for one message, all its texts filled in.
public struct Consequence: Hashable, Sendable {
    public var disposition: Disposition
    public var areas: [String]
    /// The text of a `reject`.
    public var reason: String?
    public var actions: [Action]

    public init(
        disposition: Disposition = .deliver, areas: [String] = [], reason: String? = nil, actions: [Action] = []
    ) {
        self.disposition = disposition
        self.areas = areas
        self.reason = reason
        self.actions = actions
    }
}
