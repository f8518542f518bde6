import Testing
import Vocabulary

@testable import Inspection

/// Calendars and address cards are read as programs show them.
@Suite struct CalendarTextTests {
    private static func message(_ text: [UInt8], _ type: String) throws -> InspectedMessage {
        let head = "From: a@b.example\r\nMIME-Version: 1.0\r\nContent-Type: \(type)\r\n\r\n"
        return InspectedMessage(
            Array(head.utf8) + text, envelope: Envelope(), settings: InspectionSettings(), typer: try FileTyper())
    }

    /// The text of the only part, or of the first one.
    private static func text(_ message: InspectedMessage, _ fact: Fact = .text) throws -> FactValue {
        let part = try #require(message.elements(of: .parts).elements.first)
        return message.value(of: fact, argument: nil, subject: .part(part))
    }

    private static func shown(_ lines: String, card: Bool = false) throws -> String? {
        let kind = card ? "VCARD" : "VCALENDAR"
        let text = "BEGIN:\(kind)\r\n\(lines.replacing("\n", with: "\r\n"))\r\nEND:\(kind)\r\n"
        let message = try message(Array(text.utf8), card ? "text/vcard; charset=utf-8" : "text/calendar; charset=utf-8")
        let value = try Self.text(message)
        #expect(value.missing == [])
        #expect(value.values.last?.searchableText?.string == text)
        return value.values.count == 2 ? value.values.first?.searchableText?.string : nil
    }

    @Test(arguments: [
        ("SUMMARY:pay\n pal", "paypal"), ("SUMMARY:pay\n\tpal", "paypal"), ("SUMMARY:pay\n  pal", "pay pal"),
        ("DESCRIPTION:one\\ntwo\\Nthree", "one\ntwo\nthree"), ("LOCATION:a\\, b\\; c\\\\n", "a, b; c\\n"),
        ("COMMENT;LANGUAGE=en:word", "word"), ("x.SUMMARY;ALTREP=\"a:b\":word", "word"),
        ("ATTENDEE;CN=\"Doe; Jane\";ROLE=CHAIR:mailto:jane@a.example", "Doe; Jane\nmailto:jane@a.example"),
        ("ATTENDEE;CN=Jane ^'J^' Doe:mailto:j@a.example", "Jane \"J\" Doe\nmailto:j@a.example"),
        ("DTSTAMP:20260101T000000Z\nSUMMARY:a", "a"), ("ATTACH;ENCODING=BASE64;VALUE=BINARY:AAAA\nSUMMARY:a", "a"),
        ("X-ALT-DESC;FMTTYPE=text/html:<p>pay<b>p\n al</b>\\, &amp\\; more</p>", "paypal, & more"),
        ("STYLED-DESCRIPTION;FMTTYPE=\"text/html\":a<br>b", "a\nb"), ("no property\nSUMMARY:a", "a"),
    ])
    func aCalendarIsReadAsItIsShown(lines: String, expected: String) throws {
        #expect(try Self.shown(lines) == expected)
    }

    @Test(arguments: [
        ("FN:Jane\nN:Doe;Jane;;;", "Jane\nDoe Jane"), ("item1.NOTE:pay\n pal\\nnow", "paypal\nnow"),
        ("ORG:Acme\\, Inc.;Sales", "Acme, Inc. Sales"), ("TEL;TYPE=home:+33 1", "+33 1"),
        ("NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=iso-8859-1:caf=E9 pay=\npal", "café paypal"),
        ("NOTE;QUOTED-PRINTABLE:a=0Ab", "a\nb"), ("PHOTO;ENCODING=b:AAAA\nFN:a", "a"),
    ])
    func aCardIsReadAsItIsShown(lines: String, expected: String) throws {
        #expect(try Self.shown(lines, card: true) == expected)
    }

    @Test func foldingMayStandWithinACharacter() throws {
        let text = Array("BEGIN:VCALENDAR\r\nSUMMARY:caf".utf8) + [0xC3, 0x0D, 0x0A, 0x20, 0xA9] + Array("\r\n".utf8)
        let value = try Self.text(Self.message(text, "text/calendar; charset=utf-8"))
        #expect(value.values.first == .text("café"))
        #expect(value.alternatives == [TextAlternatives(versions: [[0], [1]])])
        let wide = ContainerSmith.wide("BEGIN:VCALENDAR\r\nSUMMARY:caf\r\n \u{e9}\r\n")
        let other = try Self.text(Self.message([0xFF, 0xFE] + wide, "text/calendar; charset=utf-16"))
        #expect(other.values.first == .text("café"))
    }

    @Test func whatAPageInACalendarHidesAndLinksTo() throws {
        let text = """
            BEGIN:VCALENDAR
            X-ALT-DESC;FMTTYPE=text/html:pay<i hidden>xx</i>pal <a href="http://evil.exam
             ple/x">here</a>
            DESCRIPTION:see http://other.exam
             ple/y
            END:VCALENDAR
            """
        let message = try Self.message(Array(text.utf8), "text/calendar")
        #expect(try Self.text(message, .hiddenText) == .known(.text("xx")))
        #expect(try Self.text(message).values.first == .text("paypal here\nsee http://other.example/y"))
        let hosts = message.elements(of: .urls).elements.flatMap {
            message.value(of: .urlHost, argument: nil, subject: .url($0)).values
        }
        #expect(Set(hosts) == [.domain(Domain("evil.example")), .domain(Domain("other.example"))])
    }

    @Test func pagesBeyondTheLimitAreOverLimit() throws {
        func missing(_ count: Int) throws -> Reasons {
            let pages = String(repeating: "X-ALT-DESC;FMTTYPE=text/html:a\r\n", count: count)
            return try Self.text(Self.message(Array("BEGIN:VCALENDAR\r\n\(pages)".utf8), "text/calendar")).missing
        }
        #expect(try missing(InspectionLimits.calendarPages) == [])
        #expect(try missing(InspectionLimits.calendarPages + 1) == .overLimit)
    }
}
