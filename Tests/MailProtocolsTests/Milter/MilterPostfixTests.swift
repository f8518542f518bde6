import Foundation
import MailProtocols
import RelaySupport
import Synchronization
import Testing

/// A real Postfix asks a filter that is nothing but the session, and delivers what it says.
@Suite(.enabled(if: RealPostfix.isAvailable, "needs root and Debian's postfix"))
struct MilterPostfixTests {
    private static let message =
        "Received: from x by y; Mon, 1 Jan 2024 00:00:00 +0000\r\nFrom: a@a.example\r\nSubject: one\r\n two\r\nX:no blank\r\n"
        + "X-Empty:\r\nX:  two blanks\r\n\r\n.dot\r\ncaf\u{e9}\r\n\r\nend\r\n"

    /// Postfix with the filter before it, a hop behind it.
    private struct Bench {
        let filter: TestFilter
        let hop = ScriptedHop()
        let postfix: RealPostfix

        init(judgesRecipients: Bool = false, isLocal: Bool = false) async throws {
            filter = TestFilter(judgesRecipients: judgesRecipients, isLocal: isLocal)
            postfix = try await RealPostfix.start(
                PostfixSettings([.milter("in", filter.address)], delivery: .smtp(port: hop.port)))
        }

        func send(_ message: String, to recipients: [String] = ["b@b.example"]) async throws -> MailAnswers {
            try await MailClient.deliver(
                port: postfix.port("in"), from: "a@a.example", to: recipients, message)
        }

        /// What the hop got last, without Postfix's own field.
        func delivered(_ count: Int) async throws -> String {
            let mail = try await hop.wait(for: count)[count - 1]
            var lines = mail.text.components(separatedBy: "\r\n")
            #expect(lines.removeFirst().hasPrefix("Received: from client.example"), "\(mail.text)")
            while lines.first?.hasPrefix("\t") == true { lines.removeFirst() }
            return lines.joined(separator: "\r\n")
        }
    }

    @Test(arguments: [false, true])
    func aMailPassesByteForByte(isLocal: Bool) async throws {
        let bench = try await Bench(isLocal: isLocal)
        let large = Self.message + String(repeating: String(repeating: "z", count: 76) + "\r\n", count: 4000)
        for (index, message) in [Self.message, large].enumerated() {
            let answers = try await bench.send(message)
            #expect(answers.last.code == 250, "\(bench.postfix.log)")
            let seen = try #require(bench.filter.messages.last)
            #expect(String(decoding: seen.content, as: UTF8.self) == message)
            #expect(try await bench.delivered(index + 1) == message)
        }
        let seen = try #require(bench.filter.messages.first)
        #expect(seen.peer.place == .network(address: "127.0.0.1", port: Self.port(of: seen)))
        #expect(seen.greeting == "client.example" && seen.macros["j"] == "mx.test.example")
        #expect(seen.transaction.reversePath.description == "<a@a.example>" && seen.login == nil)
        #expect(bench.filter.faults.isEmpty)
    }

    private static func port(of message: MilterMessage) -> Int {
        if case .network(_, let port) = message.peer.place { port } else { 0 }
    }

    @Test func theWholeMessageIsChanged() async throws {
        let bench = try await Bench()
        let changed =
            "X-First: 1\r\nReceived: from x by y; Mon, 1 Jan 2024 00:00:00 +0000\r\nFrom: a@a.example\r\n"
            + "Subject: [tag] one\r\n two\r\nX-Empty:\r\nX:  two blanks\r\nX:again\r\nX-Last: 2\r\n\r\nnew\r\n\r\n.\r\n"
        bench.filter.judge { _ in
            var delivery = MilterDelivery()
            delivery.content = Array(changed.utf8)
            return .deliver(delivery)
        }
        #expect(try await bench.send(Self.message).last.code == 250)
        #expect(try await bench.delivered(1) == changed, "\(bench.postfix.log)")
        bench.filter.judge { _ in
            var delivery = MilterDelivery()
            delivery.content = Array("Only: this\r\n\r\n".utf8)
            return .deliver(delivery)
        }
        #expect(try await bench.send(Self.message).last.code == 250)
        #expect(try await bench.delivered(2) == "Only: this\r\n\r\n", "\(bench.postfix.log)")
    }

    /// What Postfix makes of the edits is what was asked for, whatever goes and comes.
    @Test func anyFieldsMayGoAndCome() async throws {
        let bench = try await Bench()
        var random = SystemRandomNumberGenerator()
        for count in 1...40 {
            let field = { "\(["A", "a", "B", "Received"].randomElement() ?? "A"): \(Int.random(in: 0..<3))\r\n" }
            let old = (0..<Int.random(in: 1..<7)).map { _ in field() }
            var new = old.filter { _ in Int.random(in: 0..<3) > 0 }
            for _ in 0..<Int.random(in: 0..<4) { new.insert(field(), at: Int.random(in: 0...new.count)) }
            if count.isMultiple(of: 4) { new.shuffle(using: &random) }
            let wanted = new.joined() + "\r\ntext\r\n"
            bench.filter.judge { _ in
                var delivery = MilterDelivery()
                delivery.content = Array(wanted.utf8)
                return .deliver(delivery)
            }
            #expect(try await bench.send(old.joined() + "\r\ntext\r\n").last.code == 250)
            #expect(try await bench.delivered(count) == wanted, "\(old) to \(new)")
        }
    }

