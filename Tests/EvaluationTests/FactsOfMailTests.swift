import Compiler
import Evaluation
import Lexical
import Testing
import Vocabulary

/// What a judge makes of the mail it is given: trusted servers, assumed facts, limits.
@Suite struct FactsOfMailTests {
    private static let header = """
        policy p { edition 1 domains "acme.example" networks "192.0.2.0/24" auth-servers "mx.acme.example" }
        uninspectable {
            if encrypted, damaged, ambiguous, unsupported then quarantine unreadable
            if over-limit then quarantine oversized
            if engine-down then defer
        }

        """

    private func judge(_ rules: String) throws -> MessageJudge {
        let result = PolicyCompiler(patterns: PatternLibrary()).compile(PolicyInMemory(Self.header + rules))
        let bundle = try #require(result.bundle, "\(result.diagnostics.map(\.message))")
        return try MessageJudge(bundle: bundle, signatures: nil)
    }

    private func mail(_ lines: String...) -> [UInt8] { Array((lines.joined(separator: "\r\n") + "\r\n\r\nx\r\n").utf8) }

    private let envelope = Envelope(
        sender: Address("zoe@client.example"), recipients: [Address("bob@acme.example")])

    @Test func decidesFromBytesForEachRecipient() throws {
        let judge = try judge(#"rule r { on inbound when subject contains "offer" then quarantine spam }"#)
        var both = envelope
        both.recipients.append(Address("eve@other.example"))
        both.clientIP = IPAddress("192.0.2.7")
        var judgement = judge.decide(mail("Subject: An OFFER"), envelope: both)
        #expect(judgement.decisions.map(\.direction) == [.internal, .outbound])
        #expect(judgement.decisions.map(\.disposition) == [.deliver, .deliver])

        judgement = judge.decide(mail("Subject: An OFFER"), envelope: envelope)
        #expect(judgement.decisions.map(\.disposition) == [.quarantine])
        #expect(judgement.decisions.first?.rules.first?.evidence.first?.excerpt == "OFFER")
        #expect(judgement.missingEngines == [])
        var told = envelope
        // A mail without a date is judged as of now.
        told.receivedAt = judgement.envelope.receivedAt
        #expect(judgement.envelope == told && told.receivedAt != nil)
    }

    @Test func assumptionsReplaceFactsOfTheMailByArgumentToo() throws {
        let judge = try judge(#"rule r { when header "X-A" is "yes" or header "X-B" is "yes" then log }"#)
        func rules(_ assumptions: [Assumption]) -> [String] {
            judge.decide(mail("X-A: yes"), envelope: envelope, assumptions: assumptions)
                .decisions.flatMap(\.rules).map(\.name)
        }
        let no = FactValue.known(.text("no"))
        #expect(rules([]) == ["r"])
        #expect(rules([Assumption(fact: .header, argument: "x-b", value: no)]) == ["r"])
        #expect(rules([Assumption(fact: .header, argument: "x-a", value: no)]) == [])
    }

    @Test func onlyTheServersThePolicyTrustsAreBelieved() throws {
        let judge = try judge("rule r { when auth.dmarc is pass then log }")
        func count(_ server: String) -> Int {
            judge.decide(mail("Authentication-Results: \(server); dmarc=pass"), envelope: envelope)
                .decisions.flatMap(\.rules).count
        }
        #expect(count("mx.acme.example") == 1)
        #expect(count("mx.evil.example") == 0)
    }

    @Test func aHeaderBeyondItsLimitIsUnknownNotAbsent() throws {
        let judge = try judge(#"rule r { when subject contains "offer" then reject "no" }"#)
        let fields = Array(repeating: "X-Filler: x", count: 6_000) + ["Subject: offer"]
        let judgement = judge.decide(mail(fields.joined(separator: "\r\n")), envelope: envelope)
        #expect(judgement.decisions.map(\.areas) == [["oversized"]])
        #expect(judgement.decisions.first?.rules.map(\.unknown) == [.overLimit])
    }

    @Test func withoutAProgramItInspectsOnly() throws {
        let judge = try MessageJudge(bundle: nil, signatures: nil)
        #expect(!judge.hasProgram)
        #expect(judge.decide(mail("Subject: x"), envelope: envelope).decisions.isEmpty)
        #expect(judge.inspect(mail("Subject: x"), withText: true).root.type == "plain")
    }
}
