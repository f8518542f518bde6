import Inspection
import TestSupport
import Testing
import Vocabulary

/// Links as facts: what a policy sees of addresses that want not to be recognised.
@Suite struct LinkTests {
    static func message(_ mail: [UInt8], limits: InspectionLimits = InspectionLimits()) throws -> InspectedMessage {
        InspectedMessage(
            mail, envelope: Envelope(), settings: InspectionSettings(limits: limits), typer: try FileTyper())
    }

    static func mail(_ body: String, type: String) -> [UInt8] {
        Array(
            """
            From: a@b.example\r
            MIME-Version: 1.0\r
            Content-Type: \(type); charset=utf-8\r
            \r
            \(body)
            """.utf8)
    }

    private static let facts: [Fact] = [
        .urlScheme, .urlUser, .urlHost, .urlPath, .urlQuery, .urlFragment, .shownText, .shownDomain,
    ]

    /// Each link on a line: scheme, user, host, path, query, fragment, shown text, shown domain; `-` for what is
    /// absent, the reasons for what is unknown.
    static func links(_ message: InspectedMessage) -> [String] {
        message.elements(of: .urls).elements.map { url in
            facts.map { fact in
                let value = message.value(of: fact, argument: nil, subject: .url(url))
                if value == .absent { return "-" }
                let texts = value.values.map { $0.described(as: .text) }
                return (texts + value.missing.names.map { "?" + $0 }).joined(separator: "+")
            }.joined(separator: " ")
        }
    }

    private func links(inHTML html: String) throws -> [String] {
        Self.links(try Self.message(Self.mail(html, type: "text/html")))
    }

    private func links(inText text: String) throws -> [String] {
        Self.links(try Self.message(Self.mail(text, type: "text/plain")))
    }

    @Test(arguments: [
        // Forms that browsers take for the same.
        ("HTTPS://Shop.Example/A?b=C#d", "https - shop.example /A b=C d"),
        ("http:evil.example", "http - evil.example / - -"),
        ("http:/evil.example/x", "http - evil.example /x - -"),
        ("http:////evil.example//x", "http - evil.example //x - -"),
        ("https:\\\\evil.example\\a\\b", "https - evil.example /a/b - -"),
        ("h&#9;ttp://ev&#10;il.exa&#13;mple/x", "http - evil.example /x - -"),
        ("  &#32; http://evil.example  ", "http - evil.example / - -"),
        ("//evil.example/x", "https - evil.example /x - -"),
        ("http://evil.example:80/", "http - evil.example / - -"),
        ("http://evil.example:8080/a/../b/./c/%2e%2E/d", "http - evil.example /b/d - -"),
        ("http://evil.example/%6c%6Fgin%2Fx?%71=%20", "http - evil.example /login%2Fx q=%20 -"),
        // Before the host.
        ("http://bank.example@evil.example/", "http bank.example evil.example / - -"),
        ("http://bank.example%2Flogin:x@y@evil.example", "http bank.example/login:x@y evil.example / - -"),
        ("http://good.example\\@evil.example/", "http - ?ambiguous /@evil.example/ - -"),
        // Hosts in other notations.
        ("http://3232235777/", "http - 192.168.1.1 / - -"),
        ("http://0xC0.0250.257/", "http - 192.168.1.1 / - -"),
        ("http://0xc0a80101", "http - 192.168.1.1 / - -"),
        ("http://192.168.1.1.:8000/x", "http - 192.168.1.1 /x - -"),
        ("http://1.2.3.4.5/", "http - ?damaged / - -"),
        ("http://256.1.1.1/", "http - ?damaged / - -"),
        ("http://[2001:DB8:0::7]:81/x", "http - [2001:db8:0:0:0:0:0:7] /x - -"),
        ("http://[::ffff:192.0.2.7]/", "http - 192.0.2.7 / - -"),
        ("http://[2001:db8::zz]/", "http - ?damaged / - -"),
        ("http://%65vil%2Eexample/", "http - evil.example / - -"),
        ("http://evil.example%2F.good.example/", "http - ?damaged / - -"),
        ("http://evil.example%00.good.example/", "http - ?damaged / - -"),
        ("http://EVIL.example./", "http - evil.example / - -"),
        ("http://ｅｖｉｌ。ｅｘａｍｐｌｅ/", "http - evil.example / - -"),
        ("http://ev\u{AD}il\u{200B}.example/", "http - evil.example / - -"),
        ("http://MÜLLER.example/", "http - müller.example / - -"),
        ("http://xn--mller-kva.example/", "http - müller.example / - -"),
        ("http://XN--MLLER-KVA.example/", "http - müller.example / - -"),
        ("http://xn--a.example/", "http - xn--a.example / - -"),
        // Other schemes.
        ("JavaScript:alert('x')", "javascript - - alert('x') - -"),
        ("java&#10;script:alert(1)", "javascript - - alert(1) - -"),
        ("data:text/html;base64,PHA+", "data - - text/html;base64 - -"),
        ("mailto:eve@evil.example?subject=x", "mailto - - eve@evil.example subject=x -"),
        ("file:///C:/x.exe", "file - - /C:/x.exe - -"),
        ("file://server/share/x.exe", "file - server /share/x.exe - -"),
        ("\\\\server\\share", "file - server /share - -"),
        ("ms-word:ofe|u|https://evil.example/x.docm", "ms-word - - ofe|u|https://evil.example/x.docm - -"),
        ("search-ms://evil.example/x", "search-ms - evil.example /x - -"),
        // Without a scheme.
        ("www.evil.example/x", "http - www.evil.example /x - -"),
        ("evil.example:8080/x", "http - evil.example /x - -"),
    ])
    func hostileAddressesAreReadAsBrowsersDo(address: String, expected: String) throws {
        let shown = address.hasPrefix("#") ? [] : ["\(expected) here -"]
        let found = try links(inHTML: "<a href=\"\(address)\">here</a>")
        #expect(found == shown, "\(found)")
    }

