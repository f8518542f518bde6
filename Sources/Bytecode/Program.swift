import Vocabulary

/// A policy made ready to run: code over tables.
///
/// The code fills one truth per formula: the conditions of rules in two sections, one run for a message and one for
/// each recipient, the excuses in fragments that run only when a rule would speak. What becomes of the truths is read
/// from the tables. Formulas stand a second time as trees, for evidence.
public struct Program: Equatable, Sendable {
    public var manifest = Manifest()
    public var code: [Instruction] = []
    /// Where the section that is run for each recipient starts; the message's starts at 0.
    public var recipientSection = 0
    public var registerCount = 0
    public var totalCount = 0

    public var facts: [FactReference] = []
    public var constants: [Value] = []
    public var operands: [OperandEntry] = []
    public var patternGroups: [PatternGroup] = []
    public var sets: [ValueSet] = []
    public var dictionaries: [DictionaryTable] = []
    public var atoms: [AtomTest] = []
    public var comparisons: [Comparison] = []
    public var matchCounts: [MatchCount] = []

    public var counts: [CountEntry] = []
    /// Of each shared value, whether it must be forgotten when the recipient changes.
    public var sharedValues: [EvaluationLevel] = []
    public var formulas: [FormulaEntry] = []
    /// Scores and settings, each behind those it uses.
    public var computed: [ComputedEntry] = []
    public var nodes: [FormulaNode] = []
    public var places: [SourcePlace] = []

    /// By name.
    public var rules: [RuleEntry] = []
    /// By name.
    public var exemptions: [ExemptionEntry] = []
    public var answerTables: [AnswerTable<ConsequenceEntry>] = []
    public var consequences: [ConsequenceEntry] = []

    public var organisation = Organisation()
    /// By name.
    public var templates: [MessageTemplate] = []
    public var areas: [QuarantineArea] = []
    /// The public suffixes, exactly where the program asks for registrable domains.
    public var suffixes: PublicSuffixList?

    public init() {}

    /// What it knows for the texts that its decisions ask for.
    public var words: PolicyWords {
        let titles = rules.compactMap { rule in rule.title.map { (rule.name, $0) } }
        return PolicyWords(
            policy: manifest.policy, organisation: organisation, templates: templates,
            titles: Dictionary(titles, uniquingKeysWith: { $1 }))
    }

    /// Whether a fact of the program can be told only with the public suffixes.
    public var needsPublicSuffixes: Bool {
        facts.contains { $0.members.contains(where: \.needsPublicSuffixes) }
    }
}

/// A consequence whose texts name operands and whose notices have formulas, by their numbers.
public typealias ConsequenceEntry = ConsequenceForm<Int, Int>
/// An action in it.
public typealias ActionEntry = ActionForm<Int, Int>
/// An answer to a reason.
public typealias AnswerEntry = Answer<ConsequenceEntry>

/// What a program is and what it needs, readable without running it.
public struct Manifest: Hashable, Sendable {
    public var policy = ""
    public var edition = 1
    public var description = ""
    /// The version of the compiler that wrote it.
    public var compiler = ""
    /// The facts it reads, by name.
    public var facts: [Fact] = []
    public var lists: [ElementListName] = []
    public var limits = CostLimits()
    /// Steps at worst for what is done once a message.
    public var messageCost: UInt64 = 0
    /// Steps at worst for what is done for each recipient.
    public var recipientCost: UInt64 = 0

    public init() {}

    /// The facts that only an engine can answer.
    public var engines: [Fact] { facts.filter { FactCatalogue.row($0).costClass == .engine } }

    /// Steps at worst for a message with as many recipients as the limits allow.
    public var worstCaseCost: UInt64 {
        messageCost.addingSaturating(recipientCost.multipliedSaturating(by: UInt64(max(0, limits.recipients))))
    }
}

/// How often something is computed.
public enum EvaluationLevel: UInt8, Sendable, CaseIterable {
    /// Once for a message.
    case message
    /// Once for each recipient, because it mentions `recipient` or `direction`.
    case recipient
}

/// Something with values. Numbers are places in the program's tables.
public enum OperandEntry: Hashable, Sendable {
    case fact(Int)
    case constant(Int)
    /// The second operand where the first is absent; both stand before this one.
    case otherwise(Int, Int)
    /// A score or setting. Only comparisons and equalities take one, and no `otherwise`.
    case computed(Int)
}

/// All patterns that are searched in one operand, so that they share one pass over each of its texts.
public struct PatternGroup: Hashable, Sendable {
    public var operand: Int
    public var patterns: [TextPattern]

    public init(operand: Int, patterns: [TextPattern]) {
        self.operand = operand
        self.patterns = patterns
    }
}

/// A list of weighted patterns. Weights, and the thresholds they are compared with, are in thousandths.
public struct DictionaryTable: Hashable, Sendable {
    public var name: String
    public var weights: [Int64]
    /// How often each entry counts at most in one text.
    public var times: [Int]

    public init(name: String, weights: [Int64], times: [Int]) {
        self.name = name
        self.weights = weights
        self.times = times
    }
}

/// A test of facts; each different one stands once, wherever the policy asks it.
public enum AtomTest: Hashable, Sendable {
    case holds(Int)
    case exists(Int)
    case compare(Int, Order, Int)
    case equals(Int, [Int], exactly: Bool)
    /// One of the patterns of a group, given by their places in it, occurs in the group's operand.
    case search(group: Int, patterns: [Int])
    case contains(Int, [Int], exactly: Bool)
    case starts(Int, [Int], exactly: Bool)
    case ends(Int, [Int], exactly: Bool)
    case under(Int, [Int])
    case looksLike(Int, [Int])
    case member(Int, set: Int)
    /// The patterns are the dictionary's entries in their order, by their places in the group.
    case mentions(group: Int, patterns: [Int], dictionary: Int, threshold: Int64, inTotal: Bool)
    case insideType(binder: Int, [FileType])
    case insideElement(binder: Int, container: Int)
}

/// A comparison of a total with a number.
public struct Comparison: Hashable, Sendable {
    public var order: Order
    public var bound: Int64

    public init(order: Order, bound: Int64) {
        self.order = order
        self.bound = bound
    }
}

/// A pattern whose matches are counted.
public struct MatchCount: Hashable, Sendable {
    public var group: Int
    public var pattern: Int

    public init(group: Int, pattern: Int) {
        self.group = group
        self.pattern = pattern
    }
}
