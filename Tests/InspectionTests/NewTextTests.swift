import Testing
import Vocabulary

@testable import Inspection

/// `body.new-text`: what the sender wrote, as a policy sees it.
@Suite struct NewTextTests {
    private func value(of body: String, type: String = "plain") throws -> FactValue {
        let mail = Array(
            "From: a@b.example\r\nMIME-Version: 1.0\r\nContent-Type: text/\(type); charset=utf-8\r\n\r\n\(body)".utf8)
        let message = InspectedMessage(
            mail, envelope: Envelope(), settings: InspectionSettings(), typer: try FileTyper())
        return message.value(of: .bodyNewText, argument: nil, subject: .message)
    }

    private func newText(_ body: String, type: String = "plain") throws -> String? {
        let value = try value(of: body, type: type)
        #expect(value.missing.isEmpty)
        return value.values.first?.searchableText?.string
    }

    @Test(arguments: [
        ("one\ntwo", "one\ntwo"),
        ("new\n\n> old\n>> older\n>\n", "new"),
        ("new\n\nOn Mon, 2 Mar 2026 at 10:00, Anne <anne@a.example> wrote:\n> old\n", "new"),
        ("new\n\nOn Mon, 2 Mar 2026 at 10:00, Anne Durand with a long name\n<anne@a.example> wrote:\n\n> old", "new"),
        ("new\n\nLe 02/03/2026 à 10:00, Anne Durand a écrit\u{a0}:\n> old\n", "new"),
        ("new\n\nAm 02.03.26 um 10:00 schrieb Anne Durand:\n> old\n", "new"),
        ("new\n\nOp 2 mrt 2026 om 10:00 schreef Anne <anne@a.example>:\n\n> old\n", "new"),
        ("> question\n\nanswer\n\n> question\n\nanswer", "answer\n\nanswer"),
        ("new\n-----Original Message-----\nFrom: Anne\nSent: Monday\nTo: Bob\nSubject: x\n\nold", "new"),
        ("new\n-----Message d'origine-----\nDe : Anne\nEnvoyé : lundi\nÀ : Bob\nObjet : x\n\nold", "new"),
        ("new\n\n________________________________\nDe : Anne\nEnvoyé : lundi\nÀ : Bob\nObjet : x\n\nold", "new"),
        ("new\n\n*From:* Anne\n*Sent:* Monday\n*To:* Bob\n*Subject:* x\n\nold", "new"),
        ("new\n\nVon: Anne\nGesendet: Montag\nAn: Bob;\n\tCarl\nBetreff: x\n\nold", "new"),
        ("new\n---------- Forwarded message ---------\nFrom: Anne <a@a.example>\nDate: Mon\n\nold", "new"),
        ("new\n\nDébut du message transféré :\n\nDe: Anne\nObjet: x\n\nold", "new"),
        ("new\n-- \nAnne Durand\nAcme", "new"),
        ("new\n-- \nAnne Durand\n\n> old", "new"),
        ("new\r\n\r\n> old\r\n-- \r\nAnne\r\n", "new"),
    ])
    func leavesOutWhatMailProgramsAdd(body: String, expected: String) throws {
        #expect(try newText(body) == expected)
    }

    @Test(arguments: [
        "On Mon, 2 Mar 2026, Anne wrote:\nnothing is quoted here",
        "He wrote:\n\n\n\n\n> far away",
        "-----Original Message-----\nand no fields",
        "From: Paris\nTo: Lyon\nDate: 3 May\nplease book",
        ">From the store's own mark",
        "--\nnot quite a delimiter",
        "-- \n" + String(repeating: "a letter, not a signature\n", count: 200),
        "a > b\n | quoted?\n  > indented",
    ])
    func keepsWhatIsInDoubt(body: String) throws {
        let seen = try newText(body)
        let kept = body.split(separator: "\n").filter { !$0.hasPrefix("> ") }.joined(separator: "\n")
        #expect(seen?.split(separator: "\n").joined(separator: "\n") == kept)
    }

