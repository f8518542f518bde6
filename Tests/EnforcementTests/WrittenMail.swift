import Compiler
import Enforcement
import Evaluation
import Lexical
import Message
import Testing
import Vocabulary

/// A policy, compiled and run over a mail, and what is written because of it.
struct WrittenMail {
    var header = """
        policy acme {
            edition  1
            domains  "acme.example"
            networks "192.0.2.0/24"
            admin    "postmaster@acme.example"
            language fr, en
        }
        """
    var rules = #"rule held "Not for us" { when subject exists then quarantine review notify admin using words }"#
    var template = ""
    var fields = [
        "From: Zoé <zoe@client.example>", "To: bob@acme.example", "Subject: Offer",
        "Date: Mon, 2 Nov 2026 10:00:00 +0000", "Message-ID: <m1@client.example>",
    ]
    var body = "Good morning\r\n"
    var envelope = Envelope(
        sender: Address("zoe@client.example"), recipients: [Address("bob@acme.example")],
        clientIP: IPAddress("198.51.100.1"), receivedAt: 1_793_613_605)
    var limits = EnforcementLimits()
    /// For bundles that no compiler wrote.
    var harm: @Sendable (inout PolicyWords) -> Void = { _ in }

    /// The policy's text.
    var policy: String { header + "\nuninspectable { if unknown then defer }\n" + template + "\n" + rules + "\n" }
    var mail: [UInt8] { Array((fields + ["", body]).joined(separator: "\r\n").utf8) }

    func correspondence() throws -> Correspondence {
        let result = PolicyCompiler(patterns: PatternLibrary()).compile(PolicyInMemory(policy))
        let bundle = try #require(result.bundle, "\(result.diagnostics.map(\.message))\n\(policy)")
        let judge = try MessageJudge(bundle: bundle)
        let judged = judge.judge(mail, envelope: envelope)
        #expect(judged.judgement.decisions.allSatisfy { $0.trap == nil })
        var words = try #require(judge.words)
        harm(&words)
        return CorrespondenceWriter(words, limits: limits).write(
            judged.judgement.decisions, envelope: judged.judgement.envelope, facts: judged.facts,
            message: judged.message)
    }

    /// The one notice that is written.
    func notice() throws -> WrittenNotice {
        let correspondence = try correspondence()
        try #require(correspondence.notices.count == 1, "\(correspondence.unwritten)")
        return correspondence.notices[0]
    }

    /// The same with a subject as it stands in the field.
    func with(subject: String) -> WrittenMail {
        var other = self
        other.fields = fields.map { $0.hasPrefix("Subject:") ? "Subject: \(subject)" : $0 }
        return other
    }
}

/// A notice, read as any mail is.
struct ReadNotice {
    let message: ParsedMessage
    let text: String

    init(_ notice: WrittenNotice) {
        message = ParsedMessage(MessageBytes(text: notice.message))
        text = message.root.text(limit: 1 << 20).text.replacingLineEnds
    }

    var names: [String] { message.header.fields.map(\.name) }

    func value(_ name: String) -> String? { message.header.first(name)?.unfolded }
}

extension String {
    /// With bare line feeds.
    fileprivate var replacingLineEnds: String {
        split(separator: "\r\n", omittingEmptySubsequences: false).joined(separator: "\n")
    }
}
