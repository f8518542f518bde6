import Vocabulary

/// Both policies over one circuit, for a recipient to whom the message goes this way by the old policy and that way by
/// the new one.
final class ComparisonCircuit {
    let circuit: Circuit
    let classes: ReasonClasses
    let elements: ElementPool
    let facts: FactInstances
    let encoder: ConditionEncoder
    let directions: [Side: Direction]
    /// Of the new policy.
    let organisation: Organisation
    /// The rules that are looked into, with their wires.
    private(set) var rules: [Side: [(name: String, wires: RuleWires)]] = [:]
    /// Whether a rule that is left out asks for so much: the same wires for both policies.
    let leftOut: [Disposition: Circuit.Literal]
    private var decisions: [Side: [Disposition: Circuit.Literal]] = [:]

    init(_ policies: [Side: CanonicalPolicy], _ focus: RuleFocus, _ limits: ComparisonLimits, until deadline: Deadline)
    {
        directions = focus.directions
        organisation = policies[.new]?.organisation ?? Organisation()
        circuit = Circuit(gates: limits.gates, until: deadline)
        leftOut = Self.leftOut(focus.leftOut, circuit)
        let sharing = focus.sharing
        let meant = Side.allCases.map { side in Self.meaning(policies[side], focus.rules(of: side)) }
        classes = ReasonClasses(meant.flatMap(\.rules), exempted: Set(meant.flatMap(\.exempted)))
        let inventory = Self.inventory(meant.map(\.conditions))
        let tables = inventory.questions.mapValues {
            CellTable($0, relatedPairs: limits.relatedPairs, until: deadline)
        }
        elements = ElementPool(
            inventory.quantifiers, sharesTruth: sharing.isWhole, circuit: circuit, classes: classes,
            limit: limits.elements)
        facts = FactInstances(circuit, classes, tables, sharesHeader: sharing.header)
        encoder = ConditionEncoder(
            circuit: circuit, classes: classes, facts: facts, elements: elements, directions: directions,
            sharesLists: sharing.lists)
        for side in Side.allCases {
            guard let policy = policies[side] else { continue }
            let verdicts = VerdictEncoder(policy: policy, side: side, encoder: encoder, leftOut: leftOut)
            let numbers = focus.rules(of: side)
            let wires = verdicts.rules(numbers)
            rules[side] = zip(numbers, wires).map { (policy.rules[$0].name, $1) }
            for disposition in Disposition.allCases {
                decisions[side, default: [:]][disposition] = verdicts.decision(atLeast: disposition, wires)
            }
            requireHonesty(
                of: side, HonestEnvelope(direction: directions[side] ?? .inbound, organisation: policy.organisation))
        }
    }

    /// Envelopes that go this way by no claim of somebody's.
    private func requireHonesty(of side: Side, _ envelope: HonestEnvelope) {
        for subject in HonestEnvelope.subjects {
            guard let table = facts.table(of: subject) else { continue }
            let instance = facts.instance(of: subject, at: EncodingPlace(element: nil, side: side))
            for (alternatives, wire) in zip(table.cells, instance.cells) {
                switch envelope.certainty(of: alternatives, for: subject) {
                case .always: circuit.require(wire)
                case .never: circuit.require(-wire)
                case .open: break
                }
            }
            if envelope.certainty(of: table.cells.flatMap(\.self), for: subject) == .always {
                circuit.require(circuit.or(instance.cells))
            }
        }
    }

    /// Some rule that is left out asks for at least so much. What none asks for is reached by what is graver only.
    private static func leftOut(_ asked: Set<Disposition>, _ circuit: Circuit) -> [Disposition: Circuit.Literal] {
        var wires: [Disposition: Circuit.Literal] = [:]
        var graver = circuit.no
        for disposition in Disposition.allCases.sorted(by: >) where disposition > .deliver {
            if asked.contains(disposition) {
                let wire = circuit.free()
                circuit.require(-graver, wire)
                graver = wire
            }
            wires[disposition] = graver
        }
        return wires
    }

    private typealias Meaning = (rules: [CanonicalRule], conditions: Set<Condition>, exempted: Set<Reasons>)

    /// Of one policy, the rules that are looked into and what they and their exemptions speak of.
    private static func meaning(_ policy: CanonicalPolicy?, _ numbers: [Int]) -> Meaning {
        guard let policy else { return ([], [], []) }
        let rules = numbers.map { policy.rules[$0] }
        var conditions: Set<Condition> = []
        var exempted: Set<Reasons> = []
        for rule in rules {
            conditions.insert(rule.when)
            conditions.formUnion(policy.excuses(of: rule))
            for exemption in policy.lifting(rule) {
                conditions.insert(exemption.when)
                exempted.insert(exemption.unknown)
            }
        }
        return (rules, conditions, exempted)
    }

    /// Facts and quantifiers of both policies, those of changed conditions first.
    private static func inventory(_ conditions: [Set<Condition>]) -> Inventory {
        var inventory = Inventory()
        let all = conditions.reduce(into: Set<Condition>()) { $0.formUnion($1) }
        let shared = conditions.reduce(all) { $0.intersection($1) }
        for condition in all.subtracting(shared).canonicallySorted() { inventory.add(condition) }
        for condition in shared.canonicallySorted() { inventory.add(condition) }
        return inventory
    }

    /// The wire that holds where the dispositions are what the question asks for.
    func goal(of question: PassageQuestion) -> Circuit.Literal {
        var pairs: [Circuit.Literal] = []
        for old in Disposition.allCases {
            for new in Disposition.allCases where question.asksFor(old: old, new: new) {
                pairs.append(circuit.and(isExactly(old, .old), isExactly(new, .new)))
            }
        }
        return circuit.or(pairs)
    }

    private func isExactly(_ disposition: Disposition, _ side: Side) -> Circuit.Literal {
        let reached = decision(side, atLeast: disposition)
        guard let next = Disposition.allCases.sorted().first(where: { $0 > disposition }) else { return reached }
        return circuit.and(reached, -decision(side, atLeast: next))
    }

    func decision(_ side: Side, atLeast disposition: Disposition) -> Circuit.Literal {
        decisions[side]?[disposition] ?? circuit.no
    }

    /// Wires of what could not be read: a case without any of it is the likeliest to be shown by a mail.
    var doubts: [Circuit.Literal] {
        var wires = ElementListName.allCases.flatMap { elements.missing(from: $0) }
        for (_, _, _, instance) in facts.all { wires += instance.missing + instance.undecided }
        return undetermined(wires + encoder.totals.reasons + encoder.assumed.flatMap(\.wires.unknown))
    }

    /// Wires that a case should have as few of as it can: elements, what is missing, values, what was not looked into.
    var costs: [Circuit.Literal] {
        var wires = elements.all.flatMap { element in
            ElementListName.allCases.map(element.isIn).filter { $0 != circuit.no }
        }
        for list in ElementListName.allCases { wires += elements.missing(from: list) }
        for (_, _, _, instance) in facts.all {
            wires += instance.missing + instance.undecided + instance.cells + [instance.exists]
        }
        for (_, bounds) in encoder.totals.all { wires += bounds.flatMap { [$0.certain, $0.possible] } }
        for (_, _, entries) in encoder.lexicons.all { wires += entries.flatMap { [$0.certain, $0.possible] } }
        wires += encoder.assumed.flatMap { [$0.wires.isTrue] + $0.wires.unknown }
        return undetermined(wires + Set(leftOut.values).sorted())
    }

    private func undetermined(_ wires: [Circuit.Literal]) -> [Circuit.Literal] {
        wires.filter { $0 != circuit.no && $0 != circuit.yes }
    }
}
