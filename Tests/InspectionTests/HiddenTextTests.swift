import Testing
import Vocabulary

@testable import Inspection

/// Text that a page has and does not show: it stands apart, breaks no word of what is shown, and is searched with it.
@Suite struct HiddenTextTests {
    private static func message(_ html: String) throws -> InspectedMessage {
        let mail = Array(
            "From: a@b.example\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n\(html)".utf8)
        return InspectedMessage(mail, envelope: Envelope(), settings: InspectionSettings(), typer: try FileTyper())
    }

    private static func texts(_ fact: Fact, _ html: String) throws -> [String] {
        try message(html).value(of: fact, argument: nil, subject: .message).values
            .compactMap { $0.searchableText?.string }
    }

    /// What stands around `xx` in a word, and keeps it from being seen.
    private static let hidden: [(open: String, close: String)] = [
        ("<span style='display:none'>", "</span>"),
        ("<span style='DISPLAY : None !important'>", "</span>"),
        ("<span style='/* ; */display:/**/none'>", "</span>"),
        ("<span style='d\\69 splay:none'>", "</span>"),
        ("<span style='x:\";\";display:none'>", "</span>"),
        ("<span style='display:none!important;display:inline'>", "</span>"),
        ("<div style='display:none'>", "</div>"),
        ("<p style='display:none'><b>", "</b></p>"),
        ("<span hidden>", "</span>"), ("<div hidden=''>", "</div>"),
        ("<span style='visibility:hidden'>", "</span>"), ("<span style='visibility:collapse'>", "</span>"),
        ("<span style='opacity:0'>", "</span>"), ("<span style='opacity:0.05'>", "</span>"),
        ("<span style='opacity:20%'><b style='opacity:.2'>", "</b></span>"),
        ("<span style='font-size:0'>", "</span>"), ("<span style='font-size:1px'>", "</span>"),
        ("<span style='font-size:1pt'>", "</span>"), ("<span style='font-size:0.01em'>", "</span>"),
        ("<span style='font-size:10%'><b style='font-size:50%'>", "</b></span>"),
        ("<span style='font:0/0 serif'>", "</span>"), ("<span style='font:bold 400 1px/2 Arial'>", "</span>"),
        ("<span style='color:#fff'>", "</span>"), ("<span style='color:WHITE'>", "</span>"),
        ("<span style='color:rgb(255, 255, 255)'>", "</span>"), ("<span style='color:rgb(100% 99% 98%)'>", "</span>"),
        ("<span style='color:hsl(120,50%,100%)'>", "</span>"), ("<span style='color:#fffefd'>", "</span>"),
        ("<span style='color:rgba(0,0,0,0.01)'>", "</span>"), ("<span style='color:transparent'>", "</span>"),
        ("<span style='color:#0000'>", "</span>"), ("<font color=white>", "</font>"),
        ("<font color=ffffff>", "</font>"), ("<span style='background:#123456;color:#123456'>", "</span>"),
        ("<span style='-webkit-text-fill-color:transparent'>", "</span>"),
        ("<span style='background-color:black'><font color=black>", "</font></span>"),
        ("<span style='background:url(x.png) #000;color:#000'>", "</span>"),
        ("<span style='display:inline-block;width:0;overflow:hidden'>", "</span>"),
        ("<div style='display:inline;position:absolute;left:-9999px'>", "</div>"),
        ("<span style='position:absolute;top:-100em'>", "</span>"),
        ("<span style='position:fixed;left:99999px'>", "</span>"),
        ("<span style='display:inline-block;text-indent:-9999px'>", "</span>"),
        ("<span style='margin-left:-5000px'>", "</span>"),
        ("<span style='position:absolute;clip:rect(1px, 1px, 1px, 1px)'>", "</span>"),
        ("<span style='clip-path:inset(50%)'>", "</span>"), ("<span style='clip-path:circle(0)'>", "</span>"),
        ("<span style='display:inline-block;transform:scale(0)'>", "</span>"),
        ("<span style='float:left;max-height:0px;overflow:hidden'>", "</span>"),
        ("<template>", "</template>"), ("<iframe>", "</iframe>"),
        ("<span style='content-visibility:hidden'>", "</span>"),
        ("<style>.h{display:none}</style><span class=h>", "</span>"),
        ("<style>/*x*/ #a, .b .H { Display:none }</style><i class='b'><span class='q h'>", "</span></i>"),
        ("<style>@import 'x';@media screen{i{font-size:0}}</style><i>", "</i>"),
        ("<style>@media screen and (min-width:1px){i{color:#fff}}</style><i>", "</i>"),
        ("<style>i{display:inline}i.x{display:none}i{display:inline}</style><i class=x>", "</i>"),
        ("<style>@font-face{src:url(x)}<!-- .y>i{opacity:0} --></style><b class=y><i>", "</i></b>"),
        ("<i class=late>", "</i><style>.late{display:none}</style>"),
    ]

