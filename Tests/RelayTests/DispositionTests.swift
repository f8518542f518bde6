import Foundation
import RelaySupport
import Testing

@testable import Relay

/// What becomes of a message under each disposition, seen from the client, the next hop and the store.
@Suite(.serialized) struct DispositionTests {
    private static let rules = """
        rule refused { when subject contains "refuse" then reject "not here" }
        rule kept { when subject contains "hold" then quarantine media }
        rule later { when subject contains "later" then defer }
        rule gone { when subject contains "drop" then discard }
        rule marked { when subject contains "mark" then tag subject "[seen] " }
        """

    @Test func anUnremarkableMailPassesByteForByte() async throws {
        try await withRelay(Self.rules) { bench in
            let client = try await bench.client()
            let text = mail("Two lines.\r\n.with a dot\r\n\r\nend ")
            let answers = try await client.deliver(from: "ann@else.example", to: ["bob@ours.example"], text)
            #expect(answers.codes == [250, 250, 354, 250])
            let taken = try await bench.hop.wait(for: 1)
            #expect(taken[0].text == text)
            #expect(taken[0].sender == "ann@else.example")
            #expect(taken[0].deliveredTo == ["bob@ours.example"])
            #expect(await bench.store.tracks.map(\.outcome) == [.delivered])
        }
    }

    @Test func refusalIsSaidAndNothingGoesOn() async throws {
        try await withRelay(Self.rules) { bench in
            let client = try await bench.client()
            let answers = try await client.deliver(
                from: "ann@else.example", to: ["bob@ours.example"], mail(subject: "please refuse"))
            #expect(answers.last.code == 554)
            #expect(answers.last.text.contains("not here"))
            #expect(bench.hop.delivered.isEmpty)
            // The connection serves the next one.
            let next = try await client.deliver(from: "ann@else.example", to: ["bob@ours.example"], mail())
            #expect(next.last.code == 250)
        }
    }

    @Test func heldMailIsAnsweredForAndKeptAsItCame() async throws {
        try await withRelay(Self.rules) { bench in
            let client = try await bench.client()
            let text = mail(subject: "hold this")
            let answers = try await client.deliver(from: "ann@else.example", to: ["bob@ours.example"], text)
            #expect(answers.last.code == 250)
            #expect(bench.hop.delivered.isEmpty)
            let held = await bench.store.held
            #expect(held.map(\.area) == ["media"])
            #expect(held.first?.reasons.first?.rule == "kept")
            #expect(held.first?.message.subject == "hold this")
            #expect(await bench.store.original(of: 0) == Array(text.utf8))
        }
    }

    @Test func deferredMailStaysWithItsSender() async throws {
        try await withRelay(Self.rules) { bench in
            let client = try await bench.client()
            let answers = try await client.deliver(
                from: "ann@else.example", to: ["bob@ours.example"], mail(subject: "later"))
            #expect(answers.last.code == 451)
            #expect(bench.hop.delivered.isEmpty)
            #expect(await bench.store.queued.isEmpty)
        }
    }

    @Test func discardedMailIsAnsweredForAndGone() async throws {
        try await withRelay(Self.rules) { bench in
            let client = try await bench.client()
            let answers = try await client.deliver(
                from: "ann@else.example", to: ["bob@ours.example"], mail(subject: "drop"))
            #expect(answers.last.code == 250)
            #expect(bench.hop.delivered.isEmpty)
            #expect(await bench.store.tracks.map(\.outcome) == [.discarded])
        }
    }

    @Test func aTagIsWrittenByAWorker() async throws {
        try await withRelay(Self.rules) { bench in
            let client = try await bench.client()
            try await client.deliver(from: "ann@else.example", to: ["bob@ours.example"], mail(subject: "mark"))
            let taken = try await bench.hop.wait(for: 1)
            #expect(taken[0].text.contains("Subject: [seen] mark\r\n"))
        }
    }
}
