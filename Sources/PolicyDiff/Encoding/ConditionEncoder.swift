import Vocabulary

/// A truth of three values as wires: true, and unknown for each class of reasons. Neither is false.
struct TruthWires {
    var isTrue: Circuit.Literal
    var unknown: [Circuit.Literal]
}

/// Conditions as circuits over what may be true of one message and one recipient.
///
/// # Why a "no" of the solver is a proof
///
/// Claim: for every message, recipient and answer of an engine there is an assignment under which every condition of
/// both policies has on its wires the truth that the reference interpreter gives it. Then a question whose circuit has
/// no model is asked in vain of real mail too. What follows only ever *adds* models.
///
/// - *Gates* compute `and`, `or`, `not` and `at least` exactly as `Truth` does. Classes of reasons stand for their
///   members, because these operations unite reasons and never look into them (`ReasonClasses`).
/// - *Tests of facts.* A test of a subject is true if one value satisfies one alternative, else unknown for what is
///   missing of the subject. The wires of a `FactInstance` are just these: one for each cell, one for each class that
///   is missing. Both policies read the same instance, for a fact is the same whoever asks; where the header has a say
///   in the fact and differs, each side has its own. Relations between cells are required only where they are certain
///   (`AlternativeLogic`); those of single values only for facts that have one (`FactKnowledge`).
/// - *Quantifiers.* Take a message and choose, for each outermost quantifier, an element that makes it true if there is
///   one, and for each class of reasons an element that is unknown for it if there is one. Remove all other elements:
///   no outermost quantifier changes its truth, since it is existential and what made it true or unknown is still
///   there. Where the policies see the header otherwise, a quantifier has a truth for each of them, and two such sets
///   of elements. So messages with as many elements as that are enough, and the pool has them. Where a bound cuts the
///   pool short, the quantifiers that lost their witnesses get free wires beside their elements.
/// - *What is not looked into* (inner quantifiers, totals, relations between two facts, and whatever this room does not
///   know) has free wires, the same ones wherever the same thing stands at the same element. Totals of one measure are
///   ordered by their bounds, dictionaries by their weights: both are monotonic whatever is counted.
///
/// What is left out: a machine that breaks down, and a worker that is late. Both defer under either policy.
final class ConditionEncoder {
    private struct Key: Hashable {
        let condition: Condition
        let place: EncodingPlace
    }

    private struct OpaqueKey: Hashable {
        let condition: Condition
        let element: Int?
        let side: Side?
    }

    let circuit: Circuit
    let classes: ReasonClasses
    let facts: FactInstances
    let elements: ElementPool
    /// Which way the message goes by each policy.
    let directions: [Side: Direction]
    /// Whether both policies look at lists as far; else what lists say is told apart, and not looked into.
    let sharesLists: Bool
    private(set) var totals: TotalOrder
    private(set) var lexicons: LexiconOrder
    private var known: [Key: TruthWires] = [:]
    private var opaque: [OpaqueKey: TruthWires] = [:]
    private var opaqueOrder: [OpaqueKey] = []

    init(
        circuit: Circuit, classes: ReasonClasses, facts: FactInstances, elements: ElementPool,
        directions: [Side: Direction], sharesLists: Bool
    ) {
        self.circuit = circuit
        self.classes = classes
        self.facts = facts
        self.elements = elements
        self.directions = directions
        self.sharesLists = sharesLists
        totals = TotalOrder(circuit, classes)
        lexicons = LexiconOrder(circuit, classes)
    }

    /// The wires of a condition. The same condition at the same place has the same wires.
    func truth(of condition: Condition, at place: EncodingPlace) -> TruthWires {
        // A circuit that has met a bound is not solved: nothing more need be put into it.
        guard circuit.stop == nil else { return constant(false) }
        // Where nothing tells the sides apart, they share every wire, the free ones too.
        let shared = EncodingPlace(element: place.element, side: side(of: place) ?? .old)
        let key = Key(condition: condition, place: shared)
        if let wires = known[key] { return wires }
        let wires = encode(condition, shared)
        known[key] = wires
        return wires
    }