    @Test(arguments: hidden)
    func whatIsHiddenBreaksNoWordAndIsSearched(open: String, close: String) throws {
        let page = "<div>to pay\(open)xx\(close)pal now</div>"
        #expect(try Self.texts(.bodyHTML, page).first == "to paypal now", "\(open)")
        #expect(try Self.texts(.bodyHTML, page).count == 2, "\(open)")
        #expect(try Self.texts(.messageText, page).contains { $0.contains("xx") }, "\(open)")
        #expect(try Self.texts(.bodyHiddenText, page) == ["xx"], "\(open)")
        let size = try Self.message(page).value(of: .bodyHiddenSize, argument: nil, subject: .message)
        #expect(size == .known(.number(2)), "\(open)")
    }

    /// What stands around `xx` in a word, and lets it be seen.
    private static let shown: [(open: String, close: String)] = [
        ("<span>", "</span>"), ("<span style='display:inline'>", "</span>"),
        ("<span style='display:none;display:inline'>", "</span>"), ("<span hidden style='display:inline'>", "</span>"),
        ("<span style='visibility:hidden'><b style='visibility:visible'>", "</b></span>"),
        ("<span style='x:(;display:none'>", "</span>"), ("<span style='xdisplay:none'>", "</span>"),
        ("<span style='font-size:9px'>", "</span>"),
        ("<span style='font-size:0'><b style='font-size:10px'>", "</b></span>"),
        ("<span style='font:bold 400 12px/0 Arial'>", "</span>"), ("<span style='font-size:-1px'>", "</span>"),
        ("<span style='color:#eee0'><b style='color:#333'>", "</b></span>"), ("<span style='color:#ccc'>", "</span>"),
        ("<span style='background:#000;color:#fff'>", "</span>"),
        ("<span style='background:linear-gradient(#111, #222);color:#fff'>", "</span>"),
        ("<span style='background:url(\"x.png\");color:#fff'>", "</span>"),
        ("<span style='background:url(x.png) #333;color:#fff'>", "</span>"),
        ("<font color=white><a href='http://a.example'>", "</a></font>"),
        ("<span style='width:0;height:0;overflow:hidden'>", "</span>"),
        ("<span style='display:inline-block;height:0'>", "</span>"), ("<span style='left:-9999px'>", "</span>"),
        ("<span style='text-indent:-2em'>", "</span>"), ("<span style='clip:rect(0,0,0,0)'>", "</span>"),
        ("<span style='mso-hide:all'>", "</span>"), ("<noscript>", "</noscript>"),
        ("<style>.h{display:none}</style><span class=hh>", "</span>"),
        ("<style>.a .h{display:none}</style><span class=h>", "</span>"),
        ("<style>@media (max-width:600px){i{display:none}}</style><i>", "</i>"),
        ("<style>@media print{i{display:none}}</style><i>", "</i>"),
        ("<style>@keyframes x{i{display:none}}</style><i>", "</i>"),
        ("<style>i:hover{display:none}i[x]{display:none}</style><i>", "</i>"),
        ("<style>i{display:none}i.x{display:inline}i{display:none}</style><i class=x>", "</i>"),
        ("<style>i{display:none}</style><i style='display:inline'>", "</i>"),
    ]

    @Test(arguments: shown)
    func whatIsShownIsOneTextWithWhatStandsAroundIt(open: String, close: String) throws {
        let page = "<p>to pay\(open)xx\(close)pal now</p>"
        #expect(try Self.texts(.bodyHTML, page).first == "to payxxpal now", "\(open)")
        #expect(try Self.texts(.bodyHiddenText, page) == [], "\(open)")
    }

    @Test(arguments: [
        ("wire<font color=white> xx </font>transfer", "wire transfer"),
        ("wire<span style='display:none'> xx </span>transfer", "wiretransfer"),
        ("pay<div style='display:none'>xx<br>yy</div>pal", "paypal"),
        ("pay<div style='display:inline'>pal</div>", "paypal"),
        ("pay<span style='display:block'>pal</span>now", "pay\npal\nnow"),
        ("<table><tr><td>a</td><td style='display:none'>xx</td><td>b</td></tr></table>", "a b"),
        ("a<img src=x alt=xx style='display:none'>b", "ab"), ("a<br style='display:none'>b", "ab"),
        ("<div style='display:none'>xx</div><p>a</p><img alt=b>", "a\nb"),
        ("<body bgcolor=black text=white>a<table><tr><td bgcolor=white>xx</td></tr></table>b", "a\nb"),
        ("<font color=white>xx<p>xx</p></font>a", "a"), ("a<p>b<p>c", "a\nb\nc"),
    ])
    func theShownTextIsSpacedAsItIsSeen(page: String, expected: String) throws {
        #expect(try Self.texts(.bodyHTML, page).first == expected)
    }

