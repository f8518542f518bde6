import Compiler
import Evaluation
import Lexical
import Suffixes
import Testing
import Vocabulary

/// Rules about links, from the policy's text to the decision.
@Suite struct LinksOfMailTests {
    private static let surroundings = """
        policy p { edition 1 domains "acme.example" }
        list shorteners of Domain { "bit.example", "xn--krz-hoa.example" }
        define shortened for url = host under any of (shorteners)
        uninspectable { if unknown then quarantine unread }

        """

    private func decide(_ condition: String, _ html: String) throws -> Decision {
        let rule = "rule r { on inbound when \(condition) then quarantine phishing }"
        let result = PolicyCompiler(patterns: PatternLibrary()).compile(PolicyInMemory(Self.surroundings + rule))
        let bundle = try #require(result.bundle, "\(result.diagnostics.map(\.message))")
        let mail = """
            From: eve@partner.example\r
            MIME-Version: 1.0\r
            Content-Type: multipart/mixed; boundary=b\r
            \r
            --b\r
            Content-Type: text/html; charset=utf-8\r
            \r
            \(html)\r
            --b\r
            Content-Type: text/plain; name=more.txt\r
            Content-Disposition: attachment; filename=more.txt\r
            \r
            https://files.example/more\r
            --b--\r

            """
        let envelope = Envelope(sender: Address("eve@partner.example"), recipients: [Address("bob@acme.example")])
        let judge = try MessageJudge(bundle: bundle, signatures: nil)
        return try #require(judge.decide(Array(mail.utf8), envelope: envelope).decisions.first)
    }

    private static let page = """
        <a href="http://user@BIT.example/x">your coinbase account</a> <a href="http://kürz.example">www.bank.example</a>
        """

    @Test(arguments: [
        (#"any url where (shortened and shown-text contains "coinbase")"#, true),
        (#"any url where (shortened and shown-text contains "amazon")"#, false),
        ("any url where (host is \"kürz.example\")", true),
        ("any url where (shown-domain exists and host exists and not (host under shown-domain))", true),
        (#"every url where (scheme is any of ("http", "https"))"#, true),
        (#"no url where (user exists and user is "user")"#, false),
        ("count of urls > 2", true),
        ("count of message.urls where (shortened) > 2", false),
        ("count of distinct urls.host > 2", true),
        ("count of distinct urls.host > 3", false),
        ("count of distinct urls.scheme > 1", true),
        ("count of distinct urls.scheme > 2", false),
        ("count of distinct message.urls.host where (shortened) > 1", true),
        ("count of distinct urls.host where (shortened) > 2", false),
        ("count of distinct urls.host.tld > 1", false),
        ("any file as f where (any url where (inside f and host is \"files.example\"))", true),
        ("any file as f where (any url where (inside f and shortened))", false),
        ("any url as u where (any file where (name ends with \".txt\" and u.path is \"/more\"))", true),
        ("any url where (inside html and path is \"/x\")", true),
        ("any url where (inside html and path is \"/more\")", false),
    ])
    func rulesSeeLinks(condition: String, fires: Bool) throws {
        let decision = try decide(condition, Self.page)
        #expect(decision.areas == (fires ? ["phishing"] : []))
    }

    @Test func evidenceNamesThePartOfTheLink() throws {
        let decision = try decide("any url where (host is \"files.example\")", Self.page)
        let evidence = try #require(decision.rules.first?.evidence.first)
        #expect(evidence.fact == "host")
        #expect(evidence.excerpt == "files.example")
        #expect(evidence.part == "1.2")
    }

    @Test func aHostThatDependsOnTheReaderIsNeverTakenForKnown() throws {
        let link = #"<a href="http://good.example\@evil.example/">x</a>"#
        for name in ["good.example", "evil.example", "other.example"] {
            #expect(try decide("any url where (host is \"\(name)\")", link).areas == ["unread"])
        }
    }

    private static let suffixes = "uk\nco.uk\n"

    private func bundle(_ condition: String, suffixes: String = suffixes) -> [UInt8]? {
        var policy = PolicyInMemory(
            """
            policy p { edition 1 domains "acme.example" }
            rule r { on inbound when \(condition) then quarantine phishing }
            """)
        policy.publicSuffixes = Array(suffixes.utf8)
        return PolicyCompiler(patterns: PatternLibrary(), suffixes: SuffixLibrary()).compile(policy).bundle
    }

    @Test(arguments: [
        ("eve@mail.shop.co.uk", "x@www.shop.co.uk", false), ("eve@shop.co.uk", "x@other.co.uk", true),
        ("eve@shop.co.uk", "x@co.uk", false), ("eve@a.shop.example", "x@shop.example", false),
    ])
    func registrableDomainsAreToldByTheBundlesOwnList(from: String, answers: String, fires: Bool) throws {
        let condition = """
            from.domain.registrable exists and reply-to.domain.registrable exists
                and reply-to.domain.registrable is not from.domain.registrable
            """
        let judge = try MessageJudge(bundle: bundle(condition), signatures: nil)
        let mail = Array("From: \(from)\r\nReply-To: \(answers)\r\n\r\nx\r\n".utf8)
        let envelope = Envelope(recipients: [Address("bob@acme.example")])
        #expect(judge.decide(mail, envelope: envelope).decisions.map(\.areas) == [fires ? ["phishing"] : []])
    }

    @Test func theListIsPartOfTheBundleOnlyWhereItIsAskedFor() {
        let asks = "from.domain.registrable is \"a.co.uk\""
        #expect(bundle(asks) == bundle(asks, suffixes: "// a remark\nco.uk\nuk\n"))
        #expect(bundle(asks) != bundle(asks, suffixes: "uk\n"))
        let asksNot = "from.domain is \"a.co.uk\""
        #expect(bundle(asksNot) == bundle(asksNot, suffixes: "uk\n"))
    }
}
