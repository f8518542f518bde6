import Bytecode
import Vocabulary

extension LoadedProgram {
    /// What every test of the conditions saw in a message: more work than `decide`, and never part of a decision.
    ///
    /// - Parameters:
    ///   - request: what is to be told.
    ///   - absentEngines: asked for once everything was looked at; that they gave no answer says nothing of the message,
    ///     so a test that reads one does not count as seen unknown.
    public func observe(
        facts: any FactSource, envelope: Envelope, _ request: ObservationRequest, absentEngines: () -> [Fact]
    ) -> Observation {
        guard !request.isEmpty, !envelope.recipients.isEmpty else { return Observation() }
        let directions = envelope.recipients.map { program.organisation.direction(of: envelope, for: $0) }
        var judging = Judging(
            self, facts: facts, recipient: envelope.recipients[0], direction: directions[0],
            visits: limits.surveyVisits)
        var observation = Observation()
        var coverage = Survey(withFindings: false)
        var surveyed: Set<Direction> = []
        for (recipient, direction) in zip(envelope.recipients, directions) {
            judging.inquiry.judge(recipient, direction: direction)
            judging.explainer.execution.forgetRecipient(self)
            if request.withCoverage, hasRecipientFormulas || surveyed.insert(direction).inserted {
                judging.cover(direction, into: &coverage)
            }
            for rule in program.rules where request.rules.contains(rule.name) {
                observation.rules.append(judging.findings(of: rule, recipient, direction))
            }
        }
        observation.isComplete = judging.explainer.visits > 0
        let absent = Set(absentEngines())
        var values: [SourcePlace: TruthsSeen] = [:]
        for (node, seen) in coverage.seen {
            let isUnanswered = !absent.isEmpty && !absent.isDisjoint(with: program.facts(ofNode: node))
            let counted = isUnanswered ? seen.subtracting(.unknown) : seen
            if !counted.isEmpty { values[program.clausePlace(of: node), default: []].formUnion(counted) }
        }
        observation.clauses = values.map { ClauseSighting(place: $0, seen: $1) }
            .sorted {
                ($0.place.file, $0.place.line, $0.place.column) < ($1.place.file, $1.place.line, $1.place.column)
            }
        return observation
    }
}

extension Judging {
    /// Every condition, excuse and exemption that can matter in a direction, and what leaves a notice out.
    mutating func cover(_ direction: Direction, into survey: inout Survey) {
        let program = loaded.program
        var exemptions = Set(loaded.liftingExemptions)
        for rule in program.rules where rule.directions.contains(direction.set) {
            for formula in [rule.when] + rule.unless + program.consequences[rule.consequence].conditions {
                explainer.survey(program.formulas[formula].root, into: &survey)
            }
            exemptions.formUnion(rule.exemptions)
        }
        for number in exemptions.sorted() {
            explainer.survey(program.formulas[program.exemptions[number].when].root, into: &survey)
        }
        for computed in program.computed {
            for row in computed.rows { explainer.survey(program.formulas[row.formula].root, into: &survey) }
        }
    }

    /// Every test of a rule, its excuses, its exemptions, and the scores and settings they ask for.
    mutating func findings(of rule: RuleEntry, _ recipient: Address, _ direction: Direction) -> RuleFindings {
        let program = loaded.program
        var survey = Survey(withFindings: true)
        let exemptions = rule.exemptions.map { program.exemptions[$0].when }
        var formulas =
            [rule.when] + rule.unless + exemptions + program.consequences[rule.consequence].conditions
        var computed: Set<Int> = []
        // A score or setting stands behind those that it uses, so this comes to an end.
        while let formula = formulas.first {
            formulas.removeFirst()
            let root = program.formulas[formula].root
            explainer.survey(root, into: &survey)
            for node in program.nodes[root..<program.nodes[root].end] where node.kind == .atom {
                for number in loaded.atoms[node.operand].computed where computed.insert(number).inserted {
                    formulas += program.computed[number].rows.map(\.formula)
                }
            }
        }
        return RuleFindings(
            recipient: recipient, rule: rule.name, isLive: rule.directions.contains(direction.set),
            findings: survey.findings)
    }
}
