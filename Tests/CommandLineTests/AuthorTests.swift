import Foundation
import TestSupport
import Testing

/// What an author does, from an empty folder to a verdict, with the real worker.
@Suite struct AuthorTests {
    private static let samples = CommandLine.package.appendingPathComponent("Policies/samples").path

    private static let small = """
        policy small {
            edition 1
            domains "acme.example"
            admin   "postmaster@acme.example"
        }

        rule urgent {
            on   inbound
            when subject contains "urgent"
            then quarantine hurry
        }

        """

    @Test func whatInitWritesIsCanonicalAndPassesItsOwnTests() throws {
        let scratch = try Scratch()
        let folder = scratch.path("mine")
        #expect(try CommandLine.run("init", folder).status == 0)
        let check = try CommandLine.run("check", folder)
        #expect(check.status == 0, "\(check.output)\(check.errors)")
        #expect(try CommandLine.run("fmt", "--check", folder).output.isEmpty)
        let test = try CommandLine.run("test", folder)
        #expect(test.status == 0, "\(test.output)\(test.errors)")
        #expect(test.output.contains("6 of 6 tests passed"))
        let again = try CommandLine.run("init", folder)
        #expect(again.status == 1)
        #expect(again.errors.contains("is there already"))
    }

    @Test func checkShowsEveryFaultInTextAndJSON() throws {
        let scratch = try Scratch([
            "policy.lazaret": Self.small.replacingOccurrences(of: "subject contains", with: "sujbect contains")
        ])
        let text = try CommandLine.run("check", "--color", "never", scratch.url.path)
        #expect(text.status == 1)
        #expect(text.output.contains("error[LZ"))
        #expect(text.output.contains(scratch.path("policy.lazaret") + ":9:"))
        #expect(text.output.contains("1 error"))
        let json = try CommandLine.run("check", "--format", "json", scratch.url.path)
        #expect(json.status == 1)
        let list = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]]
        #expect(list?.count == 1)
        #expect((list?.first?["code"] as? String)?.hasPrefix("LZ") == true)
    }

    @Test func theSameSourcesGiveTheSameBundleWhereverTheyLie() throws {
        let scratch = try Scratch(["a/policy.lazaret": Self.small, "b/c/policy.lazaret": Self.small])
        let first = try CommandLine.run("compile", scratch.path("a"), "-o", scratch.path("a.lzb"))
        #expect(first.status == 0, "\(first.errors)")
        #expect(first.output.contains("urgent"))
        #expect(first.output.contains("1 rule"))
        #expect(first.output.contains("steps"))
        #expect(
            try CommandLine.run("compile", ".", "-o", "../../b.lzb", in: URL(fileURLWithPath: scratch.path("b/c")))
                .status == 0)
        let bundles = try ["a.lzb", "b.lzb"].map { try Data(contentsOf: URL(fileURLWithPath: scratch.path($0))) }
        #expect(bundles[0] == bundles[1])
        let listing = try CommandLine.run("disasm", scratch.path("a.lzb"))
        #expect(listing.status == 0)
        #expect(listing.output.contains("urgent"))
        #expect(listing.output.contains("for each recipient"))

        try scratch.write("a/policy.lazaret", "policy {")
        let failed = try CommandLine.run("compile", scratch.path("a"), "-o", scratch.path("a.lzb"))
        #expect(failed.status == 1)
        #expect(try Data(contentsOf: URL(fileURLWithPath: scratch.path("a.lzb"))) == bundles[0])
        #expect(scratch.names == ["a", "a.lzb", "b", "b.lzb"])
    }

    @Test func aBundleThatIsNoneIsRefused() throws {
        let scratch = try Scratch(["x.lzb": "nothing", "m.eml": "Subject: x\n\nx\n"])
        #expect(try CommandLine.run("disasm", scratch.path("x.lzb")).status == 1)
        let run = try CommandLine.run("dry-run", "--policy", scratch.path("x.lzb"), scratch.path("m.eml"))
        #expect(run.status == 1)
        #expect(run.errors.contains("refused"))
    }

    @Test func aTestThatFailsSaysWhereAndWhatCameInstead() throws {
        let scratch = try Scratch([
            "policy.lazaret": Self.small, "m.eml": "From: zoe@client.example\nSubject: Urgent!\n\nx\n",
            "tests.lazaret": """
            test "it passes" {
                mail   "m.eml" inbound from "zoe@client.example" to "bob@acme.example"
                expect deliver
            }

            test "it is held" {
                mail   "m.eml" inbound from "zoe@client.example" to "bob@acme.example"
                expect quarantine hurry
                expect urgent fires
            }

            test "its mail is missing" {
                mail   "missing.eml" inbound from "zoe@client.example" to "bob@acme.example"
                expect deliver
            }

            """,
        ])
        let result = try CommandLine.run("test", "--color", "never", scratch.url.path)
        #expect(result.status == 1)
        #expect(
            result.output.contains(
                "\(scratch.path("tests.lazaret")):3:12: expected deliver, got quarantine hurry; because of urgent")
                || result.output.contains("expected deliver, got quarantine hurry; because of urgent"))
        #expect(result.output.contains("missing.eml: No such file or directory"))
        #expect(result.output.contains("1 of 3 tests passed"))
        let one = try CommandLine.run("test", "--format", "json", "--filter", "IT IS", scratch.url.path)
        #expect(one.status == 0)
        let list = try JSONSerialization.jsonObject(with: Data(one.output.utf8)) as? [[String: Any]]
        #expect(list?.compactMap { $0["status"] as? String } == ["passed"])
    }

    @Test func anEngineThatIsNotThereIsATestsError() throws {
        let scratch = try Scratch([
            "policy.lazaret": Self.small + """
                rule infected {
                    when virus
                    then quarantine malware
                    if encrypted, damaged, ambiguous, unsupported, over-limit, engine-down then defer
                }

                test "nobody assumed an answer" {
                    mail   "m.eml" inbound from "zoe@client.example" to "bob@acme.example"
                    expect defer
                }

                """, "m.eml": "From: zoe@client.example\nSubject: hello\n\nx\n",
        ])
        let result = try CommandLine.run("test", scratch.url.path)
        #expect(result.status == 1)
        #expect(result.output.contains("no engine here answers"), "\(result.output)\(result.errors)")
    }

    @Test func anExpectedNoticeWithoutTemplateIsAnyNotice() throws {
        let scratch = try Scratch([
            "policy.lazaret": Self.small.replacingOccurrences(of: "hurry", with: "hurry notify admin using held")
                + "template held { en { subject \"held\" body \"held\" } }\n",
            "m.eml": "From: zoe@client.example\nSubject: Urgent!\n\nx\n",
            "tests.lazaret": """
            test "the admin hears of it" {
                mail   "m.eml" inbound from "zoe@client.example" to "bob@acme.example"
                expect notify admin
                expect notify admin using held
            }

            test "the sender does not" {
                mail   "m.eml" inbound from "zoe@client.example" to "bob@acme.example"
                expect notify sender
            }

            """,
        ])
        let result = try CommandLine.run("test", scratch.url.path)
        #expect(result.output.contains("expected notify sender, got notify admin using held"))
        #expect(result.output.contains("1 of 2 tests passed"), "\(result.output)\(result.errors)")
    }

    @Test func whatIsLeftOutOfTheEnvelopeIsGuessedAndMarked() throws {
        let scratch = try Scratch([
            "p/policy.lazaret": Self.small,
            "m.eml": """
            Received: from a.example ([198.51.100.7]) by mx.acme.example; Mon, 2 Mar 2026 10:00:00 +0000
            From: bob@acme.example
            To: zoe@client.example
            Subject: hello

            x

            """,
            "n.eml": "Subject: nobody\n\nx\n",
        ])
        let guessed = try CommandLine.run(
            "dry-run", "--policy", scratch.path("p"), "--format", "jsonl", scratch.path("m.eml"), scratch.path("n.eml"))
        #expect(guessed.objects.map { $0["recipient"] as? String } == ["zoe@client.example", "unknown@invalid"])
        #expect(guessed.objects.map { $0["direction"] as? String } == ["outbound", "inbound"])
        #expect(
            guessed.objects.first?["guessed"] as? [String]
                == ["sender", "recipients", "client.ip", "direction", "received-at"],
            "\(guessed.output)\(guessed.errors)")
        let told = try CommandLine.run(
            "dry-run", "--policy", scratch.path("p"), "--format", "jsonl", "--from", "<>", "--to", "bob@acme.example",
            "--client-ip", "198.51.100.7", scratch.path("m.eml"))
        #expect(told.objects.first?["direction"] as? String == "inbound")
        #expect((told.objects.first?["guessed"] as? [String])?.isEmpty == true)
    }

    @Test func excerptsAreShortAndSteerNoTerminal() throws {
        let scratch = try Scratch([
            "p/policy.lazaret": Self.small + """
                rule long {
                    when header "X-Long" exists
                    then quarantine hurry
                }

                """,
            "m.eml":
                "To: bob@acme.example\nX-Long: x\u{1B}[2J\u{7}\(String(repeating: "é", count: 400))\nSubject: x\n\nx\n",
        ])
        let run = try CommandLine.run(
            "dry-run", "--policy", scratch.path("p"), "--format", "jsonl", scratch.path("m.eml"))
        let rules = run.objects.first?["rules"] as? [[String: Any]]
        let evidence = rules?.first?["evidence"] as? [[String: Any]]
        let excerpt = try #require(evidence?.first?["excerpt"] as? String, "\(run.output)\(run.errors)")
        #expect(excerpt.hasSuffix("é…") && excerpt.utf8.count <= 120 + "…".utf8.count)
        #expect(!excerpt.unicodeScalars.contains { $0.value < 0x20 })
    }

    @Test func explainShowsTheRuleTheEvidenceAndTheLineOfThePolicy() throws {
        let scratch = try Scratch([
            "policy.lazaret": Self.small,
            "m.eml": "From: zoe@client.example\nTo: bob@acme.example\nSubject: Urgent!\n\nx\n",
        ])
        let result = try CommandLine.run("explain", "--policy", scratch.url.path, scratch.path("m.eml"))
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output.contains("bob@acme.example (guessed)"))
        #expect(result.output.contains("is held in quarantine"))
        #expect(result.output.contains("rule urgent fires"))
        #expect(result.output.contains("policy.lazaret:9:"))
        #expect(result.output.contains("subject contains \"urgent\""))
    }

    @Test func explainShowsTheNoticesThatWouldBeWritten() throws {
        let scratch = try Scratch([
            "policy.lazaret": """
            policy acme { edition 1 domains "acme.example" admin "desk@acme.example" language en }
            template held { en { subject "Held: {subject}" body "By {title} for {recipient}." } }
            rule urgent "Hurry" {
                when subject contains "urgent"
                then quarantine hurry notify admin, sender using held
            }

            """,
            "m.eml": "From: zoe@client.example\nTo: bob@acme.example\nSubject: Urgent \u{202E}é\n\nx\n",
        ])
        let arguments = ["explain", "--policy", scratch.url.path, scratch.path("m.eml")]
        let result = try CommandLine.run(arguments + ["--notices"])
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output.contains("notice to desk@acme.example (rule urgent, admin, held, en): Held: Urgent  é"))
        #expect(result.output.contains("  | Auto-Submitted: auto-generated"))
        #expect(result.output.contains("  | By Hurry for bob@acme.example."))
        #expect(result.output.contains("no notice to sender (rule urgent): nothing proves the sender"))
        #expect(try !CommandLine.run(arguments).output.contains("Auto-Submitted"))

        let object = try #require(try CommandLine.run(arguments + ["--notices", "--format", "json"]).objects.first)
        let notices = try #require(object["notices"] as? [[String: Any]])
        #expect(notices.first?["address"] as? String == "desk@acme.example")
        #expect((notices.first?["message"] as? String)?.hasSuffix("By Hurry for bob@acme.example.\r\n") == true)
        #expect((object["unwritten"] as? [[String: Any]])?.first?["cause"] as? String == "unauthenticated")
        #expect((object["decisions"] as? [[String: Any]])?.first?["disposition"] as? String == "quarantine")
        let plain = try #require(try CommandLine.run(arguments + ["--format", "json"]).objects.first)
        #expect(plain["notices"] == nil && plain["decisions"] != nil)
    }

    @Test func theSamplesAreInspectedAndJudged() throws {
        let inspected = try CommandLine.run("inspect", "--format", "json", "--text", Self.samples)
        #expect(inspected.status == 0, "\(inspected.errors)")
        #expect(inspected.objects.count > 10)
        for object in inspected.objects {
            #expect(object["error"] == nil, "\(object["mail"] ?? "")")
            #expect((object["root"] as? [String: Any])?["children"] is [Any])
        }
        let tried = try CommandLine.run(
            "dry-run", "--policy", "Policies/default", "--format", "jsonl", "--to", "bob@acme.example", Self.samples)
        #expect(tried.status == 0, "\(tried.errors)")
        #expect(tried.objects.count == inspected.objects.count)
        #expect(tried.objects.allSatisfy { $0["disposition"] is String && $0["error"] is NSNull })
    }
}
