import Foundation
import TestSupport
import Testing

/// What `diff` prints about pairs of policies, each in a folder named for what changed.
@Suite struct ComparisonOutputTests {
    private static let golden = GoldenDirectory("Comparisons")

    static let cases: [String] = Set(
        golden.names(withExtension: "lazaret").compactMap { $0.split(separator: "/").first.map(String.init) }
    ).sorted()

    /// Cases that are also printed for programs and for merge requests: every kind of answer is among them.
    private static let inAllFormats = [
        "a-digest-that-no-mail-has", "a-rule-renamed", "a-threshold-raised", "limits-lowered",
        "rules-that-have-come-and-gone",
    ]

    /// Pairs of which something is not proven.
    private static let proven = ["a-rule-renamed", "only-written-otherwise", "shadowed-by-another-rule"]

    @Test func thereAreCases() { #expect(Self.cases.count >= 13) }

    @Test(arguments: cases) func aPersonReads(_ name: String) throws {
        let result = try compare(name)
        #expect(result.status == (Self.proven.contains(name) ? 0 : 1), "\(result.errors)")
        expect("\(name)/text.txt", result)
    }

    @Test(arguments: inAllFormats) func aProgramReads(_ name: String) throws {
        expect("\(name)/report.json", try compare(name, "--format", "json"))
    }

    @Test(arguments: inAllFormats) func aMergeRequestShows(_ name: String) throws {
        expect("\(name)/report.md", try compare(name, "--format", "markdown"))
    }

    @Test func withoutTimeChangesAreTold() throws {
        let result = try compare("rules-that-have-come-and-gone", "--proof-deadline", "0.000000001")
        #expect(result.status == 1)
        #expect(result.output.contains("gone     rule bill"), "\(result.output)")
        #expect(result.output.contains("held before? cannot tell\n  out of time"), "\(result.output)")
        let never = try compare(
            "rules-that-have-come-and-gone", "--proof-deadline", "0.000000001", "--fail-on", "never")
        #expect(never.status == 0)
        #expect(try compare("a-rule-renamed", "--proof-deadline", "0").status == 2)
    }

    @Test func savingReplacesOnlyWhatWasSaved() throws {
        let scratch = try Scratch(["out/passes-now.eml": "A mail of somebody's.\n"])
        let refused = try compare("a-threshold-raised", "--save", scratch.path("out"))
        #expect(refused.status == 2)
        #expect(refused.errors.contains("passes-now.eml: this file was not saved by diff"), "\(refused.errors)")
        #expect(refused.errors.contains("--force"))
        #expect(refused.output.isEmpty)
        #expect(scratch.text("out/passes-now.eml") == "A mail of somebody's.\n")
        let forced = try compare("a-threshold-raised", "--save", scratch.path("out"), "--force")
        #expect(forced.output.contains("saved in"), "\(forced.output)\(forced.errors)")
        #expect(scratch.text("out/passes-now.eml")?.contains("somebody's") == false)
        let again = try compare("an-exemption-widened", "--save", scratch.path("out"))
        #expect(again.output.contains("saved in"), "\(again.errors)")
    }

    /// What was saved and has been changed since is somebody's.
    @Test(arguments: ["out/passes-now.txt", "out/passes-now.eml"]) func whatWasChangedIsKept(_ file: String) throws {
        let scratch = try Scratch([:])
        #expect(try compare("a-threshold-raised", "--save", scratch.path("out")).output.contains("saved in"))
        try scratch.write(file, try #require(scratch.text(file)) + "mine\n")
        let again = try compare("a-threshold-raised", "--save", scratch.path("out"))
        #expect(again.status == 2 && again.errors.contains("was not saved by diff"), "\(again.errors)")
        #expect(scratch.text(file)?.hasSuffix("mine\n") == true)
        #expect(try compare("a-threshold-raised", "--save", scratch.path("out"), "--force").output.contains("saved in"))
    }

    /// A note alone is enough to stop: only its first line tells that it is ours.
    @Test func aNoteOfSomebodysIsKept() throws {
        let scratch = try Scratch(["out/held-now.txt": "To be kept.\n"])
        #expect(try compare("a-threshold-raised", "--save", scratch.path("out")).status == 2)
        #expect(scratch.text("out/held-now.txt") == "To be kept.\n")
        #expect(try compare("a-threshold-raised", "--force").status == 2)
    }

    @Test func storedMailsAreCountedAndListed() throws {
        let scratch = try Scratch([
            "mail/a.eml": "From: zoe@client.example\nTo: bob@acme.example\nSubject: A bill\n\nx\n",
            "mail/b.eml": "From: zoe@client.example\nTo: bob@acme.example\nSubject: Lunch\n\nx\n",
            "mail/c.eml": "From: zoe@client.example\nTo: bob@acme.example\nSubject: An offer\n\nx\n",
        ])
        let name = "rules-that-have-come-and-gone"
        let result = try compare(name, "--format", "json", "--mail", scratch.path("mail"))
        // Progress is for terminals only.
        #expect(result.errors.isEmpty, "\(result.errors)")
        let object = try #require(
            JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any], "\(result.output)")
        #expect(object["mailCount"] as? Int == 3)
        let mails = try #require(object["mails"] as? [[String: Any]])
        #expect(mails.count == 2)
        let recipients = mails.flatMap { $0["recipients"] as? [[String: Any]] ?? [] }
        #expect(recipients.map { $0["old"] as? String } == ["quarantine held", "deliver"])
        #expect(recipients.map { $0["new"] as? String } == ["deliver", "reject"])
        #expect(recipients.map { $0["rules"] as? [String] } == [["bill"], ["offers"]])
        let page = try compare(name, "--format", "markdown", "--mail", scratch.path("mail"))
        #expect(page.output.contains("<summary>2 of 3 mails fare differently</summary>"), "\(page.output)")
        let missing = try compare(name, "--fail-on", "never", "--mail", scratch.path("none"))
        #expect(missing.status == 1, "\(missing.output)\(missing.errors)")
    }

