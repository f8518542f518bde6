import Compiler
import Evaluation
import Lexical
import TestSupport
import Testing
import Vocabulary

/// Ways to write a phrase so that a filter reads something else than a person: mail in, decision out.
@Suite struct TextEvasionTests {
    /// A mail of header fields and a body, in bytes.
    struct Trick: Sendable, CustomTestStringConvertible {
        let name: String
        let fields: String
        let body: [UInt8]

        init(_ name: String, _ type: String = "text/plain; charset=utf-8", encoding: String = "8bit", _ body: [UInt8]) {
            self.name = name
            fields = "Subject: s\r\nContent-Type: \(type)\r\nContent-Transfer-Encoding: \(encoding)"
            self.body = body
        }

        init(_ name: String, _ type: String = "text/plain; charset=utf-8", encoding: String = "8bit", _ body: String) {
            self.init(name, type, encoding: encoding, Array(body.utf8))
        }

        init(_ name: String, _ body: String) {
            self.init(name, "text/plain; charset=utf-8", encoding: "8bit", body)
        }

        init(_ name: String, subject: String) {
            self.name = name
            fields = "Subject: \(subject)\r\nContent-Type: text/plain"
            body = Array("nothing".utf8)
        }

        static func page(_ body: String) -> Trick { Trick(body, "text/html; charset=utf-8", body) }

        var mail: [UInt8] {
            Array("From: eve@partner.example\r\nTo: bob@acme.example\r\nMIME-Version: 1.0\r\n\(fields)\r\n\r\n".utf8)
                + body
                + Array("\r\n".utf8)
        }

        var testDescription: String { name }
    }

    private static func judge(_ condition: String) throws -> MessageJudge {
        let policy = """
            policy p { edition 1 domains "acme.example" }
            uninspectable { if unknown then quarantine unreadable }
            dictionary phrases {
                threshold 1
                ignore accents, confusables, leet, spacing, zero-width
                1 phrase "wire transfer"
            }
            rule found { when \(condition) then discard }
            """
        let result = PolicyCompiler(patterns: PatternLibrary()).compile(PolicyInMemory(policy))
        let bundle = try #require(result.bundle, "\(result.diagnostics.map(\.message))")
        return try MessageJudge(bundle: bundle, engines: EngineConfiguration())
    }

    private static func isFound(_ trick: Trick, by judge: MessageJudge) -> Bool {
        let envelope = Envelope(sender: Address("eve@partner.example"), recipients: [Address("bob@acme.example")])
        return judge.decide(trick.mail, envelope: envelope).decisions.first?.disposition == .discard
    }

    private static func wide(_ text: String, big: Bool = false) -> [UInt8] {
        text.utf16.flatMap { big ? [UInt8($0 >> 8), UInt8($0 & 255)] : [UInt8($0 & 255), UInt8($0 >> 8)] }
    }

    // MARK: What a plain search finds

    private static let encodings: [Trick] = [
        Trick("soft line break", encoding: "quoted-printable", "wire tran=\r\nsfer"),
        Trick("soft line break before blanks", encoding: "quoted-printable", "wire tran= \t\r\nsfer"),
        Trick("soft line break after each letter", encoding: "quoted-printable", "w=\r\ni=\r\nr=\r\ne =\r\ntransfer"),
        Trick("soft line break of a bare LF", encoding: "quoted-printable", "wire tran=\nsfer"),
        Trick("escaped letters", encoding: "quoted-printable", "=77=69re =74r=61nsfer"),
        Trick("escapes in small letters", encoding: "quoted-printable", "wire=20transfe=7a=\r\n wire tran=73=66er"),
        Trick("base64 in short lines", encoding: "base64", "d2ly\r\nZSB0\r\ncmFu\r\nc2Zl\r\ncg=="),
        Trick("encoded words", subject: "=?utf-8?Q?wire_tran?= =?utf-8?B?c2Zlcg==?="),
        Trick("encoded words of two charsets", subject: "=?iso-8859-1?Q?wire=20tr?=\r\n =?utf-7?Q?ansfer?="),
    ]

