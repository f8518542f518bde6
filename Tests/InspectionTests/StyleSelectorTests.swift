import Testing
import Vocabulary

@testable import Inspection

/// Rules of style sheets count for the elements that a browser applies them to. What can't be told makes a further
/// version of the text.
@Suite struct StyleSelectorTests {
    private static func page(_ html: String) -> HTMLText {
        HTMLText.extract(Array(html.utf8), limits: InspectionLimits())
    }

    private static func string(_ text: [UInt8]) -> String { String(decoding: text, as: UTF8.self) }

    /// Rules that hide one of the pieces of a paragraph with `b`, `i.u.v[data-x]` and `b#n[lang]`.
    @Test(arguments: [
        ("[data-x]", "13"), ("i[data-x=yes]", "13"), ("[data-x='yes' i]", "13"), ("[class~=v]", "13"),
        ("[lang|=en]", "12"), ("[data-x^=y]", "13"), ("[data-x$=\"es\"]", "13"), ("[data-x*=e]", "13"),
        ("[data-x=no]", "123"), ("[data-x^='']", "123"), ("[nope]", "123"),
        ("b:not(#n)", "23"), ("b:not([lang])", "23"),
        ("b:not(.z, #n)", "23"), (":is(i)", "13"), ("p :where(i,u)", "13"), (":is(p > i, u)", "13"),
        ("p :-webkit-any(i)", "13"), ("b:first-child", "23"), ("i:first-child", "123"), ("i:first-of-type", "13"),
        ("b:nth-child(3)", "12"), ("p > :nth-child(odd)", "2"), ("p > :nth-child(2n)", "13"),
        ("p>:nth-child(-n + 2)", "3"), ("b:nth-of-type(2)", "12"), ("b + i", "13"), ("i+b", "12"),
        ("b ~ b", "12"),
        ("b + b", "123"), ("p > b + i", "13"), ("body > i", "123"), ("body > p > i", "13"), ("div > p i", "123"),
        (":root i", "13"), ("html:root > body i", "13"), ("i:hover", "123"), ("i:hover, #n", "12"),
        ("i::first-line", "123"), (".u\\.v", "123"), (".\\75", "13"), ("/* */ i /* */ ", "13"),
        ("#n:not(:hover)", "12"),
        ("i:link", "123"), ("div, [x=','], i", "13"), ("a b c d e i", "123"),
    ])
    func hidesWhatItIsFor(selector: String, expected: String) {
        let page = Self.page(
            "<html><body><style>\(selector){display:none}</style><p class=a><b>1</b><i data-x=Yes class='u v'>2</i>"
                + "<b id=n lang=en-us>3</b></p></body></html>")
        #expect(Self.string(page.text.shown) == expected)
        #expect(page.rendered.isEmpty && page.isComplete)
    }

    @Test(arguments: [
        "body{& i{display:none}}",
        "body{color:red;i{display:none}}", "p{@media screen{& > i{display:none}}}",
        "i{&.u{display:none}}", "i{display:var(--a)} :root{--a:none}",
        "body{--A: none; --b:var(--a)} i{display:var(--b)}",
        "i{display:var(--z, none)}", "@media screen{@media all{i{display:none}}} b{display:inline}",
        "@supports (x:y){i{display:none}}", "@media not print{i{display:none}}",
    ])
    func nestedRulesAndVariablesCount(sheet: String) {
        let page = Self.page("<body><style>\(sheet)</style><p>to pay<i class=u>xx</i>pal</p>")
        #expect(Self.string(page.text.shown) == "to paypal" && page.rendered.isEmpty)
    }