    @Test func aLineTakesTheSpaceAroundIt() throws {
        #expect(try Self.texts(.bodyHTML, "a&nbsp;<br>&nbsp;b&nbsp; c<p>&nbsp;</p>d") == ["a\nb c\nd"])
        var collector = TextCollector(limit: 100)
        collector.append(Array("a".utf8))
        collector.line()
        collector.append([0xc2, 0xa0] + Array("b\u{a0}\u{e9}".utf8))
        #expect(String(decoding: collector.text, as: UTF8.self) == "a\nb é")
    }

    @Test(arguments: [
        ("pay<![if x]>pal<![endif]>", "paypal"), ("pay<!x>pal", "paypal"), ("pay<![CDATA[x]]>pal", "paypal"),
        ("pay<!-->pal<!-- x -->", "paypal"), ("pay<!--->pal<!-- x -->", "paypal"), ("pay<!-- x --!>pal", "paypal"),
        ("pay<!-- <![endif] x>y -->pal", "paypal"), ("<!DOCTYPE html>pay<!-- > -- x -->pal", "paypal"),
    ])
    func commentsOfEveryFormAreNone(page: String, expected: String) throws {
        #expect(try Self.texts(.bodyHTML, page).first == expected)
    }

    @Test func aPageThatIsAllHiddenHasOneText() throws {
        #expect(try Self.texts(.bodyHTML, "<div style='display:none'>xx</div>") == ["xx"])
        #expect(try Self.texts(.bodyNewText, "<div style='display:none'>xx</div>yy") == ["yy"])
    }

    @Test(arguments: [
        ("pay<span style='mso-hide:all'>xx</span>pal", ["payxxpal", "paypal"]),
        ("pay<!--[if mso]>xx<![endif]-->pal", ["paypal", "payxxpal"]),
        ("pay<!--[if (gte mso 9)|(IE)]>xx<![endif]-->pal", ["paypal", "payxxpal"]),
        ("pay<!--[if IE]>xx<![endif]-->pal", ["paypal"]), ("pay<!--[if !mso]>xx<![endif]-->pal", ["paypal"]),
        ("pay<!--[if !mso]><!-->xx<!--<![endif]-->pal", ["payxxpal", "paypal"]),
        ("pay<![if !mso]>xx<![endif]>pal", ["payxxpal", "paypal"]),
        ("pay<!--[if mso]>xx<!-- never ended", ["pay", "payxx"]), ("pay [if mso] pal", ["pay [if mso] pal"]),
        ("a<!--[if mso]>b<![endif]--><!--[if !mso]><!-->b<!--<![endif]-->", ["ab"]),
    ])
    func whatWordShowsIsAVersionOfItsOwn(page: String, expected: [String]) throws {
        #expect(try Self.texts(.bodyHTML, page) == expected)
        #expect(try Self.texts(.bodyHiddenText, page) == [])
    }

    @Test func hiddenTextIsNoDoubt() throws {
        let page =
            "<div style='display:none;max-height:0;mso-hide:all'>Preview &zwnj;&nbsp;&zwnj;</div><p>Hello</p>"
        let message = try Self.message(page)
        #expect(message.value(of: .messageAmbiguous, argument: nil, subject: .message) == .known(.bool(false)))
        #expect(message.value(of: .messageMalformed, argument: nil, subject: .message) == .known(.bool(false)))
        #expect(message.value(of: .bodyHTML, argument: nil, subject: .message).missing == [])
    }

