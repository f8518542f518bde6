import ArgumentParser
import Cryptography
import Glibc
import PolicyTesting

struct KeyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key", abstract: "Make keys that sign policies.", subcommands: [KeyNew.self])
}

struct KeyNew: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new", abstract: "Make a key that signs policies (Ed25519).",
        discussion: """
            Writes the private key, which only you may read, and the public one beside it as FILE.pub: the relay's \
            operator lists that one as trusted. Files that are there are left alone. Both are PEM, as openssl reads it.

            Example: lazaret key new --output anna.key --name anna@acme.example
            """)

    @Option(name: [.short, .long], help: ArgumentHelp("The private key's file.", valueName: "file"))
    var output = "lazaret.key"

    @Option(help: ArgumentHelp("Whose key it is: a line for people in both files.", valueName: "name"))
    var name = ""

    func run() throws {
        let (secret, open, id) = try texts()
        let publicPath = output + ".pub"
        // Looked at first, so that no private key stays behind without its other half.
        if access(publicPath, F_OK) == 0 {
            throw CommandFailure(
                .usage, "\(publicPath) is there already; give another name (--output), or move it away")
        }
        try FreshFile.write(Array(secret.utf8), to: output, rights: 0o600)
        try FreshFile.write(Array(open.utf8), to: publicPath, rights: 0o644)
        Output.standard.line("key \(id)")
        Output.standard.line("  \(Shown.text(output)): the private key; it signs as you, keep it to yourself")
        Output.standard.line("  \(Shown.text(publicPath)): the public key, for those who are to trust it")
    }

    private func texts() throws(CommandFailure) -> (secret: String, open: String, id: String) {
        do throws(KeyFault) {
            let key = try SigningKey()
            return (try KeyText.write(key, name: name), KeyText.write(key.verifying, name: name), key.verifying.id)
        } catch {
            throw CommandFailure(.environment, error.reason)
        }
    }
}

/// Keys as arguments name them.
enum KeyOnDisk {
    /// - Throws: `CommandFailure` when the file cannot be read or is no private key.
    static func signing(_ path: String) throws(CommandFailure) -> SigningKey {
        let bytes = try FileOnDisk.read(path, status: .environment)
        do throws(KeyFault) {
            return try KeyText.signingKey(bytes)
        } catch {
            throw CommandFailure(.environment, "\(path): \(error.reason)")
        }
    }

    /// - Throws: `CommandFailure` when the file cannot be read or is no public key.
    static func verifying(_ path: String) throws(CommandFailure) -> VerifyingKey {
        let bytes = try FileOnDisk.read(path, status: .environment)
        do throws(KeyFault) {
            return try KeyText.verifyingKey(bytes)
        } catch {
            throw CommandFailure(.environment, "\(path): \(error.reason)")
        }
    }
}
