import Bytecode
import Vocabulary

extension LoadedProgram {
    /// One decision for each recipient of the envelope, in its order.
    ///
    /// If the budget of steps runs out, everyone's decision is to defer, with the trap's text.
    public func decide(facts: any FactSource, envelope: Envelope) -> [Decision] {
        judge(facts: facts, envelope: envelope).decisions
    }

    /// As `decide`, with the steps that were taken: at most the cost the manifest declares.
    public func judge(facts: any FactSource, envelope: Envelope) -> (decisions: [Decision], steps: UInt64) {
        guard !envelope.recipients.isEmpty else { return ([], 0) }
        let directions = envelope.recipients.map { program.organisation.direction(of: envelope, for: $0) }
        var judging = Judging(self, facts: facts, recipient: envelope.recipients[0], direction: directions[0])
        do throws(Trap) {
            let decisions = try judging.decide(envelope.recipients, directions)
            return (decisions, judging.steps)
        } catch {
            let decisions = zip(envelope.recipients, directions).map { recipient, direction in
                Decision(recipient: recipient, direction: direction, disposition: .defer, trap: error.text)
            }
            return (decisions, judging.steps)
        }
    }
}

/// The judgement of one message.
struct Judging {
    let loaded: LoadedProgram
    let inquiry: Inquiry
    /// Owns the one execution of the message, so that evidence shares what is remembered without copying it.
    var explainer: Explainer
    /// What the formulas of elements found that do not depend on the recipient.
    var foundElements: [Int: FoundElements] = [:]

    /// - Parameter visits: nodes of formula trees that may be visited; those for evidence where it is left out.
    init(
        _ loaded: LoadedProgram, facts: any FactSource, recipient: Address, direction: Direction, visits: Int? = nil
    ) {
        self.loaded = loaded
        inquiry = Inquiry(loaded, source: facts, recipient: recipient, direction: direction)
        explainer = Explainer(
            inquiry: inquiry, execution: Execution(loaded), visits: visits ?? loaded.limits.evidenceVisits)
    }

    var steps: UInt64 { explainer.execution.steps }
    private var program: Program { loaded.program }

    mutating func decide(_ recipients: [Address], _ directions: [Direction]) throws(Trap) -> [Decision] {
        try runMessageSection(directions)
        var byDirection: [Direction: Decision] = [:]
        var decisions: [Decision] = []
        for (recipient, direction) in zip(recipients, directions) {
            // Nothing but the direction tells recipients apart in a program that does not mention them.
            if !loaded.tellsRecipientsApart, var known = byDirection[direction] {
                known.recipient = recipient
                decisions.append(known)
                continue
            }
            try turn(to: recipient, direction)
            let decision = try decide(recipient, direction)
            byDirection[direction] = decision
            decisions.append(decision)
        }
        return decisions
    }

    mutating func runMessageSection(_ directions: [Direction]) throws(Trap) {
        let live = directions.reduce(into: DirectionSet()) { $0.formUnion($1.set) }
        try explainer.execution.run(from: 0, live: live, inquiry)
    }

    /// Computes what is to be known for one recipient.
    mutating func turn(to recipient: Address, _ direction: Direction) throws(Trap) {
        inquiry.judge(recipient, direction: direction)
        guard loaded.hasRecipientFormulas else { return }
        explainer.execution.forgetRecipient(loaded)
        try explainer.execution.run(from: program.recipientSection, live: direction.set, inquiry)
    }

    private mutating func decide(_ recipient: Address, _ direction: Direction) throws(Trap) -> Decision {
        var decision = Decision(recipient: recipient, direction: direction)
        var consequences: [(rule: String, consequence: Consequence)] = []
        let rules = program.rules
        for index in rules.indices
        where rules[index].directions.contains(direction.set) && !truth(ofFormula: rules[index].when).isFalse {
            let rule = rules[index]
            switch try verdict(of: rule, direction) {
            case .quiet: break
            case .exempted(let by): decision.exempted.append(Exempted(rule: rule.name, by: by))
            case .fires(let consequence):
                let (parts, unknown) = try stripped(by: rule)
                decision.rules.append(
                    RuleVerdict(
                        name: rule.name, verdict: .fires, unknown: unknown,
                        evidence: try evidence(of: rule.when, .yes)))
                consequences.append(
                    (rule.name, try fill(consequence, of: rule, unknown: [], stripping: parts, &decision)))
                // What it cannot tell of other elements is answered as if the rule were undetermined.
                guard !unknown.isEmpty else { break }
                switch try answers(of: rule, for: unknown, direction) {
                case .exempted(let by): decision.exempted.append(Exempted(rule: rule.name, by: by))
                case .undetermined(_, let asked):
                    for form in asked {
                        consequences.append((rule.name, try fill(form, of: rule, unknown: unknown, &decision)))
                    }
                case .quiet, .fires: break
                }
            case .undetermined(let reasons, let asked):
                decision.rules.append(
                    RuleVerdict(
                        name: rule.name, verdict: .undetermined, unknown: reasons,
                        evidence: try evidence(of: rule.when, .unknown(reasons))))
                for form in asked {
                    consequences.append((rule.name, try fill(form, of: rule, unknown: reasons, &decision)))
                }
            }
        }
        join(consequences, into: &decision)
        return decision
    }

