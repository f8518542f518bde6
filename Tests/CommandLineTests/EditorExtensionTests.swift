import Foundation
import TestSupport
import Testing

/// The extension for Visual Studio Code under Node.js, with the editor's own modules stubbed and the real language
/// server behind them. Where Node.js is not installed the test is left out, and says so.
@Suite struct EditorExtensionTests {
    private static let node = ["/usr/bin/node", "/usr/local/bin/node"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    @Test(.enabled(if: node != nil, "Node.js is not installed"))
    func itStartsTheServerAndFaultsComeAndGo() throws {
        let scratch = try Scratch([
            "modules/house/mail.lazaret": "define chatty = tls\n",
            "policy.lazaret": """
            policy acme { edition 1 }
            import house.mail
            quarantine k {}
            uninspectable { if unknown then defer }
            rule a { when tsl and mail.chatty then quarantine k }

            """,
        ])
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try #require(Self.node))
        process.arguments = [
            CommandLine.package.appendingPathComponent("Tests/CommandLineTests/extension.js").path,
            CommandLine.package.appendingPathComponent("Grammar/vscode/extension.js").path,
            CommandLine.executables.appendingPathComponent("lazaret").path, scratch.path("modules"),
            scratch.path("policy.lazaret"),
        ]
        let pipe = Pipe()
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let pid = process.processIdentifier
        let guardian = DispatchWorkItem { kill(pid, SIGKILL) }
        DispatchQueue.global().asyncAfter(deadline: .now() + 300, execute: guardian)
        let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guardian.cancel()
        #expect(
            output == """
                runs lsp --module-path MODULES
                hover true
                documents [{"language":"lazaret"}] files **/*.{lazaret,txt}
                LZ0400 4:14
                mended
                ended 0

                """)
    }
}
