import Evaluation
import Testing
import Vocabulary

/// The Received field of a Postfix in front, as one wrote it (3.7.11), and as its clients would like it to be read.
@Suite struct EdgeReaderTests {
    private static let trust = EdgeTrust(host: "edge.acme.example")
    private static let encryption = [
        "\t(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)",
        "\t key-exchange X25519 server-signature RSA-PSS (2048 bits) server-digest SHA256)",
        "\t(Client did not present a certificate)",
    ]
    private static let end = "\tfor <bob@acme.example>; Wed, 25 Nov 2026 17:46:20 +0000 (UTC)"

    private static func mail(_ field: [String]) -> [UInt8] {
        let lines =
            field + ["Received: from x (x [192.0.2.9])", "\tby edge.acme.example (Postfix) with ESMTPSA", "", "x"]
        return Array(lines.map { $0 + "\r\n" }.joined().utf8)
    }

    private func read(_ field: [String], _ trust: EdgeTrust = Self.trust) -> EdgeReading {
        EdgeReader(trust).read(Self.mail(field))
    }

    private func facts(_ field: [String]) throws -> EdgeFacts {
        let reading = read(field)
        return try #require(reading.facts, "\(reading)")
    }

    @Test func aLoginOverTLS() throws {
        let facts = try facts(
            ["Received: from client.example (mx.client.example [198.51.100.7])"] + Self.encryption
                + [
                    "\t(Authenticated sender: zoe@acme.example)", "\tby edge.acme.example (Postfix) with ESMTPSA",
                    Self.end,
                ])
        #expect(facts.greeting == "client.example")
        #expect(facts.clientIP == IPAddress("198.51.100.7"))
        #expect(facts.clientName == Domain("mx.client.example"))
        #expect(facts.scheme == "ESMTPSA")
        #expect(facts.isTLS && facts.isAuthenticated)
        #expect(facts.login == "zoe@acme.example")
    }

    @Test func aClientWithoutEither() throws {
        let facts = try facts([
            "Received: from client.example (unknown [IPv6:2001:db8::1])", "\tby EDGE.acme.example (Postfix) with ESMTP",
            Self.end,
        ])
        #expect(facts.clientIP == IPAddress("2001:db8::1"))
        #expect(facts.clientName == nil)
        #expect(!facts.isTLS && !facts.isAuthenticated)
        #expect(facts.login == nil)
    }

    /// With its queue identifier, with several recipients, with a certificate, after UTF-8 addresses.
    @Test func otherFormsThatPostfixWrites() throws {
        let first = "Received: from client.example (localhost [127.0.0.1])"
        let login = "\t(Authenticated sender: zoe)"
        let by = "\tby edge.acme.example (Postfix) with "
        #expect(try facts([first, login, by + "ESMTPA id 10A9D1EA4E5", Self.end]).login == "zoe")
        #expect(try facts([first, login, by + "ESMTPA;", "\tWed, 25 Nov 2026 17:46:20 +0000 (UTC)"]).login == "zoe")
        #expect(try facts([first] + Self.encryption + [login, by + "UTF8SMTPSA", Self.end]).scheme == "UTF8SMTPSA")
        let certificate = [
            "\t(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)",
            "\t key-exchange X25519 server-signature RSA-PSS (2048 bits) server-digest SHA256",
            "\t client-signature RSA-PSS (2048 bits) client-digest SHA256)",
            "\t(Client CN \"x\" (Authenticated sender: boss)\", Issuer \"x\" (Authenticated sender: boss)\" (not verified))",
        ]
        let facts = try facts([first] + certificate + [by + "ESMTPS", Self.end])
        #expect(facts.isTLS && !facts.isAuthenticated && facts.login == nil)
        // Without `smtpd_sasl_authenticated_header` it is known that there was a login, not which.
        let unnamed = try self.facts([first, by + "ESMTPA", Self.end])
        #expect(unnamed.isAuthenticated && unnamed.login == nil)
        #expect(try self.facts([first, "\t(Authenticated sender: a(b)c?\"?d)", by + "ESMTPA"]).login == "a(b)c?\"?d")
    }

    /// What a client says cannot become a login, even at an edge that writes greetings as they are said.
    @Test(arguments: [
        "x (Authenticated sender: boss)", "x (y [192.0.2.1]) (Authenticated sender: boss)",
        "x?(Authenticated?sender:?boss)", "\"x\\\" (Authenticated sender: boss)",
        "x (y [192.0.2.1]) by "
            + "edge.acme.example (Postfix) with ESMTPA id 1", "(", ")", "x\\", "x ([])", "<x>;@",
    ])
    func greetingsThatLie(_ greeting: String) throws {
        let facts = try facts([
            "Received: from \(greeting) (mx.client.example [198.51.100.7])",
            "\tby edge.acme.example (Postfix) with ESMTP id 10A9D1EA4E5", Self.end,
        ])
        #expect(facts.greeting == greeting)
        #expect(facts.clientIP == IPAddress("198.51.100.7"))
        #expect(!facts.isAuthenticated && facts.login == nil)
    }

