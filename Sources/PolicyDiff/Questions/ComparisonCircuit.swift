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
    let policies: [Side: CanonicalPolicy]
    private(set) var rules: [Side: [RuleWires?]] = [:]
    private var decisions: [Side: [Disposition: Circuit.Literal]] = [:]

    init(old: CanonicalPolicy, new: CanonicalPolicy, directions: [Side: Direction], limits: ComparisonLimits) {
        policies = [.old: old, .new: new]
        self.directions = directions
        circuit = Circuit(gates: limits.gates)
        classes = ReasonClasses([old, new])
        let inventory = Self.inventory(old, new)
        let tables = inventory.questions.mapValues { CellTable($0, relatedPairs: limits.relatedPairs) }
        elements = ElementPool(
            inventory.quantifiers, circuit: circuit, classes: classes, limit: limits.elements)
        facts = FactInstances(
            circuit, classes, tables,
            sharesHeader: Set(old.organisation.authenticationServers)
                == Set(new.organisation.authenticationServers)
                && old.organisation.timeZone == new.organisation.timeZone
                && (old.suffixes == nil || new.suffixes == nil || old.suffixes == new.suffixes))
        encoder = ConditionEncoder(
            circuit: circuit, classes: classes, facts: facts, elements: elements, directions: directions,
            sharesLists: old.limits == new.limits)
        for (side, policy) in [(Side.old, old), (.new, new)] {
            let verdicts = VerdictEncoder(policy: policy, side: side, encoder: encoder)
            let wires = verdicts.rules()
            rules[side] = wires
            for disposition in Disposition.allCases {
                decisions[side, default: [:]][disposition] = verdicts.decision(atLeast: disposition, wires)
            }
            requireHonestOrigin(side)
        }
    }

    /// Who logged in comes from inside, whatever the address: such mail is never inbound.
    private func requireHonestOrigin(_ side: Side) {
        guard directions[side] == .inbound else { return }
        let alternative = [Alternative.same(.bool(true), exactly: false)]
        let subject = Subject.fact(FactReference(.authenticated))
        guard facts.table(of: subject)?.cells(of: alternative) != nil else { return }
        let place = EncodingPlace(element: nil, side: side)
        circuit.require(-encoder.truth(of: .test(.oneOf(subject, alternative)), at: place).isTrue)
    }

    /// Facts and quantifiers of both policies, those of changed rules first.
    private static func inventory(_ old: CanonicalPolicy, _ new: CanonicalPolicy) -> Inventory {
        var inventory = Inventory()
        func meaning(_ policy: CanonicalPolicy) -> Set<Condition> {
            Set(policy.rules.flatMap { [$0.when] + $0.unless } + policy.exemptions.map(\.when))
        }
        let (ofOld, ofNew) = (meaning(old), meaning(new))
        for condition in ofOld.symmetricDifference(ofNew).canonicallySorted() { inventory.add(condition) }
        for condition in ofOld.intersection(ofNew).canonicallySorted() { inventory.add(condition) }
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

    /// Wires that a case should have as few of as it can: elements, what is missing, values, what was not looked into.
    var costs: [Circuit.Literal] {
        var wires = elements.all.flatMap { element in
            ElementListName.allCases.map(element.isIn).filter { $0 != circuit.no }
        }
        for list in ElementListName.allCases { wires += elements.missing(from: list) }
        for (_, _, _, instance) in facts.all {
            wires += instance.missing + instance.undecided + instance.cells + [instance.exists]
        }
        wires += encoder.assumed.flatMap { [$0.wires.isTrue] + $0.wires.unknown }
        return wires.filter { $0 != circuit.no && $0 != circuit.yes }
    }
}
