import Diagnostics
import Semantics
import Vocabulary

/// One test of a policy's conditions, as coverage counts it.
public struct PolicyClause: Hashable, Sendable {
    public let place: SourcePlace
    /// Whether true and false are of interest: of a quantifier only its own unknown is, where elements may be missing.
    public let hasTruth: Bool
    /// Whether it can be unknown at all, by what the checker knows of its facts.
    public let canBeUnknown: Bool
    /// Whether it is written as the negation of what is tested: `X is not V`.
    public let isNegated: Bool
}

/// Every test of a policy, and whose it is.
public struct PolicyClauses: Sendable {
    /// A rule, an exemption, a score or a setting, and the numbers of its tests.
    public struct Owner: Sendable {
        public enum Kind: String, Sendable {
            case rule
            case exemption
            case score
            case setting
        }

        public let kind: Kind
        public let name: String
        public let place: SourcePlace
        /// All but of a rule: the others are judged wherever a rule asks for them.
        public let directions: DirectionSet
        /// In the order of the conditions; a test of a define stands here for each of its users.
        public fileprivate(set) var clauses: [Int] = []
    }

    /// By file and place; each place once.
    public private(set) var clauses: [PolicyClause] = []
    /// By kind and name.
    public private(set) var owners: [Owner] = []

    /// The places of the rows that answer what could not be read, in the order of reading.
    public private(set) var answers: [SourcePlace] = []
    private var answerTables: [String: AnswerTable<SourcePlace>] = [:]
    private var answerNumbers: [SourcePlace: Int] = [:]

    init() {}

    /// The rows that answer a rule's reasons, by number, each once.
    public func answers(of rule: String, to reasons: Reasons, _ direction: Direction) -> Set<Int> {
        guard let table = answerTables[rule] else { return [] }
        return reasons.singles.reduce(into: []) { rows, reason in
            if case .consequence(let place) = table[reason, direction], let number = answerNumbers[place] {
                rows.insert(number)
            }
        }
    }

    /// The tests of a policy whose sources these are.
    public init(_ policy: TypedPolicy, in sources: SourceSet) {
        var collector = Collector(dictionaries: policy.dictionaries, sources: sources)
        var places: [[SourcePlace]] = []
        for rule in policy.rules {
            owners.append(Owner(kind: .rule, name: rule.name, place: rule.place, directions: rule.directions))
            places.append(collector.places(of: [rule.when] + rule.unless + rule.consequence.conditions))
        }
        for exemption in policy.exemptions {
            owners.append(
                Owner(kind: .exemption, name: exemption.name, place: exemption.place, directions: .all))
            places.append(collector.places(of: [exemption.when]))
        }
        // A setting stands once for each type that its values are read as, with the same rows.
        var names: Set<String> = []
        for computed in policy.computed.sorted(by: { $0.name < $1.name }) where names.insert(computed.name).inserted {
            owners.append(
                Owner(
                    kind: computed.kind == .score ? .score : .setting, name: computed.name, place: computed.place,
                    directions: .all))
            places.append(collector.places(of: computed.rows.map(\.when)))
        }
        answers = policy.answerRows
        answerNumbers = Dictionary(answers.enumerated().map { ($1, $0) }) { first, _ in first }
        answerTables = Dictionary(policy.rules.map { ($0.name, $0.answerRows) }) { first, _ in first }
        clauses = collector.found.values.sorted { $0.place.isBefore($1.place) }
        let numbers = Dictionary(uniqueKeysWithValues: clauses.enumerated().map { ($1.place, $0) })
        for (index, list) in places.enumerated() { owners[index].clauses = list.compactMap { numbers[$0] } }
    }
}

extension SourcePlace {
    /// The order of reading.
    public func isBefore(_ other: SourcePlace) -> Bool {
        (file, line, column, other.length) < (other.file, other.line, other.column, length)
    }
}

/// Gathers the tests of formulas. What is one test here is one test where the machine looks at all of them.
private struct Collector {
    let dictionaries: [TypedDictionary]
    let sources: SourceSet
    var found: [SourcePlace: PolicyClause] = [:]
    private var order: [SourcePlace] = []
    private var seen: Set<SourcePlace> = []

    init(dictionaries: [TypedDictionary], sources: SourceSet) {
        self.dictionaries = dictionaries
        self.sources = sources
    }

    /// The places of the formulas' tests, each once, in order.
    mutating func places(of formulas: [Formula]) -> [SourcePlace] {
        order = []
        seen = []
        for formula in formulas { collect(formula, isUnderNot: false) }
        return order
    }

    private mutating func collect(_ formula: Formula, isUnderNot: Bool) {
        switch formula {
        case .constant: break
        case .atom(let atom): add(formula, at: atom.place, isUnderNot: isUnderNot)
        case .not(let operand): collect(operand, isUnderNot: true)
        case .and(let operands), .or(let operands), .atLeast(_, let operands, _):
            if let place = formula.commonPlace {
                add(formula, at: place, isUnderNot: isUnderNot)
            } else {
                for operand in operands { collect(operand, isUnderNot: false) }
            }
        case .some(let quantification):
            if !quantification.list.possibleReasons.isEmpty { add(quantifierAt: quantification.place) }
            collect(quantification.body, isUnderNot: false)
        case .count(let count):
            add(formula, at: count.place, isUnderNot: isUnderNot)
            switch count.measure {
            case .elements(_, _, let body), .sum(_, _, _, let body), .distinct(_, _, _, let body):
                collect(body, isUnderNot: false)
            case .values, .matches: break
            }
        }
    }

    private mutating func add(_ formula: Formula, at place: SourcePlace, isUnderNot: Bool) {
        if seen.insert(place).inserted { order.append(place) }
        let canBeUnknown = !formula.possibleReasons(dictionaries: dictionaries).isEmpty
        let known = found[place]
        found[place] = PolicyClause(
            place: place, hasTruth: true, canBeUnknown: canBeUnknown || known?.canBeUnknown == true,
            isNegated: known?.isNegated ?? (isUnderNot && isWrittenNegated(place)))
    }

    private mutating func add(quantifierAt place: SourcePlace) {
        if seen.insert(place).inserted { order.append(place) }
        if found[place] == nil {
            found[place] = PolicyClause(place: place, hasTruth: false, canBeUnknown: true, isNegated: false)
        }
    }

    /// Whether the negation above a test is part of its own words (`is not`, `is false`) rather than a `not (…)` around
    /// it.
    private func isWrittenNegated(_ place: SourcePlace) -> Bool {
        let span = sources.span(of: place)
        guard let file = sources[span.file] else { return false }
        let unquoted = file.text(span).split(separator: "\"", omittingEmptySubsequences: false).enumerated()
            .filter { $0.offset % 2 == 0 }.map(\.element).joined(separator: " ")
        return unquoted.split(whereSeparator: \.isWhitespace).contains { $0 == "not" || $0 == "false" }
    }
}

extension Formula {
    /// The place that all tests of a formula of connectives share; `nil` where they stand at several.
    fileprivate var commonPlace: SourcePlace? {
        switch self {
        case .atom(let atom): return atom.place
        case .not(let operand): return operand.commonPlace
        case .constant, .some, .count: return nil
        case .and(let operands), .or(let operands), .atLeast(_, let operands, _):
            guard let first = operands.first?.commonPlace else { return nil }
            return operands.allSatisfy { $0.commonPlace == first } ? first : nil
        }
    }
}