    /// The wires of a condition that has been put into the circuit; `nil` where it has not.
    func knownTruth(of condition: Condition, at place: EncodingPlace) -> TruthWires? {
        if case .constant(let value) = condition { return constant(value) }
        return known[Key(condition: condition, place: place)]
    }

    private var never: [Circuit.Literal] { classes.indices.map { _ in circuit.no } }

    private func constant(_ value: Bool) -> TruthWires {
        TruthWires(isTrue: circuit.constant(value), unknown: never)
    }

    private func encode(_ condition: Condition, _ place: EncodingPlace) -> TruthWires {
        switch condition {
        case .constant(let value): return constant(value)
        case .test(let question): return truth(of: question, place)
        case .not(let inner):
            let wires = truth(of: inner, at: place)
            return TruthWires(isTrue: isFalse(wires), unknown: wires.unknown)
        case .all(let inner): return all(inner.map { truth(of: $0, at: place) })
        case .any(let inner): return any(inner.map { truth(of: $0, at: place) })
        case .atLeast(let number, let inner):
            return atLeast(number, inner.map { truth(of: $0, at: place) })
        case .some(let list, _, let body):
            guard place.element == nil, sharesLists else {
                return opaque(condition, condition.freeBinders, condition.possibleReasons, place)
            }
            return some(condition, list, body, place)
        case .total(.score(let rows), let bound):
            return score(rows, bound, EncodingPlace(element: nil, side: place.side))
        case .total(let total, let bound):
            guard place.element == nil, sharesLists else {
                return opaque(condition, condition.freeBinders, condition.possibleReasons, place)
            }
            return totals.truth(of: total, atLeast: bound, side: side(of: place)) { [self] in
                guard case .elements(let list, let binder, let body) = total else { return nil }
                return truth(of: .some(list, binder: binder, body), at: place)
            }
        }
    }

    // MARK: Logic

    func isFalse(_ wires: TruthWires) -> Circuit.Literal { -circuit.or([wires.isTrue] + wires.unknown) }

    private func all(_ operands: [TruthWires]) -> TruthWires {
        let isFalse = circuit.or(operands.map(isFalse))
        return TruthWires(isTrue: circuit.and(operands.map(\.isTrue)), unknown: union(operands, unless: isFalse))
    }

    private func any(_ operands: [TruthWires]) -> TruthWires {
        let isTrue = circuit.or(operands.map(\.isTrue))
        return TruthWires(isTrue: isTrue, unknown: union(operands, unless: isTrue))
    }

    private func atLeast(_ number: Int, _ operands: [TruthWires]) -> TruthWires {
        let isTrue = circuit.atLeast(number, of: operands.map(\.isTrue))
        let isPossible = circuit.atLeast(number, of: operands.map { -isFalse($0) })
        return TruthWires(
            isTrue: isTrue, unknown: union(operands, unless: circuit.or(isTrue, -isPossible)))
    }

    private func union(_ operands: [TruthWires], unless decided: Circuit.Literal) -> [Circuit.Literal] {
        classes.indices.map { index in circuit.and(-decided, circuit.or(operands.map { $0.unknown[index] })) }
    }

    /// A score is an interval: surely the rows that hold, perhaps those that may.
    private func score(_ rows: [ScoreRow], _ bound: Int64, _ place: EncodingPlace) -> TruthWires {
        let truths = rows.map { truth(of: $0.when, at: place) }
        func sum(_ counts: (TruthWires, Int64) -> Circuit.Literal) -> Circuit.Literal {
            let terms = zip(truths, rows).map { (wire: counts($0, $1.weight), weight: $1.weight) }
            return WeightedSum(circuit, terms).atLeast(bound)
        }
        let certain = sum { $1 < 0 ? -isFalse($0) : $0.isTrue }
        let possible = sum { $1 > 0 ? -isFalse($0) : $0.isTrue }
        let decided = circuit.or(certain, -possible)
        return TruthWires(isTrue: certain, unknown: union(truths, unless: decided))
    }

