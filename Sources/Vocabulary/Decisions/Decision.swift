/// A place in a policy file, as output names it.
public struct SourcePlace: Hashable, Sendable, Codable {
    public let file: String
    /// From 1.
    public let line: Int
    /// From 1, in characters.
    public let column: Int
    /// Bytes.
    public let length: Int

    public init(file: String, line: Int, column: Int, length: Int) {
        self.file = file
        self.line = line
        self.column = column
        self.length = length
    }
}

/// One reason for a verdict: the clause that decided and what it saw.
public struct Evidence: Hashable, Sendable, Codable {
    /// The fact as the policy writes it: `attachment size`, `header "List-Id"`.
    public let fact: String
    /// The part's path for facts of a part.
    public let part: String?
    /// What was seen, at most `EvidenceLimits.excerptBytes` long; for an unknown, its reasons. Of a dictionary the sum.
    public let excerpt: String
    public let span: SourcePlace
    /// The same with its invisible characters, where it has such.
    public let raw: String?
    /// What a dictionary found.
    public let words: WordSum?

    public init(fact: String, part: String?, excerpt: String, span: SourcePlace) {
        self.fact = fact
        self.part = part
        self.excerpt = Excerpt.of(excerpt)
        self.span = span
        raw = Excerpt.raw(excerpt)
        words = nil
    }

    public init(fact: String, part: String?, words: WordSum, span: SourcePlace) {
        self.fact = fact
        self.part = part
        self.words = words
        self.span = span
        excerpt = words.text
        raw = nil
    }
}

/// Bounds on evidence, so that a message cannot fill logs.
public enum EvidenceLimits {
    /// Bytes of an excerpt before it is cut.
    public static let excerptBytes = 120
    /// Bytes shown before and behind a match that nobody would see by itself.
    public static let bytesAround = 40
    /// Entries of a dictionary that a sum of words names, so that the sum itself is never cut off.
    public static let wordsOfSum = 5
    /// Bytes of each of them.
    public static let wordBytes = 32
    /// Pieces of evidence of one rule.
    public static let piecesOfRule = 8
}

/// Whether a rule's condition held.
public enum RuleOutcome: String, Sendable, Codable {
    case fires
    case undetermined
}

/// The verdict of one rule for one recipient, for rules that are not quiet.
public struct RuleVerdict: Equatable, Sendable, Codable {
    public var name: String
    public var verdict: RuleOutcome
    /// Why it is undetermined; of a rule that fired, why `strip` may not have found all that it takes away.
    public var unknown: Reasons
    public var evidence: [Evidence]

    public init(name: String, verdict: RuleOutcome, unknown: Reasons = [], evidence: [Evidence] = []) {
        self.name = name
        self.verdict = verdict
        self.unknown = unknown
        self.evidence = evidence
    }
}

/// A rule that would have spoken, but an exemption or its own `unless` excused it.
public struct Exempted: Hashable, Sendable, Codable {
    public let rule: String
    /// The exemption's name; `unless` for the rule's own clause.
    public let by: String

    public init(rule: String, by: String) {
        self.rule = rule
        self.by = by
    }
}

/// A notice that a rule asks for but its `except when` leaves out.
public struct WithheldNotice: Hashable, Sendable, Codable {
    public let rule: String
    public let notice: Action
    /// Why the condition holds.
    public let evidence: [Evidence]

    public init(rule: String, notice: Action, evidence: [Evidence]) {
        self.rule = rule
        self.notice = notice
        self.evidence = evidence
    }
}

/// What is to be done with a message for one recipient, and why.
public struct Decision: Equatable, Sendable, Codable {
    public var recipient: Address
    public var direction: Direction
    public var disposition: Disposition
    /// The areas that keep a copy, sorted; also under reject and discard.
    public var areas: [String]
    /// The text of the refusal: of the first rejecting rule by name.
    public var reason: String?
    /// Rules that fired or were undetermined, by name.
    public var rules: [RuleVerdict]
    public var exempted: [Exempted]
    /// What is to be carried out, in phases, ties by rule name.
    public var actions: [PlannedAction]
    /// Notices left out, by rule.
    public var withheld: [WithheldNotice]
    /// Set when the machine broke down; the disposition is then `defer`.
    public var trap: String?

    public init(
        recipient: Address, direction: Direction, disposition: Disposition = .deliver, areas: [String] = [],
        reason: String? = nil, rules: [RuleVerdict] = [], exempted: [Exempted] = [], actions: [PlannedAction] = [],
        withheld: [WithheldNotice] = [], trap: String? = nil
    ) {
        self.recipient = recipient
        self.direction = direction
        self.disposition = disposition
        self.areas = areas
        self.reason = reason
        self.rules = rules
        self.exempted = exempted
        self.actions = actions
        self.withheld = withheld
        self.trap = trap
    }
}
