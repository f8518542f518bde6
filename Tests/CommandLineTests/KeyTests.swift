import Foundation
import Testing

/// `lazaret key new`.
@Suite struct KeyTests {
    @Test func aKeyIsTwoFilesAndNobodyElseReadsTheSecret() throws {
        let scratch = try Scratch()
        let made = try CommandLine.run("key", "new", "--name", "Anna", "-o", "anna.key", in: scratch.url)
        #expect(made.status == 0, "\(made.errors)")
        #expect(scratch.names == ["anna.key", "anna.key.pub"])
        let rights = try FileManager.default.attributesOfItem(atPath: scratch.path("anna.key"))[.posixPermissions]
        #expect(rights as? Int == 0o600)
        let id = String(try #require(made.lines.first).dropFirst(4))
        #expect(id.wholeMatch(of: /[0-9a-f]{16}/) != nil)
        #expect(
            scratch.text("anna.key")?.hasPrefix("Lazaret private key \(id) of Anna\n-----BEGIN PRIVATE KEY") == true)
        #expect(scratch.text("anna.key.pub")?.hasPrefix("Lazaret public key \(id) of Anna\n") == true)
    }

    @Test(arguments: ["lazaret.key", "lazaret.key.pub"]) func aFileThatIsThereIsLeftAlone(_ name: String) throws {
        let scratch = try Scratch([name: "mine"])
        let made = try CommandLine.run("key", "new", in: scratch.url)
        #expect(made.status == 2)
        #expect(made.errors.contains("\(name) is there already"))
        #expect(scratch.names == [name])
        #expect(scratch.text(name) == "mine")
    }
}
