import Foundation
import TestSupport
import Testing

/// What people type before they know the tool, and what they are told.
@Suite struct FirstStepsTests {
    private static let policy = """
        policy small {
            edition  1
            domains  "acme.example"
            language fr, en
        }

        template held { fr { subject "Retenu" body "{evidence}" } }

        dictionary secrets {
            threshold 20
            10 phrase "strictement confidentiel"
            6 word "confidentiel" up to 2 times
        }

        rule words {
            when   body.text mentions secrets
            unless from.domain is "partner.example"
            then   quarantine secrets
                   notify sender using held
            allow  unproven-identity "a test"
        }

        rule backwards {
            when any file where (name contains "\\u{202E}")
            then quarantine phishing
                 notify recipient using held
        }

        uninspectable { if unknown then defer }

        """
    private static let mail = """
        From: zoe@acme.example\r
        To: bob@client.example\r
        Subject: x\r
        MIME-Version: 1.0\r
        Content-Type: multipart/mixed; boundary="b"\r
        \r
        --b\r
        Content-Type: text/plain\r
        \r
        Strictement confidentiel, confidentiel.\r
        --b\r
        Content-Type: text/plain; name="x"\r
        Content-Disposition: attachment; filename*=utf-8''facture%E2%80%AEfdp.exe\r
        \r
        x\r
        --b--\r

        """

    private func scratch() throws -> Scratch {
        try Scratch(["p/policy.lazaret": Self.policy, "m.eml": Self.mail])
    }

    @Test(arguments: [("chekc", "check"), ("fix", "check --fix"), ("dryrun", "dry-run"), ("format", "fmt")])
    func aWordThatIsNoCommandNamesTheNearest(_ word: String, _ meant: String) throws {
        let run = try CommandLine.run(word, "bb")
        #expect(run.status == 2 && run.output.isEmpty)
        #expect(run.errors == "lazaret: there is no command `\(word)`; did you mean `lazaret \(meant)`?\n")
    }

    @Test(arguments: [
        (["help", "dry-rnu"], "there is no command `dry-rnu`; did you mean `lazaret dry-run`?"),
        (["import", "seive", "a"], "there is no command `import seive`; did you mean `lazaret import sieve`?"),
        (["import", "quarantine"], "there is no command `import quarantine`; `lazaret import --help` lists them all"),
        (["help", "import", "seive"], "there is no command `import seive`; did you mean `lazaret import sieve`?"),
    ])
    func soDoesOneAfterHelpOrAfterACommandOfCommands(_ words: [String], _ complaint: String) throws {
        let run = try CommandLine.run(words)
        #expect(run.status == 2 && run.output.isEmpty)
        #expect(run.errors == "lazaret: \(complaint)\n")
    }

