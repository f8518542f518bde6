import Bytecode
import Semantics
import Vocabulary

/// Fills a program's tables, each different thing once, in the order of first use.
struct TableBuilder {
    var program = Program()
    private let policy: TypedPolicy
    private var factNumbers: [FactReference: Int] = [:]
    private var constantNumbers: [Value: Int] = [:]
    private var operandNumbers: [OperandEntry: Int] = [:]
    private var atomNumbers: [AtomTest: Int] = [:]
    private var groupNumbers: [Int: Int] = [:]
    private var patternNumbers: [[TextPattern: Int]] = []
    private var setNumbers: [Int: Int] = [:]
    private var dictionaryNumbers: [Int: Int] = [:]
    private var comparisonNumbers: [Comparison: Int] = [:]
    private var matchCountNumbers: [MatchCount: Int] = [:]
    private var countNumbers: [CountEntry: Int] = [:]
    private var placeNumbers: [SourcePlace: Int] = [:]
    private var answerNumbers: [AnswerTable<ConsequenceEntry>: Int] = [:]
    private var consequenceNumbers: [ConsequenceEntry: Int] = [:]
    private var computedNumbers: [ComputedKey: Int] = [:]

    /// What tells one score or setting from the others.
    private struct ComputedKey: Hashable {
        let name: String
        let type: ValueType
    }

    init(policy: TypedPolicy) {
        self.policy = policy
        for (number, computed) in policy.computed.enumerated() {
            computedNumbers[ComputedKey(name: computed.name, type: computed.type)] = number
        }
    }

    private static func number<Key: Hashable>(
        of key: Key, in numbers: inout [Key: Int], _ table: inout [Key]
    ) -> Int {
        if let number = numbers[key] { return number }
        numbers[key] = table.count
        table.append(key)
        return table.count - 1
    }

    mutating func fact(_ reference: FactReference) -> Int {
        Self.number(of: reference, in: &factNumbers, &program.facts)
    }

    mutating func comparison(_ order: Order, _ bound: Int64) -> Int {
        Self.number(of: Comparison(order: order, bound: bound), in: &comparisonNumbers, &program.comparisons)
    }

    mutating func place(_ place: SourcePlace) -> Int {
        Self.number(of: place, in: &placeNumbers, &program.places)
    }

    mutating func answers(_ table: AnswerTable<ConsequenceEntry>) -> Int {
        Self.number(of: table, in: &answerNumbers, &program.answerTables)
    }

    mutating func consequence(_ consequence: ConsequenceEntry) -> Int {
        Self.number(of: consequence, in: &consequenceNumbers, &program.consequences)
    }

    mutating func count(_ entry: CountEntry) -> Int {
        Self.number(of: entry, in: &countNumbers, &program.counts)
    }

    mutating func matchCount(_ pattern: TextPattern, in operand: Operand) -> Int {
        let group = group(of: self.operand(operand))
        let entry = MatchCount(group: group, pattern: self.pattern(pattern, in: group))
        return Self.number(of: entry, in: &matchCountNumbers, &program.matchCounts)
    }

    mutating func operand(_ operand: Operand) -> Int {
        let entry: OperandEntry
        switch operand {
        case .fact(let reference): entry = .fact(fact(reference))
        case .constant(let value): entry = .constant(constant(value))
        case .computed(let reference):
            // A checked policy holds what it refers to; the verifier refuses a program that does not.
            let key = ComputedKey(name: reference.name, type: reference.type)
            entry = .computed(computedNumbers[key] ?? policy.computed.count)
        case .otherwise(let first, let second):
            let number = self.operand(first)
            entry = .otherwise(number, self.operand(second))
        }
        return Self.number(of: entry, in: &operandNumbers, &program.operands)
    }

    mutating func constant(_ value: Value) -> Int {
        Self.number(of: value, in: &constantNumbers, &program.constants)
    }

    private mutating func operands(_ operands: [Operand]) -> [Int] { operands.map { operand($0) } }

