import Engines
import Foundation
import Testing
import Vocabulary

/// Against a real c-icap whose service asks a real clamd.
@Suite struct ICAPEngineTests {
    private static let executable = "/usr/bin/c-icap"
    private static let module = "/usr/lib/x86_64-linux-gnu/c_icap/virus_scan.so"
    private static let isInstalled =
        RealClamd.isInstalled && RealServer.isInstalled(executable) && FileManager.default.fileExists(atPath: module)
    private static let missing: Comment = "c-icap is not installed (apt-get install c-icap libc-icap-mod-virus-scan)"
    private static let bounds = EngineBounds(seconds: 120, largest: 8 << 20)

    private static func start(over clamd: RealClamd) throws -> (RealServer, EngineAddress) {
        let folder = try RealServer.makeFolder()
        let port = RealServer.freePort()
        let configuration = """
            PidFile \(folder.path)/c-icap.pid
            CommandsSocket \(folder.path)/c-icap.ctl
            Timeout 300
            StartServers 1
            MaxServers 1
            MinSpareThreads 2
            MaxSpareThreads 4
            ThreadsPerChild 4
            Port 127.0.0.1:\(port)
            User root
            Group root
            TmpDir \(folder.path)
            DebugLevel 1
            ModulesDir /usr/lib/x86_64-linux-gnu/c_icap
            ServicesDir /usr/lib/x86_64-linux-gnu/c_icap
            TemplateDir /usr/share/c_icap/templates/
            TemplateDefaultLanguage en
            LoadMagicFile /etc/c-icap/c-icap.magic
            ServerLog \(folder.path)/server.log
            AccessLog \(folder.path)/access.log
            Service echo srv_echo.so
            Module common clamd_mod.so
            clamd_mod.ClamdSocket \(clamd.server.folder.path)/clamd.sock
            Service antivirus_module virus_scan.so
            ServiceAlias avscan virus_scan?allow204=on&sizelimit=off&mode=simple
            virus_scan.ScanFileTypes TEXT DATA EXECUTABLE ARCHIVE GIF JPEG MSOFFICE DOCUMENT
            virus_scan.DefaultEngine clamd
            virus_scan.MaxObjectSize 50M
            """
        let file = folder.appendingPathComponent("c-icap.conf")
        try Data((configuration + "\n").utf8).write(to: file)
        let address = EngineAddress.tcp(host: "127.0.0.1", port: port)
        let probe = ICAPEngine("probe", at: address, service: ICAPService(path: "avscan"), bounds: bounds)
        let server = try RealServer(executable, ["-N", "-D", "-f", file.path], folder: folder) {
            if case .ready = probe.readiness() { return true }
            return false
        }
        return (server, address)
    }

    @Test(.enabled(if: isInstalled, missing))
    func findsWhatTheServerFinds() throws {
        let clamd = try RealClamd()
        let (server, address) = try Self.start(over: clamd)
        defer { server.stop() }
        for method in ICAPService.Method.allCases {
            let engine = ICAPEngine(
                "house", at: address, service: ICAPService(path: "avscan", method: method), bounds: Self.bounds)
            #expect(
                engine.scan(RealClamd.eicar, name: nil) == .infected("Lazaret.Test.Eicar.UNOFFICIAL"), "\(method)")
            #expect(engine.scan(Array("good morning".utf8), name: nil) == .clean, "\(method)")
            // Beyond the preview, so that the server has to ask for the rest.
            #expect(engine.scan([UInt8](repeating: 0x41, count: 3 << 20), name: nil) == .clean, "\(method)")
            let padded = [UInt8](repeating: 0x20, count: 5000)
            #expect(engine.scan(padded, name: nil) == .clean)
            guard case .ready(let state) = engine.readiness() else {
                Issue.record("it does not tell its options")
                return
            }
            #expect(state.mark != nil && state.version?.contains("ISTag") == true)
        }
        // A service that gives every content back unchanged.
        let echo = ICAPEngine("echo", at: address, service: ICAPService(path: "echo"), bounds: Self.bounds)
        #expect(echo.scan(Array("good morning".utf8), name: nil) == .clean)
        let none = ICAPEngine("none", at: address, service: ICAPService(path: "nothing"), bounds: Self.bounds)
        guard case .unknown(.engineDown, let sentence) = none.scan(Array("good morning".utf8), name: nil) else {
            Issue.record("a service that is not there gave an answer")
            return
        }
        #expect(sentence.contains("404"))
    }

    /// The server is there but what it asks is gone: it must not be taken for "clean".
    @Test(.enabled(if: isInstalled, missing))
    func aServerWithoutItsScannerGivesNoAnswer() throws {
        let clamd = try RealClamd()
        let (server, address) = try Self.start(over: clamd)
        defer { server.stop() }
        let engine = ICAPEngine("house", at: address, service: ICAPService(path: "avscan"), bounds: Self.bounds)
        #expect(engine.scan(RealClamd.eicar, name: nil) == .infected("Lazaret.Test.Eicar.UNOFFICIAL"))
        clamd.server.kill()
        #expect(engine.scan(RealClamd.eicar, name: nil) != .clean)
        server.kill()
        guard case .unknown(.engineDown, _) = engine.scan(RealClamd.eicar, name: nil) else {
            Issue.record("a server that is gone gave an answer")
            return
        }
    }
}
