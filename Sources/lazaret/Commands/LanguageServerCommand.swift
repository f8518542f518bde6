import ArgumentParser
import Foundation
import Glibc
import LanguageServer
import Lexical
import PolicyTesting
import Suffixes
import Workers

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

    @Flag(help: .hidden)
    var unguarded = false

    /// The process the editor starts watches over another that does the work, so that a fault in analysing one text
    /// does not take the editor's help away.
    func run() throws {
        guard unguarded else {
            let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? "lazaret"
            let places = modules.modulePath.flatMap { ["--module-path", Self.absolute($0)] }
            let suffixes = modules.publicSuffixes.map { ["--public-suffixes", Self.absolute($0)] } ?? []
            Glibc.exit(GuardedServer(executable: own, arguments: ["lsp", "--unguarded"] + places + suffixes).run())
        }
        let server = EditorServer(
            files: DiskFiles(suffixFile: modules.publicSuffixes ?? PolicyFolder.systemSuffixes),
            modulePaths: ModulePath.places(given: modules.modulePath).map(Self.absolute), patterns: PatternLibrary(),
            suffixes: SuffixLibrary(), version: Release.version, diagnosticsPage: Self.diagnosticsPage())
        Glibc.exit(server.run(read: { EditorPipe.read() }, write: EditorPipe.write))
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
