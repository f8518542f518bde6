import Engines
import Synchronization
import TestSupport
import Testing
import Vocabulary

/// Both sides of the bounds of a reply: just within them it counts, just beyond them there is none; never "clean".
@Suite struct ReplyLimitTests {
    private static let bounds = EngineBounds(seconds: 120, largest: 1 << 20)
    /// `Content-length: 1` and `Spam: True ; 1 / 5`.
    private static let usualFields = (count: 2, bytes: 17 + 18)

    /// What is made of a reply of spamd with this symbol and these fields beside the usual ones.
    private static func reasons(
        symbol: String = "A", more: [String] = [], _ change: (inout EngineLimits) -> Void
    ) async -> Reasons {
        var limits = EngineLimits()
        change(&limits)
        let head = ["SPAMD/1.1 0 EX_OK", "Content-length: \(symbol.utf8.count)", "Spam: True ; 1 / 5"] + more
        let reply = head.map { $0 + "\r\n" }.joined() + "\r\n" + symbol
        let server = FakeServer { connection in
            connection.read(until: "Monday at ten?\r\n")
            connection.write(reply)
        }
        defer { server.stop() }
        let engine = SpamdEngine("fake", at: server.address, bounds: bounds, limits: limits)
        switch await onThread({ engine.judge(SampleMail.ham, SampleMail.envelope) }) {
        case .judged: return []
        case .unknown(let reasons, _): return reasons
        }
    }

    @Test func fieldsOfTheHead() async {
        let most = Self.usualFields.count + 1
        #expect(await Self.reasons(more: ["X: y"]) { $0.replyFields = most } == [])
        #expect(await Self.reasons(more: ["X: y", "X: y"]) { $0.replyFields = most } == .engineDown)
    }

    @Test func bytesOfTheHead() async {
        let most = Self.usualFields.bytes + 4
        #expect(await Self.reasons(more: ["X: y"]) { $0.replyHeadBytes = most } == [])
        #expect(await Self.reasons(more: ["X: yy"]) { $0.replyHeadBytes = most } == .engineDown)
    }

    @Test func bytesOfTheBody() async {
        #expect(await Self.reasons(symbol: "ABC") { $0.replyBytes = 3 } == [])
        #expect(await Self.reasons(symbol: "ABCD") { $0.replyBytes = 3 } == .engineDown)
    }

    @Test func bytesOfOneSymbol() async {
        #expect(await Self.reasons(symbol: "ABC") { $0.nameBytes = 3 } == [])
        #expect(await Self.reasons(symbol: "ABCD") { $0.nameBytes = 3 } == .engineDown)
    }

    @Test(arguments: [(0, 2), (600, 1)]) func aVersionIsBelievedForSomeSeconds(seconds: Int, asked: Int) async {
        let count = Counter()
        let server = FakeServer { connection in
            if connection.read(until: "\0").starts(with: Array("zVERSION".utf8)) { count.add() }
            connection.write("ClamAV 1.0.0/27000/Mon Mar  2 10:00:00 2026\0")
        }
        defer { server.stop() }
        var limits = EngineLimits()
        limits.versionSeconds = seconds
        let engine = ClamdEngine("fake", at: server.address, bounds: Self.bounds, limits: limits)
        for _ in 0..<2 { _ = await onThread { engine.readiness() } }
        #expect(count.value == asked)
    }

    private final class Counter: Sendable {
        private let counted = Mutex(0)
        var value: Int { counted.withLock { $0 } }
        func add() { counted.withLock { $0 += 1 } }
    }
}
