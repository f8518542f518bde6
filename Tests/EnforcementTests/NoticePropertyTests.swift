import Enforcement
import Message
import Testing
import Vocabulary

/// Whatever a sender writes, a notice has the fields it is to have, and says what it is to say.
@Suite struct NoticePropertyTests {
    private static let fields = [
        "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "X-Auto-Response-Suppress", "Content-Language",
        "MIME-Version", "Content-Type", "Content-Transfer-Encoding",
    ]

    private var mail: WrittenMail {
        var mail = WrittenMail()
        mail.template = """
            template words { en { subject "Held: {subject}" body "{subject}\\n{from}\\n{message-id}\\n{evidence}\\n{parts}" } }
            """
        return mail
    }

    /// Subjects as they stand in a field, with what they are tried for.
    static let subjects: [String] = [
        "=?utf-8?Q?a=0D=0ABcc=3A_x=40y.example?=", "=?utf-8?Q?=0D=0A=0D=0A<html>?=", "=?utf-8?Q?=00=01=7F?=",
        "=?utf-8?B?4oCuZ25pcmlhbQ==?=", "\u{202E}gnp.exe", "a\u{2028}b\u{2029}c\u{85}d",
        "=?utf-8?Q?=3D=3Futf-8=3FQ=3Fx=3F=3D?=",
        "{subject} {admin} {evidence} {unknown}", "\\u{0}", "a\rb", String(repeating: "x", count: 100_000),
        String(repeating: "é", count: 50_000), String(repeating: "=?utf-8?Q?=E9?= ", count: 2000),
        String(repeating: "a ", count: 300), "👩‍👩‍👧‍👦🇫🇷e\u{301}", "\u{E000}\u{378}", "", "   ", "=?=?=?", ".",
        "From x",
        "Grüße, 日本語 und العربية",
    ]

    @Test(arguments: subjects) func aSubjectCannotBreakOut(_ subject: String) throws {
        try check(try mail.with(subject: subject).notice())
    }

    @Test func noBytesBreakOut() throws {
        var random = SystemRandom(state: 7)
        for _ in 0..<40 {
            let subject = (0..<(1 + random.next() % 120)).map { _ in
                String(Unicode.Scalar(UInt32(random.next() % 0x2100)) ?? "?")
            }.filter { $0 != "\n" && $0 != "\r" }.joined()
            try check(try mail.with(subject: subject).notice())
        }
    }

    private func check(_ notice: WrittenNotice) throws {
        let read = ReadNotice(notice)
        #expect(read.names == Self.fields)
        #expect(read.message.header.subject == notice.subject)
        #expect(read.text == notice.text)
        #expect(read.message.root.children.isEmpty)
        #expect(read.message.anomalies.isEmpty, "\(read.message.anomalies)")
        #expect(notice.message.utf8.allSatisfy { $0 < 0x80 })
        for line in notice.message.split(separator: "\r\n", omittingEmptySubsequences: false) {
            #expect(line.utf8.count <= 78 && !line.utf8.contains(0x0D) && !line.utf8.contains(0x0A), "\(line)")
        }
        for scalar in notice.subject.unicodeScalars {
            #expect(![.control, .format].contains(scalar.properties.generalCategory))
        }
        #expect(notice.subject.utf8.count <= WrittenTextLimits.noticeSubjectBytes)
    }

    @Test func whatIsInsertedIsNeverAPlace() throws {
        let notice = try mail.with(subject: "{admin} {evidence}").notice()
        #expect(notice.subject == "Held: {admin} {evidence}")
        #expect(notice.text.hasPrefix("{admin} {evidence}\n"))
    }

    @Test func textsOfEveryShapeComeBackWhole() throws {
        for body in ["a", "é", "a=b é", "trailing \\nblank\\t\\né", "日本語日本語日本語", String(repeating: "é", count: 300)] {
            var mail = mail
            mail.template = #"template words { en { subject "s" body "\#(body)" } }"#
            let notice = try mail.notice()
            #expect(ReadNotice(notice).text == notice.text)
        }
    }

    @Test func theSameMessageGivesTheSameNotice() throws {
        let first = try mail.notice()
        var again = mail
        again.fields.insert("Received: from a by b; Mon, 2 Nov 2026 10:00:09 +0000", at: 0)
        #expect(try again.notice().messageID == first.messageID)
        #expect(try mail.notice() == first)
        #expect(try mail.with(subject: "Other").notice().messageID != first.messageID)
        again.rules = again.rules.replacing("rule held", with: "rule kept")
        #expect(try again.notice().messageID != first.messageID)
        again.rules = mail.rules.replacing("notify admin", with: #"notify "desk@acme.example""#)
        #expect(try again.notice().messageID != first.messageID)
    }

    /// Reproducible numbers.
    private struct SystemRandom {
        var state: UInt64

        mutating func next() -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33)
        }
    }
}
