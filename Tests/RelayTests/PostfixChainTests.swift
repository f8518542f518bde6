import Foundation
import Operation
import RelaySupport
import Testing

@testable import Relay

/// Between two real Postfix: the edge hands its mail through us, the inner one has it delivered.
@Suite(.serialized, .enabled(if: RealPostfix.isAvailable, "needs root and Debian's postfix"))
struct PostfixChainTests {
    private static let rules = """
        rule r { when recipient.local is "reject" then reject "not you" }
        rule q { when recipient.local is "hold" then quarantine media }
        rule t { when recipient.local is "tag" then tag subject "[t] " }
        """

    private static func withChain(_ body: (RelayBench, _ edge: RealPostfix, _ inner: RealPostfix) async throws -> Void)
        async throws
    {
        let inner = try await RealPostfix.start(PostfixSettings([.behindProxy("inner")], delivery: .mailboxes))
        let port = inner.port("inner")
        try await withRelay(
            rules,
            { settings in
                settings.nextHop = HopSettings(address: .network(host: "127.0.0.1", port: port), security: .none)
            },
            { bench in
                let edge = try await RealPostfix.start(
                    PostfixSettings([.proxied("edge", through: bench.port("proxy"))], delivery: .smtp(port: port)))
                try await body(bench, edge, inner)
            })
    }

    @Test func mailPassesAndItsRefusalsAreHeardAtTheEdge() async throws {
        try await Self.withChain { bench, edge, inner in
            let text = mail("Gr\u{fc}\u{df}e\r\n.dot\r\n")
            let answers = try await MailClient.deliver(
                port: edge.port("edge"), from: "ann@else.example", to: ["bob@ours.example", "tag@ours.example"], text)
            #expect(answers.last.code == 250, "\(edge.log) \(bench.log.text)")
            let plain = try await inner.mailbox("bob@ours.example", holding: 1)
            #expect(plain[0].hasSuffix(text.replacing("\r\n", with: "\n")))
            let tagged = try await inner.mailbox("tag@ours.example", holding: 1)
            #expect(tagged[0].contains("Subject: [t] Hello\n"))
            let refused = try await MailClient.deliver(
                port: edge.port("edge"), from: "ann@else.example", to: ["reject@ours.example"], mail())
            #expect(refused.last.code == 554)
            #expect(refused.last.text.contains("not you"))
            let held = try await MailClient.deliver(
                port: edge.port("edge"), from: "ann@else.example", to: ["hold@ours.example"], mail())
            #expect(held.last.code == 250)
            #expect(await bench.store.held.map(\.area) == ["media"])
            #expect(inner.log.contains("client=client.example") || inner.log.contains("[127.0.0.1]"))
        }
    }

    /// 50 MB of mail, both ways past the limits of one read.
    @Test func aLargeMailPassesWhole() async throws {
        try await Self.withChain { bench, edge, inner in
            let line = String(repeating: "0123456789abcdef", count: 4) + "\r\n"
            let text = mail(String(repeating: line, count: 50_000_000 / line.utf8.count))
            let answers = try await MailClient.deliver(
                port: edge.port("edge"), from: "ann@else.example", to: ["bob@ours.example"], text)
            #expect(answers.last.code == 250, "\(bench.log.text)")
            let taken = try await inner.mailbox("bob@ours.example", holding: 1, seconds: 60)
            #expect(taken[0].utf8.count > 48_000_000)
        }
    }
}
