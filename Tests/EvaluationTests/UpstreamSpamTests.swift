import Compiler
import Evaluation
import Lexical
import Testing
import Vocabulary

/// Fields of a spam filter upstream are believed where it must have written them, and nowhere else.
@Suite struct UpstreamSpamTests {
    private static let header = """
        policy p { edition 1 domains "acme.example" }
        uninspectable {
            if encrypted, damaged, ambiguous, unsupported then quarantine unreadable
            if over-limit then quarantine oversized
            if engine-down then defer
        }

        """
    private static let received = "Received: from x (x [192.0.2.7]) by mx.acme.example; Mon, 2 Mar 2026 10:00:00 +0000"
    private static let forged = "Received: from y by mx.acme.example; Mon, 2 Mar 2026 09:00:00 +0000"
    private static let foreign = "Received: from z by other.example; Mon, 2 Mar 2026 10:00:00 +0000"
    private static let spam = "X-Spam-Status: Yes, score=6.1 required=5.0 tests=A_TEST,\r\n\tGTUBE autolearn=no"
    private static let ham = "X-Spam-Status: No, score=-1.5 required=5.0 tests=none"

    private func disposition(_ condition: String, _ fields: [String], isAnywhere: Bool = false) throws -> Disposition? {
        let rule = "rule r { when \(condition) then quarantine spam }"
        let result = PolicyCompiler(patterns: PatternLibrary()).compile(PolicyInMemory(Self.header + rule))
        let bundle = try #require(result.bundle, "\(result.diagnostics.map(\.message))")
        let upstream = SpamUpstream(hosts: ["MX.acme.example"], isAnywhere: isAnywhere)
        let judge = try MessageJudge(
            bundle: bundle,
            engines: EngineConfiguration(engines: [EngineSettings(name: "edge", kind: .upstream(upstream))]))
        let mail = Array((fields + ["From: a@b.example", "Subject: x", "", "y", ""]).joined(separator: "\r\n").utf8)
        let envelope = Envelope(sender: Address("a@b.example"), recipients: [Address("bob@acme.example")])
        return judge.decide(mail, envelope: envelope).decisions.first?.disposition
    }

    @Test func whatStandsAboveItsReceivedFieldIsBelieved() throws {
        #expect(try disposition("spam.score > 6", [Self.spam, Self.received]) == .quarantine)
        #expect(try disposition("spam.score > 6.1", [Self.spam, Self.received]) == .deliver)
        #expect(try disposition(#"spam.symbols is "GTUBE""#, [Self.spam, Self.received]) == .quarantine)
        #expect(try disposition(#"spam.symbols is "OTHER""#, [Self.spam, Self.received]) == .deliver)
        #expect(try disposition("spam.score < 0", [Self.ham, Self.received]) == .quarantine)
        #expect(try disposition(#"spam.symbols is "none""#, [Self.ham, Self.received]) == .deliver)
    }

    /// A sender's own field, wherever it stands, makes no mail clean: the answer is unknown.
    @Test(arguments: [
        [received, ham], [foreign, ham], [ham, foreign], [ham], [], [received], [ham, foreign, received],
        [received, ham, forged],
    ])
    func whatASenderMayHaveWrittenIsNot(_ fields: [String]) throws {
        #expect(try disposition("spam.score > 5", fields) == .defer)
    }

    @Test func whereTheHostTakesSuchFieldsOutTheyMayStandAnywhere() throws {
        #expect(try disposition("spam.score > 6", [Self.received, Self.spam], isAnywhere: true) == .quarantine)
        #expect(try disposition("spam.score > 6", [Self.foreign, Self.spam], isAnywhere: true) == .defer)
        #expect(try disposition("spam.score > 6", [Self.spam, Self.foreign], isAnywhere: true) == .defer)
    }

    @Test(arguments: [
        (
            "X-Spam-Status: Yes, score=7 tests=[A=0.1, B_C=6.9] autolearn=no", #"spam.symbols is "B_C""#,
            Disposition.quarantine
        ),
        ("X-Spam-Status: Yes, hits=7.5 required=5", "spam.score > 7", .quarantine),
        ("X-Spamd-Result: default: False [5.21 / 15.00]; A(1.00)[x; B(1)[]; [7.0]", "spam.score > 5.2", .quarantine),
        ("X-Spamd-Result: default: False [5.21 / 15.00]; A(1.00)[x; B(1)[]", #"spam.symbols is "B""#, .quarantine),
        ("X-Spam-Score: 8.25", "spam.score > 8", .quarantine), ("X-Spam-Score: high", "spam.score > 8", .defer),
        ("X-Spam-Status: Yes", "spam.score > 8", .defer),
    ])
    func theirFormsAreRead(_ field: String, _ condition: String, _ expected: Disposition) throws {
        // Symbols that are not told lead to the answer for `over-limit`, which holds the mail as well.
        #expect(try disposition(condition, [field, Self.received]) == expected)
    }
}
