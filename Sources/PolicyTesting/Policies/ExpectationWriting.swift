import Acceptance
import Compiler
import Diagnostics
import Vocabulary

/// What came out of a test, in the words of `expect`.
enum ExpectationWriting {
    /// The lines that hold in place of an expectation that failed, each without `expect`; none where what was expected
    /// has nothing in its place, such as an action that nobody asks for.
    static func lines(
        insteadOf expected: PolicyTest.Expected, in decisions: [Decision]
    ) -> [String] {
        let judged = decisions.filter { decision in
            expected.recipient.map { $0.folded == decision.recipient.folded } ?? true
        }
        return lines(judged, isForOne: expected.recipient != nil) { decision in
            switch expected.expectation {
            case .disposition: disposition(decision)
            case .actions: []
            case .noNotice: notices(decision)
            case .rule(let name, _): [rule(name, decision)]
            }
        }
    }

    /// All that is worth expecting of a test that expects nothing: the disposition, and every rule that spoke or was
    /// excused.
    static func everything(_ decisions: [Decision]) -> [String] {
        lines(decisions, isForOne: false) { decision in
            let names = Set(decision.rules.map(\.name) + decision.exempted.map(\.rule))
            return disposition(decision) + names.sorted().map { rule($0, decision) }
        }
    }

    /// What is the same for every recipient is written once, the rest for each of them.
    private static func lines(
        _ decisions: [Decision], isForOne: Bool, _ words: (Decision) -> [String]
    ) -> [String] {
        let all = decisions.map { ($0, words($0)) }
        guard let first = all.first else { return [] }
        if !isForOne, all.allSatisfy({ $0.1 == first.1 }) { return first.1 }
        return all.flatMap { decision, lines in
            lines.map { "\($0) for \(PolicyText.quoted(decision.recipient.addrSpec))" }
        }
    }

    private static func disposition(_ decision: Decision) -> [String] {
        switch decision.disposition {
        case .quarantine: decision.areas.map { "quarantine \($0)" }
        case .reject: ["reject \(PolicyText.quoted(decision.reason ?? ""))"]
        case .deliver, .defer, .discard: [decision.disposition.rawValue]
        }
    }

    private static func notices(_ decision: Decision) -> [String] {
        decision.actions.compactMap { planned in
            guard case .notify(let whom, let template, _) = planned.action else { return nil }
            let name: String
            if case .mailbox(let address) = whom {
                name = PolicyText.quoted(address.addrSpec)
            } else {
                name = whom.name
            }
            return "notify \(name)" + (template.map { " using \($0)" } ?? "")
        }
    }

    private static func rule(_ name: String, _ decision: Decision) -> String {
        if let verdict = decision.rules.first(where: { $0.name == name }) {
            return "\(name) \(verdict.verdict.rawValue)"
        }
        return "\(name) " + (decision.excuses(of: name).first.map { "exempted by \($0)" } ?? "quiet")
    }
}
