import Compiler
import Diagnostics
import Foundation
import Lexical
import TestSupport
import Testing
import Vocabulary

@testable import PolicyTesting

/// What coverage owes, counts and says.
@Suite struct CoverageTests {
    private static let policy = """
        policy small { edition 1 }
        uninspectable { if unknown then ignore }
        define vouched = auth.dmarc is pass
        rule one {
            when   recipient is not "x&y@z.example" and vouched and any file where (name contains "a")
            unless not (subject exists)
            then   defer
        }
        rule two { on inbound when vouched then log }
        exempt three from one { when sender exists }
        """

    private func build(_ policy: String = Self.policy) throws -> PolicyBuild {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("lazaret-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(policy.utf8).write(to: folder.appendingPathComponent("policy.lazaret"))
        let build = PolicyBuild(try PolicyFolder(folder.path), patterns: PatternLibrary())
        try #require(build.errors == 0, "\(build.text(coloured: false))")
        return build
    }

    private func judgement(_ build: PolicyBuild, _ seen: [String: TruthsSeen]) -> Judgement {
        var observation = Observation()
        observation.clauses = build.clauses.clauses.compactMap { clause in
            seen[build.text(of: clause.place)].map { ClauseSighting(place: clause.place, seen: $0) }
        }
        let recipient = Address("bob@acme.example")
        let decision = Decision(
            recipient: recipient, direction: .outbound, rules: [RuleVerdict(name: "one", verdict: .fires)])
        return Judgement(
            decisions: [decision], envelope: Envelope(recipients: [recipient]), observation: observation)
    }

    @Test func everyTestIsThereOnceAndKnowsWhetherItCanBeUnknown() throws {
        let build = try build()
        let clauses = build.clauses.clauses
        #expect(
            clauses.map { build.text(of: $0.place) } == [
                "auth.dmarc is pass", "recipient is not \"x&y@z.example\"", "any file",
                "name contains \"a\"", "subject exists", "sender exists",
            ])
        #expect(clauses.map(\.canBeUnknown) == [true, false, true, false, false, false])
        #expect(clauses.map(\.hasTruth) == [true, true, false, true, true, true])
        #expect(clauses.map(\.isNegated) == [false, true, false, false, false, false])
        #expect(build.clauses.answers.map { build.text(of: $0) } == ["if unknown then ignore"])
        #expect(build.clauses.owners.map(\.name) == ["one", "two", "three"])
        #expect(build.clauses.owners.map(\.clauses) == [[1, 0, 2, 3, 4], [0], [5]])
    }

    @Test func aTestOwesTrueFalseAndUnknownOnlyWhereItCanBe() throws {
        let build = try build()
        var coverage = Coverage(of: build.clauses)
        #expect(coverage.total == Coverage.Marks(seen: 0, owed: 13))
        coverage.add(
            judgement(
                build,
                ["auth.dmarc is pass": [.yes], "recipient is not \"x&y@z.example\"": [.yes], "sender exists": [.no]]))
        coverage.add(judgement(build, ["auth.dmarc is pass": [.yes, .unknown]]))
        #expect(coverage.total == Coverage.Marks(seen: 4, owed: 13))
        #expect(coverage.counts[0] == Coverage.Count(yes: 2, no: 0, unknown: 1))
        // Written as a negation: its test held, so the clause did not.
        #expect(coverage.counts[1] == Coverage.Count(yes: 0, no: 1, unknown: 0))
        #expect(coverage.rules[0] == Coverage.RuleCount(fires: 2))
        #expect(coverage.rules[1] == Coverage.RuleCount(), "not for outbound mail")
        #expect(coverage.firedRules == Coverage.Marks(seen: 1, owed: 2))
        #expect(coverage.total.share == "30.7 %")
    }

    @Test func answersAndAQuantifiersOwnUnknownCount() throws {
        let build = try build(
            """
            policy small { edition 1 }
            uninspectable { if encrypted then ignore if damaged, ambiguous, unsupported, over-limit then defer }
            rule one { when any file where (name contains "a") then defer if over-limit then ignore }
            """)
        var coverage = Coverage(of: build.clauses)
        var judgement = judgement(build, ["any file": [.unknown]])
        judgement.decisions[0].rules = [
            RuleVerdict(name: "one", verdict: .undetermined, unknown: [.overLimit, .damaged])
        ]
        coverage.add(judgement)
        #expect(coverage.answers == [0, 1, 1])
        #expect(coverage.givenAnswers == Coverage.Marks(seen: 2, owed: 3))
        #expect(coverage.total == Coverage.Marks(seen: 3, owed: 6))
        let lines = CoverageText.lines(coverage, build: build, paint: Paint(isOn: false))
        #expect(lines.contains { $0.hasPrefix("    U  any file ") })
        #expect(lines.contains { $0.hasPrefix("  ·    if encrypted then ignore ") })
        #expect(lines.contains { $0.hasPrefix("  A    if over-limit then ignore ") })
        #expect(lines.contains { $0.hasSuffix("2 of 3 answers given; 1 mail") })
        #expect(CoverageLcov.text([("p", coverage, build)]).contains("\nBRDA:2,0,0,0\nBRDA:2,1,0,1\n"))
        let json = CoverageJSON.object([("p", coverage, build)]).compact
        #expect(json.contains(#""text":"if encrypted then ignore","given":0}"#))
        #expect(json.contains(#""hasTruth":false}"#))
        let page = CoveragePage.text([("p", coverage, build)])
        #expect(page.contains("<mark class=\"none\">if encrypted then ignore</mark>"))
        #expect(page.contains("title=\"unknown of itself 1 mails\""))
    }

