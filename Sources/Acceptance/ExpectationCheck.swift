import Bytecode
import Vocabulary

/// An expectation that did not hold.
package struct ExpectationFailure: Equatable, Sendable {
    package var place: SourcePlace
    /// What was expected and what came instead: `expected quarantine, got deliver`.
    package var message: String
    /// The number of the expectation in the test.
    package var expectation: Int
    /// For whom it did not hold.
    package var recipient: Address?
}

/// Compares what a test expects with what was decided.
package enum ExpectationCheck {
    /// What is wrong, in the order of the expectations; empty when all of them hold.
    package static func failures(
        of expectations: [CarriedTest.Expected], in judgement: Judgement
    ) -> [ExpectationFailure] {
        expectations.enumerated().flatMap { number, expected -> [ExpectationFailure] in
            let judged = judgement.decisions.filter { decision in
                expected.recipient.map { $0.folded == decision.recipient.folded } ?? true
            }
            guard !judged.isEmpty else {
                let whom = expected.recipient.map { "nothing was decided for \($0.addrSpec)" }
                return [
                    .init(
                        place: expected.place, message: whom ?? "the message has no recipient", expectation: number,
                        recipient: nil)
                ]
            }
            return judged.compactMap { decision in
                failure(expected.expectation, decision).map { message in
                    let whom = judgement.decisions.count > 1 ? " for \(decision.recipient.addrSpec)" : ""
                    return .init(
                        place: expected.place, message: message + whom, expectation: number,
                        recipient: decision.recipient)
                }
            }
        }
    }

    /// Why a judgement tells nothing of the policy: a fact that it reads has no engine here.
    package static func missingEngine(in judgement: Judgement) -> String? {
        judgement.missingEngines.first.map { fact in
            let name = FactCatalogue.row(fact).writtenName
            return "the policy reads \(name), which no engine here answers; assume it (assume \(name) is …)"
        }
    }

    /// What of an envelope a worker fills in from the mail's own fields: a sender or recipients that a test does not
    /// name.
    package static func guesses(_ envelope: Envelope) -> EnvelopeGuesses {
        var guesses: EnvelopeGuesses = []
        if envelope.sender == nil { guesses.insert(.sender) }
        if envelope.recipients.isEmpty { guesses.insert(.recipients) }
        return guesses
    }

    private static func failure(_ expectation: Expectation, _ decision: Decision) -> String? {
        if let trap = decision.trap { return "the machine broke down: \(trap)" }
        switch expectation {
        case .disposition(let disposition, let area, let reason):
            return failure(disposition, area, reason, decision)
        case .actions(let expected):
            let absent = expected.filter { action in !decision.actions.contains { isSame($0.action, as: action) } }
            if absent.isEmpty { return nil }
            return "expected \(absent.map(\.summary).joined(separator: ", ")), got \(actions(decision))"
        case .noNotice:
            let notices = decision.actions.filter { planned in
                if case .notify = planned.action { return true }
                return false
            }
            return notices.isEmpty ? nil : "expected no notice, got \(actions(decision))"
        case .rule(let name, let expected):
            return failure(name, expected, decision)
        }
    }

    /// Whether an action is the expected one. `strip` may take any parts away; a notice that is expected without `using`
    /// may use any template, and one without `even unauthenticated` may have it.
    private static func isSame(_ action: Action, as expected: Action) -> Bool {
        if case .notify(let whom, let template, let even) = expected,
            case .notify(let actual, let used, let any) = action
        {
            return whom == actual && (template == nil || template == used) && (any || !even)
        }
        if case .strip = expected, case .strip = action { return true }
        return action == expected
    }

    private static func failure(
        _ disposition: Disposition, _ area: String?, _ reason: String?, _ decision: Decision
    ) -> String? {
        let isRight =
            decision.disposition == disposition && (area.map { decision.areas.contains($0) } ?? true)
            && (reason.map { decision.reason == $0 } ?? true)
        if isRight { return nil }
        let wanted = describe(disposition, areas: area.map { [$0] } ?? [], reason)
        return "expected \(wanted), got \(describe(decision.disposition, areas: decision.areas, decision.reason))"
            + because(decision)
    }

    private static func describe(_ disposition: Disposition, areas: [String], _ reason: String?) -> String {
        ([disposition.rawValue] + areas).joined(separator: " ") + (reason.map { " \"\($0)\"" } ?? "")
    }

    private static func because(_ decision: Decision) -> String {
        let rules = decision.rules.map { rule in
            rule.verdict == .fires ? rule.name : "\(rule.name) (\(rule.unknown.names.joined(separator: ", ")))"
        }
        return rules.isEmpty ? "; no rule fired" : "; because of \(rules.joined(separator: ", "))"
    }

    private static func actions(_ decision: Decision) -> String {
        decision.actions.isEmpty
            ? "no action" : decision.actions.map { "\($0.action.summary) (\($0.rule))" }.joined(separator: ", ")
    }

    private static func failure(_ name: String, _ expected: RuleExpectation, _ decision: Decision) -> String? {
        let verdict = decision.rules.first { $0.name == name }
        let excuses = decision.excuses(of: name)
        let isRight: Bool
        let wanted: String
        switch expected {
        case .fires: (isRight, wanted) = (verdict?.verdict == .fires, "fires")
        case .undetermined: (isRight, wanted) = (verdict?.verdict == .undetermined, "undetermined")
        case .quiet: (isRight, wanted) = (verdict == nil, "quiet")
        case .exempted(let by): (isRight, wanted) = (excuses.contains(by), "exempted by \(by)")
        }
        if isRight { return nil }
        return "expected \(name) \(wanted), got \(decision.state(of: name))"
    }
}
