import MailProtocols
import RelaySupport
import Testing

/// A mail server's side is spoken by hand; events and answers are looked at.
@Suite struct MilterSessionTests {
    private static let opening =
        MilterWire.offer() + MilterWire.connect() + MilterWire.packet("H", MilterWire.texts("me"))

    /// The messages in what a mail server sends.
    private func messages(_ session: inout MilterSession, _ wire: [UInt8]) throws -> [MilterMessage] {
        try session.take(wire).compactMap { if case .message(let message) = $0 { message } else { nil } }
    }

    private func said(_ session: inout MilterSession) -> [String] {
        MilterWire.replies(session.takeOutput())?.map(\.description) ?? ["not whole"]
    }

    /// A session that waits for the verdict on one mail, and that mail.
    private func judging(
        _ wire: [UInt8], offer: [UInt8] = MilterWire.offer(), limits: MilterLimits = MilterLimits()
    ) throws -> (session: MilterSession, message: MilterMessage) {
        var session = MilterSession(limits: limits)
        let found = try messages(&session, offer + MilterWire.connect() + wire)
        _ = session.takeOutput()
        return (session, try #require(found.first))
    }

    @Test func aMailIsPutTogetherByteForByte() throws {
        var session = MilterSession()
        let envelope =
            MilterWire.macros("C", ["j": "mx.example"]) + MilterWire.macros("M", ["i": "4Q", "{auth_authen}": "me"])
            + MilterWire.packet("M", MilterWire.texts("<a@a.example>", "SIZE=9", "BODY=8BITMIME", "XVERP=+="))
            + MilterWire.packet("R", MilterWire.texts("<b@b.example>", "NOTIFY=NEVER"))
            + MilterWire.packet("R", MilterWire.texts("c@c.example"))
        let content =
            MilterWire.packet("T") + MilterWire.header("Subject", " one\n\ttwo") + MilterWire.header("X", "no blank")
            + MilterWire.header("Y", "") + MilterWire.packet("N") + MilterWire.body("a\r\n\0")
            + MilterWire.body("b\r\n")
            + MilterWire.packet("E")
        let message = try #require(try messages(&session, Self.opening + envelope + content).first)
        #expect(
            String(decoding: message.content, as: UTF8.self)
                == "Subject: one\r\n\ttwo\r\nX:no blank\r\nY:\r\n\r\na\r\n\0b\r\n")
        #expect(message.transaction.reversePath.description == "<a@a.example>")
        #expect(message.transaction.parameters.isEightBit && message.transaction.parameters.size == 9)
        #expect(message.transaction.recipients.map(\.mailbox.description) == ["b@b.example", "c@c.example"])
        #expect(message.transaction.recipients[0].parameters.notify == .never)
        #expect(message.macros == ["j": "mx.example", "i": "4Q", "auth_authen": "me"] && message.login == "me")
        #expect(message.greeting == "me")
        #expect(message.peer.place == .network(address: "192.0.2.7", port: 40_000))
        // One packet for all that: the negotiation.
        #expect(said(&session).count == 1)
        let isTold = session.answer(message.number, .deliver(MilterDelivery()))
        #expect(isTold)
        #expect(said(&session) == ["c"])
    }

    @Test func piecesOfAnySizeMakeTheSameMail() throws {
        let wire = Self.opening + MilterWire.mail(body: [String(repeating: "x", count: 300) + "\r\n", "end"])
        var whole = MilterSession()
        let expected = try #require(try messages(&whole, wire).first).content
        for size in 1...50 {
            var session = MilterSession()
            var found: [MilterMessage] = []
            for start in stride(from: 0, to: wire.count, by: size) {
                found += try messages(&session, Array(wire[start..<min(start + size, wire.count)]))
            }
            #expect(found.map(\.content) == [expected])
        }
    }

    /// A mail server that knows nothing of what goes unanswered gets an answer to each.
    @Test func anOldMailServerIsAnsweredAtEachStep() throws {
        var session = MilterSession()
        let wire =
            MilterWire.offer(version: 2, actions: 0x3F, steps: 0x7F) + MilterWire.connect()
            + MilterWire.packet("H", MilterWire.texts("me")) + MilterWire.mail()
        let message = try #require(try messages(&session, wire).first)
        #expect(String(decoding: message.content, as: UTF8.self).hasPrefix("Subject:  a\r\n"))
        #expect(said(&session).dropFirst() == ["c", "c", "c", "c", "c", "c", "c", "c"][...])
        session.answer(message.number, .reply(Reply(554, EnhancedStatus(5, 7, 1), "no")))
        #expect(said(&session) == ["y 554 5.7.1 no|"])
    }

