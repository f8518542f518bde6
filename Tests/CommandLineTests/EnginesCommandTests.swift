import Foundation
import TestSupport
import Testing

@Suite struct EnginesCommandTests {
    private static let signatures = CommandLine.package.appendingPathComponent("Policies/signatures").path
    private static let rule = "rule Marked { strings: $a = \"mark-of-the-house\" condition: $a }\n"

    @Test func saysWhatWorksAndWhatDoesNot() throws {
        let gone = FakeServer { _ in }
        gone.stop()
        let scratch = try Scratch([
            "rules.yar": Self.rule,
            "engines.toml": """
            [[engine]]
            kind = "clamav"
            signatures = "\(Self.signatures)"
            [[engine]]
            kind = "yara"
            files = ["rules.yar"]
            [[engine]]
            kind = "clamd"
            name = "second"
            address = "127.0.0.1:\(gone.port)"
            """,
        ])
        let json = try CommandLine.run("engines", "--engines", scratch.path("engines.toml"), "--format", "json")
        #expect(json.status == 3, "\(json.errors)")
        let engines = try #require(
            JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]], "\(json.output)")
        #expect(engines.map { $0["name"] as? String } == ["clamav", "yara", "second"])
        #expect(engines.map { $0["works"] as? Bool } == [true, true, false])
        #expect(engines[0]["signatures"] as? Int == 2 && engines[0]["signaturesNewest"] is Int)
        #expect(engines[1]["signatures"] as? Int == 1)
        #expect((engines[2]["fault"] as? String)?.contains("refused") == true)

        let table = try CommandLine.run("engines", "--engines", scratch.path("engines.toml"))
        #expect(table.output.contains("works  clamav  clamav") && table.output.contains("fails  second  clamd"))

        let alone = try CommandLine.run("engines", "--signatures", Self.signatures)
        #expect(alone.status == 0 && alone.output.contains("works"), "\(alone.errors)")
    }

    @Test func faultsOfTheFileAreToldWithTheirLine() throws {
        let scratch = try Scratch(["engines.toml": "[[engine]]\nkind = \"clamdd\"\n"])
        let file = scratch.path("engines.toml")
        for arguments in [["engines"], ["inspect", "Policies/demo"]] {
            let result = try CommandLine.run(arguments + ["--engines", file])
            #expect(result.status == 3)
            #expect(result.errors.contains("engines.toml:2:1: there is no kind of engine"), "\(result.errors)")
        }
        #expect(try CommandLine.run("engines").status == 2)
        // One that cannot be loaded is told as what does not work.
        try scratch.write("broken.toml", "[[engine]]\nkind = \"yara\"\nfiles = [\"none.yar\"]\n")
        let broken = try CommandLine.run("engines", "--engines", scratch.path("broken.toml"))
        #expect(broken.status == 3 && broken.output.contains("none.yar"), "\(broken.output)\(broken.errors)")
    }

    /// The whole way: file, worker, engine, rule, and what `explain` says of it.
    @Test func explainTellsWhatEachEngineSaid() throws {
        let scratch = try Scratch([
            "rules.yar": Self.rule,
            "engines.toml": "[[engine]]\nkind = \"yara\"\nname = \"house\"\nfiles = [\"rules.yar\"]\n",
            "policy/policy.lazaret": """
            policy p { edition 1 domains "acme.example" }
            uninspectable { if unknown then defer }
            rule marked { when yara "Marked" then quarantine marked }
            """,
            "a.eml": "From: a@b.example\r\nTo: c@acme.example\r\nSubject: x\r\n\r\nmark-of-the-house\r\n",
        ])
        let result = try CommandLine.run(
            "explain", "--policy", scratch.path("policy"), "--engines", scratch.path("engines.toml"),
            scratch.path("a.eml"))
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output.contains("is held in quarantine"))
        #expect(result.output.contains("house: Marked") && result.output.contains("libyara"), "\(result.output)")
    }
}
