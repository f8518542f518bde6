import Bytecode
import Testing

@testable import PolicyDiff

/// Of large policies only what differs is looked into, and what comes between.
@Suite struct FocusTests {
    /// Rules over subjects, senders, files and sizes; one number of each kind for every rule.
    static func rules(_ count: Int, threshold: (Int) -> Int = { $0 + 2 }) -> String {
        (0..<count).map { index in
            let size = threshold(index)
            let condition =
                switch index % 4 {
                case 0: "subject contains \"word\(index)\" and message.size > \(size) KB"
                case 1: "sender.domain under \"d\(index).example\" and message.size > \(size) KB"
                case 2: "any file where (name contains \"file\(index)\" and size > \(size) KB)"
                default: "any attachment where (type is executable and size > \(size) KB)"
                }
            return "rule r\(index) {\nwhen \(condition)\nthen quarantine a\n}\n"
        }.joined()
    }

    private func compare(
        _ old: String, _ new: String, _ adjust: (inout ComparisonLimits) -> Void = { _ in }
    ) throws -> PolicyComparison {
        var limits = ComparisonLimits()
        adjust(&limits)
        return PolicyComparison(
            old: try PairTests.program(old), new: try PairTests.program(new), limits: limits)
    }

    @Test func oneChangeAmongAThousandRulesIsFoundInTime() throws {
        let old = Self.rules(1000)
        // r501 looks at senders: a greater size lets more through, and holds nothing else.
        let comparison = try compare(old, Self.rules(1000) { $0 == 501 ? 600 : $0 + 2 }) { $0.seconds = 20 }
        #expect(comparison.changes.changes.map(\.name) == ["r501"])
        guard case .found(let found) = comparison.search(.passesNow).next() else {
            Issue.record("no case")
            return
        }
        #expect(found.oldVerdicts.map(\.rule) == ["r501"])
        // What the other rules ask about the size and the sender follows.
        #expect(
            found.sentences == [
                "the message: message.size > 503 KB", "the message: not (message.size > 600 KB)",
                "the message: sender.domain under \"d501.example\"",
            ], "\(found.sentences)")
        #expect(comparison.search(.weakened).next().isNo)
        #expect(comparison.search(.heldNow).next().isNo)
        #expect(!comparison.isOutOfTime)
    }

    @Test func aPolicyThatIsOnlyReorderedAndRenamedTakesNoProof() throws {
        let old = Self.rules(200)
        let new = old.components(separatedBy: "rule ").filter { !$0.isEmpty }.reversed()
            .map { "rule new-" + $0 }.joined()
        // No gate is allowed: there is nothing to ask.
        let comparison = try compare(old, new) { $0.gates = 0 }
        #expect(comparison.changes.changes.allSatisfy { $0.kind == .renamed })
        for question in PassageQuestion.allCases { #expect(comparison.search(question).next().isNo) }
    }

    /// A rule that both policies have and that is left out at first can come between: when a mail shows that it does,
    /// it is looked into, and then the answer is a proof.
    @Test func aRuleThatSpokeIsLookedInto() throws {
        let shared = "rule wide { when subject contains \"bill\" then quarantine a }\n"
        let comparison = try compare(
            "rule narrow { when subject contains \"billing\" then quarantine a }\n" + shared, shared
        ) { $0.companions = 0 }
        let search = comparison.search(.passesNow)
        #expect(search.next().isCase)
        #expect(!search.consider(["another"]))
        #expect(search.consider(["wide"]))
        #expect(search.next().isNo)
    }

    /// Of what is treated less gravely and still does not pass, a rule of both policies may be the one that holds it.
    @Test func aRuleThatACaseNeedsIsLookedInto() throws {
        let shared = "rule wide { when message.size > 1 MB then quarantine a }\n"
        let comparison = try compare(
            "rule gone { when tls then reject \"no\" }\n" + shared, shared
        ) { $0.companions = 0 }
        guard case .found(let found) = comparison.search(.weakened).next() else {
            Issue.record("no case")
            return
        }
        #expect(found.newVerdicts.map(\.rule) == ["wide"])
    }

    @Test func rulesBeyondTheBoundAreSupposed() throws {
        let shared = "rule wide { when message.size > 1 MB then quarantine a }\n"
        let comparison = try compare(
            "rule gone { when tls then reject \"no\" }\n" + shared, shared
        ) {
            $0.companions = 0
            $0.widenedCompanions = 0
        }
        guard case .found(let found) = comparison.search(.weakened).next() else {
            Issue.record("no case")
            return
        }
        #expect(found.sentences.contains("supposed: one of the rules that did not change speaks"))
    }

    @Test func withoutTimeNothingIsProvenButChangesAreTold() throws {
        let comparison = try compare(Self.rules(40), Self.rules(40) { $0 + 50 }) { $0.seconds = 0 }
        #expect(comparison.changes.changes.count == 40)
        #expect(comparison.search(.passesNow).next().reason == "out of time")
        #expect(comparison.search(.heldNow).next().reason == "out of time")
        #expect(comparison.isOutOfTime)
    }

    @Test func withoutGatesNothingIsProven() throws {
        let comparison = try compare(Self.rules(40), Self.rules(40) { $0 + 50 }) { $0.gates = 1000 }
        #expect(comparison.search(.passesNow).next().reason == "the policies are too large for the bound on gates")
    }

    /// Whoever may log in elsewhere: a rule of both policies whose facts the header has a say in is no common rule.
    @Test func rulesThatReadTheHeaderAreNotShared() throws {
        let rule = "rule r { when auth.dmarc is fail then quarantine a }\n"
        let old = try PairTests.program(rule)
        let other = try PairTests.program(
            rule, head: PairTests.head.replacingOccurrences(of: "mx.acme.example", with: "mx2.acme.example"))
        let comparison = PolicyComparison(old: old, new: other)
        #expect(comparison.search(.passesNow).next().isCase)
        #expect(comparison.search(.heldNow).next().isCase)
    }
}

extension PassageSearchResult {
    var isNo: Bool { if case .none = self { true } else { false } }
    var isCase: Bool { if case .found = self { true } else { false } }
    var reason: String? { if case .undecided(let reason) = self { reason } else { nil } }
}

/// Implications that follow from others are left out, and nothing is lost by it.
@Suite struct ImplicationOrderTests {
    @Test func aTotalOrderIsAChain() {
        let count = 200
        let all = (0..<count).flatMap { first in (0..<first).map { (first, $0) } }
        let steps = ImplicationOrder(all, over: count).steps
        #expect(steps.count == count - 1)
        #expect(steps.allSatisfy { $0.0 == $0.1 + 1 })
    }

    @Test func whatImpliesEachOtherStaysLinked() {
        // 0 and 1 say the same, as do 4 and 5; 2 and 3 lie between.
        let groups = [[0, 1], [2], [3], [4, 5]]
        var pairs: [(Int, Int)] = [(0, 1), (1, 0), (4, 5), (5, 4)]
        for (place, group) in groups.enumerated() {
            for other in groups[(place + 1)...].joined() { pairs += group.map { ($0, other) } }
        }
        let steps = ImplicationOrder(pairs, over: 6).steps
        #expect(steps.count < pairs.count)
        #expect(closure(steps, 6) == closure(pairs, 6))
    }

    private func closure(_ pairs: [(Int, Int)], _ count: Int) -> Set<[Int]> {
        var found = Set(pairs.map { [$0.0, $0.1] })
        for middle in 0..<count {
            for first in 0..<count where found.contains([first, middle]) {
                for last in 0..<count where found.contains([middle, last]) { found.insert([first, last]) }
            }
        }
        return found
    }
}
