import Foundation
import TestSupport
import Testing

/// Coverage and reports from the command line, with the real worker.
@Suite struct CoverageOutputTests {
    private static let policy = """
        policy small {
            edition 1
            domains "acme.example"
        }

        rule urgent {
            on   inbound
            when subject contains "urgent" and subject contains "now"
            then quarantine hurry
        }

        test "held" {
            mail   "mail.eml" inbound from "eve@x.example" to "bob@acme.example"
            expect quarantine hurry
        }

        """

    private func scratch() throws -> Scratch {
        try Scratch([
            "p/policy.lazaret": Self.policy, "p/mail.eml": "Subject: urgent now\n\nx\n",
            "mails/1.eml": "From: eve@x.example\nTo: bob@acme.example\nSubject: urgent\n\nx\n",
            "mails/2.eml": "From: eve@x.example\nTo: bob@acme.example\nSubject: now urgent\n\nx\n",
            "mails/3.eml": "From: eve@x.example\nTo: bob@acme.example\nSubject: hello\n\nx\n",
        ])
    }

    @Test func theTestsCoverageIsWrittenAndMeasured() throws {
        let scratch = try scratch()
        let all = try CommandLine.run("test", "--coverage", "-", scratch.path("p"))
        #expect(all.status == 0)
        #expect(all.output.contains("  T·   subject contains \"urgent\""), "\(all.output)\(all.errors)")
        #expect(all.output.contains("coverage 50.0 %: 2 of 4 values seen of 2 tests; 1 of 1 rule fired; 1 mail"))
        let below = try CommandLine.run("test", "--coverage-minimum", "50.1", scratch.path("p"))
        #expect(below.status == 1)
        #expect(below.errors.contains("coverage 50.0 % is below the minimum of 50.1 %"))
        #expect(try CommandLine.run("test", "--coverage-minimum", "50", scratch.path("p")).status == 0)
        #expect(try CommandLine.run("test", "--coverage-minimum", "101", scratch.path("p")).status == 2)
        let homeless = try CommandLine.run("test", "--coverage-format", "html", scratch.path("p"))
        #expect(homeless.status == 2 && homeless.errors.contains("--coverage-format needs --coverage FILE"))
        for format in ["json", "lcov", "html"] {
            let file = scratch.path("coverage.\(format)")
            let run = try CommandLine.run("test", "--coverage", file, "--coverage-format", format, scratch.path("p"))
            #expect(run.status == 0)
            #expect(scratch.text("coverage.\(format)")?.isEmpty == false)
        }
    }

    @Test func aCorpusIsCoveredByEveryMailOfIt() throws {
        let scratch = try scratch()
        let run = try CommandLine.run(
            "dry-run", "--policy", scratch.path("p"), "--jobs", "2", "--format", "jsonl", "--coverage",
            scratch.path("c.json"), "--coverage-format", "json", scratch.path("mails"))
        #expect(run.status == 0, "\(run.errors)")
        let text = try #require(scratch.text("c.json"))
        #expect(text.contains("\"mails\": 3"))
        #expect(text.contains("\"seen\": 4"))
        #expect(text.contains("\"quiet\": 2"))
        let bundle = try CommandLine.run(
            "dry-run", "--policy", "x.lzb", "--coverage", "-", scratch.path("mails"))
        #expect(bundle.status == 2)
    }

    @Test func linesOfSeveralRunsMergeIntoOneReport() throws {
        let scratch = try scratch()
        for number in 1...3 {
            let run = try CommandLine.run(
                "dry-run", "--policy", scratch.path("p"), "--format", "jsonl", "-o", scratch.path("\(number).jsonl"),
                scratch.path("mails/\(number).eml"))
            #expect(run.status == 0)
        }
        let files = (1...3).map { scratch.path("\($0).jsonl") }
        let table = try CommandLine.run(["report"] + files)
        #expect(table.output.contains("3 mails, 3 decisions"), "\(table.output)\(table.errors)")
        #expect(table.output.contains("1  urgent"))
        let json = try CommandLine.run(["report", "--format", "json"] + files)
        #expect(json.output.contains("\"quarantine\": 1"))
        let html = try CommandLine.run(["report", "--format", "html", "-o", scratch.path("r.html")] + files)
        #expect(html.status == 0)
        #expect(scratch.text("r.html")?.contains("Held in quarantine (1)") == true)
        let own = try CommandLine.run(
            "dry-run", "--policy", scratch.path("p"), "--format", "html", scratch.path("mails"))
        #expect(own.output.contains("Held in quarantine (1)"))
        #expect(own.output.contains("subject contains &quot;urgent&quot;"))
        try scratch.write("bad.jsonl", "{\"mail\":1}\n")
        let bad = try CommandLine.run("report", scratch.path("bad.jsonl"))
        #expect(bad.status == 1)
        #expect(bad.errors.contains("line 1 is no result of dry-run --format jsonl"))
    }
}
