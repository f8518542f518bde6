import Compiler
import Evaluation
import Foundation
import Lexical
import TestSupport
import Testing
import Vocabulary

/// Facts that rest on engines, from the policy's text to the verdict.
@Suite struct EngineFactsTests {
    private static let header = """
        policy p { edition 1 domains "acme.example" }
        uninspectable {
            if encrypted, damaged, ambiguous, unsupported then quarantine unreadable
            if over-limit then quarantine oversized
            if engine-down then defer
        }

        """

    private func judge(_ rules: String, _ engines: EngineSettings...) throws -> MessageJudge {
        let result = PolicyCompiler(patterns: PatternLibrary()).compile(PolicyInMemory(Self.header + rules))
        let bundle = try #require(result.bundle, "\(result.diagnostics.map(\.message))")
        return try MessageJudge(bundle: bundle, engines: EngineConfiguration(engines: engines))
    }

    private func mail(_ subject: String, _ body: String) -> [UInt8] {
        Array("From: eve@partner.example\r\nTo: bob@acme.example\r\nSubject: \(subject)\r\n\r\n\(body)\r\n".utf8)
    }

    private let envelope = Envelope(
        sender: Address("eve@partner.example"), recipients: [Address("bob@acme.example")])

    private func disposition(_ judge: MessageJudge, _ mail: [UInt8]) -> Disposition? {
        judge.decide(mail, envelope: envelope).decisions.first?.disposition
    }

    /// An rspamd that gives what stands in the subject.
    private static func rspamd(_ reply: @escaping @Sendable (String) -> String) -> FakeServer {
        FakeServer { connection in
            let head = String(decoding: connection.read(until: "\r\n\r\n"), as: UTF8.self)
            let mail = String(decoding: connection.read(until: "the end\r\n"), as: UTF8.self)
            let body = reply(head + mail)
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
        }
    }

    private func spam(_ server: FakeServer, named name: String = "rspamd", seconds: Double = 20) -> EngineSettings {
        EngineSettings(
            name: name, kind: .rspamd(.tcp(host: "127.0.0.1", port: server.port), password: nil), seconds: seconds)
    }

    @Test func theScoreAndTheSymbolsOfSpamEngines() throws {
        let server = Self.rspamd { mail in
            #"{"score":\#(mail.contains("offer") ? "15.25" : "-1"),"action":"x","symbols":{"A":{},"GTUBE":{}}}"#
        }
        defer { server.stop() }
        let judge = try judge(
            """
            rule high { when spam.score > 15.2 then quarantine spam }
            rule low { when spam.score < 0 and spam.symbols is "GTUBE" then discard }
            """, spam(server))
        #expect(disposition(judge, mail("offer", "the end")) == .quarantine)
        #expect(disposition(judge, mail("hello", "the end")) == .discard)
        let judgement = judge.decide(mail("offer", "the end"), envelope: envelope)
        #expect(judgement.engines.map(\.state.engine) == ["rspamd"])
        #expect(judgement.engines.first?.findings == ["score 15.250 (x)"])
        #expect(judgement.missingEngines.isEmpty)
    }

    /// Of two spam engines the score of either counts, and the silence of one leaves "no" open.
    @Test func oneSpamEngineOfTwoIsEnoughForYesAndNotForNo() throws {
        let server = Self.rspamd { _ in #"{"score":9,"action":"x","symbols":{}}"# }
        defer { server.stop() }
        let gone = FakeServer { _ in }
        gone.stop()
        let engines = [spam(server), spam(gone, named: "second")]
        let yes = try judge("rule r { when spam.score > 5 then quarantine spam }", engines[0], engines[1])
        #expect(disposition(yes, mail("a", "the end")) == .quarantine)
        let no = try judge("rule r { when spam.score > 10 then quarantine spam }", engines[0], engines[1])
        let judgement = no.decide(mail("a", "the end"), envelope: envelope)
        #expect(judgement.decisions.first?.disposition == .defer)
        #expect(judgement.engines.last?.unknown == .engineDown)
        #expect(judgement.engines.last?.explanations.isEmpty == false)
    }

    /// An engine costs time: where the rest of a rule decides, none is asked.
    @Test func enginesAreAskedOnlyWhereARuleStillNeedsThem() throws {
        let server = Self.rspamd { _ in #"{"score":9,"action":"x","symbols":{}}"# }
        defer { server.stop() }
        let judge = try judge(
            #"rule r { when spam.score > 5 and subject contains "offer" then quarantine spam }"#, spam(server))
        let quiet = judge.decide(mail("hello", "the end"), envelope: envelope)
        #expect(quiet.decisions.first?.disposition == .deliver && quiet.engines.isEmpty)
        #expect(server.connections == 0)
        #expect(disposition(judge, mail("offer", "the end")) == .quarantine)
        #expect(server.connections == 1)
    }

    @Test func aRuleOfYaraMatchesInAnyContent() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("lazaret-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("a.yar")
        try Data("rule Marked { strings: $a = \"mark-of-the-house\" condition: $a }\n".utf8).write(to: file)
        let yara = EngineSettings(name: "house", kind: .yara(files: [file.path]))
        let judge = try judge(#"rule r { when yara "Marked" then quarantine marked }"#, yara)
        // In a body that only decoding shows.
        let encoded =
            "Content-Transfer-Encoding: base64\r\n\r\n"
            + Data("a mark-of-the-house b".utf8).base64EncodedString()
        let hidden = Array("Subject: x\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\(encoded)\r\n".utf8)
        #expect(disposition(judge, hidden) == .quarantine)
        #expect(disposition(judge, mail("x", "nothing")) == .deliver)
        let judgement = judge.decide(hidden, envelope: envelope)
        #expect(judgement.engines.first?.findings == ["Marked"])
        // Case counts, and a rule that nobody has says nothing.
        for name in ["marked", "Unheard"] {
            let other = try self.judge("rule r { when yara \"\(name)\" then quarantine marked }", yara)
            #expect(disposition(other, hidden) == .defer, "\(name)")
        }
    }

    @Test func withoutEnginesTheirFactsAreUnknown() throws {
        let judge = try judge(#"rule r { when spam.score > 5 or yara "X" then quarantine spam }"#)
        let judgement = judge.decide(mail("a", "b"), envelope: envelope)
        #expect(judgement.decisions.first?.disposition == .defer)
        #expect(judgement.missingEngines == [.spamScore, .yara])
    }
}
