import Operation
import RelaySupport
import Testing

@testable import Relay

/// Several customers in one relay.
@Suite(.serialized) struct OrganisationTests {
    private static let policies = [
        "alpha": RelayBench.policy(
            """
            rule outward { on outbound when subject contains "secret" then reject "alpha keeps it" }
            rule inward { on inbound when subject contains "alpha-tag" then tag subject "[a] " }
            """, domain: "alpha.example"),
        "beta": RelayBench.policy(
            """
            rule inward { on inbound when subject contains "beta-hold" then quarantine media }
            rule none-of-that { on inbound when subject contains "beta-no" then reject "beta wants none" }
            """, domain: "beta.example"),
    ]

    private static func deliver(
        _ bench: RelayBench, _ listener: String, from: String, to: [String], subject: String
    ) async throws -> MailReply {
        let client = try await bench.client(listener)
        return try await client.deliver(from: from, to: to, mail(subject: subject)).last
    }

    @Test func eachJudgesForItsOwn() async throws {
        try await withRelay(policies: Self.policies) { bench in
            let reply = try await Self.deliver(
                bench, "proxy", from: "ann@else.example", to: ["x@alpha.example", "y@beta.example"],
                subject: "alpha-tag beta-hold")
            #expect(reply.code == 250)
            #expect(bench.hop.delivered.map(\.deliveredTo) == [["x@alpha.example"]])
            #expect(bench.hop.delivered.first?.text.contains("[a] ") == true)
            let held = await bench.store.held
            #expect(held.map(\.message.organisation) == ["beta"])
            #expect(held.first?.recipients.map { "\($0.mailbox)" } == ["y@beta.example"])
            let records = await bench.store.tracks
            #expect(records.map(\.organisation) == ["alpha", "beta"])
        }
    }

    /// From one customer to the other: the sender's policy on the way out, then the recipient's on the way in.
    @Test(arguments: [
        ("hello", 250, 1, 0), ("secret", 554, 0, 0), ("beta-hold", 250, 0, 1), ("beta-no", 554, 0, 0),
    ])
    func fromOneToTheOther(subject: String, code: Int, delivered: Int, held: Int) async throws {
        try await withRelay(policies: Self.policies) { bench in
            let reply = try await Self.deliver(
                bench, "submission", from: "x@alpha.example", to: ["y@beta.example"], subject: subject)
            #expect(reply.code == code)
            #expect(bench.hop.delivered.count == delivered)
            #expect(await bench.store.held.count == held)
        }
    }

    @Test func aSecondOrganisationWaitsWhereTheSettingsSaySo() async throws {
        try await withRelay(
            policies: Self.policies, { $0.splitsOrganisations = true },
            { bench in
                let client = try await bench.client()
                let answers = try await client.deliver(
                    from: "ann@else.example", to: ["x@alpha.example", "y@beta.example"], mail())
                #expect(answers.codes == [250, 250, 452, 354, 250])
            })
    }

    /// A listener without edges in front is no open relay.
    @Test func aDirectClientFromOutsideReachesOnlyOurs() async throws {
        try await withRelay(policies: Self.policies) { bench in
            let client = try await bench.client("direct")
            let answers = try await client.deliver(
                from: "ann@else.example", to: ["x@alpha.example", "bob@else.example"], mail())
            #expect(answers.codes == [250, 250, 550, 354, 250])
            let taken = try #require(bench.hop.delivered.first)
            #expect(
                taken.text.hasPrefix(
                    "Received: from client.example ([127.0.0.1])\r\n\tby relay.test.example (Lazaret) with"))
            #expect(taken.text.hasSuffix(mail()))
            #expect(!taken.text.contains("for <"))
        }
    }
}
