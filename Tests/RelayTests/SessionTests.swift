import Operation
import RelaySupport
import Testing

@testable import Relay

/// The talk itself: framing, order, bounds.
@Suite(.serialized) struct SessionTests {
    @Test func chunksAndPipelinesCarryTheSameBytes() async throws {
        try await withRelay { bench in
            let text = mail("Zeile mit Umlaut: \u{e4}\r\n.\r\n..\r\nend")
            let handovers: [MailHandover] = [.stepwise, .pipelined, .chunks(7), .chunks(100_000)]
            for handover in handovers {
                let client = try await bench.client()
                let answers = try await client.deliver(
                    from: "ann@else.example BODY=8BITMIME", to: ["bob@ours.example"], text, by: handover)
                #expect(answers.last.code == 250)
                // Without a word more the answer would not count as taken, and the next would be its repetition.
                try await client.quit()
            }
            #expect(bench.hop.delivered.map(\.text) == handovers.map { _ in text })
            #expect(bench.hop.delivered.allSatisfy { $0.parameters.contains("BODY=8BITMIME") })
        }
    }

    @Test(arguments: ["a\nb\r\n.\r\n", "a\r\n.\r\rb\r\n.\r\n"])
    func whatServersReadDifferentlyIsRefused(content: String) async throws {
        try await withRelay { bench in
            let client = try await bench.client()
            for line in ["MAIL FROM:<ann@else.example>", "RCPT TO:<bob@ours.example>", "DATA"] {
                try await client.command(line)
            }
            try await client.send("Subject: x\r\n\r\n" + content)
            let reply = try await client.reply()
            #expect(reply.code == 554)
            #expect(bench.hop.delivered.isEmpty)
        }
    }

    @Test func parametersOfDeliveryReportsGoOn() async throws {
        try await withRelay { bench in
            let client = try await bench.client()
            try await client.deliver(
                from: "ann@else.example RET=HDRS ENVID=QQ314159",
                to: ["bob@ours.example NOTIFY=FAILURE ORCPT=rfc822;b@x.example"],
                mail())
            let taken = try #require(bench.hop.delivered.first)
            #expect(taken.parameters.contains("RET=HDRS"))
            #expect(taken.parameters.contains("ENVID=QQ314159"))
            #expect(taken.recipients.first?.parameters == ["NOTIFY=FAILURE", "ORCPT=rfc822;b@x.example"])
        }
    }

    @Test func onlyAnEdgeSpeaksForItsClient() async throws {
        try await withRelay { bench in
            let edge = try await bench.client()
            let told = try await edge.forward([
                "NAME": "mx.else.example", "ADDR": "192.0.2.7", "HELO": "else", "PROTO": "ESMTP",
            ])
            #expect(told.code == 250)
            try await edge.deliver(from: "ann@else.example", to: ["bob@ours.example"], mail())
            #expect(bench.hop.delivered.first?.xforward["ADDR"] == "192.0.2.7")
            #expect(await bench.store.tracks.first?.client == "192.0.2.7")
            let direct = try await bench.client("direct")
            #expect(!direct.offers("XFORWARD"))
            let refused = try await direct.forward(["ADDR": "192.0.2.7"])
            #expect(refused.code == 550)
        }
    }

    @Test func boundsAreToldAndHold() async throws {
        try await withRelay(
            "",
            { settings in
                settings.limits.messageBytes = 2000
                settings.limits.recipients = 2
                settings.limits.refusedCommands = 3
                settings.limits.sessions = 2
            },
            { bench in
                let client = try await bench.client()
                #expect(client.extensions.contains("SIZE 2000"))
                let tooLarge = try await client.command("MAIL FROM:<ann@else.example> SIZE=2001")
                #expect(tooLarge.code == 552)
                let answers = try await client.deliver(
                    from: "ann@else.example", to: ["a@ours.example", "b@ours.example", "c@ours.example"],
                    mail(String(repeating: "x", count: 3000)))
                #expect(answers.codes == [250, 250, 250, 452, 354, 552])
                let second = try await bench.client()
                let third = try await MailClient.connect(port: bench.port("proxy"))
                #expect(third.greeting.code == 421)
                for _ in 0..<3 { try await second.command("NONSENSE") }
                let end = try await second.command("NONSENSE")
                #expect(end.code == 421)
            })
    }

    @Test func commandsStandInOrder() async throws {
        try await withRelay { bench in
            let client = try await MailClient.connect(port: bench.port("proxy"))
            let early = try await client.command("MAIL FROM:<a@else.example>")
            #expect(early.code == 503)
            try await client.hello()
            for (line, code) in [
                ("RCPT TO:<bob@ours.example>", 503), ("DATA", 503), ("MAIL FROM:<a@else.example>", 250), ("DATA", 554),
                ("MAIL FROM:<a@else.example>", 503), ("STARTTLS", 502), ("RSET", 250), ("NOOP", 250), ("QUIT", 221),
            ] {
                let reply = try await client.command(line)
                #expect(reply.code == code, "\(line)")
            }
        }
    }

    @Test func aLoopIsEnded() async throws {
        try await withRelay(
            "", { $0.limits.hops = 5 },
            { bench in
                let client = try await bench.client()
                let trace = String(repeating: "Received: from a by b; Wed, 25 Nov 2026 10:00:00 +0000\r\n", count: 6)
                let many = try await client.deliver(from: "ann@else.example", to: ["bob@ours.example"], trace + mail())
                #expect(many.last.status == "5.4.6")
                let own = String(repeating: "Received: from a by b (Lazaret) with ESMTP\r\n", count: 4)
                let marked = try await client.deliver(from: "ann@else.example", to: ["bob@ours.example"], own + mail())
                #expect(marked.last.status == "5.4.6")
                #expect(bench.hop.delivered.isEmpty)
            })
    }

    @Test func tlsBothWays() async throws {
        let certificate = try TestCertificate.shared.get()
        var script = HopScript()
        script.certificate = certificate
        try await withRelay(
            policies: ["ours": RelayBench.policy("")], hop: script,
            { settings in
                settings.listeners = settings.listeners.map { listener in
                    var listener = listener
                    listener.tls = TLSIdentity(certificates: certificate.chain, key: certificate.key)
                    return listener
                }
            },
            { bench in
                let client = try await bench.client()
                try await client.startTLS()
                let answers = try await client.deliver(from: "ann@else.example", to: ["bob@ours.example"], mail())
                #expect(answers.last.code == 250)
                #expect(bench.hop.delivered.first?.isTLS == true)
                // What was sent behind STARTTLS in the clear is never read as protected.
                let trickster = try await bench.client()
                try await trickster.send("STARTTLS\r\nMAIL FROM:<evil@else.example>\r\n")
                let reply = try await trickster.reply()
                #expect(reply.code == 421 || reply.code == 220)
                #expect(!bench.hop.transactions.contains { $0.sender == "evil@else.example" })
            })
    }
}
