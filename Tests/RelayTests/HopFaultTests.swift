import Quarantine
import RelaySupport
import Testing

@testable import Relay

/// What the next hop may do wrong, and that no mail is lost by it.
@Suite(.serialized) struct HopFaultTests {
    private static let tag = #"rule t { when recipient.local is "tag" then tag subject "[t] " }"#

    private static func deliver(_ bench: RelayBench, _ names: [String] = ["bob"]) async throws -> MailAnswers {
        let client = try await bench.client()
        return try await client.deliver(
            from: "ann@else.example", to: names.map { "\($0)@ours.example" }, mail())
    }

    @Test func aHopThatIsDownIsTheSendersConcern() async throws {
        try await withRelay { bench in
            bench.hop.stop()
            let code = try await Self.deliver(bench).mail.code
            #expect(code == 451)
        }
    }

    @Test func refusalsOfTheEnvelopeAreHandedOn() async throws {
        try await withRelay { bench in
            bench.hop.on(.rcpt, for: "gone@ours.example", .reply("550 5.1.1 no such user"))
            bench.hop.on(.rcpt, for: "full@ours.example", .reply("452 4.2.2 mailbox full"))
            let answers = try await Self.deliver(bench, ["bob", "gone", "full"])
            #expect(answers.codes == [250, 250, 550, 452, 354, 250])
            #expect(bench.hop.delivered.map(\.deliveredTo) == [["bob@ours.example"]])
        }
    }

    @Test(arguments: [
        (HopStage.mail, HopAct.reply("451 4.3.0 later"), [451, 503]),
        (.mail, .reply("550 5.7.1 no"), [550, 503]),
        (.data, .reply("451 4.3.0 later"), [250, 250, 354, 451]),
        (.data, .reply("554 5.6.0 no"), [250, 250, 354, 554]),
        (.endOfData, .reply("451 4.3.0 later"), [250, 250, 354, 451]),
        (.endOfData, .reply("554 5.7.1 never"), [250, 250, 354, 554]),
        (.data, .cut(afterBytes: 40), [250, 250, 354, 451]), (.endOfData, .reset, [250, 250, 354, 451]),
    ])
    func aSingleCopyIsAnsweredAsTheHopAnswers(stage: HopStage, act: HopAct, codes: [Int]) async throws {
        try await withRelay { bench in
            bench.hop.on(stage, act)
            let answers = try await Self.deliver(bench)
            #expect(answers.codes == codes)
            #expect(bench.hop.delivered.isEmpty)
            #expect(await bench.store.held.isEmpty)
            // The session lives on, and so does the relay.
            bench.hop.forgetRules()
            let code2 = try await Self.deliver(bench).last.code
            #expect(code2 == 250)
        }
    }

    /// Two copies: the first is taken, so we answer for the second whatever becomes of it.
    @Test(arguments: [
        (HopAct.reply("451 4.3.0 later"), 1, 0), (.reset, 1, 0), (.reply("554 5.7.1 never"), 0, 1),
    ])
    func theSecondCopyIsOurs(act: HopAct, queued: Int, held: Int) async throws {
        try await withRelay(Self.tag) { bench in
            bench.hop.on(.endOfData, .reply("250 2.0.0 taken"), times: 1)
            bench.hop.on(.endOfData, act, times: 1)
            let code3 = try await Self.deliver(bench, ["bob", "tag"]).last.code
            #expect(code3 == 250)
            #expect(bench.hop.delivered.count == 1)
            #expect(await bench.store.queued.count == queued)
            #expect(await bench.store.held.map(\.area) == (held == 1 ? ["undeliverable"] : []))
            guard queued == 1 else { return }
            // And it goes as soon as the hop takes it.
            await bench.store.hurry()
            try await bench.hop.wait(for: 2)
            #expect(bench.hop.delivered.last?.deliveredTo == ["tag@ours.example"])
        }
    }