    private static let pages: [Trick] = [
        .page("<p>wire tran<b></b>sfer</p>"), .page("wire <i>t</i><i>r</i>an<font color=red>sfer</font>"),
        .page("wire tran<!-- x -->sfer"), .page("wire tran<wbr>sfer"), .page("wire tran<x-y>sfer</x-y>"),
        .page("wire tran<script>x</script>sfer"), .page("wire tran<style>x</style>sfer"),
        .page("wire tran<![endif]>sfer"), .page("wire tran</b></i></nothing>sfer"),
        .page("&#119;ire tr&#x61;nsfer"), .page("wire tr&#0000097nsfer"), .page("wire tr&#x61 nsfer wire&#32transfer"),
        .page("wire&nbsp;transfer"), .page("wire&nbsptransfer"), .page("wire&#160;&#160; transfer"),
        .page("wire&NonBreakingSpace;transfer"), .page("wire&Tab;transfer"), .page("wire &NewLine;transfer"),
        .page("wire \n\n transfer"), .page("wire tran<span style='display:none'>xx</span>sfer"),
        .page("wire tran<font style='font-size:0'>xx</font>sfer"), .page("wire tran<font color=#ffffff>xx</font>sfer"),
        .page("<b hidden>wire transfer</b>"), .page("<div>wire tran<div style='display:inline'>sfer</div></div>"),
        Trick(
            "page in quoted-printable", "text/html", encoding: "quoted-printable",
            "wire tran<=\r\nb></=\r\nb>sf&#1=\r\n01;r"),
        Trick("page that says its charset", "text/html", [UInt8]("<meta charset=utf-16>wire transfer".utf8)),
    ]

    private static let charsets: [Trick] = [
        Trick("UTF-7", "text/plain; charset=utf-7", "+AHc-ire tr+AGEAbg-sfer"),
        Trick(
            "UTF-7 in quoted-printable", "text/plain; charset=\"UTF-7\"", encoding: "quoted-printable",
            "+AHcAaQBy=\r\nAGU- transfer"),
        Trick("UTF-16 with its mark", "text/plain; charset=utf-16", [0xFF, 0xFE] + wide("wire transfer")),
        Trick(
            "UTF-16, the other mark", "text/plain; charset=utf-16", [0xFE, 0xFF] + wide("wire transfer", big: true)),
        Trick("UTF-16LE", "text/plain; charset=utf-16le", wide("wire transfer")),
        Trick("UTF-16BE", "text/plain; charset=utf-16be", wide("wire transfer", big: true)),
        Trick("UTF-16 without a mark", "text/plain; charset=utf-16", wide("wire transfer")),
        Trick("UTF-16 without a mark, the other order", "text/plain; charset=utf-16", wide("wire transfer", big: true)),
        Trick("UTF-16 without a label", "text/plain", wide("wire transfer")),
        Trick("UTF-16 as ASCII", "text/plain; charset=us-ascii", wide("wire transfer", big: true)),
        Trick("UTF-16 as UTF-8", "text/plain; charset=utf-8", [0xFF, 0xFE] + wide("wire transfer")),
        Trick("UTF-16 page as Latin", "text/html; charset=iso-8859-1", wide("wire tran<b></b>sfer")),
        Trick("ASCII with zeros", "text/plain", Array("wire tr\u{0}an\u{0}sfer, and more of it that is long".utf8)),
        Trick("letters in the other order", "text/plain; charset=utf-8", "\u{202E}refsnart eriw\u{202C}"),
        Trick("letters in the other order within a word", "text/plain; charset=utf-8", "wire t\u{202E}snar\u{202C}fer"),
        Trick("orders within one another", "text/plain; charset=utf-8", "\u{202E}ref\u{202D}ans\u{202C}rt eriw"),
        Trick("a page in the other order", "text/html; charset=utf-8", "<p>&#x202E;refsnart eriw</p>"),
        Trick("UTF-7 by another of its names", "text/plain; charset=unicode-2-0-utf-7", "+AHc-ire tr+AGEAbg-sfer"),
        Trick("UTF-7 by its name in a registry", "text/plain; charset=csUnicode11UTF7", "+AHc-ire tr+AGEAbg-sfer"),
        Trick("UTF-7 with a comment", "text/plain; charset=\"utf-7(x)\"", "+AHc-ire tr+AGEAbg-sfer"),
        Trick("escapes of ISO-2022 as ASCII", "text/plain; charset=us-ascii", "wire tran\u{1B}$B\u{1B}(Bsfer"),
        Trick("escapes of ISO-2022 as Latin", "text/html; charset=iso-8859-1", "wire tran\u{1B}(Bsfer"),
        Trick(
            "page whose comment names a charset", "text/html",
            "<!-- charset=iso-8859-1 --><meta charset=utf-7>+AHc-ire tr+AGEAbg-sfer"),
        Trick("HZ", "text/plain; charset=hz-gb-2312", "wire tran~\nsfer"),
        Trick("HZ with lines of mail", "text/plain; charset=HZ-GB-2312", "~{VPND~}wire tran~\r\nsfer"),
        Trick("ISO-2022-JP", "text/plain; charset=iso-2022-jp", "wire tran\u{1b}(Jsf\u{1b}(Ber"),
        Trick("ISO-2022-KR", "text/plain; charset=iso-2022-kr", "\u{1b}$)Cwire tran\u{e}\u{f}sfer"),
        Trick(
            "EBCDIC", "text/plain; charset=ibm037",
            [0xA6, 0x89, 0x99, 0x85, 0x40, 0xA3, 0x99, 0x81, 0x95, 0xA2, 0x86, 0x85, 0x99]),
        Trick("a label that nobody knows", "text/plain; charset=x-nothing", "wire transfer"),
    ]

