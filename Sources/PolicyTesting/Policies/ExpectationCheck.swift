import Compiler
import Vocabulary

/// Compares what a test expects with what was decided.
enum ExpectationCheck {
    /// What is wrong, in the order of the expectations; empty when all of them hold.
    static func failures(of test: PolicyTest, in judgement: Judgement) -> [PolicyTestResult.Failure] {
        test.expectations.enumerated().flatMap { number, expected -> [PolicyTestResult.Failure] in
            let judged = judgement.decisions.filter { decision in
                expected.recipient.map { $0.folded == decision.recipient.folded } ?? true
            }
            guard !judged.isEmpty else {
                let whom = expected.recipient.map { "nothing was decided for \($0.addrSpec)" }
                return [
                    .init(
                        place: expected.place, message: whom ?? "the message has no recipient", expectation: number)
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

extension Decision {
    /// Who excused a rule.
    func excuses(of rule: String) -> [String] { exempted.filter { $0.rule == rule }.map(\.by) }

    /// What became of a rule: `fires`, `quiet`, `undetermined (REASONS)`, `exempted by NAMES`.
    func state(of rule: String) -> String {
        if let verdict = rules.first(where: { $0.name == rule }) {
            return verdict.verdict == .fires
                ? "fires" : "undetermined (\(verdict.unknown.names.joined(separator: ", ")))"
        }
        let excuses = excuses(of: rule)
        return excuses.isEmpty ? "quiet" : "exempted by \(excuses.joined(separator: ", "))"
    }

    /// The rules that are not quiet, by what became of them: `fired: a; cannot tell: b (encrypted)`.
    var states: String {
        let fired = rules.filter { $0.verdict == .fires }.map(\.name)
        let undetermined = rules.filter { $0.verdict == .undetermined }
            .map { "\($0.name) (\($0.unknown.names.joined(separator: ", ")))" }
        let excused = exempted.map { "\($0.rule) by \($0.by)" }
        let words = [("fired", fired), ("cannot tell", undetermined), ("exempted", excused)]
            .filter { !$0.1.isEmpty }.map { "\($0.0): \($0.1.joined(separator: ", "))" }
        return words.isEmpty ? "every rule is quiet" : words.joined(separator: "; ") + "; quiet: the others"
    }
}