    @Test(arguments: [
        ("<p>new</p><blockquote type=\"cite\"><p>old</p></blockquote>", "new"),
        ("<p>new</p><blockquote>only indented</blockquote>", "new\nonly indented"),
        ("new<blockquote style=\"margin:0 0 0 40px;border:none\">indented</blockquote>", "new\nindented"),
        (
            "<div>new</div><div class=\"gmail_quote\"><div class=\"gmail_attr\">Den 2. marts 2026 kl. 10.00 Anne:<br></div>"
                + "<blockquote class=\"gmail_quote\" style=\"margin:0\">old<blockquote class=\"gmail_quote\">older"
                + "</blockquote></blockquote><div>between</div></div>", "new\nbetween"
        ),
        (
            "<div>new</div><div class=\"gmail_quote\"><div class=\"gmail_attr\">---------- Forwarded message ---------<br>"
                + "From: <b>Anne</b><br>Date: Mon<br>Subject: x<br></div><br>old</div><div>behind</div>", "new\nbehind"
        ),
        (
            "new<div class=\"moz-cite-prefix\">Le 2 mars, Anne a écrit :</div><blockquote type=cite>old</blockquote>",
            "new"
        ),
        (
            "<p>new</p><div id=\"appendonsend\"></div><hr><div id=\"divRplyFwdMsg\"><b>Kimden:</b> Anne<br>"
                + "<b>Gönderildi:</b> x<br><b>Kime:</b> Bob</div><div>old</div>", "new"
        ),
        (
            "<p>new</p><div><div style=\"border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt\"><p><b>Feladó:</b> Anne<br>"
                + "<b>Elküldve:</b> x<br><b>Címzett:</b> Bob<br><b>Tárgy:</b> y</p></div></div><p>old</p>", "new"
        ),
        ("<p>new</p><p><b>De :</b> Anne<br><b>Envoyé :</b> x<br><b>À :</b> y<br><b>Objet :</b> z</p><p>old</p>", "new"),
        ("new<div style=\"border-top:solid 1px\">a heading below a line</div>", "new\na heading below a line"),
        ("new<div id=\"appendonsend\"></div>still mine", "new\nstill mine"),
        ("new<div class=\"gmail_signature\">Anne</div><div>more</div>", "new\nmore"),
        ("new<br>--<br>Anne", "new"),
        ("new<pre class=\"moz-signature\">-- \nAnne</pre>", "new"),
    ])
    func readsTheMarksOfPages(html: String, expected: String) throws {
        #expect(try newText(html, type: "html") == expected)
    }

    @Test func isAbsentWhereNothingIsLeft() throws {
        #expect(try value(of: "> all\n> quoted\n") == .absent)
        #expect(try value(of: "") == .absent)
    }

    @Test func bodiesThatCannotBeReadLeaveTheirReasons() throws {
        let mail = Array(
            """
            From: a@b.example\r
            MIME-Version: 1.0\r
            Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary=b\r
            \r
            --b\r
            Content-Type: application/pgp-encrypted\r
            \r
            Version: 1\r
            --b\r
            Content-Type: application/octet-stream\r
            \r
            -----BEGIN PGP MESSAGE-----\r
            --b--\r

            """.utf8)
        let message = InspectedMessage(
            mail, envelope: Envelope(), settings: InspectionSettings(), typer: try FileTyper())
        let value = message.value(of: .bodyNewText, argument: nil, subject: .message)
        #expect(value == message.value(of: .bodyText, argument: nil, subject: .message))
        #expect(!value.missing.isEmpty)
    }

    @Test func signaturesAreAsLongAsTheLimit() throws {
        let filling = NewTextLimits.signatureBytes - 4
        #expect(
            NewText.of(Array("new\n-- \n".utf8) + [UInt8](repeating: 0x61, count: filling), marks: nil)
                == Array("new".utf8))
        let longer = Array("new\n-- \n".utf8) + [UInt8](repeating: 0x61, count: filling + 1)
        #expect(NewText.of(longer, marks: nil) == longer)
    }

    @Test func linesBeyondTheLimitAreTheSenders() throws {
        let quotes = [[UInt8]](repeating: Array(">\n".utf8), count: NewTextLimits.lines).flatMap { $0 }
        #expect(NewText.of(quotes, marks: nil) == nil)
        #expect(NewText.of(quotes + Array("> last".utf8), marks: nil) == Array("> last".utf8))
    }

    @Test(
        .timeLimit(.minutes(1)),
        arguments: [
            ">", ">\n", ":\n>\n", "-- \n", "-- \n>\n", "From:x\n", "-----a-----\n", "a:\n", "\n", "on x wrote:\n>\n",
            "____________\n",
        ])
    func hostilePlainTextsTakeLinearTime(piece: String) throws {
        let bytes = [[UInt8]](repeating: Array(piece.utf8), count: (1 << 20) / piece.utf8.count).flatMap { $0 }
        let clock = ContinuousClock()
        let took = clock.measure { _ = NewText.of(bytes, marks: nil) }
        #expect(took < .seconds(20))
    }

    @Test(
        .timeLimit(.minutes(1)),
        arguments: [
            "<blockquote type=cite>", "<blockquote type=cite>a</blockquote>", "<div id=appendonsend>a:",
            "<div class=gmail_quote>From:x<br>",
        ])
    func hostilePagesTakeLinearTime(piece: String) throws {
        let html = String(repeating: piece, count: 20_000) + "tail"
        let clock = ContinuousClock()
        let took = try clock.measure { _ = try value(of: html, type: "html") }
        #expect(took < .seconds(20))
    }
}