    /// What may count: it is read both ways.
    @Test(arguments: [
        "i:last-child{display:none}", "i:empty{font-size:0}", "p:has(i) i{display:none}",
        "@media (max-width:600px){i{display:none}}", "@media (prefers-color-scheme:dark){i{display:none}}",
        "@container (min-width:1px){i{display:none}}", "@scope (p){i{display:none}}",
        "i{display:none} i:only-of-type{display:inline}",
    ])
    func whatCannotBeToldIsReadBothWays(sheet: String) {
        let page = Self.page("<style>\(sheet)</style><p>to pay<i>xx</i>pal</p>")
        let all = [page.text.shown, page.text.whole] + page.rendered
        #expect(all.map(Self.string).contains("to paypal") && all.map(Self.string).contains("to payxxpal"))
        #expect(page.isComplete)
    }

    @Test(arguments: [
        ".a::before{content:'pay'} .b:after{content:\"pal\"}",
        ".a:before{content:'p' \"\\61 y\"}.b::after{content:attr(x)}",
        ":root{--p:1}.a::before{content:'pay'!important}.b::after{content:'pal'}.b::before{display:none;content:'x'}",
        "i:not(:hover).a:before{content:'pay'/*'x'*/} .b:after{content:'pal'}",
    ])
    func whatASheetPutsInIsRead(sheet: String) {
        let page = Self.page("<style>\(sheet)</style><p>to <i class=a></i><i class=b x=pal></i> now")
        #expect(page.rendered.map(Self.string) == ["to paypal now"])
        #expect(Self.string(page.text.shown) == "to now" && page.text.hidden.isEmpty)
    }

    @Test func marksOfListsAreRead() {
        let page = Self.page("<ul style=\"list-style-type:'to PayPal'\"><li></li></ul>")
        #expect(page.rendered.map(Self.string) == ["to PayPal"])
    }

    @Test func whatASheetPutsInSomewhereIsReadThere() {
        let page = Self.page("<style>i:last-child:before{content:'pal'}</style><p>to pay<i></i></p>")
        #expect(page.rendered.map(Self.string).contains("to paypal"))
    }

    @Test func boundsOfSelectorsAreKept() {
        func isComplete(_ sheet: String, _ body: String = "<i>a</i>") -> Bool {
            Self.page("<style>\(sheet)</style>\(body)").isComplete
        }
        func nested(_ count: Int) -> String {
            String(repeating: ":not(", count: count) + "b" + String(repeating: ")", count: count) + "{display:none}"
        }
        #expect(isComplete(nested(StyleLimits.selectorNesting)) && !isComplete(nested(StyleLimits.selectorNesting + 1)))
        func rules(_ count: Int) -> String {
            String(repeating: "i{", count: count) + "display:none" + String(repeating: "}", count: count)
        }
        #expect(isComplete(rules(StyleLimits.selectorNesting + 1)))
        #expect(!isComplete(rules(StyleLimits.selectorNesting + 2)))
        func variables(_ count: Int) -> String { "i{" + (0..<count).map { "--v\($0):1;" }.joined() + "}" }
        #expect(isComplete(variables(StyleLimits.variables)) && !isComplete(variables(StyleLimits.variables + 1)))
        // Beyond the neighbours that are known, a rule may count.
        func far(_ count: Int) -> Int {
            let row = "<p><u></u>" + String(repeating: "<b></b>", count: count - 1) + "1<i>2</i>"
            return Self.page("<style>u ~ i{display:none}</style>\(row)").rendered.count
        }
        #expect(far(StyleLimits.neighbours) == 0 && far(StyleLimits.neighbours + 1) == 1)
    }

    @Test func selectorsCostTheirNumber() {
        let hostile = "a * * * * * * * * b > * > * ~ * + i{display:none}"
        let deep = String(repeating: "<i>", count: 2_000)
        _ = Self.page("<style>\(String(repeating: hostile, count: 200))</style>\(deep)")
        _ = Self.page("<style>\(String(repeating: "i{&&&&", count: 4_000))</style>a")
        _ = Self.page("<style>i{display:\(String(repeating: "var(--a,", count: 60))}</style><i>a")
    }
}
