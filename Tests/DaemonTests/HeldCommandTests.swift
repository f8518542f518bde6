import Foundation
import RelaySupport
import Testing

/// Held mail at the command line, beside the relay that holds it.
@Suite(.serialized) struct HeldCommandTests {
    private static let policy = """
        policy demo {
            edition      1
            domains      "ours.example"
            admin        "postmaster@ours.example"
            language     en
        }
        uninspectable { if unknown then defer }
        rule kept { when subject contains "hold" then quarantine media }
        """

    /// Beside the test bundle, where SwiftPM puts them.
    private static func program(_ name: String) -> URL {
        let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        let bundle = ProcessInfo.processInfo.arguments.first { $0.hasSuffix(".xctest") } ?? own
        return URL(fileURLWithPath: bundle).deletingLastPathComponent().appendingPathComponent(name)
    }

    private static func run(_ name: String, _ arguments: [String], in folder: URL) throws -> (Int32, String) {
        let process = Process()
        process.executableURL = program(name)
        process.arguments = arguments
        process.currentDirectoryURL = folder
        let output = folder.appendingPathComponent("output-\(UUID().uuidString)")
        try Data().write(to: output)
        process.standardOutput = FileHandle(forWritingAtPath: output.path)
        process.standardError = process.standardOutput
        try process.run()
        process.waitUntilExit()
        return (process.terminationStatus, (try? String(contentsOf: output, encoding: .utf8)) ?? "")
    }

    @Test func heldMailIsShownReleasedAndWrittenDown() async throws {
        let hop = ScriptedHop()
        defer { hop.stop() }
        let (proxy, port) = (Loopback.freePort(), Loopback.freePort())
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("held-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder.appendingPathComponent("policy"), withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(Self.policy.utf8).write(to: folder.appendingPathComponent("policy/main.lazaret"))
        #expect(try Self.run("lazaret", ["compile", "policy", "-o", "demo.lzb"], in: folder).0 == 0)
        let settings = """
            [next-hop]
            address = "127.0.0.1:\(hop.port)"
            [[listener]]
            name = "proxy"
            address = "127.0.0.1:\(proxy)"
            trusted-peers = ["127.0.0.0/8"]
            [[organisation]]
            name = "demo"
            domains = ["ours.example"]
            default = true
            policy = "\(folder.path)/demo.lzb"
            [store]
            folder = "\(folder.path)/store"
            [administration]
            address = "127.0.0.1:\(port)"
            """
        try Data(settings.utf8).write(to: folder.appendingPathComponent("lazaretd.toml"))
        func lazaretd(_ arguments: String...) throws -> (Int32, String) {
            try Self.run("lazaretd", arguments + ["--config", "lazaretd.toml"], in: folder)
        }
        let daemon = try RunningDaemon(["--config", "lazaretd.toml"], settings: settings)
        #expect(daemon.says("administration listens"), "\(daemon.output)")
        let mail = "From: Ann <ann@else.example>\r\nTo: bob@ours.example\r\nSubject: hold \u{1b}[2J\r\n\r\nhi\r\n"
        for _ in 0..<2 {
            let answers = try await MailClient.deliver(
                port: proxy, from: "ann@else.example", to: ["bob@ours.example"], mail)
            #expect(answers.last.code == 250)
        }
        let list = try lazaretd("held")
        #expect(list.0 == 0 && list.1.contains("bob@ours.example held"), "\(list.1)")
        #expect(!list.1.contains("\u{1b}"))
        let page = try lazaretd("held", "show", "1")
        #expect(page.1.contains("because   kept"), "\(page.1)")
        let release = try lazaretd("held", "release", "1")
        #expect(release.0 == 0 && release.1.contains("queued for bob@ours.example"), "\(release.1)")
        let taken = try await hop.wait(for: 1)
        #expect(taken[0].text == mail)
        #expect(try lazaretd("held", "delete", "2").0 == 0)
        #expect(try lazaretd("held", "release", "2").0 == 1)
        let verdict = try lazaretd("audit", "verify")
        #expect(verdict.0 == 0 && verdict.1.hasPrefix("intact: 2 lines"), "\(verdict.1)")
        let trail = try lazaretd("audit", "export")
        #expect(trail.1.contains("held mail: release") && trail.1.contains("held mail: delete"))
        let track = try lazaretd("track")
        #expect(track.1.contains("<bob@ours.example>  held"), "\(track.1)")
        daemon.signal(SIGTERM)
        #expect(daemon.status() == 0)
    }

    /// A promise that is not kept yet is refused, not forgotten.
    @Test(arguments: ["[store]\npostgres = \"host=localhost\"\n"])
    func whatIsNotThereYetIsRefused(extra: String) throws {
        let daemon = try RunningDaemon(["--config", "lazaretd.toml"], settings: extra)
        #expect(daemon.status() != 0)
        #expect(daemon.output.contains("not served yet"), "\(daemon.output)")
    }
}
