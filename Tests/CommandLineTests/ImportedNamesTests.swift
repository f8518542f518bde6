import Foundation
import Testing

/// Names that a Sieve script and its file have, and a policy may not.
@Suite struct ImportedNamesTests {
    @Test func wordsOfTheLanguageAreNamesAllTheSame() throws {
        let scratch = try Scratch()
        try scratch.write(
            "test.sieve",
            "\u{FEFF}require \"fileinto\";\nif header :contains \"Subject\" \"x\" { fileinto \"Quarantine\"; }\n"
                + "if header :contains \"Subject\" \"y\" { fileinto \"Log\"; fileinto \"Junk\"; }\n"
                + "if header :contains \"Subject\" \"z\" { fileinto \"Quarantine area\"; }\n")
        let run = try CommandLine.run(
            "import", "sieve", "--strict", "-o", scratch.path("p/policy.lazaret"), scratch.path("test.sieve"))
        #expect(run.status == 3)
        try FileManager.default.createDirectory(atPath: scratch.path("p"), withIntermediateDirectories: true)
        let again = try CommandLine.run(
            "import", "sieve", "--strict", "-o", scratch.path("p/policy.lazaret"), scratch.path("test.sieve"))
        #expect(again.status == 0, "\(again.errors)")
        let policy = try #require(scratch.text("p/policy.lazaret"))
        #expect(policy.contains("policy test-policy {"))
        #expect(
            policy.contains("quarantine quarantine-area {}") && policy.contains("then   quarantine quarantine-area"))
        #expect(policy.contains("quarantine log-area") && policy.contains("quarantine junk {}"))
        #expect(policy.contains("quarantine quarantine-area-2 {}"), "two folders share no area")
        #expect(try CommandLine.run("check", scratch.path("p")).status == 0)
    }

    @Test(arguments: ["nobody", "a@b@", "a b@acme.example", "a@acme..example"])
    func anAdministratorIsWhatAPolicyTakesAsAnAddress(_ address: String) throws {
        let scratch = try Scratch(["a.sieve": "discard;\n"])
        let run = try CommandLine.run("import", "sieve", "--admin", address, scratch.path("a.sieve"))
        #expect(run.status == 2 && run.errors.contains("is not a mail address"), "\(run.status) \(run.errors)")
    }
}
