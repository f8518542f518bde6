import Vocabulary

/// What one rule of a policy does, as wires.
struct RuleWires {
    /// It fires and nothing excuses it.
    let fires: Circuit.Literal
    /// It is undetermined, not excused and not lifted, by class of reasons.
    let undetermined: [Circuit.Literal]
    /// Why it can be undetermined; a class of reasons may hold others.
    let possible: Reasons
    /// What it asks for is at least of this rank.
    let reaches: [Disposition: Circuit.Literal]
}

/// Verdicts and decisions of one policy over the shared circuit, with unless, exemptions and answers.
struct VerdictEncoder {
    let policy: CanonicalPolicy
    let side: Side
    let encoder: ConditionEncoder
    /// The gravest thing a rule that is not looked into can ask for, by wires that both policies share.
    let leftOut: [Disposition: Circuit.Literal]

    private var circuit: Circuit { encoder.circuit }
    private var classes: ReasonClasses { encoder.classes }
    private var place: EncodingPlace { EncodingPlace(element: nil, side: side) }
    private var direction: Direction { encoder.directions[side] ?? .inbound }

    /// The rules of these numbers.
    func rules(_ numbers: [Int]) -> [RuleWires] {
        numbers.map { wires(of: policy.rules[$0]) }
    }

    /// The disposition is at least this.
    func decision(atLeast disposition: Disposition, _ rules: [RuleWires]) -> Circuit.Literal {
        guard disposition > .deliver else { return circuit.yes }
        return circuit.or(
            rules.map { $0.reaches[disposition] ?? circuit.no } + [leftOut[disposition] ?? circuit.no])
    }

    private func wires(of rule: CanonicalRule) -> RuleWires {
        let condition = encoder.truth(of: rule.when, at: place)
        let excuses = policy.excuses(of: rule).map { encoder.truth(of: $0, at: place) }
        let isExcused = circuit.or(excuses.map(\.isTrue))
        let fires = circuit.and(condition.isTrue, -isExcused)
        let isLifted = circuit.or(policy.lifting(rule).map { lifts($0, condition) })
        let undetermined = condition.unknown.map { circuit.and($0, -isExcused, -isLifted) }
        let isWeakened = circuit.or(excuses.map(lacksEngineOnly))
        var reaches: [Disposition: Circuit.Literal] = [:]
        for disposition in Disposition.allCases where disposition > .deliver {
            reaches[disposition] = circuit.or(
                [firing(rule.consequence.disposition, disposition, fires, isWeakened)]
                    + classes.indices.filter { answer($0, of: rule) >= disposition }.map { undetermined[$0] }
                    + stripAnswers(of: rule, fires).filter { answer($0.index, of: rule) >= disposition }.map(\.wire))
        }
        return RuleWires(
            fires: fires, undetermined: undetermined, possible: rule.when.possibleReasons, reaches: reaches)
    }

    /// By class of reasons: the rule fires and answers for what its `strip` may miss.
    private func stripAnswers(
        of rule: CanonicalRule, _ fires: Circuit.Literal
    ) -> [(index: Int, wire: Circuit.Literal)] {
        guard rule.consequence.actions.contains(.strip) else { return [] }
        let missed = encoder.missedByStrip(rule, at: place)
        let isLifted = circuit.or(policy.lifting(rule).map { lifts($0, missed) })
        return classes.indices.map { ($0, circuit.and(fires, missed.unknown[$0], -isLifted)) }
    }

    private func answer(_ index: Int, of rule: CanonicalRule) -> Disposition {
        rule.answers[classes.representative(index), direction].disposition
    }

    /// An undetermined verdict all of whose reasons lie in the exemption's set is lifted.
    private func lifts(_ exemption: CanonicalExemption, _ condition: TruthWires) -> Circuit.Literal {
        let outside = classes.indices.filter { !classes.meets($0, exemption.unknown) }.map { -condition.unknown[$0] }
        return circuit.and([encoder.truth(of: exemption.when, at: place).isTrue] + outside)
    }

    /// All that the excuse lacks is an engine's answer: then what would be refused for good is deferred.
    private func lacksEngineOnly(_ excuse: TruthWires) -> Circuit.Literal {
        circuit.and(
            classes.indices.map { classes.classes[$0] == .engineDown ? excuse.unknown[$0] : -excuse.unknown[$0] })
    }

    private func firing(
        _ asked: Disposition, _ disposition: Disposition, _ fires: Circuit.Literal, _ isWeakened: Circuit.Literal
    ) -> Circuit.Literal {
        guard asked >= disposition else { return circuit.no }
        let isPermanent = asked == .reject || asked == .discard
        return isPermanent && disposition > .defer ? circuit.and(fires, -isWeakened) : fires
    }
}