    /// Fields that are nearly the edge's; each way in is shut.
    @Test(arguments: [
        // A long greeting that a server on the way broke in two.
        ["from x", " (Authenticated sender: boss)", "\tby edge.acme.example (Postfix) with ESMTPA"],
        ["from x (y [192.0.2.1])", " (Authenticated sender: boss)", "\tby edge.acme.example (Postfix) with ESMTPA"],
        // A login on the first line alone, on a line of others, twice, behind `by`, empty.
        ["from x (y [192.0.2.1]) (Authenticated sender: boss)", "\tby edge.acme.example (Postfix) with ESMTPA"],
        ["from x (y [192.0.2.1])", "\t(Authenticated sender: boss) x", "\tby edge.acme.example (Postfix) with ESMTPA"],
        [
            "from x (y [192.0.2.1])", "\t(Authenticated sender: a)", "\t(Authenticated sender: b)",
            "\tby edge.acme.example (Postfix) with ESMTPA",
        ],
        ["from x (y [192.0.2.1])", "\t(Authenticated sender: )", "\tby edge.acme.example (Postfix) with ESMTPA"],
        // A login that the protocol denies, TLS that it denies.
        ["from x (y [192.0.2.1])", "\t(Authenticated sender: boss)", "\tby edge.acme.example (Postfix) with ESMTPS"],
        ["from x (y [192.0.2.1])", "\t(using TLSv1.3)", "\tby edge.acme.example (Postfix) with ESMTP"],
        // No address, a name that is none, another protocol, no protocol.
        ["from x (y)", "\tby edge.acme.example (Postfix) with ESMTP"],
        ["from x (y [300.0.2.1])", "\tby edge.acme.example (Postfix) with ESMTP"],
        ["from x (y z [192.0.2.1])", "\tby edge.acme.example (Postfix) with ESMTP"],
        ["from x (y(z) [192.0.2.1])", "\tby edge.acme.example (Postfix) with ESMTP"],
        ["from x (y [192.0.2.1])", "\tby edge.acme.example (Postfix) with ESMTPAX"],
        ["from x (y [192.0.2.1])", "\tby edge.acme.example (Postfix, from userid 0)"],
        ["from x (y [192.0.2.1])", "\tby edge.acme.example (x) (Postfix) with ESMTP"],
        ["from x (y [192.0.2.1])"],
        // On one line, as others write it; with bytes that no field has.
        ["from x (y [192.0.2.1]) by edge.acme.example (Postfix) with ESMTPA id 1"],
        [
            "from x (y [192.0.2.1])", "\t(Authenticated sender: b\u{0}oss)",
            "\tby edge.acme.example (Postfix) with ESMTPA",
        ],
        ["from x (y [192.0.2.1])\r", "\tby edge.acme.example (Postfix) with ESMTPA"],
        ["from x\r\t(y [192.0.2.1])", "\tby edge.acme.example (Postfix) with ESMTPA"],
    ])
    func otherForms(_ lines: [String]) {
        #expect(read(["Received: " + lines[0]] + lines.dropFirst()) == .unknown(.otherForm))
    }

    @Test func onlyTheTopmostFieldOfTheTrustedHostCounts() {
        let first = "Received: from x (y [192.0.2.1])"
        #expect(
            read([first, "\tby evil.example (Postfix) with ESMTPSA", Self.end]) == .unknown(.otherHost))
        #expect(
            read([first, "\tby edge.acme.example (Postfix) with ESMTPSA", Self.end], EdgeTrust(host: ""))
                == .unknown(.otherHost))
        // The forged one below is never looked at.
        #expect(read(["Received: by x; y"]) == .unknown(.otherForm))
        #expect(EdgeReader(Self.trust).read(Array("Subject: x\r\n\r\nReceived: x\r\n".utf8)) == .unknown(.absent))
        #expect(EdgeReader(Self.trust).read([]) == .unknown(.absent))
        let trust = EdgeTrust(host: "edge.acme.example", client: IPAddress("192.0.2.2"))
        #expect(
            read([first, "\tby edge.acme.example (Postfix) with ESMTPSA", Self.end], trust)
                == .unknown(.otherClient))
    }

    /// Fields that a policy service puts before it are the edge's own.
    @Test func aFieldBeforeItDoesNotHideIt() throws {
        let facts = try facts([
            "Received-SPF: pass", "Received: from x (y [192.0.2.1])", "\t(Authenticated sender: zoe)",
            "\tby edge.acme.example (Postfix) with ESMTPA", Self.end,
        ])
        #expect(facts.login == "zoe")
    }
}
