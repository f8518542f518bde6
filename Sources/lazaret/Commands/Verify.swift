import ArgumentParser
import Bytecode
import Cryptography
import PolicyTesting

struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Verify a bundle: its bytes, its program and who signed it.",
        discussion: """
            With --key the bundle must be signed by one of these keys; the status is 1 if it is not, or if the program \
            may not run.

            Example: lazaret verify my-policy.lzb --key anna.key.pub
            """)

    @Argument(help: ArgumentHelp("The bundle.", valueName: "file.lzb"))
    var bundle: String

    @Option(help: ArgumentHelp("A public key that is trusted; may be given several times.", valueName: "file"))
    var key: [String] = []

    func run() throws {
        var trusted: [VerifyingKey] = []
        for path in key { trusted.append(try KeyOnDisk.verifying(path)) }
        let bytes = try FileOnDisk.read(bundle)
        do throws(BundleFault) {
            let program = try Bundle.read(bytes)
            let signature = try Bundle.signature(of: bytes)
            if !trusted.isEmpty {
                guard let signature else { throw BundleFault(.signature, "it is not signed") }
                guard trusted.contains(signature.key) else {
                    throw BundleFault(
                        .signature, "it is signed with the key \(signature.keyID), which is none of --key")
                }
            }
            let signer = signature.map { "signed with the key \($0.keyID)" } ?? "not signed"
            let tests = try Bundle.tests(of: bytes)?.tests.count
            let carried = tests.map { ["carries \(Shown.count($0, "test"))"] } ?? []
            Output.standard.lines(
                [
                    "policy \(Shown.text(program.manifest.policy))", "digest \(try Bundle.digest(of: bytes))",
                ] + carried + [signer])
        } catch {
            throw CommandFailure(.faulty, "\(bundle): \(error.reason)")
        }
    }
}
