import Inspection
import Testing
import Vocabulary

/// HTML is read through the facts of a message, as a policy sees it.
@Suite struct HTMLTextTests {
    private func text(_ html: String) throws -> String {
        let mail = Array(
            "From: a@b.example\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n\(html)".utf8)
        let message = InspectedMessage(
            mail, envelope: Envelope(), settings: InspectionSettings(), typer: try FileTyper())
        let value = message.value(of: .bodyHTML, argument: nil, subject: .message)
        return value.values.compactMap { $0.searchableText?.string }.joined(separator: "|")
    }

    @Test(arguments: [
        ("<p>one</p><p>two</p>", "one\ntwo"),
        ("v<b></b>ia<span style=\"font-size:0\"></span>gra", "viagra"),
        ("a &amp; b&nbsp;&#233;&eacute;", "a & b éé"),
        ("<style>p{}</style><script>alert('x')</script>seen<!-- unseen -->", "seen"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
        ("line<br>next <img alt=\"picture\">", "line\nnext picture|line\nnext"),
        ("<div style=\"display:none\">hidden</div>", "hidden"),
        ("unclosed <b>bold <i>both", "unclosed bold both"),
        // A page that names another charset than its field is read under both.
        ("<meta charset=\"iso-8859-1\">é", "é|Ã©"),
        ("a < b and c > d", "a < b and c > d"),
        // What libxml2 alone would read otherwise.
        ("<title><!--</title>seen<!-- -->", "<!--\nseen"), ("<xmp><b></xmp>seen", "<b>seen"),
        ("<!-- <title> -->seen", "seen"),
        ("one</b a=\">\">two", "onetwo"), ("one</b a='>' b=x>two", "onetwo"), ("one</>two", "onetwo"),
        ("one</ b>two", "onetwo"), ("one</1 x>two", "onetwo"), ("<b\u{0C}id=x>one</b\u{0C}>two", "onetwo"),
        ("<a href=\"x>y\">one</a>two", "onetwo"),
    ])
    func isReadAsAPersonWould(html: String, expected: String) throws {
        #expect(try text(html) == expected)
    }

    /// Of where a charset is named behind a page's first bytes, browsers make something and others nothing.
    @Test(arguments: ["<meta charset=iso-2022-jp>", "<META http-equiv=x content='text/html; charset=utf-7'>"])
    func aCharsetNamedFarBehindIsOneMoreReading(meta: String) throws {
        let far = "<!--\(String(repeating: "x", count: 1_100))-->"
        let words = meta.contains("utf-7") ? "pay+AHAAYQBs-" : "pay\u{1B}(J\u{1B}(Bpal"
        let found = try text("<head>\(far)\(meta)</head>to \(words)").split(separator: "|")
        #expect(found.contains("to paypal") && found.count > 1)
        // Readings beyond the text itself are made of labels in the page's tags only.
        #expect(try text("\(far)<p>meta charset=utf-7 \(words)").split(separator: "|").count < found.count + 1)
        #expect(try text("\(far)<meta charset=utf-8>é") == "é")
    }

    @Test(arguments: ["textarea", "title", "xmp", "iframe", "noembed", "noframes"])
    func whatLooksLikeACommentInATextHidesNothing(name: String) throws {
        #expect(try text("<\(name) a='>'><!--</\(name.uppercased()) >seen<!-- -->").contains("seen"))
    }

    @Test func deepNestingAndGarbageEndInText() throws {
        #expect(try text(String(repeating: "<div>", count: 100_000) + "deep").hasSuffix("deep"))
        #expect(try text("\u{0}<\u{1}a href=<<<>>>\"'> tail").contains("tail"))
    }
}
