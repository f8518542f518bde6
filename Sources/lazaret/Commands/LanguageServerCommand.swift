import ArgumentParser
import Foundation
import Glibc
import LanguageServer
import Lexical
import PolicyTesting
import Suffixes

struct LanguageServerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lsp", abstract: "Serve an editor: diagnostics, completion, renaming and more.",
        discussion: """
            Speaks the Language Server Protocol 3.17 over standard input and output; an editor starts it. \
            docs/editors.md shows how to set editors up.

            Example: lazaret lsp
            """)

    @OptionGroup var modules: ModuleOptions

    @Flag(help: "Accepted for editors that insist on it; there is no other way.")
    var stdio = false

    func run() throws {
        let server = EditorServer(
            files: DiskFiles(
                fileBytes: PolicyFolder.fileBytes,
                suffixFile: modules.publicSuffixes ?? PolicyFolder.systemSuffixes),
            modulePaths: ModulePath.places(given: modules.modulePath).map(Self.absolute), patterns: PatternLibrary(),
            suffixes: SuffixLibrary(), version: Lazaret.version, diagnosticsPage: Self.diagnosticsPage())
        let status = server.run(
            read: {
                var buffer = [UInt8](repeating: 0, count: 1 << 16)
                while true {
                    let count = Glibc.read(STDIN_FILENO, &buffer, buffer.count)
                    if count < 0, errno == EINTR { continue }
                    return count > 0 ? Array(buffer[..<count]) : nil
                }
            },
            write: { bytes in
                Output.standard.write(bytes)
                Output.standard.flush()
            })
        Glibc.exit(status)
    }

    private static func absolute(_ path: String) -> String { URL(fileURLWithPath: path).standardizedFileURL.path }

    /// The page that explains diagnostics, as installed or in a checkout.
    private static func diagnosticsPage() -> String? {
        for place in ModulePath.places(given: []) {
            let folder = URL(fileURLWithPath: place).deletingLastPathComponent()
            for page in ["doc/lazaret/diagnostics.md", "docs/diagnostics.md"] {
                let file = folder.appendingPathComponent(page)
                if FileManager.default.fileExists(atPath: file.path) { return file.absoluteString }
            }
        }
        return nil
    }
}
