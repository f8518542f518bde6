import RelaySupport
import Testing

/// The hop and the client that the relay's tests stand between, held against each other.
@Suite struct ScriptedHopTests {
    private static let message = "Subject: a\r\n\r\n.one dot\r\n..two\r\n.\r\n\r\nlast\r\n"

    @Test(arguments: [MailHandover.stepwise, .pipelined, .chunks(7), .chunks(1000)])
    func aMessageArrivesByteForByte(handover: MailHandover) async throws {
        let hop = ScriptedHop()
        let client = try await MailClient.connect(port: hop.port)
        try await client.hello("me.example")
        try await client.forward(["ADDR": "192.0.2.1", "NAME": "[UNAVAILABLE]"])
        let answers = try await client.deliver(
            from: "a@a.example BODY=8BITMIME", to: ["b@b.example NOTIFY=NEVER", "c@c.example"], Self.message,
            by: handover)
        #expect(answers.last.code == 250)
        let seen = try #require(hop.transactions.first)
        #expect(seen.text == Self.message)
        #expect(seen.sender == "a@a.example" && seen.parameters == ["BODY=8BITMIME"])
        #expect(seen.recipients.map(\.address) == ["b@b.example", "c@c.example"])
        #expect(seen.recipients[0].parameters == ["NOTIFY=NEVER"])
        #expect(seen.xforward == ["ADDR": "192.0.2.1", "NAME": "[UNAVAILABLE]"])
        #expect(seen.greeting == "me.example" && seen.outcome == .delivered)
        #expect(seen.deliveredTo == ["b@b.example", "c@c.example"])
        try await client.quit()
    }

    @Test func anEmptyMessageAndOneThatBeginsWithADot() async throws {
        let hop = ScriptedHop()
        for message in ["", ".\r\n", "..\r\n", "\r\n"] {
            try await MailClient.deliver(port: hop.port, from: "", to: ["b@b.example"], message)
        }
        #expect(hop.transactions.map(\.text) == ["", ".\r\n", "..\r\n", "\r\n"])
    }

    @Test func everyStageCanFail() async throws {
        let hop = ScriptedHop()
        hop.on(.mail, .reply("451 4.3.0 mail"), times: 1)
        hop.on(.rcpt, for: "no@b.example", .reply("550 5.1.1 nobody"))
        hop.on(.data, .reply("452 4.3.1 data"), times: 1)
        hop.on(.endOfData, .reply("554 5.6.0 one\n554 5.6.0 two"), times: 1)
        let client = try await MailClient.connect(port: hop.port)
        try await client.hello()
        #expect(try await client.command("MAIL FROM:<a@a.example>").code == 451)
        let refused = try await client.deliver(from: "a@a.example", to: ["no@b.example"], "x\r\n")
        #expect(refused.codes == [250, 550])
        try await client.command("RSET")
        let halfway = try await client.deliver(from: "a@a.example", to: ["no@b.example", "b@b.example"], "x\r\n")
        #expect(halfway.codes == [250, 550, 250, 452])
        try await client.command("RSET")
        let last = try await client.deliver(from: "a@a.example", to: ["b@b.example"], "x\r\n")
        #expect(last.codes == [250, 250, 354, 554])
        #expect(last.last.lines == ["5.6.0 one", "5.6.0 two"] && last.last.status == "5.6.0")
        #expect(hop.transactions.map(\.outcome) == [.refused, .abandoned, .refused, .refused])
        let fine = try await client.deliver(from: "a@a.example", to: ["b@b.example"], "x\r\n")
        #expect(fine.last.code == 250 && hop.delivered.count == 1)
    }

    @Test func lmtpAnswersForEachRecipient() async throws {
        let hop = ScriptedHop(HopScript(isLMTP: true))
        hop.on(.endOfData, for: "c@c.example", .reply("451 4.2.1 later"))
        let answers = try await MailClient.deliver(
            port: hop.port, isLMTP: true, from: "a@a.example", to: ["b@b.example", "c@c.example"], "x\r\n")
        #expect(answers.end.map(\.code) == [250, 451])
        #expect(hop.transactions[0].deliveredTo == ["b@b.example"])
    }

    @Test func aCutComesAfterTheBytesThatTheScriptSays() async throws {
        let hop = ScriptedHop()
        hop.on(.data, .cut(afterBytes: 100))
        await #expect(throws: WireFault.closed) {
            try await MailClient.deliver(
                port: hop.port, from: "a@a.example", to: ["b@b.example"], String(repeating: "x", count: 500))
        }
        #expect(hop.transactions.map(\.outcome) == [.cut] && hop.transactions[0].content.count == 100)
    }

    @Test func endsAndSilencesAtTheEndOfTheData() async throws {
        let hop = ScriptedHop()
        hop.on(.endOfData, .close, times: 1)
        hop.on(.endOfData, .reset, times: 1)
        for _ in 0..<2 {
            await #expect(throws: WireFault.closed) {
                try await MailClient.deliver(port: hop.port, from: "", to: ["b@b.example"], "x\r\n")
            }
        }
        hop.on(.endOfData, .silence, times: 1)
        let client = try await MailClient.connect(port: hop.port, patience: 0.2)
        try await client.hello()
        await #expect(throws: WireFault.self) { try await client.deliver(from: "", to: ["b@b.example"], "x\r\n") }
        client.vanish()
        hop.on(.endOfData, .wait(0.3, then: .replyThenClose("250 2.0.0 late")), times: 1)
        let patient = try await MailClient.connect(port: hop.port)
        try await patient.hello()
        #expect(try await patient.deliver(from: "", to: ["b@b.example"], "x\r\n").last.lines == ["2.0.0 late"])
        #expect(try await patient.isClosedByServer())
        #expect(hop.transactions.map(\.outcome) == [.unanswered, .unanswered, .unanswered, .delivered])
        #expect(hop.connections == 4)
    }

    @Test func aClientThatVanishesHasAbandonedItsMail() async throws {
        let hop = ScriptedHop()
        let client = try await MailClient.connect(port: hop.port)
        try await client.hello()
        try await client.command("MAIL FROM:<a@a.example>")
        client.vanish()
        try await wait(for: "the end of the session") { hop.transactions.first?.outcome == .abandoned }
    }

    @Test func bothSpeakTLS() async throws {
        let certificate = try TestCertificate.shared.get()
        var script = HopScript()
        script.certificate = certificate
        let hop = ScriptedHop(script)
        let client = try await MailClient.connect(port: hop.port)
        try await client.hello()
        #expect(client.offers("STARTTLS"))
        try await client.startTLS(authority: certificate.chain, name: "hop.example")
        #expect(!client.offers("STARTTLS"))
        let large = String(repeating: "0123456789abcdef\r\n", count: 20_000)
        #expect(try await client.deliver(from: "", to: ["b@b.example"], large).last.code == 250)
        #expect(hop.transactions[0].isTLS && hop.transactions[0].text == large)

        let other = try await MailClient.connect(port: hop.port)
        try await other.hello()
        await #expect(throws: WireFault.noHandshake) {
            try await other.startTLS(authority: certificate.chain, name: "another.example")
        }
    }
}
