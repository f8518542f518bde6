import ArgumentParser
import Diagnostics
import PolicyTesting

struct Format: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fmt", abstract: "Bring policy files into their canonical form.",
        discussion: """
            Comments are kept. A file with syntax errors is left as it is and reported. With --check nothing is \
            written, and files that would change give status 1.

            Example: lazaret fmt --check my-policy
            """)

    @Argument(help: ArgumentHelp("Policy files, or folders whose .lazaret files are meant.", valueName: "path"))
    var paths: [String]

    @Flag(help: "Only name the files that would change.")
    var check = false

    @OptionGroup var colors: ColorOptions

    func run() throws {
        var isFaulty = false
        for path in paths {
            for file in try files(at: path) {
                let bytes = try FileOnDisk.read(file)
                if PolicyFolder.isBundle(bytes) { throw CommandFailure(.faulty, "\(file): this is a compiled bundle") }
                let source = SourceFile(path: file, bytes: bytes)
                switch PolicyFormatter.format(source) {
                case .broken(let diagnostics):
                    let renderer = TextRenderer(sources: SourceSet([source]), coloured: colors.paint.isOn)
                    Output.complain(renderer.render(diagnostics))
                    isFaulty = true
                case .formatted(let bytes) where bytes != source.bytes:
                    if check {
                        isFaulty = true
                    } else {
                        try AuthorFiles.write([AuthorFiles.Change(path: file, old: source.bytes, new: bytes)])
                    }
                    Output.standard.line(file)
                case .formatted: break
                }
            }
        }
        if isFaulty { throw CommandFailure(.faulty) }
    }

    private func files(at path: String) throws(CommandFailure) -> [String] {
        do throws(FileFault) {
            return try PolicyFolder.allFiles(at: path)
        } catch {
            throw CommandFailure(error, status: .faulty)
        }
    }
}
