import Testing
import Vocabulary

@testable import Inspection

/// What a browser with pictures shows otherwise than the source has it is a further version of a page's text.
@Suite struct RenderedTextTests {
    private static func versions(_ html: String) throws -> [String] {
        let mail = Array(
            "From: a@b.example\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n\(html)".utf8)
        let message = InspectedMessage(
            mail, envelope: Envelope(), settings: InspectionSettings(), typer: try FileTyper())
        let value = message.value(of: .bodyHTML, argument: nil, subject: .message)
        #expect(value.missing == [])
        return value.values.compactMap { $0.searchableText?.string }
    }

    @Test(arguments: [
        // Words for pictures.
        "to pay<img alt=x>pal", "to pay<img src='cid:a' width=1 height=1 alt='open'>pal", "to pay<image alt=x>pal",
        "to pay<input type=image alt=x>pal", "to pay<map><area alt=x></map>pal",
        // What is for readers that don't know an element.
        "to pay<canvas width=0>x</canvas>pal", "to pay<audio>x<b>y</b></audio>pal", "to pay<video>x</video>pal",
        "to pay<ruby><rp>x</rp></ruby>pal", "to pay<progress>x</progress>pal", "to pay<meter>x</meter>pal",
        "to pay<svg><title>x</title></svg>pal", "to pay<svg><g><desc>x</desc></g></svg>pal",
        // What forms show.
        "to <input value=paypal>", "to <input placeholder=paypal>", "to <input type=submit value=paypal>",
        "to pay<input value=pal>", "to <textarea placeholder=paypal></textarea>",
        // Letters from the right to the left.
        "to <bdo dir=rtl>lapyap</bdo>", "to <bdo dir=RTL>lap<b>y</b>ap</bdo>",
        "to <span style='unicode-bidi:bidi-override;direction:rtl'>lapyap</span>",
        "to <b dir=rtl style='unicode-bidi:isolate-override'>lapyap</b>",
        "<style>.r{unicode-bidi:bidi-override;direction:rtl}</style>to <i class=r>lapyap</i>",
        "<b dir=rtl>to <bdo>lapyap</bdo></b>", "to <bdo dir=rtl>la<bdo dir=ltr>yp</bdo>ap</bdo>",
        "<div dir=rtl style='unicode-bidi:bidi-override'><i>lapyap</i> ot</div>",
        // Boxes by their places.
        "<div style='display:flex;flex-direction:row-reverse'><b>pal</b><b>to pay</b></div>",
        "<div style='display:flex;flex-flow:wrap row-reverse'><b>pal</b><b><i>to </i>pay</b></div>",
        "<div style='display:flex'><b style='order:2'>pal</b><b>to pay</b></div>",
        "<style>div{display:inline-grid}.a{order:-1}</style><div>pal<b class=a>to pay</b></div>",
        "to <b style='float:right'>pal</b><b style='float:right'>pay</b>",
    ])
    func isSearchedAsABrowserShowsIt(html: String) throws {
        #expect(try Self.versions(html).contains("to paypal"), "\(html)")
        #expect(try Self.versions("<p>before</p>\(html)<p>behind").contains("before\nto paypal\nbehind"), "\(html)")
    }

    @Test(arguments: [
        ("see <img alt=picture> here", ["see picture here", "see here"]),
        ("<img alt=picture>", ["picture"]),
        ("<table dir=rtl><tr><td>ingale<td>night</table>", ["ingale night", "night ingale"]),
        ("<video>sorry</video>", ["sorry"]),
        ("<canvas>a</canvas>b<canvas>c", ["abc", "b"]),
        ("<bdo dir=rtl>one<br>two</bdo>", ["one\ntwo", "eno\nowt"]),
        ("<bdo dir=rtl>one<p>two", ["one\ntwo", "eno\nowt"]),
    ])
    func whatItStandsForStaysTheFirst(html: String, expected: [String]) throws {
        #expect(try Self.versions(html) == expected)
    }

    /// What honest pages have makes no further version where all readers show the same.
    @Test(arguments: [
        "one <img src='cid:a'> two", "one <img alt=''>two", "<p dir=rtl>one", "<div dir=ltr>one",
        "<div style='display:flex'><p>one</p><p>two</p></div>", "<input type=hidden value=x>one",
        "<input type=checkbox value=x>one", "<b style='float:right'>one</b>", "<title>one</title>two",
    ])
    func nothingIsSaidTwice(html: String) throws {
        #expect(try Self.versions(html).count == 1)
    }

    @Test func elementsOfAnOwnOrderMayLieInOneAnother() {
        func page(_ count: Int) -> HTMLText {
            HTMLText.extract(
                Array(String(repeating: "<bdo dir=rtl>ab", count: count).utf8), limits: InspectionLimits())
        }
        let whole = page(StyleLimits.arrangements - 1)
        #expect(whole.isComplete && whole.rendered.first.map { Array($0.suffix(2)) } == Array("ba".utf8))
        #expect(!page(StyleLimits.arrangements).isComplete)
    }

    @Test func openElementsAndLinesCostTheirNumber() throws {
        let wide = String(repeating: "<b style='float:right'>a</b> <img alt=x>", count: 20_000)
        #expect(try Self.versions(wide).count == 2)
    }
}
