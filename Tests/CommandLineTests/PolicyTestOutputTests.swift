import Foundation
import TestSupport
import Testing

/// The forms in which `lazaret test` tells what came out, with the real worker.
@Suite struct PolicyTestOutputTests {
    private static let policy = """
        policy small {
            edition 1
            domains "acme.example"
        }

        rule urgent {
            on     inbound
            when   subject exists and subject is not "not urgent"
            unless subject contains "really"
            then   quarantine hurry
        }

        test "<urgent> & held" {
            mail   "mail.eml" inbound from "eve@x.example" to "bob@acme.example"
            expect quarantine hurry
            expect urgent fires
        }

        test "passes" {
            mail   "mail.eml" inbound from "eve@x.example" to "bob@acme.example"
            expect deliver
        }

        """

    private func scratch(_ subject: String = "not urgent", policy: String = Self.policy) throws -> Scratch {
        try Scratch(["policy.lazaret": policy, "mail.eml": "Subject: \(subject)\n\nx\n"])
    }

    @Test func aFailureShowsTheClausesWithWhatTheySaw() throws {
        let scratch = try scratch()
        let result = try CommandLine.run("test", "--color", "never", scratch.url.path)
        #expect(result.status == 1)
        #expect(result.output.contains("expected urgent fires, got quiet"))
        #expect(result.output.contains("every rule is quiet"))
        #expect(result.output.contains("^^^^^^^^^^^^^^^^^^^"))
        #expect(result.output.contains("------------------------- "))
        #expect(result.output.contains("false: not urgent"))
        #expect(result.output.contains("true: not urgent"))
        #expect(result.output.contains("rule urgent: quiet"))
        #expect(result.output.contains("1 of 2 tests passed"))
    }

    @Test func whatMadeARuleSpeakIsShownWhereADispositionWasExpected() throws {
        let scratch = try scratch("urgent")
        let result = try CommandLine.run("test", "--color", "never", "--filter", "passes", scratch.url.path)
        #expect(result.status == 1)
        #expect(result.output.contains("expected deliver, got quarantine hurry; because of urgent"))
        #expect(result.output.contains("fired: urgent"))
        #expect(result.output.contains("true: urgent"))
    }

    @Test func theTableIsAlignedAndItsFailuresStandBelow() throws {
        let scratch = try scratch()
        let result = try CommandLine.run("test", "--color", "never", "--format", "table", scratch.url.path)
        #expect(result.status == 1)
        let lines = result.output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        #expect(lines[0].hasPrefix("status  test"))
        #expect(lines[1].hasPrefix("failed  <urgent> & held"))
        #expect(lines[2].hasPrefix("passed  passes         "))
        #expect(lines[4] == "<urgent> & held")
    }

    @Test func junitIsWellFormedAndEscapesWhatComesFromThePolicy() throws {
        let scratch = try scratch("not urgent \u{1}]]>")
        let file = scratch.path("report.xml")
        let result = try CommandLine.run("test", "--format", "junit", "-o", file, scratch.url.path)
        #expect(result.status == 1)
        #expect(result.output.isEmpty)
        let text = try #require(scratch.text("report.xml"))
        #expect(text.contains("<testsuites name=\"lazaret\" tests=\"2\" failures=\"1\" errors=\"0\""))
        #expect(text.contains("name=\"&lt;urgent&gt; &amp; held\""))
        #expect(text.contains("<failure message=\"expected "))
        #expect(text.contains("file=\"\(scratch.path("policy.lazaret"))\" line=\"13\""))
        // Balanced: every element that opens closes, and nothing is left that XML does not allow.
        for element in ["testsuites", "testsuite", "properties", "failure"] {
            #expect(
                text.components(separatedBy: "<\(element)").count >= text.components(separatedBy: "</\(element)>").count
            )
        }
        #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" && $0 != "\t" })
    }

    @Test func jsonTellsTheCausesOfAFailure() throws {
        let scratch = try scratch()
        let result = try CommandLine.run("test", "--format", "json", scratch.url.path)
        let list = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [[String: Any]]
        let failures = try #require(list?.first?["failures"] as? [[String: Any]])
        #expect(failures.count == 2)
        #expect(failures[1]["recipient"] as? String == "bob@acme.example")
        let causes = try #require(failures[1]["causes"] as? [[String: Any]])
        #expect(causes.first?["rule"] as? String == "urgent")
        let tests = try #require(causes.first?["tests"] as? [[String: Any]])
        #expect(tests.map { $0["value"] as? String } == ["true", "false", "false"])
    }

    @Test func aTestThatReadsAnEngineThatIsNotThereIsAnErrorNotAPass() throws {
        let text =
            Self.policy.replacingOccurrences(of: "subject exists and subject is not \"not urgent\"", with: "virus")
            + "uninspectable { if unknown then defer }\n"
        let scratch = try scratch(policy: text)
        let result = try CommandLine.run("test", "--format", "junit", scratch.url.path)
        #expect(result.status == 1)
        #expect(result.output.contains("errors=\"2\""), "\(result.output)\(result.errors)")
        #expect(result.output.contains("which no engine here answers"))
    }
}