    // MARK: Quantifiers

    private func some(
        _ condition: Condition, _ list: ElementListName, _ body: Condition, _ place: EncodingPlace
    ) -> TruthWires {
        let all = elements.elements(of: list)
        let bodies = all.map { element in
            truth(of: body, at: EncodingPlace(element: element.number, side: place.side))
        }
        let isComplete = elements.hasWitnesses(of: condition)
        var holds = zip(all, bodies).map { circuit.and($0.isIn(list), $1.isTrue) }
        if !isComplete { holds.append(circuit.free()) }
        let isTrue = circuit.or(holds)
        let missing = elements.missing(from: list)
        let possible = condition.possibleReasons
        let unknown = classes.indices.map { index in
            var reasons = zip(all, bodies).map { circuit.and($0.isIn(list), $1.unknown[index]) }
            reasons.append(missing[index])
            if !isComplete, classes.meets(index, possible) { reasons.append(circuit.free()) }
            return circuit.and(-isTrue, circuit.or(reasons))
        }
        // The witnesses chosen beforehand: without these clauses the solver would try every element for each.
        let side = side(of: place)
        if let witness = elements.witness(of: condition, side: side, reasons: nil),
            let index = all.firstIndex(of: witness)
        {
            circuit.require(-isTrue, holds[index])
            for reason in classes.indices {
                guard let other = elements.witness(of: condition, side: side, reasons: reason),
                    let place = all.firstIndex(of: other)
                else { continue }
                circuit.require(
                    -unknown[reason], missing[reason], circuit.and(other.isIn(list), bodies[place].unknown[reason]))
            }
        }
        return TruthWires(isTrue: isTrue, unknown: unknown)
    }

    // MARK: Tests

    private func truth(of question: Question, _ place: EncodingPlace) -> TruthWires {
        switch question {
        case .exists(let subject):
            return resolve(subject, place) { [self] in
                if case .constant = $0 { return constant(true) }
                let instance = facts.instance(of: $0, at: place)
                return found(instance.exists, missing: instance.missing)
            }
        case .oneOf(let subject, let alternatives):
            return resolve(subject, place) { [self] in oneOf($0, alternatives, place) }
        case .mentions(_, _, _, true): return opaque(.test(question), question.binders, question.possibleReasons, place)
        case .mentions(let subject, let lexicon, let threshold, false):
            return resolve(subject, place) { [self] in
                guard case .fact = $0 else { return opaque(.test(question), question.binders, .all, place) }
                let instance = facts.instance(of: $0, at: place)
                return lexicons.truth(
                    of: lexicon, threshold, of: $0, at: $0.binders.isEmpty ? nil : place.element, instance)
            }
        case .related(let first, _, let second):
            let reasons = FactKnowledge.reasons(first).union(FactKnowledge.reasons(second))
            return opaque(.test(question), question.binders, reasons, place)
        case .inside: return opaque(.test(question), question.binders, [], place)
        case .unfamiliar: return opaque(.test(question), question.binders, .all, place)
        }
    }

    /// `A otherwise B`: of A, and of B where A is absent.
    private func resolve(
        _ subject: Subject, _ place: EncodingPlace, _ simple: (Subject) -> TruthWires
    ) -> TruthWires {
        guard case .otherwise(let first, let second) = subject else { return simple(subject) }
        let one = resolve(first, place, simple)
        let other = resolve(second, place, simple)
        let absent = isAbsent(first, place)
        func either(_ left: Circuit.Literal, _ right: Circuit.Literal) -> Circuit.Literal {
            circuit.or(circuit.and(-absent, left), circuit.and(absent, right))
        }
        return TruthWires(
            isTrue: either(one.isTrue, other.isTrue), unknown: zip(one.unknown, other.unknown).map(either))
    }

