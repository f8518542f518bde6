import TestSupport
import Testing
import Vocabulary

@testable import PolicyDiff

/// Both sides of the bounds on the search for a proof: with room enough there is one, beyond the bound less is known, and
/// never a proof that is none.
@Suite struct ComparisonLimitTests {
    private func answer(
        _ old: String, _ new: String, _ question: PassageQuestion, _ adjust: (inout ComparisonLimits) -> Void = { _ in }
    ) throws -> PassageSearchResult {
        var limits = ComparisonLimits()
        adjust(&limits)
        return PolicyComparison(old: try PairTests.program(old), new: try PairTests.program(new), limits: limits)
            .search(question).next()
    }

    private func rule(_ condition: String) -> String { "rule r { when \(condition) then quarantine a }\n" }

    /// That two of three hold where none of three pairs does is no matter of one step.
    @Test func conflictsOfTheSolver() throws {
        let words = (0..<6).map { "subject contains \"w\($0)\"" }
        let old = rule("at least 3 of (\(words.joined(separator: ", ")))")
        let pairs = (0..<6).flatMap { one in (one + 1..<6).map { "(\(words[one]) and \(words[$0]))" } }
        let new = rule(pairs.joined(separator: " or "))
        #expect(try answer(old, new, .passesNow).isNo)
        let unproven = try answer(old, new, .passesNow) { $0.conflicts = 0 }
        #expect(!unproven.isNo && unproven.reason != nil)
    }

    @Test func elementsThatAreSupposed() throws {
        let old = rule("any file where (size > 2 MB and name contains \"a\")")
        let new = rule("any file where (size > 1 MB)")
        #expect(try answer(old, new, .passesNow).isNo)
        let least = try #require(
            try (0...9).first { most in try answer(old, new, .passesNow) { $0.elements = most }.isNo })
        #expect(least > 0)
    }

    /// A setting's value is raised; beyond the bound its comparison is one thing of which nothing is known.
    @Test func rowsOfASetting() throws {
        func limit(rows: Int, _ otherwise: Int) -> String {
            let rows = (0..<rows).map { "when recipient in (\"r\($0)@acme.example\") then \(20 + $0) MB\n" }.joined()
            return "setting most take largest {\n\(rows)otherwise \(otherwise) MB\n}\n" + rule("message.size > most")
        }
        let most = ComparisonLimits.settingRows
        #expect(try answer(limit(rows: most, 1), limit(rows: most, 2), .heldNow).isNo)
        #expect(try !answer(limit(rows: most + 1, 1), limit(rows: most + 1, 2), .heldNow).isNo)
    }

    /// Of sums that all differ there are as many as sets of terms; where there is no gate left, none is gone into.
    @Test func sumsBeyondTheGates() {
        let growth = Effort.growth(5, rounds: 1) { size in
            let circuit = Circuit(gates: 20, until: Deadline(seconds: 100))
            let terms = (0..<size).map { (wire: circuit.free(), weight: 1_000_000 + (Int64(1) << $0)) }
            _ = WeightedSum(circuit, terms).atLeast(Int64(size) * 500_000)
            #expect(circuit.stop == .outOfGates)
        }
        #expect(growth < Effort.linear)
    }

    @Test func testsThatAreRelated() throws {
        let old = rule("message.size > 2 MB")
        let new = rule("message.size > 1 MB")
        #expect(try answer(old, new, .passesNow).isNo)
        let least = try #require(
            try (0...9).first { most in try answer(old, new, .passesNow) { $0.relatedPairs = most }.isNo })
        #expect(least > 0)
    }

    @Test func roundsInWhichMoreIsLookedInto() throws {
        let shared = rule("subject contains \"bill\"").replacing("rule r", with: "rule wide")
        func considers(_ widenings: Int) throws -> Bool {
            var limits = ComparisonLimits()
            limits.companions = 0
            limits.widenings = widenings
            let comparison = PolicyComparison(
                old: try PairTests.program(rule("subject contains \"billing\"") + shared),
                new: try PairTests.program(shared), limits: limits)
            let search = comparison.search(.passesNow)
            #expect(search.next().isCase)
            let isWidened = search.consider(["wide"])
            #expect(search.next().isNo == isWidened)
            return isWidened
        }
        #expect(try considers(1))
        #expect(try !considers(0))
    }

    // MARK: Mails that are made up

    /// The mails for the first case in which what one rule held passes.
    private func witnesses(_ condition: String, _ adjust: (inout ComparisonLimits) -> Void) throws -> [WitnessMail] {
        // What is unknown has no say, so that the condition must be true.
        let old = rule(condition).replacing("quarantine a", with: "quarantine a if unknown then ignore")
        guard case .found(let found) = try answer(old, "", .passesNow) else {
            Issue.record("no case for \(condition)")
            return []
        }
        var limits = ComparisonLimits()
        adjust(&limits)
        return found.witnesses(limits)
    }

    @Test func bytesOfAMail() throws {
        let mail = try #require(try witnesses("message.size > 100 KB") { _ in }.first).mail
        #expect(mail.count > 100_000 && mail.count < 101_000)
        #expect(try witnesses("message.size > 100 KB") { $0.witnessBytes = mail.count }.first?.mail.count == mail.count)
        #expect(try witnesses("message.size > 100 KB") { $0.witnessBytes = mail.count - 1 }.isEmpty)
    }

    @Test(arguments: [
        "count of recipients >= 7", "count of files >= 7", "count of message.urls >= 7",
        "count of matches /x/ in subject >= 7",
    ])
    func elementsOfAMail(condition: String) throws {
        #expect(try !witnesses(condition) { $0.witnessElements = 7 }.isEmpty)
        #expect(try witnesses(condition) { $0.witnessElements = 6 }.isEmpty)
    }
}
