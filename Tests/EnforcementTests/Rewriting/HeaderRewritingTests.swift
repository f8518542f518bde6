import Message
import Testing
import Vocabulary

@testable import Enforcement

@Suite("Fields removed, added and tagged")
struct HeaderRewritingTests {
    private let mail = """
        Received: from a
        X-Note: one
        Subject: Offer
        x-note: two
         folded
        From: zoe@client.example

        Good morning

        """

    private func subject(_ value: String, tags: String...) throws -> String? {
        let mail = "From: zoe@client.example\nSubject: \(value)\n\nHello\n"
        return try RewrittenMail(mail, MessageChanges(subjectTags: tags)).message.header.subject
    }

    @Test("Nothing asked for leaves every byte as it is")
    func nothing() throws {
        let odd = "no field\r\n\r\n--\r\n.\r\nx"
        let words = PolicyWords(
            policy: "p", organisation: Organisation(domains: [], networks: [], administrators: [], languages: []))
        let rewriter = MessageRewriter(ParsedMessage(MessageBytes(text: odd)), words: words)
        #expect(try rewriter.rewritten(MessageChanges()).bytes == Array(odd.utf8))
    }

    @Test("All fields of a name go, and only those")
    func removal() throws {
        let result = try RewrittenMail(mail, MessageChanges(removedFields: ["X-Note"]))
        #expect(
            result.text
                == "Received: from a\r\nSubject: Offer\r\nFrom: zoe@client.example\r\n\r\nGood morning\r\n")
    }

    @Test("What is added comes first, encoded, and cannot add another field")
    func addition() throws {
        let result = try RewrittenMail(
            mail, MessageChanges(addedFields: [.init(name: "X-A", value: "1"), .init(name: "X-B", value: "é")]))
        #expect(result.text.hasPrefix("X-A: 1\r\nX-B: =?UTF-8?B?w6k=?=\r\nReceived: from a\r\n"))
        #expect(
            result.text.hasSuffix(
                mail.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")))
    }

    @Test("A field can be replaced: it is removed before it is added")
    func replacement() throws {
        let changes = MessageChanges(removedFields: ["x-note"], addedFields: [.init(name: "X-Note", value: "three")])
        let result = try RewrittenMail(mail, changes)
        #expect(result.message.header.all("X-Note").map(\.unfolded) == ["three"])
    }

    @Test("Tags stand before the subject, in their order, however it is encoded")
    func tags() throws {
        #expect(try subject("Offer", tags: "[a] ", "[b] ") == "[a] [b] Offer")
        #expect(try subject("=?utf-8?q?=C3=A9?=", tags: "[a] ") == "[a] é")
        #expect(try subject("=?utf-8?q?=C3=A9?=", tags: "[a]") == "[a]é")
        #expect(try subject("Offer", tags: "[é] ") == "[é]  Offer")
        #expect(try subject("=?utf-8?q?=C3=A9?=", tags: "[é] ") == "[é] é")
        #expect(try subject("Offer", tags: "=?utf-8?q?x?= ") == "=?utf-8?q?x?=  Offer")
        #expect(try subject("", tags: "[a] ") == "[a]")
    }

    @Test("A mail without a subject gets the tag for one, one with several has them all tagged")
    func oddSubjects() throws {
        let none = try RewrittenMail("From: a@b.example\n\nx\n", MessageChanges(subjectTags: ["[a] "]))
        #expect(none.message.header.subject == "[a]")
        let bytes = Array("Subject: a\r\nSubject: b\r\n\r\n".utf8)
        let words = PolicyWords(
            policy: "p", organisation: Organisation(domains: [], networks: [], administrators: [], languages: []))
        let two = try MessageRewriter(ParsedMessage(MessageBytes(bytes)), words: words)
            .rewritten(MessageChanges(subjectTags: ["x "]))
        #expect(String(decoding: two.bytes, as: UTF8.self) == "Subject: x a\r\nSubject: x b\r\n\r\n")
    }

    @Test("A tag makes no line longer than a line may be")
    func longSubject() throws {
        let long = String(repeating: "s", count: 980)
        let result = try RewrittenMail(
            "From: a@b.example\nSubject: \(long)\n\nx\n", MessageChanges(subjectTags: ["[external] "]))
        #expect(result.message.header.subject == "[external] \(long)")
        #expect(result.text.split(separator: "\r\n").allSatisfy { $0.utf8.count <= 998 })
    }

    @Test("A DKIM signature is broken by what it signs alone")
    func domainSignatures() throws {
        let signed =
            "DKIM-Signature: v=1; d=a.example;\n h=from : Subject;bh=x; b=y\nFrom: a@a.example\nSubject: s\n\nx\n"
        let broken = [RewritingRemark(.domainSignatureBroken)]
        #expect(try RewrittenMail(signed, MessageChanges(subjectTags: ["x "])).result.remarks == broken)
        #expect(try RewrittenMail(signed, .disclaiming("d")).result.remarks == broken)
        let added = MessageChanges(addedFields: [.init(name: "X-A", value: "1")])
        #expect(try RewrittenMail(signed, added).result.remarks.isEmpty)
    }
}
