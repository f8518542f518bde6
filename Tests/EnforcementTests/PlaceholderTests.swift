import Enforcement
import Testing
import Vocabulary

/// What stands for the placeholders, within which bounds, and the texts of disclaimers.
@Suite struct PlaceholderTests {
    private func mail(_ body: String, _ rule: String) -> WrittenMail {
        var mail = WrittenMail()
        mail.header = mail.header.replacing("fr, en", with: "en")
        mail.template = "template words { en { subject \"s\" body \"\(body)\" } }"
        mail.rules = rule
        let part = "--b\r\nContent-Type: text/plain; name=\"f.js\"\r\nContent-Disposition: attachment\r\n\r\nx\r\n"
        mail.fields += ["MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=b"]
        mail.body = "--b\r\n\r\nHere\r\n" + part + part.replacing("f.js", with: "g.js") + "--b--\r\n"
        return mail
    }

    private let stripping = """
        rule r "Scripts" {
            when any file where (name ends with ".js")
            then strip notify admin using words
        }
        """

    @Test func partsAreNamed() throws {
        var mail = mail("{parts}", stripping)
        #expect(try mail.notice().text == "f.js, g.js\n")
        mail.limits.listedParts = 2
        #expect(try mail.notice().text == "f.js, g.js\n")
        mail.limits.listedParts = 1
        #expect(try mail.notice().text == "f.js, and 1 more\n")
        mail.rules = "rule r { when subject exists then notify admin using words }"
        #expect(try mail.notice().text == "none\n")
    }

    @Test func evidenceIsALineEach() throws {
        var mail = mail("{evidence}", stripping)
        let text = "Scripts\n- name (1.2, f.js): .js\n"
        #expect(try mail.notice().text == text)
        mail.limits.evidenceBytes = text.utf8.count
        #expect(try mail.notice().text == text)
        mail.limits.evidenceBytes -= 1
        #expect(try mail.notice().text == "Scripts\n…\n")
    }

    @Test func textsAreCutAtTheirBounds() throws {
        var mail = mail("0123456789", stripping)
        mail.limits.textBytes = 10
        #expect(try mail.notice().text == "0123456789\n")
        mail.limits.textBytes = 9
        #expect(try mail.notice().text == "012345…\n")
        mail.template = mail.template.replacing("\"s\"", with: "\"0123456789\"")
        mail.limits.subjectBytes = 10
        #expect(try mail.notice().subject == "0123456789")
        mail.limits.subjectBytes = 9
        #expect(try mail.notice().subject == "012345…")
    }

    @Test func theWordsOfATemplateFitTheTextOfANotice() throws {
        let most = WrittenTextLimits.noticeTextBytes
        #expect(EnforcementLimits().textBytes == most)
        let words = String(repeating: "w", count: most)
        #expect(try mail(words, stripping).notice().text == words + "\n")
        // Beyond it a policy's own words are an error, and what a placeholder adds is cut.
        let cut = try mail(words + "{title}", stripping).notice().text
        #expect(cut == words.dropLast(3) + "…\n")
    }

    @Test func evidenceOfManyRecipientsIsBounded() throws {
        var mail = mail("{evidence}", #"rule r { when recipient.local matches /u\d/ then notify admin using words }"#)
        mail.envelope.recipients = (0..<3).map { Address("u\($0)@acme.example") }
        #expect(try mail.notice().text.contains("u2"))
        mail.limits.toldDecisions = 2
        #expect(try !mail.notice().text.contains("u2"))
    }

    @Test func whatIsAbsentIsSaidInTheNoticesLanguage() throws {
        var mail = mail(
            "{subject}/{from}/{area}/{direction}", "rule r { when not (tls) then notify admin using words }")
        mail.fields = []
        mail.body = "x\r\n"
        #expect(try mail.notice().text == "(no subject)/none/none/inbound\n")
        mail.template = mail.template.replacing("en {", with: "fr {")
        #expect(try mail.notice().text == "(sans objet)/néant/néant/entrant\n")
    }

    @Test func disclaimersAreFilledAndEscaped() throws {
        var mail = mail(
            "For {recipient}: {subject}\\nBye", "rule r { when subject exists then disclaimer words }")
        mail = mail.with(subject: "<b>\"&'{admin}")
        mail.envelope.recipients.append(Address("eve@acme.example"))
        let disclaimers = try mail.correspondence().disclaimers
        #expect(disclaimers.map(\.recipients) == [["bob@acme.example"], ["eve@acme.example"]])
        #expect(disclaimers.first?.text == "For bob@acme.example: <b>\"&'{admin}\nBye\n")
        #expect(
            disclaimers.first?.html == "For bob@acme.example: &lt;b&gt;&quot;&amp;&#39;{admin}<br>\nBye")
        mail.template = mail.template.replacing("For {recipient}: ", with: "")
        #expect(try mail.correspondence().disclaimers.map(\.recipients) == [["bob@acme.example", "eve@acme.example"]])
        mail.template = mail.template.replacing("{subject}", with: "{recipient}")
        mail.limits.texts = 1
        #expect(try mail.correspondence().unwritten.map(\.cause) == [.overLimit])
    }
}