    @Test func noCommandIsTakenForAWordThatIsNone() throws {
        let help = try CommandLine.run("help").output
        let names = help.matches(of: /\n  ([a-z-]+) +[A-Z]/).map { String($0.output.1) }
        #expect(names.count >= 16, "\(names)")
        for name in names { #expect(try CommandLine.run(name, "--help").status == 0, "\(name)") }
    }

    @Test func aWordThatIsLikeNoneIsToldWhereTheyAre() throws {
        let run = try CommandLine.run("quarantine", "bb")
        #expect(run.status == 2 && run.errors.contains("`lazaret --help` lists them all"))
        #expect(try CommandLine.run("help", "check").status == 0)
        #expect(try CommandLine.run("--version").status == 0)
    }

    @Test(arguments: ["json", "sarif"])
    func whatIsNotThereLeavesTheOutputReadable(_ format: String) throws {
        let scratch = try scratch()
        let run = try CommandLine.run("check", scratch.path("p"), scratch.path("none"), "--format", format)
        #expect(run.status == 1)
        #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(run.output.utf8)) }
        #expect(run.errors.contains("none: No such file or directory"), "\(run.errors)")
    }

    @Test func aBundleWhereAPolicyIsWantedIsToldSo() throws {
        let scratch = try scratch()
        let bundle = scratch.path("p.lzb")
        #expect(try CommandLine.run("compile", scratch.path("p"), "-o", bundle).status == 0)
        for command in ["check", "test", "fmt"] {
            let run = try CommandLine.run(command, bundle)
            #expect(run.status == 1 && run.output.isEmpty, "\(command) \(run.output)")
            #expect(run.errors.contains("this is a compiled bundle"), "\(command) \(run.errors)")
        }
        for policy in ["p", "p/policy.lazaret"] {
            let run = try CommandLine.run("disasm", scratch.path(policy))
            #expect(run.status == 1 && run.errors.contains("compile it first: lazaret compile"), "\(run.errors)")
        }
    }

    @Test func filesThatAreNoMailsAreCountedNotJudged() throws {
        let scratch = try scratch()
        try scratch.write("mails/m.eml", Self.mail)
        try scratch.write("mails/readme.txt", "What lies here\n")
        try scratch.write("mails/list.json", "[1]")
        let run = try CommandLine.run("dry-run", "--policy", scratch.path("p"), scratch.path("mails"))
        #expect(run.output.contains("1 mail, 1 decision"), "\(run.output)")
        #expect(run.errors.contains("2 files are no mails and were left out, "), "\(run.errors)")
    }

    @Test func explainTellsWhatWasGuessedAndContradictsItselfNowhere() throws {
        let scratch = try scratch()
        let run = try CommandLine.run("explain", "--policy", scratch.path("p"), "--notices", scratch.path("m.eml"))
        #expect(run.output.contains("bob@client.example (outbound, guessed): is held"), "\(run.output)")
        #expect(run.output.contains("no notice to sender (rule words): nothing proves the sender"), "\(run.output)")
        #expect(run.output.contains("(the direction is guessed; tell the origin by --authenticated"), "\(run.output)")
        let told = try CommandLine.run(
            "explain", "--policy", scratch.path("p"), "--direction", "outbound", "--notices", scratch.path("m.eml"))
        #expect(told.output.contains("bob@client.example (outbound): is held"))
        #expect(!told.output.contains("nothing proves"))
        let partner = Self.mail.replacingOccurrences(of: "zoe@acme.example", with: "zoe@partner.example")
        try scratch.write("q.eml", partner)
        let excused = try CommandLine.run("explain", "--policy", scratch.path("p"), scratch.path("q.eml"))
        #expect(excused.output.contains("rule words would have spoken, but is exempted by its own unless"))
    }

    @Test func evidenceShowsTheWholeNameAndTheSumOfWords() throws {
        let scratch = try scratch()
        let sum = "10 “Strictement confidentiel” + 6 “confidentiel” (×2) = 22, threshold 20"
        let run = try CommandLine.run("explain", "--policy", scratch.path("p"), "--notices", scratch.path("m.eml"))
        #expect(run.output.contains("words secrets in body.text: \(sum)"), "\(run.output)")
        #expect(run.output.contains("name of part 1.2 is facture\\u{202E}fdp.exe"), "\(run.output)")
        #expect(run.output.contains("- name (1.2, facture fdp.exe) : facture\\u{202E}fdp.exe"), "\(run.output)")

        let json = try CommandLine.run(
            "dry-run", "--policy", scratch.path("p"), "--format", "jsonl", scratch.path("m.eml"))
        let rules = json.objects.first?["rules"] as? [[String: Any]] ?? []
        let evidence = rules.flatMap { $0["evidence"] as? [[String: Any]] ?? [] }
        let name = evidence.first { $0["fact"] as? String == "name" }
        #expect(name?["excerpt"] as? String == "facture\\u{202E}fdp.exe")
        #expect(name?["raw"] as? String == "facture\u{202E}fdp.exe")
        #expect(!json.output.contains("\u{202E}") && json.output.contains("\\u202e"))
        let words = evidence.compactMap { $0["words"] as? [String: Any] }.first
        #expect(words?["dictionary"] as? String == "secrets" && words?["sum"] as? Double == 22)
        #expect((words?["entries"] as? [[String: Any]])?.map { $0["times"] as? Int } == [1, 2])
    }
}
