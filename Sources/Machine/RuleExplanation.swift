import Bytecode
import Vocabulary

/// What became of one rule for one recipient, quiet ones too.
public struct RuleExplanation: Equatable, Sendable, Codable {
    public enum Outcome: Equatable, Sendable, Codable {
        /// The rule is not for this direction.
        case notLive
        case quiet
        case exempted(by: String)
        case fires
        case undetermined
    }

    public var name: String
    public var title: String?
    public var place: SourcePlace
    public var outcome: Outcome
    /// The value of its condition in words.
    public var condition: String
    public var evidence: [Evidence]
}

/// The rules for one recipient.
public struct RecipientExplanation: Equatable, Sendable, Codable {
    public var recipient: Address
    public var direction: Direction
    public var rules: [RuleExplanation]
    public var trap: String?
}

extension LoadedProgram {
    /// What every rule found, for people who ask why: more work than `decide`, the same verdicts.
    public func explain(facts: any FactSource, envelope: Envelope) -> [RecipientExplanation] {
        guard !envelope.recipients.isEmpty else { return [] }
        let directions = envelope.recipients.map { program.organisation.direction(of: envelope, for: $0) }
        var judging = Judging(self, facts: facts, recipient: envelope.recipients[0], direction: directions[0])
        do throws(Trap) {
            try judging.runMessageSection(directions)
            var explanations: [RecipientExplanation] = []
            for (recipient, direction) in zip(envelope.recipients, directions) {
                try judging.turn(to: recipient, direction)
                var rules: [RuleExplanation] = []
                for rule in program.rules { rules.append(try judging.explanation(of: rule, direction)) }
                explanations.append(RecipientExplanation(recipient: recipient, direction: direction, rules: rules))
            }
            return explanations
        } catch {
            return zip(envelope.recipients, directions).map {
                RecipientExplanation(recipient: $0, direction: $1, rules: [], trap: error.text)
            }
        }
    }
}

extension Judging {
    mutating func explanation(of rule: RuleEntry, _ direction: Direction) throws(Trap) -> RuleExplanation {
        let program = loaded.program
        var explanation = RuleExplanation(
            name: rule.name, title: rule.title, place: program.places[rule.place], outcome: .notLive, condition: "",
            evidence: [])
        guard rule.directions.contains(direction.set) else { return explanation }
        let condition = truth(ofFormula: rule.when)
        explanation.condition = condition.description
        explanation.evidence = try evidence(of: rule.when, condition)
        switch try verdict(of: rule, direction) {
        case .quiet: explanation.outcome = .quiet
        case .exempted(let by): explanation.outcome = .exempted(by: by)
        case .fires: explanation.outcome = .fires
        case .undetermined: explanation.outcome = .undetermined
        }
        return explanation
    }
}
