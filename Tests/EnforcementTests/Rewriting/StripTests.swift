import Message
import Testing
import Vocabulary

@testable import Enforcement

@Suite("Parts taken away")
struct StripTests {
    private let mail = """
        From: a@b.example
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary=x

        --x
        Content-Type: text/plain

        Hello
        --x
        Content-Type: application/octet-stream; name=setup.exe
        Content-Transfer-Encoding: base64

        TVqQAAMA
        --x
        Content-Type: text/plain; name=b.txt

        last
        --x--

        """

    @Test("A text stands in its place, the rest stays byte for byte")
    func attachment() throws {
        let result = try RewrittenMail(mail, .stripping("1.2"))
        #expect(
            try result.body("1.2")
                == "Removed from this message by the mail policy acme:\n\n  setup.exe (SHA-256 ab12)\n")
        #expect(try result.part("1.2").contentType.mediaType == "text/plain")
        let original = mail.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")
        let before = original.components(upTo: "Content-Type: application")
        #expect(result.text.hasPrefix(before))
        #expect(result.text.hasSuffix("\r\n--x\r\nContent-Type: text/plain; name=b.txt\r\n\r\nlast\r\n--x--\r\n"))
        #expect(!result.text.contains("TVqQ"))
    }

    @Test("In the policy's first language")
    func french() throws {
        let result = try RewrittenMail(mail, .stripping("1.2"), languages: ["fr-CH"])
        #expect(try result.body("1.2").hasPrefix("Retiré de ce message par la politique de messagerie acme :"))
    }

    @Test("Several at once, the last part too")
    func several() throws {
        let result = try RewrittenMail(mail, .stripping("1.2", "1.3"))
        #expect(result.message.root.children.count == 3)
        #expect(!result.text.contains("last"))
        #expect(try result.body("1.1") == "Hello")
    }

    @Test("What lay in one attachment is told in one text")
    func together() throws {
        var changes = MessageChanges()
        changes.strippedParts = [
            StrippedPart(found: "1.2/a.exe", removed: "1.2", name: "a.exe", sha256: nil),
            StrippedPart(found: "1.2/b.exe", removed: "1.2", name: nil, sha256: nil),
        ]
        #expect(try RewrittenMail(mail, changes).body("1.2").hasSuffix(":\n\n  a.exe\n  1.2/b.exe\n"))
    }

    @Test("A mail that is nothing else stays a mail")
    func whole() throws {
        let mail = """
            From: a@b.example
            Content-Type: application/octet-stream; name=setup.exe
            Content-Disposition: attachment; filename=setup.exe
            Subject: s
            Content-Transfer-Encoding: base64

            TVqQAAMA

            """
        let result = try RewrittenMail(mail, .stripping("1"))
        #expect(
            result.message.header.fields.map(\.name).filter { !$0.hasPrefix("Content") } == [
                "From", "MIME-Version", "Subject",
            ])
        #expect(try result.body("1").hasPrefix("Removed"))
        #expect(result.message.root.names.isEmpty)
    }

    @Test("From a mail within a mail, encoded or not")
    func nested() throws {
        let inner = mail.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")
        let plain = "From: c@d.example\nMIME-Version: 1.0\nContent-Type: message/rfc822\n\n" + mail
        let result = try RewrittenMail(plain, .stripping("1.1.2"))
        #expect(try result.body("1.1.2").hasPrefix("Removed"))
        #expect(try result.body("1.1.1") == "Hello")

        let encoded =
            "From: c@d.example\nMIME-Version: 1.0\nContent-Type: message/rfc822\nContent-Transfer-Encoding: "
            + "quoted-printable\n\n" + BodyEncoding.quotedPrintableLines(Array(inner.utf8))
        let bytes = Array(
            encoded.split(separator: "\n", omittingEmptySubsequences: false).map {
                $0.last == "\r" ? $0.dropLast() : $0
            }.joined(separator: "\r\n").utf8)
        let words = PolicyWords(
            policy: "p", organisation: Organisation(domains: [], networks: [], administrators: [], languages: []))
        let rewritten = try MessageRewriter(ParsedMessage(MessageBytes(bytes)), words: words)
            .rewritten(.stripping("1.1.2"))
        let message = ParsedMessage(MessageBytes(rewritten.bytes))
        #expect(message.root.encoding == .base64)
        let text = try #require(message.view.part(at: "1.1.2")).text(limit: 1000).text
        #expect(text.hasPrefix("Removed"))
        #expect(message.view.part(at: "1.1.3") != nil)
    }

    @Test("A part that is all header keeps the delimiter behind it")
    func allHeader() throws {
        let mail =
            "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n--x\n\nb\n--x--\n"
        let bytes = Array(mail.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n").utf8)
        let words = PolicyWords(
            policy: "p", organisation: Organisation(domains: [], networks: [], administrators: [], languages: []))
        let rewritten = try MessageRewriter(ParsedMessage(MessageBytes(bytes)), words: words)
            .rewritten(.stripping("1.1"))
        #expect(ParsedMessage(MessageBytes(rewritten.bytes)).root.children.count == 2)
    }

    @Test("What is not where most readers find it stops the mail")
    func missing() {
        #expect(throws: RewritingFault.self) { try RewrittenMail(mail, .stripping("1.9")) }
        #expect(throws: RewritingFault.self) { try RewrittenMail(mail, .stripping("1.2/a.exe")) }
    }

    @Test("A signature around it is told to be broken; one that goes with it is not")
    func signatures() throws {
        let signed = """
            MIME-Version: 1.0
            Content-Type: multipart/signed; boundary=s; protocol="application/pgp-signature"

            --s
            Content-Type: multipart/mixed; boundary=x

            --x

            Hello
            --x
            Content-Type: application/octet-stream

            abc
            --x--
            --s
            Content-Type: application/pgp-signature

            sig
            --s--

            """
        #expect(
            try RewrittenMail(signed, .stripping("1.1.2")).result.remarks == [
                RewritingRemark(.signatureBroken, part: "1")
            ])
        #expect(try RewrittenMail(signed, .stripping("1")).result.remarks.isEmpty)
    }
}

extension String {
    fileprivate func components(upTo mark: String) -> String {
        guard let range = firstRange(of: mark) else { return self }
        return String(self[..<range.lowerBound])
    }
}