    @Test func recipientsAreJudgedOneByOneWhereThatIsWanted() throws {
        var session = MilterSession(judgesRecipients: true)
        _ = try session.take(Self.opening + MilterWire.packet("M", MilterWire.texts("<>")))
        _ = session.takeOutput()
        for (address, refusal) in [("<b@b.example>", nil), ("<c@c.example>", Reply(452, nil, "later"))] {
            let events = try session.take(MilterWire.packet("R", MilterWire.texts(address)))
            guard case .recipient(let recipient, of: let transaction) = try #require(events.first) else {
                Issue.record("no recipient")
                return
            }
            #expect("<\(recipient.mailbox)>" == address && transaction.reversePath == .null)
            session.answerRecipient(refusal)
        }
        #expect(try session.take(MilterWire.packet("R", MilterWire.texts("<not@@an address>"))).isEmpty)
        #expect(said(&session).map { $0.prefix(5) } == ["c", "y 452", "y 501"])
    }

    @Test func severalMailsInOneConnection() throws {
        var session = MilterSession()
        let first = try #require(
            try messages(&session, Self.opening + MilterWire.macros("M", ["i": "1"]) + MilterWire.mail()).first)
        session.answer(first.number, .discard)
        // One that the client gives up, and then another.
        let wire =
            MilterWire.packet("M", MilterWire.texts("<x@x.example>")) + MilterWire.packet("A")
            + MilterWire.mail(from: "<>", to: ["<z@z.example>"])
        let second = try #require(try messages(&session, wire).first)
        #expect(second.number == 2 && second.transaction.reversePath == .null && second.macros.isEmpty)
        #expect(second.transaction.recipients.map(\.mailbox.description) == ["z@z.example"])
        #expect(said(&session).dropFirst() == ["d"])
    }

    @Test func nobodyIsToldOfAMailThatWasGivenUp() throws {
        var (session, message) = try judging(MilterWire.mail())
        session.reportProgress()
        #expect(said(&session) == ["p"])
        guard case .abandoned(let number) = try #require(try session.take(MilterWire.packet("A")).first) else {
            Issue.record("not abandoned")
            return
        }
        #expect(number == message.number)
        let isToldTooLate = session.answer(message.number, .discard)
        #expect(!isToldTooLate)
        session.reportProgress()
        #expect(said(&session).isEmpty && session.heldBytes == 0)
        let next = try #require(try messages(&session, MilterWire.mail()).first)
        let areTold = [session.answer(message.number, .discard), session.answer(next.number, .discard)]
        #expect(areTold == [false, true])
        let events = try session.take(MilterWire.packet("Q") + MilterWire.packet("Z"))
        guard case .ended = try #require(events.first) else {
            Issue.record("not ended")
            return
        }
    }

    @Test func anotherClientMayFollow() throws {
        var (session, message) = try judging(MilterWire.mail())
        session.answer(message.number, .discard)
        let next = MilterWire.packet("K") + MilterWire.connect(name: "two.example") + MilterWire.mail()
        let second = try #require(try messages(&session, next).first)
        #expect(second.peer.name == "two.example" && second.greeting == nil)
    }

    // MARK: Refusals and faults

    @Test func messageBytesIsTheLongestMail() throws {
        var limits = MilterLimits()
        limits.messageBytes = 100
        let header = "Subject: a\r\n\r\n".utf8.count
        let fits = MilterWire.mail(body: [String(repeating: "x", count: 100 - header)])
        #expect(try judging(fits, limits: limits).message.content.count == 100)
        var session = MilterSession(limits: limits)
        let large = MilterWire.mail(body: [String(repeating: "x", count: 101 - header), "more"])
        #expect(try session.take(Self.opening + large).isEmpty)
        #expect(said(&session).last?.hasPrefix("y 552 5.3.4") == true)
        // The connection goes on.
        #expect(try messages(&session, MilterWire.mail()).count == 1)
    }

    @Test func recipientsIsTheMostOfAMail() throws {
        var limits = MilterLimits()
        limits.recipients = 2
        let two = ["<a@b.example>", "<b@b.example>"]
        #expect(try judging(MilterWire.mail(to: two), limits: limits).message.transaction.recipients.count == 2)
        var session = MilterSession(limits: limits)
        #expect(try session.take(Self.opening + MilterWire.mail(to: two + ["<c@b.example>"])).isEmpty)
        #expect(said(&session).last?.hasPrefix("y 452 4.5.3") == true)
    }

    @Test func addressesThatCannotBeReadAreJudgedByNobody() throws {
        for (wire, code) in [
            (MilterWire.mail(from: "<a b@c>"), "y 501 5.1.7"), (MilterWire.mail(to: ["<@>"]), "y 501 5.1.3"),
            (MilterWire.mail(to: ["<b@b.example>", "<>"]), "y 501 5.1.3"), (MilterWire.mail(to: []), "y 554 5.5.1"),
        ] {
            var session = MilterSession()
            #expect(try session.take(Self.opening + wire).isEmpty)
            #expect(said(&session).last?.hasPrefix(code) == true)
        }
    }

    @Test func commandsInAnotherOrderEndTheConnection() throws {
        let start = MilterWire.offer()
        let envelope = Self.opening + MilterWire.packet("M", MilterWire.texts("<>"))
        let unexpected: [([UInt8], [UInt8])] = [
            ([], MilterWire.connect()), ([], MilterWire.macros("C", [:])), ([], MilterWire.packet("A")),
            (start, MilterWire.offer()), (start, MilterWire.packet("M", MilterWire.texts("<>"))),
            (start, MilterWire.packet("H", MilterWire.texts("me"))), (Self.opening, MilterWire.connect()),
            (Self.opening, MilterWire.packet("R", MilterWire.texts("<a@b>"))), (Self.opening, MilterWire.packet("T")),
            (Self.opening, MilterWire.header("a", "b")), (Self.opening, MilterWire.body("x")),
            (Self.opening, MilterWire.packet("E")), (envelope, MilterWire.packet("M", MilterWire.texts("<>"))),
            (envelope, MilterWire.body("x")),
            (envelope + MilterWire.header("a", "b"), MilterWire.packet("R", MilterWire.texts("<a@b>"))),
            (envelope + MilterWire.packet("N"), MilterWire.header("a", "b")),
            (Self.opening + MilterWire.mail(), MilterWire.body("x")),
            (Self.opening + MilterWire.mail(), MilterWire.packet("E")),
        ]
        for (before, last) in unexpected {
            var session = MilterSession()
            _ = try session.take(before)
            #expect(throws: MilterFault.unexpected(last[4])) { try session.take(last) }
        }
        var session = MilterSession()
        #expect(throws: MilterFault.version(1)) { try session.take(MilterWire.offer(version: 1)) }
    }

    /// Random commands in random order: events, answers and faults, never a trap, and never more held than allowed.
    @Test func anyOrderIsSurvived() throws {
        var random = SystemRandomNumberGenerator()
        var limits = MilterLimits()
        limits.messageBytes = 200
        let packets = [
            MilterWire.macros("M", ["i": "1"]), MilterWire.packet("M", MilterWire.texts("<a@a.example>")),
            MilterWire.packet("R", MilterWire.texts("<b@b.example>")), MilterWire.packet("T"),
            MilterWire.header("X", " y"), MilterWire.packet("N"), MilterWire.body(String(repeating: "z", count: 50)),
            MilterWire.packet("E"), MilterWire.packet("A"), MilterWire.packet("K"), MilterWire.connect(),
            MilterWire.packet("H", MilterWire.texts("me")), MilterWire.packet("U", MilterWire.texts("FOO")),
        ]
        var mails = 0
        for _ in 0..<3000 {
            var session = MilterSession(limits: limits, judgesRecipients: Bool.random(using: &random))
            _ = try session.take(Self.opening)
            // Mostly in order, so that it gets anywhere.
            var place = 0
            for _ in 0..<25 {
                place = Int.random(in: 0..<4) == 0 ? Int.random(in: packets.indices) : min(place + 1, packets.count - 1)
                guard let events = try? session.take(packets[place]) else { break }
                for event in events {
                    switch event {
                    case .recipient: session.answerRecipient(Bool.random() ? nil : Reply(450, nil, "no"))
                    case .message(let message):
                        mails += 1
                        if Bool.random() { session.answer(message.number, .discard) }
                        place = 0
                    case .abandoned, .ended: break
                    }
                }
                #expect(session.heldBytes <= 200)
            }
            #expect(MilterWire.replies(session.takeOutput()) != nil)
        }
        #expect(mails > 100)
    }
}
