import ArgumentParser
import Bytecode

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
        let bytes = try FileOnDisk.read(bundle)
        do throws(BundleFault) {
            Output.standard.write(Array(Disassembler(try Bundle.read(bytes)).text.utf8))
        } catch {
            throw CommandFailure(.faulty, "\(bundle): \(error.reason)")
        }
    }
}
