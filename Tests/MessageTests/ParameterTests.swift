import Message
import Testing

@Suite struct ParameterTests {
    private func attachment(_ lines: String...) -> Part {
        ParsedMessage(MessageBytes(text: crlf(["MIME-Version: 1.0"] + lines + ["", "x"]))).root
    }

    @Test(arguments: [
        ("text/plain; charset=UTF-8", "text/plain", "UTF-8"), ("TEXT/HTML;charset=\"a b\"", "text/html", "a b"),
        ("text/plain (comment); (other) charset = x (last)", "text/plain", "x"),
        ("text/plain; charset=\"a\\\"b\"", "text/plain", "a\"b"), ("text/plain;;; charset=x;", "text/plain", "x"),
        ("text/plain; format=\"flowed\" charset=x", "text/plain", "x"),
    ])
    func contentTypesAreRead(raw: String, type: String, charset: String) {
        let part = attachment("Content-Type: \(raw)")
        #expect(part.contentType.mediaType == type)
        #expect(part.contentType.charset == charset)
    }

    @Test func everyReadingOfANameIsKept() {
        let part = attachment(
            "Content-Type: application/octet-stream; name=\"=?utf-8?q?inv=C3=B6ice=2Eexe?=\"",
            "Content-Disposition: attachment; filename=\"invoice.txt\"; filename*=utf-8''inv%C3%B6ice.pdf")
        #expect(part.name == "invöice.pdf")
        #expect(
            part.names.map(\.value) == [
                "invöice.pdf", "invoice.txt", "invöice.exe", "=?utf-8?q?inv=C3=B6ice=2Eexe?=",
            ])
        #expect(part.names.map(\.source).prefix(3) == [.filenameExtended, .filename, .encodedWord])
    }

    @Test func sectionsAreJoined() {
        let part = attachment(
            "Content-Disposition: attachment; filename*0*=utf-8''a%20; filename*1=\"b.t\"; filename*2=xt")
        #expect(part.name == "a b.txt")
    }

    @Test func namesWithNULAndBlanksHaveTheirCuts() {
        let part = attachment("Content-Disposition: attachment; filename=\"a.exe\u{0}.txt\"")
        #expect(part.names.map(\.value) == ["a.exe.txt", "a.exe"])
        #expect(part.anomalies.map(\.name).contains("nul-in-name"))
        let blank = attachment("Content-Disposition: attachment; filename=my report.pdf")
        #expect(blank.names.map(\.value) == ["my report.pdf", "my"])
        #expect(attachment("Content-Disposition: attachment; filename=report(1).pdf").name == "report(1).pdf")
    }

    @Test func dispositionIsRead() {
        let part = attachment("Content-Disposition: ATTACHMENT; size=10", "Content-ID: <x@y>")
        #expect(part.disposition?.isAttachment == true)
        #expect(part.disposition?.parameter("size") == "10")
        #expect(part.contentID == "x@y")
    }
}
