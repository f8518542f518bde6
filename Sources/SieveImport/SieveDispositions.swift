/// Makes dispositions of a policy, of which the greatest wins, of what Sieve does with a message, where everything is
/// done and `keep` delivers it whatever else is done (RFC 5228, section 2.10.2).
struct SieveDispositions {
    /// What could not be said.
    struct Loss {
        let line: Int
        let what: String
        let why: String
    }

    private(set) var rules: [SieveWalk.Rule]
    private(set) var losses: [Loss] = []
    private let ledger: StopLedger
    private let keepBound: Int

    /// - Parameter keeps: how many places that keep the message excuse each rule that takes it away.
    init(_ rules: [SieveWalk.Rule], _ ledger: StopLedger, keeps: Int) {
        self.rules = rules
        self.ledger = ledger
        keepBound = keeps
    }

    mutating func settle() {
        splitRedirects()
        for index in rules.indices where rules[index].keptAt != nil || rules[index].actions.contains(where: Self.holds)
        {
            rules[index].actions.removeAll { $0 == "discard" }
        }
        let keeps = keeps()
        var settled: [SieveWalk.Rule] = []
        for (index, rule) in rules.enumerated() { settled += excused(rule, index, keeps) }
        for keep in keeps {
            let isHeld = rules.enumerated().contains { index, rule in
                rule.actions.contains(where: Self.holds) && keep.terms(beside: rule, at: index) != nil
            }
            guard isHeld else { continue }
            losses.append(
                Loss(line: keep.line, what: "`keep`", why: "what an area holds is not delivered as well"))
        }
        rules = settled.filter { !$0.actions.isEmpty }
    }

    private static func holds(_ action: String) -> Bool { action.hasPrefix("quarantine ") }

    private static func isRedirect(_ action: String) -> Bool { action.hasPrefix("redirect to ") }

    /// Sieve sends a message on to every address it is redirected to, and files or keeps it besides. In a policy one
    /// message has one way, so a redirect that is not all that a script does becomes a copy, and the message itself
    /// goes no further.
    private mutating func splitRedirects() {
        let ways = rules.reduce(0) { ways, rule in
            ways + (rule.keptAt == nil ? 0 : 1)
                + rule.actions.count { Self.isRedirect($0) || Self.holds($0) || $0 == "discard" }
        }
        guard ways > 1 else { return }
        for index in rules.indices {
            rules[index].actions = rules[index].actions.flatMap { action in
                Self.isRedirect(action) ? ["discard", "copy" + action.dropFirst("redirect".count)] : [action]
            }
        }
    }

    /// The places that keep the message and may be reached together with one that takes it away. What stands behind
    /// a `keep` and a `stop` is not.
    private mutating func keeps() -> [Keep] {
        let takers = rules.indices.filter { index in
            rules[index].actions.contains { $0 == "discard" || Self.holds($0) }
        }
        guard let first = takers.first, let last = takers.last else { return [] }
        var keeps: [Keep] = []
        for (index, rule) in rules.enumerated() {
            guard let line = rule.keptAt, first <= index || (last > index && !rule.endsScript) else { continue }
            if keeps.count < keepBound {
                keeps.append(Keep(rule, line, index, ledger))
            } else {
                losses.append(
                    Loss(
                        line: line, what: "`keep`",
                        why: "the script has more than \(keepBound); what is discarded or held besides is not delivered"
                    ))
            }
        }
        return keeps
    }

    /// A rule whose `discard` is excused where the message is kept; what else it does is a rule of its own then.
    private func excused(_ rule: SieveWalk.Rule, _ index: Int, _ keeps: [Keep]) -> [SieveWalk.Rule] {
        guard rule.actions.contains("discard") else { return [rule] }
        var (discard, rest) = (rule, rule)
        discard.actions = ["discard"]
        rest.actions.removeAll { $0 == "discard" }
        for keep in keeps {
            guard let terms = keep.terms(beside: rule, at: index) else { continue }
            if terms.isEmpty { return [rest] }
            discard.excuses.append(terms.count == 1 ? terms[0] : .and(terms))
        }
        return discard.excuses.count == rule.excuses.count ? [rule] : [discard, rest]
    }
}

/// A place that keeps the message.
private struct Keep {
    let line: Int
    private let index: Int
    private let rule: SieveWalk.Rule
    private let held: Set<PolicyCondition>
    /// What excuses it, with the rows of settings that it asks for.
    private let denied: Set<PolicyCondition>
    /// The first row of each setting that holds wherever this is reached.
    private let firstRows: [Int: Int]

    init(_ rule: SieveWalk.Rule, _ line: Int, _ index: Int, _ ledger: StopLedger) {
        (self.rule, self.line, self.index) = (rule, line, index)
        let held = Set(rule.conditions)
        var denied = Set(rule.excuses)
        for case .stopped(let setting, let row) in rule.excuses {
            denied.formUnion(ledger.settings[setting].prefix(row))
        }
        (self.held, self.denied) = (held, denied)
        var rows: [Int: Int] = [:]
        for (number, setting) in ledger.settings.enumerated() {
            let row = setting.firstIndex { Self.implies(held, denied, [:], $0) }
            rows[number] = row.map { $0 + 1 }
        }
        firstRows = rows
    }

    /// What has to hold besides a rule's own conditions for this to be reached; `nil` where both never are.
    func terms(beside other: SieveWalk.Rule, at place: Int) -> [PolicyCondition]? {
        if place == index { return [] }
        if rule.endsScript, place > index { return nil }
        if other.endsScript, place < index { return nil }
        if other.excuses.contains(where: { Self.implies(held, denied, firstRows, $0) }) { return nil }
        if other.conditions.contains(where: { Self.implies(held, denied, firstRows, .not($0)) }) { return nil }
        return rule.conditions.filter { !other.conditions.contains($0) }
            + rule.excuses.filter { !other.excuses.contains($0) }.map { .not($0) }
    }

    /// Whether a condition holds for certain where some conditions do and others do not.
    private static func implies(
        _ held: Set<PolicyCondition>, _ denied: Set<PolicyCondition>, _ rows: [Int: Int], _ condition: PolicyCondition
    ) -> Bool {
        if held.contains(condition) { return true }
        switch condition {
        case .test: return false
        case .stopped(let setting, let row): return rows[setting].map { $0 <= row } ?? false
        case .not(let operand):
            return denied.contains(operand) || held.contains(.not(operand)) || refutes(held, operand)
        case .and(let operands): return operands.allSatisfy { implies(held, denied, rows, $0) }
        case .or(let operands): return operands.contains { implies(held, denied, rows, $0) }
        }
    }

    /// Whether a denial stands among conditions.
    private static func refutes(_ held: Set<PolicyCondition>, _ operand: PolicyCondition) -> Bool {
        if case .not(let inner) = operand { return held.contains(inner) }
        return false
    }
}
