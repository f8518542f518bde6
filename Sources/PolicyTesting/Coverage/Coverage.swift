import Compiler
import Vocabulary

/// How often each test of a policy was seen true, false and unknown, and what became of each rule, over many mails.
public struct Coverage {
    /// How many mails saw a test with each value.
    public struct Count: Equatable, Sendable {
        public var yes = 0
        public var no = 0
        public var unknown = 0

        /// Mails that reached the test.
        var all: Int { yes + no + unknown }
    }

    /// How many decisions a rule had a part in.
    public struct RuleCount: Equatable, Sendable {
        public var fires = 0
        public var quiet = 0
        public var undetermined = 0
        public var exempted = 0
    }

    /// What a test owes, and what of it was seen.
    public struct Marks: Equatable, Sendable {
        public var seen = 0
        public var owed = 0

        /// In tenths of a percent, rounded down: `1000` is all. Nothing owed is all.
        public var permille: Int { owed == 0 ? 1000 : seen * 1000 / owed }
        /// `87.5 %`.
        public var share: String { "\(permille / 10).\(permille % 10) %" }

        public init(seen: Int = 0, owed: Int = 0) {
            self.seen = seen
            self.owed = owed
        }

        public func adding(_ other: Marks) -> Marks { Marks(seen: seen + other.seen, owed: owed + other.owed) }
    }

    public let policy: PolicyClauses
    /// By the number of the test.
    public private(set) var counts: [Count]
    /// By the number of the owner; of rules only.
    public private(set) var rules: [RuleCount]
    /// How many decisions had each row of answers, by its number.
    public private(set) var answers: [Int]
    public private(set) var mails = 0
    /// Mails of which not every element was looked at.
    public private(set) var incomplete = 0
    private let numbers: [SourcePlace: Int]

    public init(of policy: PolicyClauses) {
        self.policy = policy
        counts = Array(repeating: Count(), count: policy.clauses.count)
        rules = Array(repeating: RuleCount(), count: policy.owners.count)
        answers = Array(repeating: 0, count: policy.answers.count)
        numbers = Dictionary(uniqueKeysWithValues: policy.clauses.enumerated().map { ($1.place, $0) })
    }

    /// Counts a judgement in; one without an observation adds nothing.
    public mutating func add(_ judgement: Judgement) {
        guard let observation = judgement.observation else { return }
        mails += 1
        if !observation.isComplete { incomplete += 1 }
        for clause in observation.clauses {
            guard let number = numbers[clause.place] else { continue }
            let seen = policy.clauses[number].isNegated ? clause.seen.negated : clause.seen
            if seen.contains(.yes) { counts[number].yes += 1 }
            if seen.contains(.no) { counts[number].no += 1 }
            if seen.contains(.unknown) { counts[number].unknown += 1 }
        }
        for decision in judgement.decisions where decision.trap == nil { add(decision) }
    }

    private mutating func add(_ decision: Decision) {
        let spoken = Dictionary(decision.rules.map { ($0.name, $0.verdict) }) { first, _ in first }
        let exempted = Set(decision.exempted.map(\.rule))
        var given: Set<Int> = []
        for rule in decision.rules where rule.verdict == .undetermined {
            given.formUnion(policy.answers(of: rule.name, to: rule.unknown, decision.direction))
        }
        for number in given { answers[number] += 1 }
        for (number, owner) in policy.owners.enumerated()
        where owner.kind == .rule && owner.directions.contains(decision.direction.set) {
            switch spoken[owner.name] {
            case .fires: rules[number].fires += 1
            case .undetermined: rules[number].undetermined += 1
            case nil:
                if exempted.contains(owner.name) { rules[number].exempted += 1 } else { rules[number].quiet += 1 }
            }
        }
    }

    /// What one test owes. One that can never be unknown does not owe that.
    public func marks(of number: Int) -> Marks {
        let count = counts[number]
        var marks = Marks()
        if policy.clauses[number].hasTruth {
            marks = Marks(seen: (count.yes > 0 ? 1 : 0) + (count.no > 0 ? 1 : 0), owed: 2)
        }
        if policy.clauses[number].canBeUnknown {
            marks.owed += 1
            if count.unknown > 0 { marks.seen += 1 }
        }
        return marks
    }

    /// What all tests and answers owe, each once, however many rules share it.
    public var total: Marks { counts.indices.reduce(givenAnswers) { $0.adding(marks(of: $1)) } }

    /// How many rows of answers some decision had, and how many there are.
    public var givenAnswers: Marks { Marks(seen: answers.count { $0 > 0 }, owed: answers.count) }

    /// What the tests of an owner owe, shared ones too.
    public func marks(of owner: PolicyClauses.Owner) -> Marks {
        owner.clauses.reduce(Marks()) { $0.adding(marks(of: $1)) }
    }

    /// How many rules fired in some decision, and how many there are.
    public var firedRules: Marks {
        let numbers = policy.owners.indices.filter { policy.owners[$0].kind == .rule }
        return Marks(seen: numbers.count { rules[$0].fires > 0 }, owed: numbers.count)
    }

    /// The tests whose place lies in a file, by place.
    func numbers(inFile file: String) -> [Int] {
        policy.clauses.indices.filter { policy.clauses[$0].place.file == file }
    }

    /// The files that hold a test or a rule, by name.
    var files: [String] {
        Set(policy.clauses.map(\.place.file) + policy.owners.map(\.place.file) + policy.answers.map(\.file)).sorted()
    }
}