    @Test func aPageTakesWorkLinearInItsLines() throws {
        let builds = try [500, 2_000].map { size in
            let tests = (0..<size).map { "subject contains \"w\($0)\"" }.joined(separator: ",\n")
            return try build("policy p { edition 1 }\nrule r { when any of (\n\(tests)\n) then defer }\n")
        }
        let growth = Effort.growth(500) { size in
            let build = builds[size / 2_000]
            let page = CoveragePage.text([("p", Coverage(of: build.clauses), build)])
            #expect(page.components(separatedBy: "<mark").count > size)
        }
        #expect(growth < Effort.linear)
    }

    @Test func aTestOverSeveralLinesIsMarkedOnEach() throws {
        let build = try build(
            """
            policy p { edition 1 }
            uninspectable { if unknown then ignore }
            rule r {
                when subject in ("a",

                    "b") and any file where (name contains
                        "c")
                then defer
            }
            """)
        let page = CoveragePage.text([("p", Coverage(of: build.clauses), build)])
        for line in ["subject in (&quot;a&quot;,", "&quot;b&quot;)", "name contains", "&quot;c&quot;"] {
            #expect(page.contains("\(line)</mark>"), "\(line)")
        }
    }

    @Test func theTextHasAMarkForEachValue() throws {
        let build = try build()
        var coverage = Coverage(of: build.clauses)
        coverage.add(judgement(build, ["auth.dmarc is pass": [.yes, .unknown], "sender exists": [.no]]))
        let lines = CoverageText.lines(coverage, build: build, paint: Paint(isOn: false))
        #expect(lines[0].hasPrefix("rule one  "))
        #expect(lines.contains { $0.hasPrefix("  T·U  auth.dmarc is pass ") })
        #expect(lines.contains { $0.hasPrefix("  ·F   sender exists ") })
        #expect(lines.contains { $0.hasSuffix("(shared)") })
        #expect(
            lines.last
                == "coverage 23.0 %: 3 of 13 values seen of 6 tests; 1 of 2 rules fired; 0 of 1 answer given; 1 mail")
    }

    @Test func lcovHasALineAndBranchesForEachTest() throws {
        let build = try build()
        var coverage = Coverage(of: build.clauses)
        coverage.add(judgement(build, ["auth.dmarc is pass": [.yes, .unknown]]))
        let text = CoverageLcov.text([("p", coverage, build)])
        #expect(text.contains("\nFN:4,one\nFN:9,two\nFNDA:1,one\nFNDA:0,two\nFNF:2\nFNH:1\n"))
        #expect(text.contains("\nBRDA:3,0,0,1\nBRDA:3,0,1,0\nBRDA:3,0,2,1\n"))
        #expect(text.contains("\nBRDA:5,0,0,-\nBRDA:5,0,1,-\nBRDA:5,1,0,-\nBRDA:5,2,0,-\nBRDA:5,2,1,-\n"))
        #expect(text.contains("\nBRDA:2,0,0,0\nBRF:13\nBRH:2\n"))
        #expect(text.contains("\nDA:3,2\n"))
        #expect(text.hasSuffix("LF:5\nLH:1\nend_of_record\n"))
    }

    @Test func jsonHasTheKeysOfTheContract() throws {
        let build = try build()
        var coverage = Coverage(of: build.clauses)
        coverage.add(judgement(build, ["auth.dmarc is pass": [.yes]]))
        let text = CoverageJSON.object([("p", coverage, build)]).compact
        #expect(
            text.hasPrefix(
                #"{"policies":[{"policy":"p","mails":1,"incompleteMails":0,"seen":1,"owed":13,"permille":76,"tests":[{"#
            ))
        #expect(
            text.contains(
                #""text":"auth.dmarc is pass","true":1,"false":0,"unknown":0,"canBeUnknown":true,"hasTruth":true}"#
            ))
        #expect(text.contains(#"{"kind":"rule","name":"one","#))
        #expect(text.contains(#""fires":1,"quiet":0,"undetermined":0,"exempted":0,"tests":[1,0,2,3,4]}"#))
    }

    @Test func thePageMarksTestsInTheTextAndEscapesIt() throws {
        let build = try build()
        var coverage = Coverage(of: build.clauses)
        coverage.add(judgement(build, ["auth.dmarc is pass": [.yes, .no, .unknown], "sender exists": [.no]]))
        let page = CoveragePage.text([("a<b", coverage, build)])
        #expect(page.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">"))
        #expect(page.contains("<title>Coverage of a&lt;b</title>"))
        #expect(
            page.contains(
                "<mark class=\"all\" title=\"true 1, false 1, unknown 1 mails\">auth.dmarc is pass</mark><sup>TFU</sup>"
            ))
        #expect(page.contains(">sender exists</mark><sup>F−T</sup>"))
        #expect(page.contains("recipient is not &quot;x&amp;y@z.example&quot;</mark>"))
        #expect(!page.contains("<script"))
        #expect(page.components(separatedBy: "<mark").count == page.components(separatedBy: "</mark>").count)
    }

    @Test func observationsCrossTheWireAsTheyWere() throws {
        let build = try build()
        let judgement = judgement(build, ["sender exists": [.no], "name contains \"a\"": [.yes, .unknown]])
        let copy = try JSONDecoder().decode(Judgement.self, from: JSONEncoder().encode(judgement))
        #expect(copy == judgement)
        #expect(copy.observation?.clauses.map(\.seen) == [[.yes, .unknown], [.no]])
    }
}
