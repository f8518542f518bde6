import ArgumentParser

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
        Output.standard.line(try BundleText.disassembly(of: try FileOnDisk.read(bundle), path: bundle))
    }
}