    @Test(arguments: ["#top", "", "  ", "cid:part1@x", "images/logo.png", "page.html", "C:\\x.txt"])
    func whatLeadsNowhereIsNoLink(address: String) throws {
        #expect(try links(inHTML: "<a href=\"\(address)\">here</a>").isEmpty)
    }

    @Test(arguments: [
        ("see http://a.example/x.", ["http - a.example /x - -"]),
        (
            "(http://a.example/x_(y)) <HTTP://b.example>; \"https://c.example\"",
            [
                "http - a.example /x_(y) - -", "http - b.example / - -", "https - c.example / - -",
            ]
        ),
        ("http://a.example/?u=http://b.example/", ["http - a.example / u=http://b.example/ -"]),
        ("www.a.example, xwww.b.example me@www.c.example", ["http - www.a.example / - -"]),
        (
            "ftp://a.example/f mailto:x@y.example HTTPS:\\\\b.example\\z",
            [
                "ftp - a.example /f - -", "mailto - - x@y.example - -", "https - b.example /z - -",
            ]
        ),
        ("http:// http://%%x%%/ https:/// http: note: http", []),
        ("ein Bild（http://a.example/ü）。 “http://b.example”", ["http - a.example /ü - -", "http - b.example / - -"]),
        (
            "http://[2001:db8::1]/) and http://a.example/]",
            ["http - [2001:db8:0:0:0:0:0:1] / - -", "http - a.example / - -"]
        ),
        ("line\nhttp://a.example\nhttp://a.example\n", ["http - a.example / - -"]),
    ])
    func runningTextHasTheLinksThatReadersMake(text: String, expected: [String]) throws {
        let found = try links(inText: text).map { $0.split(separator: " ").prefix(6).joined(separator: " ") }
        #expect(found == expected)
    }

