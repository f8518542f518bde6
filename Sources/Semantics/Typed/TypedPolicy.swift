import Vocabulary

/// A policy that passed every check: what the compiler compiles and the reference interpreter walks.
///
/// All arrays are sorted by name, so that the order of declarations and of files leaves no trace.
public struct TypedPolicy: Sendable {
    public var name: String
    public var edition: Int
    public var description: String
    public var organisation: Organisation
    public var rules: [TypedRule]
    public var exemptions: [TypedExemption]
    public var sets: [ValueSet]
    public var dictionaries: [TypedDictionary]
    /// Scores and settings, each behind those that its conditions use.
    public var computed: [TypedComputed]
    public var templates: [MessageTemplate]
    public var areas: [QuarantineArea]
    /// Limits that it lowers.
    public var limits: [DeclaredLimit: Int]
    public var tests: [TypedTest]
    /// The places of all rows of answers, of `uninspectable` and of rules, in the order of reading.
    public var answerRows: [SourcePlace] = []
    /// The public suffixes, where a condition asks for registrable domains.
    public var suffixes: PublicSuffixList?

    public init(
        name: String, edition: Int = 1, description: String = "", organisation: Organisation = Organisation(),
        rules: [TypedRule] = [], exemptions: [TypedExemption] = [], sets: [ValueSet] = [],
        dictionaries: [TypedDictionary] = [], computed: [TypedComputed] = [], templates: [MessageTemplate] = [],
        areas: [QuarantineArea] = [], limits: [DeclaredLimit: Int] = [:], tests: [TypedTest] = [],
        suffixes: PublicSuffixList? = nil
    ) {
        self.name = name
        self.edition = edition
        self.description = description
        self.organisation = organisation
        self.rules = rules
        self.exemptions = exemptions
        self.sets = sets
        self.dictionaries = dictionaries
        self.computed = computed
        self.templates = templates
        self.areas = areas
        self.limits = limits
        self.tests = tests
        self.suffixes = suffixes
    }
}

/// A consequence whose texts name operands and whose notices have formulas.
public typealias TypedConsequence = ConsequenceForm<Operand, Formula>
/// An action in it.
public typealias TypedAction = ActionForm<Operand, Formula>
/// An answer to a reason.
public typealias TypedAnswer = Answer<TypedConsequence>

/// A rule with its answers to every reason resolved.
public struct TypedRule: Sendable {
    /// With the module's prefix: `viruses.infected`.
    public var name: String
    public var title: String?
    public var place: SourcePlace
    public var directions: DirectionSet
    public var labels: [String]
    public var isMandatory: Bool
    public var when: Formula
    /// Excuses: one that is true excuses the rule.
    public var unless: [Formula]
    public var consequence: TypedConsequence
    public var answers: AnswerTable<TypedConsequence>
    /// Which row gives each of the answers; `quiet` where none does.
    public var answerRows = AnswerTable<SourcePlace>(all: .quiet)

    public init(
        name: String, title: String? = nil, place: SourcePlace, directions: DirectionSet = .all,
        labels: [String] = [], isMandatory: Bool = false, when: Formula, unless: [Formula] = [],
        consequence: TypedConsequence, answers: AnswerTable<TypedConsequence>
    ) {
        self.name = name
        self.title = title
        self.place = place
        self.directions = directions
        self.labels = labels
        self.isMandatory = isMandatory
        self.when = when
        self.unless = unless
        self.consequence = consequence
        self.answers = answers
    }
}

extension TypedRule {
    /// Every formula in it: its condition, its excuses, and the conditions of its notices.
    public var formulas: [Formula] {
        [when] + unless + consequence.conditions + answers.consequences.flatMap { $0.conditions }
    }

    /// The same rule with other formulas.
    func mappingFormulas(_ transform: (Formula) -> Formula) -> TypedRule {
        var rule = self
        rule.when = transform(when)
        rule.unless = unless.map(transform)
        rule.consequence = consequence.mapping({ $0 }, transform)
        rule.answers = answers.mapping { $0.mapping({ $0 }, transform) }
        return rule
    }
}

/// An exemption with its targets resolved.
public struct TypedExemption: Sendable {
    public var name: String
    public var place: SourcePlace
    /// Names of the rules it lifts, labels resolved; never mandatory ones.
    public var rules: [String]
    /// It also lifts undetermined verdicts whose reasons all lie in this set, of every rule that is not mandatory.
    public var unknown: Reasons
    public var when: Formula

    public init(name: String, place: SourcePlace, rules: [String], unknown: Reasons = [], when: Formula) {
        self.name = name
        self.place = place
        self.rules = rules
        self.unknown = unknown
        self.when = when
    }
}

/// A list of weighted patterns. Weights and the threshold are in thousandths.
public struct TypedDictionary: Sendable, Hashable {
    public struct Entry: Sendable, Hashable {
        public var weight: Int64
        public var pattern: TextPattern
        /// How often it counts at most in one text.
        public var times: Int

        public init(weight: Int64, pattern: TextPattern, times: Int = 1) {
            self.weight = weight
            self.pattern = pattern
            self.times = times
        }

        /// What it adds when it counts as often as it can.
        public var greatest: Int64 { weight.multipliedSaturating(by: Int64(times)) }
    }

    public var name: String
    public var threshold: Int64
    public var entries: [Entry]

    public init(name: String, threshold: Int64, entries: [Entry]) {
        self.name = name
        self.threshold = threshold
        self.entries = entries
    }
}
