import ArgumentParser
import Bytecode
import Compiler
import PolicyTesting

struct Disasm: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "disasm", abstract: "Show the program in a bundle.",
        discussion: """
            The bundle is verified first.

            Example: lazaret disasm my-policy.lzb
            """)

    @Argument(help: ArgumentHelp("The bundle.", valueName: "file.lzb"))
    var bundle: String

    func run() throws {
        let files = (try? PolicyFolder.allFiles(at: bundle)) ?? []
        if files.contains(where: { $0.hasSuffix(PolicyPlaces.fileExtension) }) {
            throw CommandFailure(
                .faulty, "\(bundle): this is a policy; compile it first: lazaret compile \(bundle) -o policy.lzb")
        }
        let bytes = try FileOnDisk.read(bundle)
        do throws(BundleFault) {
            // Names in a bundle from elsewhere may hold what steers a terminal.
            let text = Disassembler(try Bundle.read(bytes)).text
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            Output.standard.lines(lines.map { Shown.text(String($0)) })
            if let tests = try Bundle.tests(of: bytes) {
                Output.standard.lines(["", "carries \(Shown.count(tests.tests.count, "test"))"])
            }
            if let signature = try Bundle.signature(of: bytes) {
                Output.standard.lines(["", "signed with the key \(signature.keyID)"])
            }
        } catch {
            throw CommandFailure(.faulty, "\(bundle): \(error.reason)")
        }
    }
}