    /// Of charsets that contradict each other some reader takes the one, and some the other.
    private static let contradictions: [Trick] = {
        let seven = "+AHc-ire tr+AGEAbg-sfer"
        let ebcdic: [UInt8] = [0xA6, 0x89, 0x99, 0x85, 0x40, 0xA3, 0x99, 0x81, 0x95, 0xA2, 0x86, 0x85, 0x99]
        let parameters = [
            "charset=utf-7; charset=utf-8", "charset=utf-8; charset=utf-7", "charset=\"utf-8\"; charset=utf-7",
            "charset=utf-8; charset=\"utf-7\"", "charset=utf-8; charset*=us-ascii'en'utf-7",
            "charset*=us-ascii'en'utf-8; charset=utf-7", "charset=utf-8; charset*0=utf; charset*1=-7",
            "charset*0=utf; charset*1=-8; charset*1=-7", "CHARSET=utf-8; x=y;\r\n charset =utf-7",
            "charset=utf-8; charset=koi8-r; charset=utf-7", "charset=utf-8; charset=x-nothing; charset=utf-7",
        ]
        let plain = parameters.map { Trick("plain, \($0)", "text/plain; \($0)", seven) }
        let pages = parameters.map { Trick("page, \($0)", "text/html; \($0)", "<p>+AHc-ire <b>tr+AGEAbg-</b>sfer") }
        return plain + pages + [
            Trick("two fields", "text/plain; charset=utf-8\r\nContent-Type: text/plain; charset=utf-7", seven),
            Trick(
                "two fields, the other order", "text/plain; charset=utf-7\r\nContent-Type: text/plain", "wire transfer"),
            Trick("EBCDIC", "text/plain; charset=utf-8; charset=ibm037", ebcdic),
            Trick("page against the field", "text/html; charset=utf-8", "<meta charset=utf-7><p>\(seven)"),
            Trick(
                "page's own field against the field", "text/html; charset=us-ascii",
                "<meta http-equiv='Content-Type' content='text/html; charset=utf-7'><p>\(seven)"),
            Trick("the field against the page", "text/html; charset=utf-7", "<meta charset=utf-8><p>\(seven)"),
            Trick(
                "UTF-16's mark against the label", "text/plain; charset=utf-8",
                [0xFF, 0xFE] + Array("wire transfer".utf8)),
            Trick(
                "the other mark, a page", "text/html; charset=utf-8",
                [0xFE, 0xFF] + Array("<p>wire tran<b></b>sfer ".utf8)),
            Trick("UTF-8's mark against UTF-7", "text/plain; charset=utf-7", [0xEF, 0xBB, 0xBF] + Array(seven.utf8)),
            Trick("a mark without a label", "text/plain", [0xFE, 0xFF] + Array("wire transfer".utf8)),
            Trick("UTF-7's mark", "text/plain; charset=us-ascii", "+/v8-\(seven)"),
            Trick("UTF-7's mark without a label", "text/html", "+/v8-<p>\(seven)"),
        ]
    }()

    @Test(arguments: contradictions)
    func contradictoryCharsetsHideNothing(trick: Trick) throws {
        #expect(Self.isFound(trick, by: try Self.judge("message.text contains \"wire transfer\"")), "\(trick.name)")
        #expect(Self.isFound(trick, by: try Self.judge("message.text mentions phrases")), "\(trick.name)")
    }