    // MARK: Patterns

    private mutating func group(of operand: Int) -> Int {
        if let group = groupNumbers[operand] { return group }
        groupNumbers[operand] = program.patternGroups.count
        program.patternGroups.append(PatternGroup(operand: operand, patterns: []))
        patternNumbers.append([:])
        return program.patternGroups.count - 1
    }

    private mutating func pattern(_ pattern: TextPattern, in group: Int) -> Int {
        Self.number(of: pattern, in: &patternNumbers[group], &program.patternGroups[group].patterns)
    }

    private mutating func search(_ patterns: [TextPattern], in operand: Operand) -> (group: Int, patterns: [Int]) {
        let group = group(of: self.operand(operand))
        return (group, patterns.map { pattern($0, in: group) })
    }

    // MARK: Atoms

    mutating func atom(_ test: Test) -> Int {
        let entry = entry(of: test)
        return Self.number(of: entry, in: &atomNumbers, &program.atoms)
    }

    private mutating func entry(of test: Test) -> AtomTest {
        switch test {
        case .holds(let operand): return .holds(self.operand(operand))
        case .exists(let reference): return .exists(operand(.fact(reference)))
        case .compare(let left, let order, let right):
            let number = operand(left)
            return .compare(number, order, operand(right))
        case .equals(let left, let others, let exactly):
            return .equals(operand(left), operands(others), exactly: exactly)
        case .text(let relation, let left, let others, let exactly):
            return entry(of: relation, left, others, exactly: exactly)
        case .under(let left, let others): return .under(operand(left), operands(others))
        case .member(let left, let set): return .member(operand(left), set: self.set(set))
        case .matches(let left, let expressions):
            let (group, patterns) = search(expressions, in: left)
            return .search(group: group, patterns: patterns)
        case .mentions(let left, let dictionary, let threshold, let inTotal):
            let entries = policy.dictionaries[dictionary].entries
            let (group, patterns) = search(entries.map(\.pattern), in: left)
            return .mentions(
                group: group, patterns: patterns, dictionary: self.dictionary(dictionary), threshold: threshold,
                inTotal: inTotal)
        case .insideType(let binder, let types): return .insideType(binder: binder, types)
        case .insideElement(let binder, let container): return .insideElement(binder: binder, container: container)
        }
    }

    /// `contains` with texts known beforehand joins the scan of its operand; the rest compares value by value.
    private mutating func entry(
        of relation: TextRelation, _ left: Operand, _ others: [Operand], exactly: Bool
    ) -> AtomTest {
        switch relation {
        case .contains:
            let texts = others.compactMap { other -> Text? in
                guard case .constant(let value) = other, let text = value.searchableText, !text.utf8.isEmpty else {
                    return nil
                }
                return text
            }
            guard texts.count == others.count else {
                return .contains(operand(left), operands(others), exactly: exactly)
            }
            let (group, patterns) = search(texts.map { TextPattern(exactly ? .exact : .literal, $0) }, in: left)
            return .search(group: group, patterns: patterns)
        case .starts: return .starts(operand(left), operands(others), exactly: exactly)
        case .ends: return .ends(operand(left), operands(others), exactly: exactly)
        case .looksLike: return .looksLike(operand(left), operands(others))
        }
    }

    private mutating func set(_ number: Int) -> Int {
        if let known = setNumbers[number] { return known }
        setNumbers[number] = program.sets.count
        program.sets.append(policy.sets[number])
        return program.sets.count - 1
    }

    private mutating func dictionary(_ number: Int) -> Int {
        if let known = dictionaryNumbers[number] { return known }
        dictionaryNumbers[number] = program.dictionaries.count
        let dictionary = policy.dictionaries[number]
        program.dictionaries.append(
            DictionaryTable(
                name: dictionary.name, weights: dictionary.entries.map(\.weight),
                times: dictionary.entries.map(\.times)))
        return program.dictionaries.count - 1
    }
}
