import MailProtocols
import Quarantine
import RelaySupport
import Testing

@testable import Relay

/// One message whose recipients fare differently: one answer in SMTP, one for each in LMTP.
@Suite(.serialized) struct MixedDecisionTests {
    private static let rules = """
        rule r { when recipient.local is "reject" then reject "not you" }
        rule q { when recipient.local is "hold" then quarantine media }
        rule d { when recipient.local is "later" then defer }
        rule x { when recipient.local is "drop" then discard }
        rule t { when recipient.local is "tag" then tag subject "[t] " }
        """

    private static func answer(_ bench: RelayBench, _ names: [String]) async throws -> MailReply {
        let client = try await bench.client()
        return try await client.deliver(
            from: "ann@else.example", to: names.map { "\($0)@ours.example" }, mail()
        ).last
    }

    /// Every pair of dispositions in one message: the reply, whom the hop hears of, which areas and queues keep what.
    @Test(
        arguments: [
            (["bob", "tag"], 250, [["bob"], ["tag"]], [], 0), (["bob", "hold"], 250, [["bob"]], ["media"], 0),
            (["bob", "reject"], 250, [["bob"]], ["refused"], 0), (["bob", "drop"], 250, [["bob"]], [], 0),
            (["bob", "later"], 250, [["bob"]], [], 1), (["hold", "reject"], 250, [], ["media", "refused"], 0),
            (["hold", "drop"], 250, [], ["media"], 0), (["hold", "later"], 250, [], ["media"], 1),
            (["reject", "drop"], 554, [], [], 0), (["reject", "later"], 451, [], [], 0),
            (["drop", "later"], 451, [], [], 0),
        ] as [([String], Int, [[String]], [String], Int)])
    func pairs(names: [String], code: Int, copies: [[String]], areas: [String], queued: Int) async throws {
        try await withRelay(Self.rules) { bench in
            let code = try await Self.answer(bench, names).code
            #expect(code == code)
            let taken = bench.hop.delivered.map { $0.deliveredTo.map { String($0.prefix { $0 != "@" }) } }
            #expect(taken == copies)
            #expect(await bench.store.held.map(\.area).sorted() == areas.sorted())
            #expect(await bench.store.queued.count == queued)
        }
    }

    @Test func lmtpAnswersForEachRecipient() async throws {
        try await withRelay(Self.rules) { bench in
            let client = try await bench.client("lmtp")
            let answers = try await client.deliver(
                from: "ann@else.example",
                to: ["bob", "reject", "hold", "later", "drop"].map { "\($0)@ours.example" }, mail())
            #expect(answers.end.map(\.code) == [250, 554, 250, 451, 250])
            #expect(bench.hop.delivered.map(\.deliveredTo) == [["bob@ours.example"]])
            #expect(await bench.store.queued.isEmpty)
        }
    }

    @Test func whatWasPutOffIsJudgedAgainAndHeldWhenItsTimeIsOver() async throws {
        try await withRelay(
            Self.rules, { $0.limits.undecidedSeconds = 0 },
            { bench in
                let code2 = try await Self.answer(bench, ["bob", "later"]).code
                #expect(code2 == 250)
                await bench.store.hurry()
                try await wait(for: "the end of the queue") { bench.log.names.contains("mail held") }
                try await Task.sleep(for: .milliseconds(100))
                #expect(await bench.store.held.map(\.area) == [SystemArea.undecided.rawValue])
                #expect(await bench.store.queued.isEmpty)
            })
    }
}
