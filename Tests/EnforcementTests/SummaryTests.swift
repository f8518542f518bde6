import Evaluation
import Message
import Testing
import Vocabulary

@testable import Enforcement

/// What is shown of a message, and what makes it the same message again.
@Suite struct SummaryTests {
    private func summary(
        _ lines: String..., mark: String? = nil, limits: EnforcementLimits = EnforcementLimits()
    ) throws -> MessageSummary {
        try summary(of: Array(lines.map { $0 + "\r\n" }.joined().utf8), mark, limits)
    }

    private func summary(
        of mail: [UInt8], _ mark: String? = nil, _ limits: EnforcementLimits = EnforcementLimits()
    ) throws -> MessageSummary {
        let judged = try MessageJudge(bundle: nil).judge(mail, envelope: Envelope())
        return SummaryWriter(mark: mark, limits: limits).summary(
            of: judged.message, facts: judged.facts, hasVirus: judged.hasVirus)
    }

    @Test func linesAreAsAReaderSeesThem() throws {
        let summary = try summary(
            "From: =?utf-8?B?Wm/DqQ==?= <zoe@client.example>, bob@client.example", "Subject: =?utf-8?Q?Caf=C3=A9?=",
            "\t au lait", "Message-ID: <m1@client.example>", "", "x")
        #expect(summary.subject == "Café \u{20}au lait" || summary.subject == "Café au lait", "\(summary.subject)")
        #expect(summary.author == "Zoé <zoe@client.example>, bob@client.example")
        #expect(summary.messageID == "m1@client.example")
        #expect(summary.attachments.isEmpty && !summary.hasVirus && !summary.isSigned && !summary.isEncrypted)
    }

    @Test func oddMailHasASummaryToo() throws {
        let empty = try summary(of: [])
        #expect(empty.subject.isEmpty && empty.author.isEmpty && empty.size == 0)
        #expect(empty.key.utf8.count == 64)
        let odd = try summary(
            "Subject: a\u{202E}b\u{0}c\u{1B}[2J", "From: <<>>, \"", "Message-ID: <a b@c>",
            "Content-Type: multipart/mixed",
            "", "--", String(repeating: "é", count: 2000))
        #expect(odd.subject == WrittenText.line(odd.subject, upTo: 1 << 10) && odd.subject.hasPrefix("a b"))
        #expect(odd.messageID == nil)
        let long = try summary(
            "Subject: " + String(repeating: "é", count: 300), "From: " + String(repeating: "x,", count: 900))
        #expect(long.subject.utf8.count <= WrittenTextLimits.valueBytes)
        #expect(long.author.utf8.count <= WrittenTextLimits.valueBytes)
    }

    @Test func namesOfAttachments() throws {
        func mail(_ count: Int, _ name: String = "n") -> [UInt8] {
            let parts = (0..<count).map {
                ["--x", "Content-Disposition: attachment; filename=\(name)\($0).bin", "", "y"]
            }
            let lines = ["Content-Type: multipart/mixed; boundary=x", ""] + parts.flatMap(\.self) + ["--x--"]
            return Array(lines.map { $0 + "\r\n" }.joined().utf8)
        }
        #expect(try summary(of: mail(2)).attachments == ["n0.bin", "n1.bin"])
        let most = EnforcementLimits().summaryNames
        #expect(try summary(of: mail(most)).moreAttachments == 0)
        let more = try summary(of: mail(most + 1))
        #expect(more.attachments.count == most && more.moreAttachments == 1)
        var limits = EnforcementLimits()
        limits.summaryNameBytes = 10
        // `n0.bin` and four more bytes.
        #expect(try summary(of: mail(1, "abcdn"), nil, limits).attachments == ["abcdn0.bin"])
        #expect(try summary(of: mail(1, "abcden"), nil, limits).attachments == ["abcden0…"])
    }

    @Test func whatPartsSayOfSigningAndEncryption() throws {
        #expect(try summary("Content-Type: multipart/signed; boundary=x", "", "--x", "", "--x--").isSigned)
        #expect(try summary("Content-Type: multipart/encrypted; boundary=x", "", "--x", "", "--x--").isEncrypted)
        let opaque = try summary("Content-Type: application/pkcs7-mime; smime-type=signed-data", "", "x")
        #expect(opaque.isSigned && !opaque.isEncrypted)
        #expect(try summary("Content-Type: application/x-pkcs7-mime", "", "x").isEncrypted)
    }

    @Test func marksAreCountedInTraceFieldsOnly() throws {
        let summary = try summary(
            "Received: from a by b with ESMTP (Lazaret m4rk)", "Received: from a by b", "X-Lazaret-Passed: m4rk",
            "Subject: m4rk", "X-Other: m4rk", "", "m4rk", mark: "m4rk")
        #expect(summary.receivedFields == 2)
        #expect(summary.ownMarks == 2)
        #expect(try self.summary("Received: x", mark: "").ownMarks == 0)
        #expect(try self.summary("Received: x").ownMarks == 0)
    }

    // MARK: The key

    private func key(_ lines: String...) throws -> String {
        try summary(of: Array(lines.map { $0 + "\r\n" }.joined().utf8)).key
    }

    @Test func theSameMailTriedAgainHasTheSameKey() throws {
        let first = try key("Subject: x", "", "body")
        #expect(try key("Received: from a", "\tby b id 1", "Subject: x", "", "body") == first)
        #expect(try key("Authentication-Results: b; spf=pass", "Received: from a", "Subject: x", "", "body") == first)
        #expect(try key("RECEIVED: from a", "Received: c", "Subject: x", "", "body") == first)
    }

    /// Also where only the place of the empty line differs, and below a field of the sender's.
    @Test func otherMailHasAnotherKey() throws {
        let mails = [
            ["Subject: x", "", "body"], ["Subject: x", "", "body", ""], ["Subject: X", "", "body"],
            ["Subject: x", "body: y", "", "z"], ["Subject: x", "", "body: y", "", "z"],
            ["Subject: x", "", "body: y", "z"],
            ["Subject: x", "Received: a", "", "body"], ["Subject: x", "Received: b", "", "body"],
            ["", "Subject: x", "", "body"], ["junk", "Received: a", "Subject: x", "", "body"],
        ]
        let keys = try mails.map { lines in try summary(of: Array(lines.map { $0 + "\r\n" }.joined().utf8)).key }
        #expect(Set(keys).count == mails.count)
    }
}
