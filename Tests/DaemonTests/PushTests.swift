import Foundation
import RelaySupport
import Testing

/// The programs as their users run them: a relay without a policy, a policy pushed to it, mail judged by it.
@Suite(.serialized) struct PushTests {
    private static func policy(_ word: String) -> String {
        """
        policy demo {
            edition      1
            domains      "ours.example"
            admin        "postmaster@ours.example"
            language     en
        }
        uninspectable { if unknown then defer }
        rule refused { when subject contains "\(word)" then reject "no \(word) here" }
        """
    }

    private static var lazaret: String {
        let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        let bundle = ProcessInfo.processInfo.arguments.first { $0.hasSuffix(".xctest") } ?? own
        return URL(fileURLWithPath: bundle).deletingLastPathComponent().appendingPathComponent("lazaret").path
    }

    private static func settings(hop: Int, proxy: Int, port: Int) -> String {
        """
        [next-hop]
        address = "127.0.0.1:\(hop)"
        [[listener]]
        name = "proxy"
        address = "127.0.0.1:\(proxy)"
        scheme = "smtp"
        role = "inbound"
        trusted-peers = ["127.0.0.0/8"]
        [[organisation]]
        name = "demo"
        domains = ["ours.example"]
        default = true
        trusted-keys = ["key.pub"]
        [store]
        folder = "store"
        [administration]
        address = "127.0.0.1:\(port)"
        [[administration.token]]
        name = "tests"
        file = "token"
        """
    }

    /// What the relay says to a mail of this subject.
    private static func answer(_ port: Int, _ subject: String) async throws -> Int {
        let mail =
            "From: ann@else.example\r\nTo: bob@ours.example\r\nSubject: \(subject)\r\n"
            + "Date: Wed, 25 Nov 2026 10:00:00 +0000\r\nMessage-ID: <\(UUID().uuidString)@else.example>\r\n\r\nhi\r\n"
        return try await MailClient.deliver(
            port: port, from: "ann@else.example", to: ["bob@ours.example"], mail
        ).last.code
    }

    @Test func aPolicyIsPushedReplacedRolledBackAndSurvivesARestart() async throws {
        let hop = ScriptedHop()
        defer { hop.stop() }
        let (proxy, port) = (Loopback.freePort(), Loopback.freePort())
        let keys = FileManager.default.temporaryDirectory.appendingPathComponent("keys-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: keys, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: keys) }
        for name in ["key", "other"] {
            #expect(try Self.run(["key", "new", "--output", "\(keys.path)/\(name)"]) == 0)
        }
        try Data("0123456789abcdef0123456789abcdef\n".utf8).write(to: keys.appendingPathComponent("token"))
        chmod(keys.appendingPathComponent("token").path, 0o600)
        let settings = Self.settings(hop: hop.port, proxy: proxy, port: port)
            .replacing("\"key.pub\"", with: "\"\(keys.path)/key.pub\"").replacing(
                "\"token\"", with: "\"\(keys.path)/token\""
            )
            .replacing("\"store\"", with: "\"\(keys.path)/store\"")
        func push(_ word: String, key: String) throws -> Int32 {
            let folder = keys.appendingPathComponent("policy")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data(Self.policy(word).utf8).write(to: folder.appendingPathComponent("main.lazaret"))
            return try Self.run(
                ["push", folder.path, "--key", "\(keys.path)/\(key)", "--organisation", "demo"], keys, port)
        }
        do {
            let daemon = try RunningDaemon(["--config", "lazaretd.toml"], settings: settings)
            #expect(daemon.says("administration listens"), "\(daemon.output)")
            let before = try await Self.answer(proxy, "casino")
            #expect(before == 451)
            #expect(try push("casino", key: "key") == 0)
            let judged = try await [Self.answer(proxy, "casino"), Self.answer(proxy, "lottery")]
            #expect(judged == [554, 250])
            #expect(try push("lottery", key: "other") == 1)
            let kept = try await [Self.answer(proxy, "casino"), Self.answer(proxy, "lottery")]
            #expect(kept == [554, 250])
            #expect(try push("lottery", key: "key") == 0)
            let replaced = try await [Self.answer(proxy, "casino"), Self.answer(proxy, "lottery")]
            #expect(replaced == [250, 554])
            #expect(try Self.run(["rollback", "--organisation", "demo"], keys, port) == 0)
            daemon.signal(SIGTERM)
            #expect(daemon.status() == 0)
        }
        let daemon = try RunningDaemon(["--config", "lazaretd.toml"], settings: settings)
        #expect(daemon.says("administration listens"), "\(daemon.output)")
        let again = try await [Self.answer(proxy, "casino"), Self.answer(proxy, "lottery")]
        #expect(again == [554, 250])
    }

    private static func run(_ arguments: [String], _ folder: URL, _ port: Int) throws -> Int32 {
        try run(arguments + ["--relay", "http://127.0.0.1:\(port)", "--token-file", "\(folder.path)/token"])
    }

    private static func run(_ arguments: [String]) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: lazaret)
        process.arguments = arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }
}
