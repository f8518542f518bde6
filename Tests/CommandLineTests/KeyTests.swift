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

/// `compile --sign`, `verify` and what `disasm` says of a signature.
@Suite struct SignedBundleTests {
    private static let policy = """
        policy acme { edition 1 }
        uninspectable { if unknown then defer }
        rule r { when subject contains "x" then tag subject "x" }

        """

    @Test func whoSignedIsTold() throws {
        let scratch = try Scratch(["acme/policy.lazaret": Self.policy])
        let (anna, bert) = (scratch.path("anna.key"), scratch.path("bert.key"))
        let id = try #require(try CommandLine.run("key", "new", "-o", anna).lines.first).dropFirst(4)
        #expect(try CommandLine.run("key", "new", "-o", bert).status == 0)
        let (plain, signed) = (scratch.path("plain.lzb"), scratch.path("signed.lzb"))
        #expect(try CommandLine.run("compile", scratch.path("acme"), "-o", plain).status == 0)
        let made = try CommandLine.run("compile", scratch.path("acme"), "-o", signed, "--sign", anna)
        #expect(made.status == 0, "\(made.errors)")
        #expect(made.output.contains("signed with the key \(id)"))
        let good = try CommandLine.run("verify", signed, "--key", bert + ".pub", "--key", anna + ".pub")
        #expect(good.status == 0, "\(good.errors)")
        #expect(good.lines.first == "policy acme")
        #expect(good.lines.last == "signed with the key \(id)")
        let unsigned = try CommandLine.run("verify", plain)
        #expect(unsigned.status == 0)
        #expect(unsigned.lines.dropFirst().first == good.lines.dropFirst().first)
        #expect(unsigned.lines.last == "not signed")
        #expect(try CommandLine.run("disasm", signed).output.hasSuffix("\n\nsigned with the key \(id)\n"))
        #expect(try !CommandLine.run("disasm", plain).output.contains("signed with"))

        let other = try CommandLine.run("verify", signed, "--key", bert + ".pub")
        #expect(other.status == 1)
        #expect(other.errors.contains("it is signed with the key \(id), which is none of --key"))
        let without = try CommandLine.run("verify", plain, "--key", anna + ".pub")
        #expect(without.status == 1)
        #expect(without.errors.contains("it is not signed"))
        let secret = try CommandLine.run("verify", signed, "--key", anna)
        #expect(secret.status == 3)
        #expect(secret.errors.contains("it holds a private key, where a public key is needed"))
    }

    /// A worker refuses it too: `dry-run` runs nothing of it.
    @Test func aFlippedByteIsRefused() throws {
        let scratch = try Scratch(["acme/policy.lazaret": Self.policy, "a.eml": "Subject: x\n\nx\n"])
        let (key, bundle) = (scratch.path("anna.key"), scratch.path("acme.lzb"))
        #expect(try CommandLine.run("key", "new", "-o", key).status == 0)
        #expect(try CommandLine.run("compile", scratch.path("acme"), "-o", bundle, "--sign", key).status == 0)
        #expect(try CommandLine.run("dry-run", "--policy", bundle, scratch.path("a.eml")).status == 0)
        var bytes = try Data(contentsOf: URL(fileURLWithPath: bundle))
        bytes[bytes.count - 1] ^= 1
        try bytes.write(to: URL(fileURLWithPath: bundle))
        #expect(try CommandLine.run("verify", bundle).status == 1)
        #expect(try CommandLine.run("dry-run", "--policy", bundle, scratch.path("a.eml")).status != 0)
    }
}
