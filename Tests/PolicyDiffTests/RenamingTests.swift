import Bytecode
import TestSupport
import Testing

@testable import PolicyDiff

/// Rules that have gone and come: those of one content were renamed.
@Suite struct RenamingTests {
    private func changes(_ old: String, _ new: String) throws -> [PolicyChange] {
        try PolicyComparison(old: PairTests.program(old), new: PairTests.program(new)).changes.changes
    }

    private func told(_ old: String, _ new: String) throws -> [String] {
        try changes(old, new).map { "\($0.kind) \($0.name)\($0.formerName.map { ", before \($0)" } ?? "")" }
    }

    @Test func rulesOfOneContentAreRenamedInTheOrderOfTheirNames() throws {
        let rest = " { when tls then quarantine a }\n"
        #expect(
            try told("rule a2\(rest)rule a1\(rest)rule a3\(rest)", "rule b2\(rest)rule b1\(rest)")
                == ["gone a3", "renamed b1, before a1", "renamed b2, before a2"])
        #expect(
            try told("rule a1\(rest)", "rule b2\(rest)rule b1\(rest)") == ["renamed b1, before a1", "added b2"])
    }

    /// What stands in a rule in another order says the same; anything else makes it another rule.
    @Test func aRuleOfOtherContentIsAnotherRule() throws {
        func rule(_ name: String, _ clauses: String, _ kind: String = "rule") -> String {
            "\(kind) \(name) { \(clauses) }\n"
        }
        let clauses = "label l, m on inbound when message.text contains \"x\" unless tls then quarantine a"
        #expect(
            try told(rule("a", clauses), rule("b", clauses.replacing("l, m", with: "m, l")))
                == ["renamed b, before a"])
        let others = [
            clauses.replacing("l, m", with: "l"), clauses.replacing("inbound", with: "outbound"),
            clauses.replacing("\"x\"", with: "\"y\""), clauses.replacing("tls", with: "authenticated"),
            clauses.replacing("quarantine a", with: "quarantine b"), clauses + " if over-limit then ignore",
            "unless tls " + clauses.replacing("unless tls", with: "unless authenticated"),
        ]
        for other in others { #expect(try told(rule("a", clauses), rule("b", other)) == ["gone a", "added b"]) }
        #expect(
            try told(rule("a", clauses), rule("b \"title\"", clauses)) == ["gone a", "added b"])
        #expect(
            try told(rule("a", clauses), rule("b", clauses, "mandatory rule")) == ["gone a", "added b"])
    }

    @Test(arguments: [
        "when subject contains \"w%\" then quarantine a", "when tls then quarantine q%",
    ])
    func renamedRulesAreFoundInTimeLinearInTheirNumber(_ clauses: String) throws {
        // The new names run backwards: the rule that one was is the last of those that are left.
        func program(_ size: Int, _ name: (Int) -> String) throws -> Program {
            try PairTests.program(
                (0..<size).map { "rule \(name($0)) { \(clauses.replacing("%", with: "\($0)")) }\n" }.joined())
        }
        let comparisons = try [60, 240].map {
            PolicyComparison(
                old: try program($0) { "old-\(1_000 + $0)" }, new: try program($0) { "new-\(2_000 - $0)" })
        }
        let growth = Effort.growth(60, rounds: 1) { size in
            let found = comparisons[size / 240].changes.changes
            #expect(found.count { $0.kind == .renamed } == size)
        }
        #expect(growth < Effort.linear)
    }
}
