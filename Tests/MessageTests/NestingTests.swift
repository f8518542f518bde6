import Foundation
import Message
import Testing

@Suite struct NestingTests {
    private let inner = crlf([
        "Subject: inner", "MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=i", "", "--i", "", "deep",
        "--i--",
    ])

    private func wrapped(_ type: String, _ encoding: String, _ body: String) -> ParsedMessage {
        message("MIME-Version: 1.0", "Content-Type: \(type)", "Content-Transfer-Encoding: \(encoding)", "", body)
    }

    @Test(arguments: ["message/rfc822", "message/global"])
    func encodedMessagesAreReadInTheirOwnBuffer(type: String) throws {
        let mail = wrapped(type, "base64", Data(inner.utf8).base64EncodedString())
        #expect(outline(mail) == ["1 \(type)", "1.1 multipart/mixed", "1.1.1 text/plain"])
        let deep = try #require(mail.view.part(at: "1.1.1"))
        #expect(deep.bytes == MessageBytes(text: inner))
        #expect(String(decoding: deep.rawBody, as: UTF8.self) == "deep")
        #expect(names(mail) == ["encoded-message"])
        #expect(!mail.isMalformed)
    }

    @Test func encodedMultipartsShowTheirParts() {
        let body = "--i\r\n\r\ndeep\r\n--i--\r\n"
        let mail = wrapped("multipart/mixed; boundary=i", "base64", Data(body.utf8).base64EncodedString())
        #expect(outline(mail) == ["1 multipart/mixed", "1.1 text/plain"])
        #expect(mail.isAmbiguous)
        #expect(names(mail).isSuperset(of: ["encoded-multipart", "decoded-multipart"]))
    }

    @Test func digestPartsAreMessages() {
        let mail = message(
            "MIME-Version: 1.0", "Content-Type: multipart/digest; boundary=d", "", "--d", "", "Subject: one", "", "x",
            "--d", "Content-Type: text/plain", "", "y", "--d--")
        #expect(outline(mail) == ["1 multipart/digest", "1.1 message/rfc822", "1.1.1 text/plain", "1.2 text/plain"])
        #expect(mail.view.part(at: "1.1.1")?.header.subject == "one")
    }

    @Test func innerMultipartWithoutEndEndsAtTheOuterDelimiter() {
        let mail = message(
            "MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=o", "", "--o",
            "Content-Type: multipart/mixed; boundary=oi", "", "--oi", "", "x", "--o", "", "y", "--o--")
        #expect(outline(mail).map { $0.split(separator: " ")[0] } == ["1", "1.1", "1.1.1", "1.2"])
        #expect(names(mail) == ["missing-end-boundary"])
        #expect(mail.view.part(at: "1.1.1").map { mail.bytes.text($0.bodyRange) } == "x")
    }

    @Test func delimitersMayHaveWhiteSpaceBehind() {
        let mail = message(
            "MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=\"b \"", "", "--b \t", "", "x", "--b-- ")
        #expect(outline(mail).count == 2)
        #expect(names(mail).isEmpty)
    }

    @Test func bodiesFollowTheKindOfMultipart() {
        let mail = message(
            "MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=m", "",
            "--m", "Content-Type: multipart/related; boundary=r; start=\"<root>\"", "",
            "--r", "Content-Type: text/plain", "", "no root", "--r", "Content-Type: text/html", "Content-ID: <root>",
            "",
            "root", "--r--",
            "--m", "Content-Type: text/plain; name=notes.txt", "", "named", "--m", "Content-Type: text/plain",
            "Content-Disposition: attachment", "", "attached", "--m", "Content-Type: text/plain", "", "footer", "--m--")
        #expect(mail.view.bodies.map(\.part.path) == ["1.1.2", "1.4"])
        let signed = message(
            "MIME-Version: 1.0", "Content-Type: multipart/signed; boundary=m; protocol=\"application/pgp-signature\"",
            "",
            "--m", "", "text", "--m", "Content-Type: application/pgp-signature", "", "sig", "--m--")
        #expect(signed.view.bodies.map(\.part.path) == ["1.1"])
        #expect(signed.root.contentType.parameter("protocol") == "application/pgp-signature")
    }

    @Test func linesMayEndInLineFeedAlone() {
        let mail = ParsedMessage(
            MessageBytes(
                text: "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nx\n--b\n\ny\n--b--\n"))
        #expect(mail.view.parts.filter(\.isLeaf).map { mail.bytes.text($0.bodyRange) } == ["x", "y"])
        #expect(names(mail).isEmpty)
    }
}