    @Test func linksWithinHiddenTextAreLinks() throws {
        let page = "<p style='display:none'>see http://hidden.example/x <a href='http://a.example'>a</a></p>b"
        let message = try Self.message(page)
        #expect(message.links.links.count == 2)
        #expect(
            message.links.links.compactMap(\.shown).map { String(decoding: $0, as: UTF8.self) } == [
                "http://hidden.example/x"
            ])
    }

    @Test func elementsBeyondTheLimitAreOverLimit() throws {
        func missing(_ page: String) throws -> Reasons {
            try Self.message(page).value(of: .bodyHTML, argument: nil, subject: .message).missing
        }
        // Two elements stand around every page.
        let most = StyleLimits.openElements - 2
        #expect(try missing(String(repeating: "<b>", count: most) + "a") == [])
        #expect(try missing(String(repeating: "<b>", count: most + 1) + "a") == .overLimit)
        func rules(_ count: Int) -> String {
            "<style>" + String(repeating: ".x{color:red}", count: count) + "</style>a"
        }
        #expect(try missing(rules(StyleLimits.rules)) == [])
        #expect(try missing(rules(StyleLimits.rules + 1)) == .overLimit)
        let elements = StyleLimits.steps / 1_000
        let page = "<style>" + String(repeating: "b{color:red}", count: 1_000) + "</style>"
        #expect(try missing(page + String(repeating: "<b></b>", count: elements - 1)) == [])
        #expect(try missing(page + String(repeating: "<b></b>", count: elements + 1)) == .overLimit)
    }

    @Test func hostileStylesTakeLinearTime() throws {
        let pages = [
            String(repeating: "<!--[if ", count: 50_000), String(repeating: "<style>@", count: 20_000),
            "<style>x{" + String(repeating: "color:red;", count: 20_000) + "}</style>"
                + String(repeating: "<x>a</x>", count: 4_000),
            "<style>" + String(repeating: "@media{", count: 20_000), String(repeating: "<!--", count: 50_000),
            String(repeating: "&shy", count: 50_000), String(repeating: "<!a", count: 50_000),
        ]
        for page in pages {
            let took = ContinuousClock().measure {
                _ = HTMLText.extract(Array(page.utf8), limits: InspectionLimits())
                _ = WordPage.of(Array(page.utf8))
            }
            #expect(took < .seconds(20), "\(page.prefix(20))")
        }
    }

    /// Of a character's style, of a paragraph's, of one that rests on another; not of one that says no.
    @Test(arguments: [
        ("<w:r><w:rPr><w:rStyle w:val=\"H\"/></w:rPr><w:t>xx</w:t></w:r>", "viagra"),
        ("<w:r><w:rPr><w:rStyle w:val=\"I\"/></w:rPr><w:t>xx</w:t></w:r>", "viagra"),
        ("<w:r><w:rPr><w:rStyle w:val=\"N\"/></w:rPr><w:t>xx</w:t></w:r>", "vixxagra"),
        ("</w:p><w:p><w:pPr><w:pStyle w:val=\"I\"/></w:pPr><w:r><w:t>xx</w:t></w:r></w:p><w:p>", "vi\nagra"),
    ]) func lettersAreHiddenByTheirStyle(_ middle: String, _ shown: String) throws {
        let styles = """
            <w:style w:styleId="I"><w:basedOn w:val="J"/></w:style><w:style w:styleId="J"><w:basedOn w:val="H"/></w:style>\
            <w:style w:styleId="H"><w:rPr><w:vanish/></w:rPr></w:style>\
            <w:style w:styleId="N"><w:rPr><w:vanish w:val="0"/></w:rPr><w:basedOn w:val="O"/></w:style>\
            <w:style w:styleId="O"><w:basedOn w:val="N"/></w:style>
            """
        let word = DocumentTextTests.word(
            "<w:p><w:r><w:t>vi</w:t></w:r>\(middle)<w:r><w:t>agra</w:t></w:r></w:p>", styles: styles)
        let message = InspectedMessage(
            Samples.mail(attachments: [("a.docx", "application/octet-stream", word)]), envelope: Envelope(),
            settings: InspectionSettings(), typer: try FileTyper())
        let part = try #require(message.elements(of: .attachments).elements.first)
        #expect(message.value(of: .text, argument: nil, subject: .part(part)).values.first == .text(Text(shown)))
    }

    @Test func hiddenLettersOfDocumentsAreAFactOfTheirPart() throws {
        let word = DocumentTextTests.word(
            """
            <w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr><w:r><w:t>vi</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr>\
            <w:t>xx</w:t></w:r><w:r><w:t>agra</w:t></w:r></w:p>
            """)
        for (name, bytes) in [("a.docx", word), ("a.rtf", Array(#"{\rtf1 vi{\v xx}agra}"#.utf8))] {
            let message = InspectedMessage(
                Samples.mail(attachments: [(name, "application/octet-stream", bytes)]), envelope: Envelope(),
                settings: InspectionSettings(), typer: try FileTyper())
            let part = try #require(message.elements(of: .attachments).elements.first)
            #expect(message.value(of: .hiddenText, argument: nil, subject: .part(part)) == .known(.text("xx")))
            #expect(message.value(of: .hiddenSize, argument: nil, subject: .part(part)) == .known(.number(2)))
            #expect(message.value(of: .text, argument: nil, subject: .part(part)).values.first == .text("viagra"))
            let plain = InspectedMessage(
                Samples.mail(attachments: []), envelope: Envelope(), settings: InspectionSettings(),
                typer: try FileTyper())
            #expect(plain.value(of: .bodyHiddenText, argument: nil, subject: .message) == .absent)
            #expect(plain.value(of: .bodyHiddenSize, argument: nil, subject: .message) == .known(.number(0)))
        }
    }
}
