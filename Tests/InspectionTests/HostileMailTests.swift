import Inspection
import TestSupport
import Testing
import Vocabulary

/// Mail that is made to be slow to read: what it costs grows with its length, not with the square of it.
@Suite struct HostileMailTests {
    /// Seconds that all texts and links of a mail take.
    private func read(_ body: String, type: String, limits: InspectionLimits = InspectionLimits()) throws -> Reasons {
        let message = try LinkTests.message(LinkTests.mail(body, type: type), limits: limits)
        let urls = message.elements(of: .urls)
        for url in urls.elements { _ = message.value(of: .shownDomain, argument: nil, subject: .url(url)) }
        return urls.missing.union(message.value(of: .messageText, argument: nil, subject: .message).missing)
    }

    private func flood(_ unit: String, bytes: Int) -> String {
        String(repeating: unit, count: bytes / unit.utf8.count)
    }

    @Test(arguments: [
        "http://", "http://a ", "www.a ", "www.", "(http://a.example/", "http://a@b:c?d#e/../", "mailto:", "\u{200B}",
        "((((", "http://%41%42.example/%2e%2e/ ", "word ", "\t", "http://1.2.3.4.5.6.7.8/ ",
    ]) func floodsOfTextCostTheirLength(_ unit: String) throws {
        let growth = try Effort.growth(20_000) { _ = try read(flood(unit, bytes: $0), type: "text/plain") }
        #expect(growth < Effort.linear)
    }

    @Test(arguments: [
        "<", "<a ", "</", "</a>", "&", "&amp;", "&#x41;", "&#", "<!--", "<!-- -->",
        "<!--[if]>http://a.example<![endif]-->",
        "<![CDATA[", "<?", "<script>", "<style>x</style>", "<div>", "<table><tr><td>", "<p><b>", "<a href='http://a'>",
        "<img alt='x' src=y>", "<area href=x alt=y>", "<meta http-equiv=refresh content='0; url=x'>", "<base href=/x/>",
        "<body>", "<html><head>", "]]>", "='\"", "\u{0}<x", "<a href=\"", "<a\u{0}", "<select><option>",
    ]) func floodsOfMarkupCostTheirLength(_ unit: String) throws {
        let growth = try Effort.growth(20_000) {
            _ = try read(flood(unit, bytes: $0), type: "text/html")
        }
        #expect(growth < Effort.linear)
    }

    @Test func theStepsOfABaseAreNotWalkedForEachLink() throws {
        func page(_ folder: String) -> String {
            "<base href='http://a.example/\(folder)'>" + (0..<2_000).map { "<a href='y\($0)'>t</a>" }.joined()
        }
        let one = page(String(repeating: "x", count: 7_999) + "/")
        let many = page(String(repeating: "x/", count: 4_000))
        var least = [Double.infinity, .infinity]
        for _ in 0..<2 {
            for (place, page) in [one, many].enumerated() {
                least[place] = min(least[place], try Effort.seconds { _ = try read(page, type: "text/html") })
            }
        }
        #expect(least[1] < least[0] * Effort.linear)
    }

    @Test func writtenAddressesAreReadToABound() throws {
        var limits = InspectionLimits()
        limits.writtenLinks = 3
        // The same again is none more, here or in what is no link.
        let same = String(repeating: "http://a.example/ http://: www.b.example ", count: 50)
        #expect(try read(same, type: "text/plain", limits: limits).isEmpty)
        #expect(try read(same + "http://;", type: "text/plain", limits: limits).isEmpty)
        #expect(try read(same + "http://c.example", type: "text/plain", limits: limits) == .overLimit)
    }

    /// Pages that libxml2 reads in the square of their length, with a word and a link behind.
    private static func page(_ kind: String, _ count: Int) -> String {
        let flood =
            switch kind {
            case "attributes": "<a " + (0..<count).map { "a\($0)='>' " }.joined() + ">"
            case "bare attributes": "<!x <meta " + (0..<count).map { "a\($0) " }.joined() + ">"
            case "unmatched": String(repeating: "<b>", count: count / 2) + String(repeating: "</i>", count: count)
            case "blocked":
                "<i><table>" + String(repeating: "<b>", count: count / 2) + String(repeating: "</i>", count: count)
            case "ampersands": String(repeating: "&", count: count * 4)
            case "tags in tags": String(repeating: "<a b=\">\" ", count: count)
            default: String(repeating: "<a ", count: count)
            }
        return flood + "<p>gold</p> <a href='http://gold.example/'>there</a>"
    }

    private static let kinds = [
        "attributes", "bare attributes", "unmatched", "blocked", "ampersands", "tags in tags", "open tags",
    ]

    @Test(arguments: kinds) func pagesMadeForTheParserCostTheirLength(_ kind: String) throws {
        let growth = try Effort.growth(40_000) { _ = try read(Self.page(kind, $0), type: "text/html") }
        #expect(growth < Effort.linear)
    }

    @Test(arguments: kinds) func wordsBehindAFloodAreFound(_ kind: String) throws {
        let mail = LinkTests.mail(Self.page(kind, 100_000), type: "text/html")
        var text = ""
        var missing = Reasons()
        let seconds = try Effort.seconds {
            let value = try LinkTests.message(mail).value(of: .bodyHTML, argument: nil, subject: .message)
            text = value.values.compactMap { $0.searchableText?.string }.joined()
            missing = value.missing
        }
        #expect(seconds < 5)
        #expect(text.contains("gold"))
        // Bare attributes stand in a comment of no form: as browsers do, it is passed over whole.
        let isReadWhole = kind == "ampersands" || kind == "bare attributes"
        #expect(missing == (isReadWhole ? [] : .overLimit))
    }

    @Test func honestPagesOfAnySizeAreReadWhole() throws {
        let row = "<tr><td class='c' style=\"x: y\"><p>a &amp; b<br><b>c</b></p></td><td>d</td></tr>\n"
        let table = "<table width=1>" + String(repeating: row, count: 50) + "</table>"
        let newsletter = String(repeating: table, count: 250)
        let deep = String(repeating: "<div>", count: 2_000) + "x</i>" + String(repeating: "</div>", count: 2_000)
        let links = (0..<10_000).map { "<li><a href='http://a.example/\($0)?a=1&b=2'>t</a></span>" }.joined()
        let wide = "<p " + (0..<512).map { "a\($0)=1 " }.joined() + ">"
        for page in [newsletter, deep, "<ul>" + links, wide] {
            #expect(try read(page, type: "text/html").isEmpty)
        }
        #expect(try read(String(wide.dropLast()) + "b=1>", type: "text/html") == .overLimit)
    }

    @Test func endTagsThatCloseNothingHaveABound() throws {
        var limits = InspectionLimits()
        limits.endTagSteps = 120
        let page = String(repeating: "<b>", count: 10) + String(repeating: "</i>", count: 10)
        #expect(try read(page, type: "text/html", limits: limits).isEmpty)
        #expect(try read(page + "</i>", type: "text/html", limits: limits) == .overLimit)
    }
}