    @Test func recipientsAreWithheldAndAdded() async throws {
        let bench = try await Bench()
        bench.filter.judge { _ in
            var delivery = MilterDelivery()
            delivery.withheld = [0, 2]
            delivery.added = [Mailbox(localPart: "new", domain: "n.example")]
            delivery.sender = .null
            return .deliver(delivery)
        }
        let recipients = ["b@b.example", "C@c.example", "\"d e\"@d.example"]
        #expect(try await bench.send(Self.message, to: recipients).last.code == 250)
        try await bench.postfix.waitUntilEmpty()
        let seen = bench.hop.delivered
        #expect(seen.flatMap(\.deliveredTo).sorted() == ["C@c.example", "new@n.example"], "\(bench.postfix.log)")
        #expect(seen.allSatisfy { $0.sender.isEmpty })
    }

    @Test func repliesReachTheClientInOurWords() async throws {
        let bench = try await Bench()
        for (reply, code) in [
            (Reply(554, EnhancedStatus(5, 7, 1), lines: ["100% no", "and why"]), 554),
            (Reply(451, nil, "later"), 451), (Reply(552, EnhancedStatus(5, 3, 4), "large"), 552),
        ] {
            bench.filter.judge { _ in .reply(reply) }
            let last = try await bench.send(Self.message).last
            #expect(last.code == code)
            for line in reply.lines { #expect(last.text.contains(line), "\(last)") }
        }
        bench.filter.judge { _ in .discard }
        #expect(try await bench.send(Self.message).last.code == 250)
        try await bench.postfix.waitUntilEmpty()
        #expect(bench.hop.transactions.isEmpty && bench.filter.faults.isEmpty)
    }

    @Test func recipientsWaitForTheirOwnAnswers() async throws {
        let bench = try await Bench(judgesRecipients: true)
        let answers = try await bench.send(Self.message, to: ["b@b.example", "later@c.example", "d@d.example"])
        #expect(answers.codes == [250, 250, 452, 250, 354, 250])
        #expect(bench.filter.messages[0].transaction.recipients.map(\.mailbox.localPart) == ["b", "d"])
        #expect(try await bench.delivered(1) == Self.message)
    }

    /// The mail server puts mail off by itself when its filter is gone, and when it breaks off in mid-message.
    @Test func withoutItsFilterPostfixPutsMailOff() async throws {
        let bench = try await Bench()
        bench.filter.judge { _ in nil }
        #expect(try await bench.send(Self.message).last.code == 451)
        bench.filter.stop()
        let client = try await MailClient.connect(port: bench.postfix.port("in"))
        let greeted = try await client.hello()
        let mail = try await client.deliver(from: "a@a.example", to: ["b@b.example"], Self.message)
        #expect([client.greeting, greeted, mail.mail].map { $0.code / 100 }.contains(4), "\(greeted) \(mail)")
        #expect(mail.data == nil)
        #expect(bench.hop.transactions.isEmpty)
    }
}

/// A milter of a socket and a session.
private final class TestFilter: Sendable {
    typealias Judge = @Sendable (MilterMessage) -> MilterAnswer?

    private struct State {
        var messages: [MilterMessage] = []
        var faults: [MilterFault] = []
        /// `nil` ends the connection.
        var judge: Judge = { _ in .deliver(MilterDelivery()) }
    }

    private final class Box: Sendable {
        let state = Mutex(State())
    }

    private let box = Box()
    private let server: TestServer
    let address: String

    init(judgesRecipients: Bool, isLocal: Bool) {
        let path = NSTemporaryDirectory() + "m-\(UUID().uuidString.prefix(8))"
        server = TestServer(path: isLocal ? path : nil) { [box] stream in
            Self.serve(stream, box, judgesRecipients: judgesRecipients)
        }
        // Postfix connects as a user of its own.
        if isLocal { chmod(path, 0o777) }
        address = isLocal ? "unix:\(path)" : "inet:127.0.0.1:\(server.port)"
    }

    var messages: [MilterMessage] { box.state.withLock { $0.messages } }
    var faults: [MilterFault] { box.state.withLock { $0.faults } }

    func judge(_ judge: @escaping Judge) { box.state.withLock { $0.judge = judge } }

    func stop() { server.stop() }

    private static func serve(_ stream: TestServer.Stream, _ box: Box, judgesRecipients: Bool) {
        var session = MilterSession(judgesRecipients: judgesRecipients)
        while true {
            let bytes = stream.receive()
            guard !bytes.isEmpty else { return }
            do throws(MilterFault) {
                for event in try session.take(bytes) {
                    switch event {
                    case .recipient(let recipient, of: _):
                        let isLater = recipient.mailbox.localPart == "later"
                        session.answerRecipient(isLater ? Reply(452, EnhancedStatus(4, 5, 3), "alone") : nil)
                    case .message(let message):
                        let judge = box.state.withLock { state in
                            state.messages.append(message)
                            return state.judge
                        }
                        guard let answer = judge(message) else { return }
                        session.reportProgress()
                        session.answer(message.number, answer)
                    case .abandoned: break
                    case .ended: return
                    }
                }
                let output = session.takeOutput()
                if !output.isEmpty { stream.send(output) }
            } catch {
                box.state.withLock { $0.faults.append(error) }
                return
            }
        }
    }
}