    /// What the field says is not what the page says in a quarter of honest newsletters; that raises no doubt.
    @Test func contradictionsOfHonestMailRaiseNoDoubt() throws {
        let doubt = try Self.judge("message.ambiguous or message.malformed")
        let honest = [
            Trick("transcoded", "text/html; charset=utf-8", "<meta charset=iso-8859-1><p>Zoë, the invoice"),
            Trick("marked", "text/plain; charset=iso-8859-1", [0xEF, 0xBB, 0xBF] + Array("Zoë".utf8)),
            Trick("named twice", "text/plain; charset=utf-8; charset=\"UTF-8\"", "Zoë"),
        ]
        for trick in honest { #expect(!Self.isFound(trick, by: doubt), "\(trick.name)") }
    }

    @Test(arguments: encodings + pages + charsets)
    func aPlainSearchFindsThePhrase(trick: Trick) throws {
        #expect(Self.isFound(trick, by: try Self.judge("message.text contains \"wire transfer\"")), "\(trick.name)")
    }

    @Test func lettersBeyondASCIIAreFoundUnderALyingLabel() throws {
        let judge = try Self.judge("message.text contains \"перевод\"")
        for label in ["utf-8", "koi8-r", "iso-8859-1", "windows-1251", "us-ascii", "x-nothing"] {
            for kind in ["plain", "html"] {
                let trick = Trick(label, "text/\(kind); charset=\(label)", "срочный перевод")
                #expect(Self.isFound(trick, by: judge), "\(label) \(kind)")
            }
        }
        let hz = try Self.judge("message.text contains \"中文\"")
        #expect(Self.isFound(Trick("HZ", "text/plain; charset=hz-gb-2312", "~{VPND~}"), by: hz))
    }

    // MARK: What a dictionary finds beyond

    private static let letters: [Trick] = [
        Trick("soft hyphens", "wi\u{ad}re trans\u{ad}fer"), Trick("zero-width spaces", "w\u{200b}ire tr\u{200b}ansfer"),
        Trick("joiners", "wi\u{200d}re\u{2060} trans\u{200c}fer"), Trick("a mark within", "wire tran\u{feff}sfer"),
        Trick("marks of direction", "wi\u{200e}re\u{202a} tra\u{2069}nsfer"),
        Trick("variation selectors", "wire tr\u{fe0f}ansfer"),
        Trick("Cyrillic letters", "wіrе trаnsfеr"), Trick("wide letters", "ｗｉｒｅ ｔｒａｎｓｆｅｒ"),
        Trick("mathematical letters", "𝐰𝐢𝐫𝐞 𝓽𝓻𝓪𝓷𝓼𝓯𝓮𝓻"), Trick("ligatures and accents", "wíré trânsfër"),
        Trick("digits for letters", "w1r3 7r4n5f3r"), Trick("signs for letters", "w!re tr@n$fer"),
        Trick("spaced letters", "w i r e   t r a n s f e r"), Trick("spaced digits", "w 1 r 3\tt r 4 n s f 3 r"),
        Trick("no space", "wiretransfer"), Trick("wrapped lines", "wire\r\ntransfer"),
        Trick("flowed lines", "text/plain; format=flowed", "wire \r\ntransfer"),
        Trick("Japanese wide letters", "text/plain; charset=iso-2022-jp", "\u{1b}$B#w#i#r#e\u{1b}(B transfer"),
        Trick("all of it", encoding: "quoted-printable", "w=E2=80=8B 1 r=\r\n=C2=AD3 t=D0=B3 @ n $ f 3 r"),
        .page("wire<br>transfer"), .page("wire tran&shy;sfer"), .page("wire tran&shysfer"),
        .page("wire tran&ZeroWidthSpace;sfer"), .page("wire tran&NoBreak;sfer"), .page("wire tran&#8203;sfer"),
        .page("&wscr;&iscr;&rscr;&escr; transfer"), .page("wire tr&acy;nsf&iecy;r"),
        .page("<p>wire</p><p>transfer</p>"), .page("<table><tr><td>wire<td>transfer</table>"),
        Trick("letters of a subject", subject: "=?utf-8?B?d2ly0LUgdHJhbuKAi3NmZXI=?="),
    ]

    @Test(arguments: letters)
    func aDictionaryFindsThePhrase(trick: Trick) throws {
        #expect(Self.isFound(trick, by: try Self.judge("message.text mentions phrases")), "\(trick.name)")
    }

    @Test func whatIsAnotherPhraseIsNotFound() throws {
        let plain = try Self.judge("message.text contains \"wire transfer\"")
        let dictionary = try Self.judge("message.text mentions phrases")
        let others: [Trick] = [
            Trick("another word", "wire transparent"), .page("wire tran<p>xx</p>sfer"), .page("wire tran&amp;shy;sfer"),
            .page("<a href='x?a=1&shy=2'>wire trans</a>"),
            Trick("HZ", "text/plain; charset=hz-gb-2312", "wire tran~~sfer"),
        ]
        for trick in others {
            #expect(!Self.isFound(trick, by: plain), "\(trick.name)")
            #expect(!Self.isFound(trick, by: dictionary), "\(trick.name)")
        }
    }
}
