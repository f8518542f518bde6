import Enforcement
import Testing
import Vocabulary

/// Who gets a notice, and who none.
@Suite struct NoticePlanTests {
    private func mail(_ rules: String) -> WrittenMail {
        var mail = WrittenMail()
        mail.template = #"template words { en { subject "s" body "{rule} for {recipient}" } }"#
        mail.rules = rules
        return mail
    }

    private var toSender: WrittenMail { mail("rule r { when subject exists then notify sender using words }") }

    private func causes(_ mail: WrittenMail) throws -> [UnwrittenNotice.Cause] {
        let correspondence = try mail.correspondence()
        #expect(correspondence.notices.isEmpty)
        return correspondence.unwritten.map(\.cause)
    }

    @Test func anOutsiderWhoDidNotLogInGetsNoneUnlessTheRuleSaysSo() throws {
        #expect(try causes(toSender) == [.unauthenticated])
        var inside = toSender
        inside.envelope.authenticatedUser = "zoe"
        #expect(try inside.notice().address == "zoe@client.example")
        inside = toSender
        inside.envelope.clientIP = IPAddress("192.0.2.9")
        #expect(try inside.notice().role == "sender")
        var even = toSender
        even.rules = even.rules.replacing("using words", with: "using words even unauthenticated")
        #expect(try even.notice().role == "sender")
        var guessed = toSender
        guessed.envelope.direction = .outbound
        #expect(try guessed.notice().role == "sender")
        guessed.envelope.guessed = ["direction"]
        #expect(try causes(guessed) == [.unauthenticated])
    }

    @Test func anAnswerRefersToTheMessageAndSaysThatItIsOne() throws {
        var inside = toSender
        inside.envelope.authenticatedUser = "zoe"
        let answer = ReadNotice(try inside.notice())
        #expect(answer.value("Auto-Submitted") == "auto-replied")
        #expect(answer.value("In-Reply-To") == "<m1@client.example>")
        #expect(answer.value("References") == "<m1@client.example>")
        for bad in ["<a b@c>", "<a@b>\r\n\t<c@d@e>", "<@>", "<\(String(repeating: "a", count: 300))@b>", "<é@b>"] {
            inside.fields = inside.fields.map { $0.hasPrefix("Message-ID") ? "Message-ID: \(bad)" : $0 }
            let value = ReadNotice(try inside.notice()).value("In-Reply-To")
            #expect(value == nil || value == "<a@b>", "\(bad)")
        }
    }

    @Test func whatAProgramSentIsNotAnswered() throws {
        var mail = toSender
        mail.rules = mail.rules.replacing("using words", with: "using words even unauthenticated")
        mail.fields.append("Auto-Submitted: auto-generated")
        #expect(try causes(mail) == [.automatic])
        mail = toSender
        mail.fields.append("List-Id: <l.client.example>")
        mail.envelope.authenticatedUser = "zoe"
        #expect(try causes(mail) == [.automatic])
        mail = toSender
        mail.envelope.sender = nil
        #expect(try causes(mail) == [.noSender])
        for machine in ["MAILER-DAEMON@x.example", "owner-list@x.example", "list-request@x.example"] {
            mail = toSender
            mail.envelope.authenticatedUser = "zoe"
            mail.envelope.sender = Address(machine)
            #expect(try causes(mail) == [.automatic])
        }
    }

    @Test func administratorsHearOfAutomaticMailToo() throws {
        var mail = mail("rule r { when subject exists then notify admin using words }")
        mail.fields.append("Auto-Submitted: auto-generated")
        mail.envelope.sender = nil
        #expect(ReadNotice(try mail.notice()).value("Auto-Submitted") == "auto-generated")
        mail.harm = { $0.organisation.administrators = [] }
        #expect(try causes(mail) == [.noAdministrator])
    }

    @Test func exceptWhenLeavesANoticeOut() throws {
        let mail = mail(
            #"rule r { when subject exists then notify admin using words except when subject is "Offer" }"#)
        #expect(try mail.correspondence() == Correspondence())
        #expect(try mail.with(subject: "Other").correspondence().notices.count == 1)
    }

    @Test func anAddresseeGetsOneWhateverAsksForIt() throws {
        var mail = mail(
            """
            rule b { when subject exists then notify admin using words notify "POSTMASTER@acme.example" }
            rule a { when recipient is "eve@acme.example" then notify admin using words }
            rule c { when subject exists then notify recipient using words }
            """)
        mail.envelope.recipients = [Address("bob@acme.example"), Address("eve@acme.example")]
        let notices = try mail.correspondence().notices
        #expect(notices.map(\.address) == ["postmaster@acme.example", "bob@acme.example", "eve@acme.example"])
        #expect(notices.map(\.rule) == ["a", "c", "c"])
        #expect(
            notices.map(\.text) == [
                "a, b for bob@acme.example, eve@acme.example\n", "c for bob@acme.example\n", "c for eve@acme.example\n",
            ])
    }

    @Test func addressesThatNoFieldCanHoldGetNone() throws {
        var mail = toSender
        mail.envelope.authenticatedUser = "zoe"
        for bad in [
            "a b@x.example", "é@x.example", "a\r\nBcc: b@x.example", "a@x y", "@x.example", "a@", "a>@x.example",
        ] {
            mail.envelope.sender = Address(bad)
            #expect(try causes(mail) == [.badAddress], "\(bad)")
        }
        mail.envelope.sender = Address("\"a b\"@müller.example")
        let notice = try mail.notice()
        #expect(notice.address == "\"a b\"@xn--mller-kva.example")
        #expect(ReadNotice(notice).value("To") == notice.address)
    }

    @Test func bounded() throws {
        var mail = mail("rule r { when subject exists then notify recipient using words }")
        mail.envelope.recipients = (0..<5).map { Address("u\($0)@acme.example") }
        mail.limits.texts = 5
        #expect(try mail.correspondence().notices.count == 5)
        #expect(try mail.correspondence().unwritten.isEmpty)
        mail.limits.texts = 4
        #expect(try mail.correspondence().notices.count == 4)
        #expect(try mail.correspondence().unwritten.map(\.cause) == [.overLimit])
    }
}
