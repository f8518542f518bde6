import Connections
import Engines
import Foundation
import TestSupport
import Testing
import Vocabulary

/// Both sides of what an engine may be given, and how long it may take, where the operator says neither.
@Suite struct EngineLimitTests {
    private static let signatures = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Policies/signatures").path

    private static func engines(_ kinds: EngineSettings.Kind..., seconds: Double? = nil) throws -> EngineSet {
        let settings = kinds.enumerated().map { number, kind in
            EngineSettings(name: "\(kind.word)\(number)", kind: kind, seconds: seconds)
        }
        return try EngineSet(EngineConfiguration(engines: settings), dialer: DirectDialer())
    }

    private static func reasons(_ answer: EngineAnswer) -> Reasons {
        if case .unknown(let reasons, _) = answer { reasons } else { [] }
    }

    /// Nobody listens, so what is within the bound is asked for in vain, and what is beyond it is not asked for at all.
    @Test func antivirusElsewhereIsGivenContentsUpToASize() async throws {
        let kinds: [EngineSettings.Kind] = [
            .clamd(FakeServer.refusing), .icap(FakeServer.refusing, ICAPService(path: "av")),
        ]
        for kind in kinds {
            let engine = try #require(try Self.engines(kind).antivirus.engines.first)
            let most = EngineSettingsLimits.largestAntivirus
            let within = await onThread { engine.scan([UInt8](repeating: 65, count: most), name: nil) }
            #expect(Self.reasons(within) == .engineDown, "\(kind.word)")
            let beyond = await onThread { engine.scan([UInt8](repeating: 65, count: most + 1), name: nil) }
            #expect(Self.reasons(beyond) == .overLimit, "\(kind.word)")
        }
    }

    @Test func spamEnginesAreGivenMessagesUpToASize() async throws {
        let set = try Self.engines(.rspamd(FakeServer.refusing, password: nil), .spamd(FakeServer.refusing, user: nil))
        for engine in set.spam.engines {
            for (count, reasons) in [
                (EngineSettingsLimits.largestSpam, Reasons.engineDown),
                (EngineSettingsLimits.largestSpam + 1, .overLimit),
            ] {
                let answer = await onThread { engine.judge([UInt8](repeating: 65, count: count), SampleMail.envelope) }
                guard case .unknown(reasons, _) = answer else {
                    Issue.record("\(engine.name), \(count) bytes: \(answer)")
                    continue
                }
            }
        }
    }

    @Test func enginesInThisProcessAreGivenContentsUpToASize() throws {
        let most = EngineSettingsLimits.largestEmbedded
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("lazaret-\(UUID().uuidString).yar")
        try Data("rule Large { condition: filesize == \(most) }\n".utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let set = try Self.engines(.clamav(signatures: Self.signatures), .yara(files: [file.path]))
        let clamAV = try #require(set.antivirus.engines.first)
        let rules = try #require(set.yara.first).rules
        var content = [UInt8](repeating: 0, count: most)
        #expect(clamAV.scan(content, name: nil) == .clean)
        #expect(rules.scan(content) == .matched(["Large"]))
        content.append(0)
        #expect(Self.reasons(clamAV.scan(content, name: nil)) == .overLimit)
        guard case .partly([], .overLimit, _) = rules.scan(content) else {
            Issue.record("a content over the limit got an answer")
            return
        }
    }

    /// The time that is set, or else the usual one, is the engine's own.
    @Test func anEngineHasItsTime() async throws {
        #expect(EngineSettings(name: "a", kind: .clamd(FakeServer.refusing)).seconds == EngineSettingsLimits.seconds)
        let server = FakeServer { connection in
            _ = connection.read(until: "\0\0\0\0")
            Thread.sleep(forTimeInterval: 0.7)
            connection.write("stream: OK\0")
        }
        defer { server.stop() }
        for (seconds, reasons) in [(EngineSettingsLimits.seconds, Reasons()), (0.3, .engineDown)] {
            let engine = try #require(
                try Self.engines(.clamd(server.address), seconds: seconds).antivirus.engines.first)
            let answer = await onThread { engine.scan([65], name: nil) }
            #expect(Self.reasons(answer) == reasons)
        }
    }
}