    private func isAbsent(_ subject: Subject, _ place: EncodingPlace) -> Circuit.Literal {
        switch subject {
        case .constant, .unfamiliar: return circuit.no
        case .otherwise(let first, let second): return circuit.and(isAbsent(first, place), isAbsent(second, place))
        case .fact, .containers:
            let instance = facts.instance(of: subject, at: place)
            return -circuit.or([instance.exists] + instance.missing)
        }
    }

    private func found(_ isTrue: Circuit.Literal, missing: [Circuit.Literal]) -> TruthWires {
        TruthWires(isTrue: isTrue, unknown: missing.map { circuit.and(-isTrue, $0) })
    }

    private func oneOf(_ subject: Subject, _ alternatives: [Alternative], _ place: EncodingPlace) -> TruthWires {
        let whole = Condition.test(.oneOf(subject, alternatives))
        switch subject {
        case .fact(let reference) where reference.fact == .direction && reference.members.isEmpty:
            let value = Value.symbol((directions[place.side] ?? .inbound).rawValue)
            return holds(alternatives, for: value) ?? opaque(whole, [], [], place)
        case .constant(let value):
            return holds(alternatives, for: value) ?? opaque(whole, [], .overLimit, place)
        case .fact, .containers:
            guard let cells = facts.table(of: subject)?.cells(of: alternatives) else {
                return opaque(whole, subject.binders, .all, place)
            }
            let instance = facts.instance(of: subject, at: place)
            let isTrue = circuit.or(cells.map { instance.cells[$0] })
            let isUndecided = circuit.or(cells.map { instance.undecided[$0] })
            let missing = classes.indices.map { index in
                classes.meets(index, .overLimit)
                    ? circuit.or(instance.missing[index], isUndecided) : instance.missing[index]
            }
            return found(isTrue, missing: missing)
        case .otherwise, .unfamiliar: return opaque(whole, subject.binders, .all, place)
        }
    }

    private func holds(_ alternatives: [Alternative], for value: Value) -> TruthWires? {
        let answers = alternatives.map { AlternativeLogic.holds($0, for: value) }
        if answers.contains(true) { return constant(true) }
        return answers.contains(nil) ? nil : constant(false)
    }

    // MARK: What is not looked into

    /// The conditions that were not looked into, with their wires.
    var assumed: [(condition: Condition, wires: TruthWires)] {
        opaqueOrder.compactMap { key in opaque[key].map { (key.condition, $0) } }
    }

    private func side(of place: EncodingPlace) -> Side? {
        facts.sharesHeader && sharesLists && directions[.old] == directions[.new] ? nil : place.side
    }

    /// Elements of which it cannot be told whether a rule that fired takes them away: nothing is known of them.
    func missedByStrip(_ rule: CanonicalRule, at place: EncodingPlace) -> TruthWires {
        let words = "what `strip` takes away where \(rule.when.written(exactly: true))"
        return opaque(.test(.unfamiliar(words)), [], .all, place)
    }

    private func opaque(
        _ condition: Condition, _ binders: Set<Int>, _ reasons: Reasons, _ place: EncodingPlace
    ) -> TruthWires {
        // What depends on the header may differ between the sides, and so may what was not looked into.
        let key = OpaqueKey(
            condition: condition, element: binders.isEmpty ? nil : place.element, side: side(of: place))
        if let wires = opaque[key] { return wires }
        let isTrue = circuit.free()
        let unknown = classes.indices.map { index in
            classes.meets(index, reasons) ? circuit.and(-isTrue, circuit.free()) : circuit.no
        }
        let wires = TruthWires(isTrue: isTrue, unknown: unknown)
        opaque[key] = wires
        opaqueOrder.append(key)
        return wires
    }
}