    // MARK: Verdicts

    enum Outcome {
        case quiet
        case exempted(by: String)
        case fires(ConsequenceEntry)
        case undetermined(Reasons, [ConsequenceEntry])
    }

    /// The verdict of a rule that is live and whose condition has been computed.
    mutating func verdict(of rule: RuleEntry, _ direction: Direction) throws(Trap) -> Outcome {
        let condition = truth(ofFormula: rule.when)
        if condition.isFalse { return .quiet }
        var isEngineDown = false
        for excuse in rule.unless {
            let truth = try explainer.execution.truth(ofFormula: excuse, inquiry)
            if truth.isTrue { return .exempted(by: "unless") }
            if truth.reasons == .engineDown { isEngineDown = true }
        }
        for number in rule.exemptions {
            let exemption = program.exemptions[number]
            let truth = try explainer.execution.truth(ofFormula: exemption.when, inquiry)
            if truth.isTrue { return .exempted(by: exemption.name) }
            if truth.reasons == .engineDown { isEngineDown = true }
        }
        if condition.isTrue {
            var consequence = program.consequences[rule.consequence]
            // A fault of an engine is no reason for a permanent refusal.
            if isEngineDown, consequence.disposition == .reject || consequence.disposition == .discard {
                consequence.disposition = .defer
                consequence.reason = nil
            }
            return .fires(consequence)
        }
        return try answers(of: rule, for: condition.reasons, direction)
    }

    private mutating func answers(
        of rule: RuleEntry, for reasons: Reasons, _ direction: Direction
    ) throws(Trap) -> Outcome {
        if !rule.isMandatory {
            for number in loaded.liftingExemptions
            where program.exemptions[number].unknown.isSuperset(of: reasons) {
                let exemption = program.exemptions[number]
                if try explainer.execution.truth(ofFormula: exemption.when, inquiry).isTrue {
                    return .exempted(by: exemption.name)
                }
            }
        }
        let table = program.answerTables[rule.answers]
        let answers = reasons.singles.map { table[$0, direction] }
        if answers.allSatisfy({ $0 == .quiet }) { return .quiet }
        let asked = answers.compactMap { answer in
            if case .consequence(let consequence) = answer { return consequence }
            return nil
        }
        return .undetermined(reasons, asked)
    }

    /// - Throws: `Trap` where finding it made scores or settings known for which the budget did not suffice.
    mutating func evidence(of formula: Int, _ value: Truth) throws(Trap) -> [Evidence] {
        let evidence = explainer.evidence(ofTree: program.formulas[formula].root, value: value)
        if steps > loaded.limits.steps { throw Trap(text: "the policy took more than \(loaded.limits.steps) steps") }
        return evidence
    }

    /// How texts show the values of an operand: a fact's, or what is known of a score or setting.
    mutating func text(ofOperand number: Int) -> String {
        if case .computed(let computed) = program.operands[number] { explainer.execution.reckon([computed], inquiry) }
        if let text = inquiry.textOfComputed(number) {
            return WrittenText.line(text, upTo: WrittenTextLimits.valueBytes)
        }
        let resolved = inquiry.resolve(number)
        return WrittenText.of(
            FactValue(values: resolved.values, missing: resolved.missing), as: inquiry.type(of: number))
    }

    func truth(ofFormula number: Int) -> Truth { explainer.execution.truth(ofFormula: number) }

    // MARK: Joining

    private func join(_ consequences: [(rule: String, consequence: Consequence)], into decision: inout Decision) {
        var areas: Set<String> = []
        var planned: [PlannedAction] = []
        var seen: Set<PlannedAction> = []
        for (rule, consequence) in consequences {
            decision.disposition = max(decision.disposition, consequence.disposition)
            areas.formUnion(consequence.areas)
            for action in consequence.actions {
                let one = PlannedAction(rule: rule, action: action)
                if seen.insert(one).inserted { planned.append(one) }
            }
        }
        decision.areas = areas.sorted()
        switch decision.disposition {
        case .defer:
            planned = []
            decision.withheld = []
        case .discard: planned = planned.filter(\.action.isIndependentOfDisposition)
        case .reject:
            planned = planned.filter(\.action.isIndependentOfDisposition)
            decision.reason = consequences.first { $0.consequence.disposition == .reject }?.consequence.reason
        case .deliver, .quarantine: break
        }
        decision.actions = planned.inPhases()
    }
}
