import Vocabulary

/// Judges a message by walking the typed policy: clear and slow, the measure that the machine is held to.
///
/// Nothing is shared, remembered or reordered; every formula is evaluated anew wherever it stands.
public struct ReferenceInterpreter {
    private let policy: TypedPolicy
    private let matcher: NaiveTextMatcher
    private let suffixes: (any PublicSuffixes)?

    /// - Parameter suffixes: those of the policy, if it has some.
    public init(policy: TypedPolicy, patterns: any PatternChecker, suffixes: (any PublicSuffixes)? = nil) {
        self.policy = policy
        self.suffixes = suffixes
        matcher = NaiveTextMatcher(patterns: patterns)
    }

    /// One decision for each recipient of the envelope, in its order.
    public func decide(facts: any FactSource, envelope: Envelope) -> [Decision] {
        envelope.recipients.indices.map { index in
            let recipient = envelope.recipients[index]
            let direction = policy.organisation.direction(of: envelope, for: recipient)
            let evaluation = FormulaEvaluation(
                policy: policy, facts: facts, matcher: matcher, recipient: recipient, direction: direction,
                suffixes: suffixes)
            return decide(evaluation, recipient: recipient, direction: direction)
        }
    }

    private func decide(_ evaluation: FormulaEvaluation, recipient: Address, direction: Direction) -> Decision {
        var decision = Decision(recipient: recipient, direction: direction)
        var consequences: [(rule: String, consequence: Consequence)] = []
        for rule in policy.rules.sorted(by: { $0.name < $1.name }) where rule.directions.contains(direction.set) {
            switch verdict(of: rule, evaluation, direction) {
            case .quiet:
                break
            case .exempted(let by):
                decision.exempted.append(Exempted(rule: rule.name, by: by))
            case .speaks(let verdict, let asked):
                var filling = ConsequenceFilling(evaluation: evaluation, rule: rule, unknown: verdict.unknown)
                var filled = asked.map(filling.fill)
                var verdict = verdict
                if verdict.verdict == .fires, asked.contains(where: { $0.actions.contains(.strip) }) {
                    // What it cannot tell of other elements is answered as if the rule were undetermined.
                    verdict.unknown = filling.stripped().unknown
                    filling = ConsequenceFilling(evaluation: evaluation, rule: rule, unknown: verdict.unknown)
                    switch answers(of: rule, to: verdict.unknown, evaluation, direction) {
                    case .exempted(let by): decision.exempted.append(Exempted(rule: rule.name, by: by))
                    case .asks(let further): filled += further.map(filling.fill)
                    }
                }
                decision.rules.append(verdict)
                for (consequence, withheld) in filled {
                    consequences.append((rule.name, consequence))
                    decision.withheld += withheld.filter { !decision.withheld.contains($0) }
                }
            }
        }
        join(consequences, into: &decision)
        return decision
    }

    private enum Judgement {
        case quiet
        case exempted(by: String)
        case speaks(RuleVerdict, [TypedConsequence])
    }

    private func verdict(of rule: TypedRule, _ evaluation: FormulaEvaluation, _ direction: Direction) -> Judgement {
        let condition = evaluation.truth(of: rule.when)
        if condition.isFalse { return .quiet }
        let exemptions = rule.isMandatory ? [] : policy.exemptions.sorted { $0.name < $1.name }
        var excuses = rule.unless.map { (name: "unless", truth: evaluation.truth(of: $0)) }
        for exemption in exemptions where exemption.rules.contains(rule.name) {
            excuses.append((exemption.name, evaluation.truth(of: exemption.when)))
        }
        if let excuse = excuses.first(where: { $0.truth.isTrue }) { return .exempted(by: excuse.name) }

        let evidence = EvidenceFinder(evaluation: evaluation).evidence(for: rule.when, value: condition)
        if condition.isTrue {
            var consequence = rule.consequence
            // A fault of an engine is no reason for a permanent refusal.
            if excuses.contains(where: { $0.truth.reasons == .engineDown }),
                consequence.disposition == .reject || consequence.disposition == .discard
            {
                consequence.disposition = .defer
                consequence.reason = nil
            }
            return .speaks(RuleVerdict(name: rule.name, verdict: .fires, evidence: evidence), [consequence])
        }

        let reasons = condition.reasons
        switch answers(of: rule, to: reasons, evaluation, direction) {
        case .exempted(let by): return .exempted(by: by)
        case .asks(let asked):
            let isQuiet = reasons.singles.allSatisfy { rule.answers[$0, direction] == .quiet }
            let verdict = RuleVerdict(name: rule.name, verdict: .undetermined, unknown: reasons, evidence: evidence)
            return isQuiet ? .quiet : .speaks(verdict, asked)
        }
    }

    private enum Answers {
        case exempted(by: String)
        case asks([TypedConsequence])
    }

    /// What the rule's answers to these reasons ask for, unless an exemption lifts them.
    private func answers(
        of rule: TypedRule, to reasons: Reasons, _ evaluation: FormulaEvaluation, _ direction: Direction
    ) -> Answers {
        if reasons.isEmpty { return .asks([]) }
        let exemptions = rule.isMandatory ? [] : policy.exemptions.sorted { $0.name < $1.name }
        let lifting = exemptions.first {
            $0.unknown.isSuperset(of: reasons) && evaluation.truth(of: $0.when).isTrue
        }
        if let lifting { return .exempted(by: lifting.name) }
        return .asks(
            reasons.singles.compactMap { reason in
                if case .consequence(let consequence) = rule.answers[reason, direction] { return consequence }
                return nil
            })
    }

    private func join(_ consequences: [(rule: String, consequence: Consequence)], into decision: inout Decision) {
        let all = consequences.map(\.consequence)
        decision.disposition = all.map(\.disposition).max() ?? .deliver
        decision.areas = Set(all.flatMap(\.areas)).sorted()
        if decision.disposition == .reject {
            decision.reason = all.first { $0.disposition == .reject }?.reason
        }
        var planned: [PlannedAction] = []
        for (rule, consequence) in consequences {
            for action in consequence.actions {
                let one = PlannedAction(rule: rule, action: action)
                if !planned.contains(one) { planned.append(one) }
            }
        }
        switch decision.disposition {
        case .defer:
            planned = []
            decision.withheld = []
        case .discard, .reject: planned = planned.filter(\.action.isIndependentOfDisposition)
        case .deliver, .quarantine: break
        }
        decision.actions = planned.inPhases()
    }
}