    @Test func pagesLinkByManyElements() throws {
        let html = """
            <html><head><base href="https://base.example/dir/"><meta http-equiv="Refresh" content="0; URL='r.html'">
            <link rel=stylesheet href="/s.css"></head><body background="//bg.example/b.png">
            <a href="go">https://bank.example/login</a> <a href="http://x.example">Bank<img src="cid:1" alt="logo"></a>
            <a href="http://w.example/">www.shop.example</a><a href="http://t.example/">report.pdf</a>
            <area href="http://m.example" alt="map"><form action="post.php"><button formaction="http://f.example/">
            </form><iframe src="http://i.example/"></iframe><img src="http://p.example/1.gif">
            <object data="http://o.example/"></object> http://bare.example/ <!-- http://comment.example -->
            <!--[if mso]><v:rect href="http://mso.example/"><![endif]-->
            """
        let found = try links(inHTML: html)
        #expect(
            found == [
                "https - base.example /dir/r.html - - - -",
                "https - base.example /s.css - - - -",
                "https - bg.example /b.png - - - -",
                "https - base.example /dir/go - - https://bank.example/login bank.example",
                "http - x.example / - - Banklogo -",
                "http - w.example / - - www.shop.example www.shop.example",
                "http - t.example / - - report.pdf -",
                "http - m.example / - - map -",
                "https - base.example /dir/post.php - - - -",
                "http - f.example / - - - -",
                "http - i.example / - - - -",
                "http - p.example /1.gif - - - -",
                "http - o.example / - - - -",
                "http - bare.example / - - http://bare.example/ bare.example",
                "http - mso.example / - - http://mso.example/ mso.example",
            ], "\(found)")
    }

    @Test func equalLinksCountOnceInAPart() throws {
        let html = """
            <a href="http://a.example">x</a><a href="HTTP://a.example/">x</a><a href="http://a.example">y</a>
            """
        #expect(try links(inHTML: html).count == 2)
    }

    @Test func linksOfFilesAndForwardedMailKnowTheirPart() throws {
        let inner = Samples.mail(body: "http://inner.example/", attachments: [])
        let zip = Samples.zip([(name: "a.txt", bytes: Array("http://zipped.example/".utf8))])
        let message = try Self.message(
            Samples.mail(
                body: "http://outer.example/",
                attachments: [("m.eml", "message/rfc822", inner), ("z.zip", "application/zip", zip)]))
        let urls = message.elements(of: .urls)
        #expect(urls.missing == [])
        #expect(
            Self.links(message).map { $0.split(separator: " ")[2] } == [
                "outer.example", "inner.example", "zipped.example",
            ])
        #expect(urls.elements.map { message.path(ofPart: message.part(ofURL: $0)) }.last?.hasSuffix("a.txt") == true)
        #expect(message.containers(of: .url(urls.elements[2])).count >= 2)
    }

    @Test func whatIsLeftOutIsTold() throws {
        var limits = InspectionLimits()
        limits.links = 3
        let many = (0..<5).map { "<a href='http://a.example/\($0)'>x</a>" }.joined()
        for type in ["text/html", "text/plain"] {
            let message = try Self.message(Self.mail(many, type: type), limits: limits)
            #expect(message.elements(of: .urls) == ElementList(elements: [0, 1, 2], missing: .overLimit))
        }
        limits = InspectionLimits()
        limits.linkBytes = 40
        let long = "http://a.example/" + String(repeating: "x", count: 40)
        for (text, type) in [(long, "text/plain"), ("<a href='\(long)'>x</a>", "text/html")] {
            let message = try Self.message(Self.mail(text, type: type), limits: limits)
            #expect(message.elements(of: .urls).missing == .overLimit)
        }
        let data = try Self.message(
            Self.mail(
                "<img src='data:image/gif;base64,R0lGODlhAQABAIAA\(String(repeating: "A", count: 80))'>",
                type: "text/html"),
            limits: limits)
        #expect(data.elements(of: .urls).missing == [])
        limits.shownBytes = 4
        let shown = try Self.message(
            Self.mail("<a href='http://a.example'>longer</a>", type: "text/html"), limits: limits)
        #expect(Self.links(shown) == ["http - a.example / - - long+?over-limit ?over-limit"])
    }

    @Test func hostileLengthsTakeLinearTime() throws {
        for text in [
            "http://a.example/" + String(repeating: ")", count: 2_000_000),
            String(repeating: "http:", count: 400_000), String(repeating: "www.", count: 500_000),
            String(repeating: "(", count: 1_000_000) + "http://a.example",
        ] {
            let elapsed = try Effort.seconds {
                _ = try Self.message(Self.mail(text, type: "text/plain")).elements(of: .urls)
            }
            #expect(elapsed < 40, "\(text.prefix(20)): \(elapsed)")
        }
    }
}