    /// The hop leaves in the middle of the envelope: what it has taken so far means nothing to the next connection.
    @Test func aHopThatLeavesBetweenRecipientsEndsTheTransaction() async throws {
        try await withRelay { bench in
            bench.hop.on(.rcpt, for: "leave@ours.example", .close, times: 1)
            let client = try await bench.client()
            for (line, code) in [
                ("MAIL FROM:<ann@else.example>", 250), ("RCPT TO:<bob@ours.example>", 250),
                ("RCPT TO:<leave@ours.example>", 451), ("RCPT TO:<carol@ours.example>", 451), ("DATA", 451),
                ("RSET", 250),
            ] {
                let reply = try await client.command(line)
                #expect(reply.code == code, "\(line): \(reply)")
            }
            let again = try await client.deliver(
                from: "ann@else.example", to: ["bob@ours.example", "leave@ours.example"], mail())
            #expect(again.codes == [250, 250, 250, 354, 250])
            #expect(bench.hop.delivered.count == 1)
        }
    }

    @Test func theFirstCopyPutOffLeavesNothingBehind() async throws {
        try await withRelay(Self.tag) { bench in
            bench.hop.on(.endOfData, .reply("451 4.3.0 later"), times: 1)
            let code4 = try await Self.deliver(bench, ["bob", "tag"]).last.code
            #expect(code4 == 451)
            #expect(bench.hop.delivered.isEmpty)
            #expect(await bench.store.queued.isEmpty)
        }
    }

    /// A hop that is silent at the end may have the message: it is ours, and is tried again.
    @Test func silenceAtTheEndIsAnsweredFor() async throws {
        try await withRelay(
            "", { $0.limits.deadlineSeconds = 2 },
            { bench in
                bench.hop.on(.endOfData, .silence, times: 1)
                let code5 = try await Self.deliver(bench).last.code
                #expect(code5 == 250)
                #expect(await bench.store.queued.count == 1)
            })
    }

    @Test func storageThatFailsIsTheSendersConcern() async throws {
        try await withRelay(#"rule q { when recipient.local is "hold" then quarantine media }"#) { bench in
            await bench.store.fail(with: StoreFault(.full, "no space"))
            let code6 = try await Self.deliver(bench, ["hold"]).last.code
            #expect(code6 == 451)
            #expect(bench.log.names.contains("storage failed"))
        }
    }

    /// The hop has one copy, and what is ours cannot be stored: at the next try the copy is not sent again.
    @Test func whatTheHopHasIsNotSentTwiceWhenStorageFailed() async throws {
        try await withRelay(#"rule q { when recipient.local is "hold" then quarantine media }"#) { bench in
            await bench.store.fail(deposits: StoreFault(.full, "no space"))
            let code = try await Self.deliver(bench, ["bob", "hold"]).last.code
            #expect(code == 451)
            #expect(bench.hop.delivered.count == 1)
            await bench.store.fail(deposits: nil)
            for _ in 0..<100 where await bench.store.armed == 0 { try await Task.sleep(for: .milliseconds(20)) }
            let again = try await Self.deliver(bench, ["bob", "hold"]).last.code
            #expect(again == 250)
            #expect(bench.hop.delivered.count == 1)
            #expect(await bench.store.held.count == 1)
        }
    }

    /// The client leaves before it has our answer and tries again: the hop gets the message once.
    @Test func aRepetitionIsRecognised() async throws {
        try await withRelay { bench in
            let first = try await bench.client()
            bench.hop.on(.endOfData, .wait(1, then: .reply("250 2.0.0 taken")), times: 1)
            for line in ["MAIL FROM:<ann@else.example>", "RCPT TO:<bob@ours.example>", "DATA"] {
                try await first.command(line)
            }
            try await first.send(MailClient.dotted(Array(("Received: from one\r\n" + mail()).utf8)))
            try await Task.sleep(for: .milliseconds(500))
            first.vanish()
            try await bench.hop.wait(for: 1)
            try await wait(for: "the note") { true }
            for _ in 0..<100 where await bench.store.armed == 0 { try await Task.sleep(for: .milliseconds(20)) }
            #expect(await bench.store.armed == 1)
            let again = try await bench.client()
            let answers = try await again.deliver(
                from: "ann@else.example", to: ["bob@ours.example"], "Received: from two\r\n" + mail())
            #expect(answers.last.code == 250)
            #expect(bench.hop.delivered.count == 1)
            // Taken: the same mail sent once more is another mail.
            try await again.deliver(from: "ann@else.example", to: ["bob@ours.example"], mail())
            #expect(bench.hop.delivered.count == 2)
        }
    }
}