    /// The disposition is the same; what the sender reads and what the subject says are not.
    @Test func anotherRefusalAndAnotherActionAreTold() throws {
        func policy(_ refusal: String, _ tag: String) -> String {
            """
            policy p { edition 1 domains "acme.example" }
            rule offers { when subject contains "offer" then reject "\(refusal)" }
            rule marked { when subject contains "lunch" then tag subject "[\(tag)] " }
            rule other { when subject contains any of ("offer", "lunch") then log }
            """
        }
        let scratch = try Scratch([
            "old/policy.lazaret": policy("No offers", "a"), "new/policy.lazaret": policy("Not here", "a"),
            "tag/policy.lazaret": policy("No offers", "b"),
            "mail/a.eml": "From: zoe@client.example\nTo: bob@acme.example\nSubject: An offer\n\nx\n",
            "mail/b.eml": "From: zoe@client.example\nTo: bob@acme.example\nSubject: Lunch\n\nx\n",
        ])
        func report(_ new: String) throws -> String {
            try CommandLine.run(
                "diff", scratch.path("old"), scratch.path(new), "--mail", scratch.path("mail"), "--fail-on", "never"
            ).output
        }
        #expect(
            try report("new").contains(
                "bob@acme.example: reject → reject; before reject \"No offers\"; now reject \"Not here\"; by offers, other\n"
            ))
        #expect(
            try report("tag").contains(
                "deliver → deliver; before tag subject \"[a] \"; now tag subject \"[b] \"; by marked\n"))
    }

    @Test func actionsInAnotherOrderAreTold() throws {
        func policy(_ first: String, _ second: String) -> String {
            """
            policy p { edition 1 domains "acme.example" }
            rule one { when subject contains "offer" then tag subject "\(first)" }
            rule two { when subject contains "offer" then tag subject "\(second)" }
            """
        }
        let scratch = try Scratch([
            "old/policy.lazaret": policy("[a] ", "[b] "), "new/policy.lazaret": policy("[b] ", "[a] "),
            "mail/a.eml": "From: zoe@client.example\nTo: bob@acme.example\nSubject: An offer\n\nx\n",
        ])
        let told = try CommandLine.run(
            "diff", scratch.path("old"), scratch.path("new"), "--mail", scratch.path("mail"), "--fail-on", "never")
        #expect(told.output.contains("deliver → deliver; the same in another order; by one, two\n"))
    }

    private func compare(_ name: String, _ options: String...) throws -> CommandLine.Result {
        try CommandLine.run(
            ["diff", "old.lazaret", "new.lazaret"] + options, in: Self.golden.url.appendingPathComponent(name))
    }

    private func expect(_ file: String, _ result: CommandLine.Result) {
        if let difference = Self.golden.difference(file, from: result.output) { Issue.record("\(difference)") }
        #expect(result.errors.isEmpty)
    }
}
