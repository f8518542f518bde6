import Foundation
import TestSupport
import Testing

/// What programs read where a command could do nothing: JSON and JUnit XML all the same.
@Suite struct FailureFormatTests {
    private static let faulty = "policy p {\n    edition 1\n}\n\nrule r { when subject is 5 then discard }\n"
    private static let good = """
        policy p { edition 1 }
        rule r { when subject is "x" then discard }
        test "x goes" { mail "m.eml" inbound from "a@x.example" to "b@y.example" expect discard }
        """

    private func scratch() throws -> Scratch {
        try Scratch([
            "faulty/policy.lazaret": Self.faulty, "good/policy.lazaret": Self.good, "good/m.eml": "Subject: x\n\ny\n",
            "both/faulty/policy.lazaret": Self.faulty, "both/good/policy.lazaret": Self.good,
            "both/good/m.eml": "Subject: x\n\ny\n",
        ])
    }

    private func json(_ run: CommandLine.Result) throws -> Any {
        try JSONSerialization.jsonObject(with: Data(run.output.utf8))
    }

    private func codes(_ object: [String: Any]) -> [String] {
        (object["diagnostics"] as? [[String: Any]] ?? []).compactMap { $0["code"] as? String }
    }

    @Test func explainAndDiffGiveAnObjectWithTheDiagnostics() throws {
        let scratch = try scratch()
        let (faulty, good) = (scratch.path("faulty"), scratch.path("good"))
        let runs = [
            try CommandLine.run("explain", "--policy", faulty, "--format", "json", scratch.path("good/m.eml")),
            try CommandLine.run("diff", faulty, good, "--format", "json"),
            try CommandLine.run("diff", good, faulty, "--format", "json"),
        ]
        for run in runs {
            #expect(run.status == 1)
            let object = try #require(try json(run) as? [String: Any])
            #expect(object["error"] as? String == "\(faulty) has errors")
            #expect(codes(object).first?.hasPrefix("LZ") == true)
            #expect(run.errors.contains("error[LZ"), "people read it as before")
        }
    }

    @Test(arguments: ["explain", "diff", "report"]) func whatIsNotThereIsAnObject(_ command: String) throws {
        let scratch = try scratch()
        let none = scratch.path("none")
        let run =
            switch command {
            case "explain":
                try CommandLine.run("explain", "--policy", none, "--format", "json", scratch.path("good/m.eml"))
            case "diff": try CommandLine.run("diff", none, scratch.path("good"), "--format", "json")
            default: try CommandLine.run("report", none, "--format", "json")
            }
        #expect(run.status == 1)
        let object = try #require(try json(run) as? [String: Any])
        #expect((object["error"] as? String)?.contains("No such file or directory") == true)
        #expect(codes(object).isEmpty)
    }

    @Test func testNamesThePolicyInItsList() throws {
        let scratch = try scratch()
        let run = try CommandLine.run("test", scratch.path("faulty"), "--format", "json")
        #expect(run.status == 1)
        let object = try #require((try json(run) as? [[String: Any]])?.first)
        #expect(object["name"] as? String == scratch.path("faulty") && object["status"] as? String == "error")
        #expect((object["file"] as? String)?.hasSuffix("policy.lazaret") == true && object["line"] as? Int == 5)
        #expect(codes(object).count == 1)

        let missing = try CommandLine.run("test", scratch.path("none"), "--format", "json")
        #expect(missing.status == 1 && missing.errors.contains("No such file or directory"))
        let absent = try #require((try json(missing) as? [[String: Any]])?.first)
        #expect((absent["error"] as? String)?.contains("No such file or directory") == true)
    }

    @Test func thePoliciesBesideAFaultyOneAreTested() throws {
        let scratch = try scratch()
        let run = try CommandLine.run("test", scratch.path("both"), "--format", "json")
        #expect(run.status == 1)
        let statuses = (try json(run) as? [[String: Any]])?.compactMap { $0["status"] as? String }
        #expect(statuses == ["error", "passed"])
        let text = try CommandLine.run("test", scratch.path("both"))
        #expect(text.status == 1 && text.output.contains("1 of 1 test passed; 1 policy not run"), "\(text.output)")
    }

    @Test func junitHasACaseInError() throws {
        let scratch = try scratch()
        let run = try CommandLine.run("test", scratch.path("faulty"), "--format", "junit", "-o", scratch.path("j.xml"))
        #expect(run.status == 1)
        let xml = try #require(scratch.text("j.xml"))
        #expect(xml.contains("tests=\"1\" failures=\"0\" errors=\"1\""), "\(xml)")
        #expect(xml.contains("type=\"policy\">error[LZ") && xml.hasSuffix("</testsuites>\n"), "\(xml)")
    }
}
