import Compiler
import Evaluation
import Foundation
import Lexical
import Testing
import Vocabulary

/// Policy text to verdict in one process: compiler, bundle, inspection and machine together.
@Suite struct MessageJudgeTests {
    private static let signatures = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Policies/signatures").path

    private static let policy = """
        policy acme {
            edition 1
            domains "acme.example"
            networks "192.0.2.0/24"
        }
        uninspectable {
            if encrypted, damaged, ambiguous, unsupported, over-limit then quarantine unreadable
            if engine-down then defer
        }
        rule infected { when virus then quarantine viruses }
        rule secret {
            on outbound
            when message.text contains "diffusion restreinte"
            then reject "Not outside"
        }
        """

    private func judge(_ policy: String = policy, signatures: String? = signatures) throws -> MessageJudge {
        let result = PolicyCompiler(patterns: PatternLibrary()).compile(PolicyInMemory(policy))
        let bundle = try #require(result.bundle, "\(result.diagnostics.map(\.message))")
        return try MessageJudge(bundle: bundle, signatures: signatures)
    }

    private func mail(_ body: String, extra: String = "") -> [UInt8] {
        Array(
            """
            Return-Path: <eve@partner.example>\r
            Received: from x (x [192.0.2.7]) by mx.acme.example; Mon, 2 Nov 2026 10:00:00 +0000\r
            From: Eve <eve@partner.example>\r
            To: bob@acme.example, carol@acme.example\r
            Subject: Hello\r
            \(extra)\r
            \(body)\r

            """.utf8)
    }

    private let envelope = Envelope(
        sender: Address("eve@partner.example"), recipients: [Address("bob@acme.example")],
        clientIP: IPAddress("198.51.100.1"))

    @Test func aVirusIsHeldAndPlainMailPasses() throws {
        let judge = try judge()
        let infected = judge.decide(mail("lazaret-test-" + "malware-A"), envelope: envelope)
        #expect(infected.decisions.first?.disposition == .quarantine)
        #expect(infected.decisions.first?.areas == ["viruses"])
        #expect(judge.decide(mail("good morning"), envelope: envelope).decisions.first?.disposition == .deliver)
    }

    @Test func withoutAnEngineMailIsDeferredNeverPassed() throws {
        let judgement = try judge(signatures: nil).decide(mail("good morning"), envelope: envelope)
        #expect(judgement.decisions.first?.disposition == .defer)
        #expect(judgement.missingEngines == [.virus])
    }

    @Test func directionIsJudgedForEachRecipient() throws {
        var inside = envelope
        inside.clientIP = IPAddress("192.0.2.9")
        inside.recipients = [Address("bob@acme.example"), Address("press@paper.example")]
        let decisions = try judge().decide(mail("Diffusion  restreinte, DIFFUSION RESTREINTE"), envelope: inside)
            .decisions
        #expect(decisions.map(\.direction) == [.internal, .outbound])
        #expect(decisions.map(\.disposition) == [.deliver, .reject])
        #expect(decisions.last?.reason == "Not outside")
    }

    @Test func assumptionsStandForWhatWouldBeRead() throws {
        let assumed = Assumption(fact: .virus, value: .known(.bool(true)))
        let judgement = try judge(signatures: nil)
            .decide(mail("good morning"), envelope: envelope, assumptions: [assumed])
        #expect(judgement.decisions.first?.disposition == .quarantine)
        #expect(judgement.missingEngines.isEmpty)
    }

    @Test func whatNobodyToldIsGuessedAndMarked() throws {
        let judgement = try judge().decide(mail("x"), envelope: Envelope(), guess: .all)
        #expect(judgement.envelope.sender == Address("eve@partner.example"))
        #expect(judgement.envelope.recipients.map(\.addrSpec) == ["bob@acme.example", "carol@acme.example"])
        #expect(judgement.envelope.guessed == ["sender", "recipients", "client.ip", "direction", "received-at"])
        #expect(judgement.envelope.authenticatedUser == nil)
        var told = envelope
        told.receivedAt = 1_772_442_900
        #expect(try judge().decide(mail("x"), envelope: told).envelope == told)
    }

    @Test func aBundleThatIsNoneIsRefused() {
        #expect(throws: (any Error).self) { try MessageJudge(bundle: Array("nonsense".utf8), signatures: nil) }
    }
}
