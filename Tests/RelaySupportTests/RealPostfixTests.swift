import RelaySupport
import Testing

/// A Postfix that tests start by themselves, with a scripted hop as its proxy and as its next hop.
@Suite(.enabled(if: RealPostfix.isAvailable, "needs root and Debian's postfix"))
struct RealPostfixTests {
    private static let message =
        "From: a@a.example\r\nSubject: =?utf-8?Q?d=C3=A9j=C3=A0?=\r\nX-Odd:no blank\r\n\r\n.dot\r\n"
        + "caf\u{e9}\r\n\r\n  \t\r\n" + String(repeating: "y", count: 900) + "\r\n"

    /// The edge hands its proxy what came in, with a Received field on top and nothing else changed.
    @Test func theEdgeProxiesByteForByte() async throws {
        let hop = ScriptedHop()
        let edge = try await RealPostfix.start(
            PostfixSettings([.proxied("edge", through: hop.port)], delivery: .smtp(port: hop.port)))
        let answers = try await MailClient.deliver(
            port: edge.port("edge"), from: "a@a.example", to: ["b@b.example", "c@c.example"], Self.message)
        #expect(answers.last.code == 250, "\(edge.log)")
        let seen = try #require(try await hop.wait(for: 1).first)
        #expect(seen.text.hasPrefix("Received: from client.example"))
        #expect(Self.withoutReceived(seen.text) == Self.message)
        #expect(seen.recipients.map(\.address) == ["b@b.example", "c@c.example"])
        #expect(seen.xforward["ADDR"] == "127.0.0.1" && seen.xforward["HELO"] == "client.example")
        #expect(seen.xforward["IDENT"] == "[UNAVAILABLE]")
    }

    @Test func theProxysRefusalIsTheClients() async throws {
        let hop = ScriptedHop()
        hop.on(.rcpt, for: "no@b.example", .reply("550 5.1.1 nobody here"))
        hop.on(.endOfData, .reply("554 5.7.1 not such mail"), times: 1)
        let edge = try await RealPostfix.start(
            PostfixSettings([.proxied("edge", through: hop.port)], delivery: .smtp(port: hop.port)))
        let answers = try await MailClient.deliver(
            port: edge.port("edge"), from: "a@a.example", to: ["no@b.example", "b@b.example"], Self.message)
        #expect(answers.codes == [250, 550, 250, 354, 554])
        #expect(answers.last.text.contains("not such mail"))
    }

    @Test func theInnerOneDeliversIntoMailboxesAndToTheNextHop() async throws {
        let inner = try await RealPostfix.start(
            PostfixSettings([.behindProxy("inner")], delivery: .mailboxes))
        try await MailClient.deliver(
            port: inner.port("inner"), from: "a@a.example", to: ["b@b.example"], Self.message)
        let mail = try await inner.mailbox("b@b.example", holding: 1)
        #expect(mail[0].hasSuffix(Self.message.replacing("\r\n", with: "\n")))

        let hop = ScriptedHop(HopScript(isLMTP: true))
        hop.on(.rcpt, .reply("450 4.2.0 later"), times: 1)
        let relaying = try await RealPostfix.start(
            PostfixSettings([.open("in")], delivery: .lmtp(port: hop.port)))
        try await MailClient.deliver(port: relaying.port("in"), from: "a@a.example", to: ["b@b.example"], Self.message)
        let seen = try #require(try await hop.wait(for: 1).first)
        #expect(Self.withoutReceived(seen.text) == Self.message)
        try await relaying.waitUntilEmpty()
        relaying.stop()
        try await wait(for: "the end of Postfix") { !Loopback.isListening(relaying.port("in")) }
    }

    /// The login and the TLS of a client stand in the field that the edge adds; XFORWARD has neither.
    @Test func whoLoggedInIsToldByTheEdge() async throws {
        let hop = ScriptedHop()
        let logins = TestLogins(["ann": "secret"])
        let certificate = try TestCertificate.shared.get()
        let edge = try await RealPostfix.start(
            PostfixSettings(
                [.submission("submission", logins, through: hop.port).offering(certificate)],
                delivery: .smtp(port: hop.port)))
        let client = try await MailClient.connect(port: edge.port("submission"))
        try await client.hello()
        try await client.startTLS(authority: certificate.chain, name: "hop.example")
        let refused = try await client.deliver(from: "ann@a.example", to: ["b@b.example"], Self.message)
        #expect(refused.codes.last.map { $0 / 100 } == 5)
        // Nobody logs in within a transaction.
        try await client.command("RSET")
        #expect(try await client.login("ann", "wrong").code == 535)
        #expect(try await client.login("ann", "secret").code == 235, "\(edge.log)")
        let answers = try await client.deliver(
            from: "ann@a.example AUTH=<>", to: ["b@b.example"], Self.message, by: .pipelined)
        #expect(answers.last.code == 250)
        let seen = try #require(try await hop.wait(for: 1).first)
        let field = seen.text.prefix(seen.text.count - Self.message.count)
        #expect(field.contains("(Authenticated sender: ann)") && field.contains("ESMTPSA"), "\(field)")
        #expect(seen.xforward["PROTO"] == "ESMTP" && !seen.xforward.values.contains("ann"))
    }

    /// The message behind its topmost field.
    private static func withoutReceived(_ text: String) -> String {
        var lines = text.split(separator: "\r\n", omittingEmptySubsequences: false)
        lines.removeFirst()
        while lines.first?.first.map({ $0 == "\t" || $0 == " " }) == true { lines.removeFirst() }
        return lines.joined(separator: "\r\n")
    }
}
