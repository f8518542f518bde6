import Acceptance
import Compiler
import Vocabulary

/// Finds what decided an expectation that did not hold.
enum FailureCauses {
    /// The rules that failed expectations name: of these every test is asked for.
    static func rulesInQuestion(_ failures: [PolicyTestResult.Failure], of test: PolicyTest) -> [String] {
        Set(failures.compactMap { rule(of: $0, in: test) }).sorted()
    }

    private static func rule(of failure: PolicyTestResult.Failure, in test: PolicyTest) -> String? {
        guard test.expectations.indices.contains(failure.expectation),
            case .rule(let name, _) = test.expectations[failure.expectation].expectation
        else { return nil }
        return name
    }

    /// The failures with their causes: for one that names a rule every test of it, for others what made the rules
    /// speak.
    static func added(
        to failures: [PolicyTestResult.Failure], of test: PolicyTest, _ judgement: Judgement,
        _ findings: [RuleFindings]
    ) -> [PolicyTestResult.Failure] {
        failures.map { failure in
            var failure = failure
            guard let decision = judgement.decisions.first(where: { $0.recipient == failure.recipient }) else {
                return failure
            }
            if let rule = rule(of: failure, in: test) {
                failure.causes = findings.filter { $0.rule == rule && $0.recipient == failure.recipient }.map {
                    let state = $0.isLive ? decision.state(of: rule) : "not for \(decision.direction.rawValue) mail"
                    return PolicyTestResult.Cause(rule: rule, verdict: state, findings: $0.findings)
                }
            } else {
                failure.causes = decision.rules.map { rule in
                    let seen: TruthsSeen = rule.verdict == .fires ? .yes : .unknown
                    return PolicyTestResult.Cause(
                        rule: rule.name, verdict: decision.state(of: rule.name),
                        findings: rule.evidence.map { ClauseFinding(seen: seen, evidence: $0) })
                }
            }
            return failure
        }
    }
}
