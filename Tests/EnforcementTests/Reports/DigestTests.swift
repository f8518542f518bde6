import Message
import Testing
import Vocabulary

@testable import Enforcement

@Suite("Lists of held mail") struct DigestTests {
    private func digest(_ items: Int = 1, _ change: (inout HeldDigest) -> Void = { _ in }) -> HeldDigest {
        var digest = HeldDigest(
            to: Address("bob@acme.example"), from: Address("it@acme.example"), writtenAt: 1_793_613_700,
            languages: ["en"], page: "https://mail.acme.example/held?a=1&b=2",
            items: (0..<items).map {
                .init(
                    from: "Zoé <zoe@client.example>", subject: "Offer \($0)", heldAt: 1_793_613_605,
                    reason: "a program", area: "review", id: "id\($0)")
            })
        change(&digest)
        return digest
    }

    private func read(
        _ digest: HeldDigest, _ limits: EnforcementLimits = EnforcementLimits()
    ) throws -> (message: ParsedMessage, text: String, html: String) {
        let written = try #require(DigestWriter(limits: limits).write(digest))
        let message = ParsedMessage(MessageBytes(written.bytes))
        #expect(message.anomalies.isEmpty, "\(message.anomalies)")
        let parts = message.root.children
        try #require(parts.map(\.contentType.mediaType) == ["text/plain", "text/html"])
        return (message, parts[0].text(limit: 1 << 20).text, parts[1].text(limit: 1 << 20).text)
    }

    @Test func bothFormsTellTheSame() throws {
        let (message, text, html) = try read(digest(2))
        #expect(message.header.subject == "2 messages are held for you")
        #expect(message.header.first("Auto-Submitted")?.unfolded == "auto-generated")
        for value in ["Offer 0", "Offer 1", "review", "a program", "2026-11-02 10:00 UTC", "id1"] {
            #expect(text.contains(value) && html.contains(value), "\(value)")
        }
        #expect(text.contains("From: Zoé <zoe@client.example>\r\n"))
        #expect(html.contains("<td>Zoé &lt;zoe@client.example&gt;</td>"))
        #expect(html.contains("<a href=\"https://mail.acme.example/held?a=1&amp;b=2\">"))
        let french = try read(digest { $0.languages = ["fr-CA"] })
        #expect(french.message.header.subject == "Un message est retenu pour vous")
        #expect(french.html.contains("<html lang=\"fr\">"))
    }

    @Test func whatSendersChoseIsNoMarkupAndNoLine() throws {
        let evil = "</td><script>alert('x')</script>\r\n--b\r\nBcc: x@acme.example\u{202E}\"&"
        let (message, text, html) = try read(
            digest {
                $0.items[0] = .init(from: evil, subject: evil, heldAt: 0, reason: evil, area: evil, id: evil)
                $0.page = "javascript:alert(1)"
            })
        #expect(!html.contains("<script") && !html.contains("\u{202E}") && !html.contains("javascript:"))
        #expect(html.split(separator: "</td>").count == 7)
        #expect(!text.split(separator: "\r\n").contains { $0.hasPrefix("--") || $0.hasPrefix("Bcc") })
        #expect(message.header.first("Bcc") == nil)
        #expect(!text.contains("javascript:"))
    }

    @Test func itsBounds() throws {
        var limits = EnforcementLimits()
        limits.digestItems = 2
        #expect(try !read(digest(2), limits).text.contains("more"))
        let cut = try read(digest(3), limits)
        #expect(cut.text.contains("and 1 more") && cut.html.contains("and 1 more") && !cut.text.contains("Offer 2"))
        limits.digestValueBytes = 7
        #expect(try read(digest(1), limits).text.contains("Offer 0\r\n"))
        limits.digestValueBytes = 6
        #expect(try !read(digest(1), limits).text.contains("Offer 0\r\n"))
    }

    @Test func theSameListGivesTheSameMessage() throws {
        #expect(DigestWriter().write(digest()) == DigestWriter().write(digest()))
        let other = try #require(DigestWriter().write(digest(2)))
        #expect(DigestWriter().write(digest())?.messageID != other.messageID)
        #expect(DigestWriter().write(digest { $0.recipient = Address("a b@acme.example") }) == nil)
        #expect(DigestWriter().write(digest { $0.author = Address("é@acme.example") }) == nil)
    }
}
