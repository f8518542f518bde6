import Enforcement
import TestSupport
import Testing
import Vocabulary

/// Whole notices, each beside the policy and the mail that it comes of.
@Suite struct NoticeGoldenTests {
    private static let everything = """
        template words {
            en {
                subject "{rule}: {subject}"
                body \"\"\"
                    title {title}
                    reason {reason}
                    area {area}
                    from {from}
                    sender {sender}
                    recipient {recipient}
                    direction {direction}
                    date {date}
                    message-id {message-id}
                    policy {policy}
                    admin {admin}
                    parts {parts}
                    {evidence}
                    \"\"\"
            }
            fr { subject "Retenu : {subject}"  body "Règle {rule}, motif {reason}, sens {direction}." }
        }
        """

    private static let attachment = [
        "Content-Type: multipart/mixed; boundary=b", "MIME-Version: 1.0",
    ]
    private static let film =
        "--b\r\nContent-Type: text/plain\r\n\r\nHere\r\n--b\r\nContent-Type: application/octet-stream; name=\"été.js\"\r\n"
        + "Content-Disposition: attachment\r\n\r\nvar a = 1;\r\n--b--\r\n"

    private static let cases: [(name: String, mail: WrittenMail)] = {
        var english = WrittenMail()
        english.header = english.header.replacing("fr, en", with: "en")
        english.template = everything
        english.fields += attachment
        english.body = film
        english.rules = """
            rule held "Not for us" {
                when any file where (name ends with ".js")
                then quarantine review notify admin using words
            }
            """
        var french = english
        french.header = WrittenMail().header
        var hostile = english
        hostile.fields =
            [
                "From: \"a\r\n\tb\" <\"x y\"@client.example>, =?utf-8?Q?Bcc=3A_all=0D=0ABcc=3A?= <z@client.example>",
                "Subject: =?utf-8?Q?Hi=0D=0ABcc=3A_victim=40x.example=0D=0A=0D=0A?= =?utf-8?B?4oCuZ25pcmlhbQ==?= {admin} {evidence}",
                "Message-ID: <a b\u{7}@client.example>",
            ] + attachment
        var builtIn = english
        builtIn.template = ""
        builtIn.header = WrittenMail().header
        builtIn.rules = """
            rule held "Not for us" {
                when any file where (name ends with ".js")
                then quarantine review notify sender, recipient, admin even unauthenticated
            }
            """
        var undetermined = builtIn
        undetermined.header = english.header
        undetermined.rules = """
            rule viruses "Viruses" {
                when virus
                then reject "No" notify admin
                if unknown then quarantine unread notify admin, recipient
            }
            """
        var refused = builtIn
        refused.header = english.header
        refused.rules = #"rule refused { when subject exists then reject "No" notify recipient, admin }"#
        var delivered = refused
        delivered.rules = #"rule seen { when subject exists then notify admin }"#
        return [
            ("every-placeholder-en", english), ("preferred-language-fr", french), ("hostile-values", hostile),
            ("built-in-fr", builtIn), ("built-in-undetermined-en", undetermined), ("built-in-refused-en", refused),
            ("built-in-delivered-en", delivered),
        ]
    }()

    @Test(arguments: cases.map(\.name)) func noticesAreWrittenSo(_ name: String) throws {
        let mail = try #require(Self.cases.first { $0.name == name }?.mail)
        var text = mail.policy + "──── the mail\n" + Self.visible(String(decoding: mail.mail, as: UTF8.self))
        let correspondence = try mail.correspondence()
        for notice in correspondence.notices {
            text += "\n──── the notice to \(notice.address), \(notice.role), as sent\n" + Self.visible(notice.message)
            text += "\n──── as read\nSubject: \(notice.subject)\n\n\(notice.text)"
        }
        for left in correspondence.unwritten { text += "\n──── none to \(left.role): \(left.cause.phrase)\n" }
        let difference = GoldenDirectory("Golden").difference("\(name).txt", from: text)
        #expect(difference == nil, "\(difference ?? "")")
    }

    /// Line ends are those of the file; what else is not to be seen is written as an escape.
    private static func visible(_ text: String) -> String {
        var shown = ""
        for scalar in text.unicodeScalars where scalar != "\r" {
            let isPlain = scalar == "\n" || scalar == "\t" || scalar.properties.generalCategory != .control
            shown += isPlain ? String(scalar) : "\\u{\(String(scalar.value, radix: 16))}"
        }
        return shown
    }
}
