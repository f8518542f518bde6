import Message
import Testing
import Vocabulary

@testable import Enforcement

@Suite("Disclaimers")
struct DisclaimerTests {
    private func mail(_ type: String, _ encoding: String, _ body: String) -> String {
        "From: a@b.example\nMIME-Version: 1.0\nContent-Type: \(type)\nContent-Transfer-Encoding: \(encoding)\n\n\(body)"
    }

    @Test(
        "Below a plain text, in its own encoding",
        arguments: [
            ("text/plain", "7bit", "Hello\n"), ("text/plain", "7bit", "Hello"),
            ("text/plain; charset=utf-8", "base64", "SGVsbG8K\n"),
            ("text/plain; charset=iso-8859-1", "quoted-printable", "Hello\n"),
            ("text/plain", "quoted-printable", "Hel=\nlo"),
        ])
    func plain(type: String, encoding: String, body: String) throws {
        let result = try RewrittenMail(mail(type, encoding, body), .disclaiming("For you only."))
        #expect(try result.body("1") == "Hello\n\nFor you only.\n")
        #expect(try result.part("1").encoding.rawValue == encoding)
        #expect(result.result.remarks.isEmpty)
    }

    @Test("What a charset lacks makes the text UTF-8, its words unchanged")
    func transcoding() throws {
        let mail = mail("text/plain; charset=iso-8859-1; format=flowed", "quoted-printable", "Caf=E9\n")
        let result = try RewrittenMail(mail, .disclaiming("Réservé — à vous."))
        #expect(try result.body("1") == "Café\n\nRéservé — à vous.\n")
        #expect(try result.part("1").contentType.charset == "utf-8")
        #expect(try result.part("1").contentType.parameter("format") == "flowed")
        let bare = try RewrittenMail("From: a@b.example\n\nHello\n", .disclaiming("é"))
        #expect(try bare.body("1") == "Hello\n\né\n")
    }

    @Test("Before the end of an HTML body, in ASCII")
    func html() throws {
        for (encoding, body) in [
            ("7bit", "<html><body><p>Hi</p></BODY></html>\n"),
            ("quoted-printable", "<html><body><p>Hi=\n</p></BODY></html>\n"),
            ("base64", BodyEncoding.base64(Array("<html><body><p>Hi</p></BODY></html>".utf8)) + "\n"),
        ] {
            let result = try RewrittenMail(mail("text/html; charset=iso-8859-1", encoding, body), .disclaiming("<é>"))
            let text = try result.body("1")
            #expect(text.hasPrefix("<html><body><p>Hi</p>\n<hr>\n<p>&lt;&#233;&gt;</p>\n</BODY></html>"), "\(text)")
        }
        let open = try RewrittenMail(mail("text/html", "7bit", "<p>Hi\n"), .disclaiming("d"))
        #expect(try open.body("1") == "<p>Hi\n\n<hr>\n<p>d</p>\n")
    }

    @Test("In each form of an alternative, once")
    func alternative() throws {
        let mail = """
            MIME-Version: 1.0
            Content-Type: multipart/alternative; boundary=x

            --x

            Hello
            --x
            Content-Type: text/html

            <body>Hello</body>
            --x--

            """
        let result = try RewrittenMail(mail, .disclaiming("d"))
        #expect(try result.body("1.1") == "Hello\n\nd\n")
        #expect(try result.body("1.2").contains("<p>d</p>\n</body>"))
    }

    @Test("Not into signed, encrypted or armoured text, nor where there is none; the log says so")
    func leftOut() throws {
        let armoured = "From: a@b.example\n\n-----BEGIN PGP SIGNED MESSAGE-----\n\nx\n"
        let file = mail("application/octet-stream", "7bit", "abc\n")
        let utf16 = mail("text/html; charset=utf-16", "base64", "//48AGEAPgA=\n")
        for (text, part) in [(armoured, "1"), (file, nil), (utf16, "1")] as [(String, String?)] {
            let result = try RewrittenMail(text, .disclaiming("d"))
            #expect(
                result.text == text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n"))
            #expect(result.result.remarks == [RewritingRemark(.disclaimerLeftOut, part: part)])
        }
        let signed = """
            MIME-Version: 1.0
            Content-Type: multipart/signed; boundary=s; protocol="application/pgp-signature"

            --s

            Hello
            --s
            Content-Type: application/pgp-signature

            sig
            --s--

            """
        #expect(
            try RewrittenMail(signed, .disclaiming("d")).result.remarks == [
                RewritingRemark(.disclaimerLeftOut, part: "1.1")
            ])
    }

    @Test("A text that goes gets none")
    func stripped() throws {
        var changes = MessageChanges.stripping("1")
        changes.disclaimers = MessageChanges.disclaiming("d").disclaimers
        let result = try RewrittenMail("From: a@b.example\n\nHello\n", changes)
        #expect(try result.body("1").hasPrefix("Removed"))
        #expect(result.result.remarks == [RewritingRemark(.disclaimerLeftOut)])
    }

    @Test("A body larger than the limit gets none")
    func limit() throws {
        var limits = EnforcementLimits()
        limits.disclaimedBytes = 5
        let words = PolicyWords(
            policy: "p", organisation: Organisation(domains: [], networks: [], administrators: [], languages: []))
        for (body, isDone) in [("12345", true), ("123456", false)] {
            let message = ParsedMessage(MessageBytes(text: "From: a@b.example\r\n\r\n" + body))
            let result = try MessageRewriter(message, words: words, limits: limits).rewritten(.disclaiming("d"))
            #expect(result.remarks.isEmpty == isDone)
        }
    }
}
