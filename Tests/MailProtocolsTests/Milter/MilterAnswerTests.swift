import MailProtocols
import RelaySupport
import Testing

/// What a delivery becomes on the wire, and what the mail server makes of it.
@Suite struct MilterAnswerTests {
    private static let headers = [
        ("Received", " one"), ("Subject", " a"), ("X", " 1"), ("x", " 2"), ("X", "3"), ("To", " b\n\tc"),
    ]
    private static let recipients = ["<b@b.example>", "<c@c.example>", "<B@b.example>"]

    private func answer(
        _ delivery: (inout MilterDelivery) -> Void, actions: Int = 0x1FF, steps: Int = 0x1F_FFFF,
        to recipients: [String] = Self.recipients
    ) throws -> (said: [String], isTold: Bool) {
        var session = MilterSession()
        let wire =
            MilterWire.offer(actions: actions, steps: steps) + MilterWire.connect()
            + MilterWire.mail(to: recipients, headers: Self.headers)
        let events = try session.take(wire)
        guard case .message(let message) = try #require(events.first) else { return ([], false) }
        _ = session.takeOutput()
        var filled = MilterDelivery()
        delivery(&filled)
        let isTold = session.answer(message.number, .deliver(filled))
        return (MilterWire.replies(session.takeOutput())?.map(\.description) ?? ["not whole"], isTold)
    }

    private func changed(_ headers: String, body: String = "text\r\n", steps: Int = 0x1F_FFFF) throws -> [String] {
        try answer({ $0.content = Array("\(headers)\r\n\(body)".utf8) }, steps: steps).said
    }

    private static let same = "Received: one\r\nSubject: a\r\nX: 1\r\nx: 2\r\nX:3\r\nTo: b\r\n\tc\r\n"

    @Test func whatIsTheSameIsNotSaid() throws {
        #expect(try changed(Self.same) == ["c"])
    }

    @Test func fieldsAreEditedByTheirPlaces() throws {
        #expect(try changed("T: new\r\n" + Self.same) == ["i 1 T| new|", "c"])
        #expect(try changed(Self.same + "Z: new\r\nZ2:x\r\n") == ["h Z| new|", "h Z2|x|", "c"])
        #expect(
            try changed("Received: one\r\nSubject: [tag] a\r\nX: 1\r\nx: 2\r\nX:3\r\nTo: b\r\n\tc\r\n")
                == ["m 1 Subject||", "i 2 Subject| [tag] a|", "c"])
        // The second of a name goes, whatever the case of its letters; the last goes first.
        #expect(try changed("Received: one\r\nSubject: a\r\nX: 1\r\n") == ["m 1 To||", "m 3 X||", "m 2 x||", "c"])
        #expect(try changed("").count == 7)
        // Another order is a field that goes and comes.
        #expect(
            try changed("Subject: a\r\nReceived: one\r\nX: 1\r\nx: 2\r\nX:3\r\nTo: b\r\n\tc\r\n")
                == ["m 1 Received||", "i 2 Received| one|", "c"])
    }

    @Test func aMailServerThatAddsABlankIsGivenNone() throws {
        let steps = 0x0F_FFFF
        let same = "Received:  one\r\nSubject:  a\r\nX:  1\r\nx:  2\r\nX: 3\r\nTo:  b\r\n\tc\r\n"
        #expect(try changed(same, steps: steps) == ["c"])
        #expect(try changed(same + "Z: new\r\n", steps: steps) == ["h Z|new|", "c"])
    }

    @Test func theBodyIsReplacedInPieces() throws {
        #expect(try changed(Self.same, body: "new\r\n") == ["b new\r\n", "c"])
        #expect(try changed(Self.same, body: "") == ["b", "c"])
        let large = String(repeating: "0123456789", count: 10_000)
        let said = try changed(Self.same, body: large)
        #expect(said.map(\.utf8.count) == [65_537, 34_467, 1] && said[0].hasPrefix("b 0123"))
    }

    @Test func theEnvelopeIsChanged() throws {
        let said = try answer {
            $0.withheld = [1]
            $0.added = [Mailbox(localPart: "new", domain: "n.example")]
            $0.sender = .null
        }
        #expect(said.said == ["e <>|", "- <c@c.example>|", "+ <new@n.example>|", "c"] && said.isTold)
        let twice = try answer({ $0.withheld = [0, 1] }, to: ["<b@b.example>", "<b@b.example>", "<c@c.example>"])
        #expect(twice.said == ["- <b@b.example>|", "c"])
    }

    @Test func whatCannotBeSaidIsPutOff() throws {
        let both = try answer({ $0.withheld = [0] }, to: ["<b@b.example>", "<b@b.example>"])
        #expect(both.said.map { $0.prefix(11) } == ["y 451 4.3.5"] && !both.isTold)
        // Each change needs what the mail server allows.
        let changes: [(Int, (inout MilterDelivery) -> Void)] = [
            (0x01, { $0.content = Array((Self.same + "Z: new\r\n\r\ntext\r\n").utf8) }),
            (0x02, { $0.content = Array((Self.same + "\r\nnew\r\n").utf8) }),
            (0x04, { $0.added = [Mailbox(localPart: "n", domain: "n.example")] }), (0x08, { $0.withheld = [1] }),
            (0x10, { $0.content = Array("Received: one\r\n\r\ntext\r\n".utf8) }), (0x40, { $0.sender = .null }),
        ]
        for (action, change) in changes {
            #expect(try answer(change, actions: action).isTold)
            let refused = try answer(change, actions: 0x1FF & ~action)
            #expect(refused.said.map { $0.prefix(11) } == ["y 451 4.3.5"] && !refused.isTold)
        }
    }

    // MARK: As the mail server carries it out

    /// Random header sections: the edits, applied as Postfix and Sendmail apply them, make the new one out of the old.
    @Test func editsMakeTheNewFields() throws {
        var random = SystemRandomNumberGenerator()
        let names = ["A", "a", "B", "Received"]
        for _ in 0..<2000 {
            let field = { (names.randomElement(using: &random) ?? "A", " \(Int.random(in: 0..<3, using: &random))") }
            let old = (0..<Int.random(in: 0..<8, using: &random)).map { _ in field() }
            var new = old.filter { _ in Int.random(in: 0..<3, using: &random) > 0 }
            for _ in 0..<Int.random(in: 0..<4, using: &random) {
                new.insert(field(), at: Int.random(in: 0...new.count, using: &random))
            }
            if Int.random(in: 0..<4, using: &random) == 0 { new.shuffle(using: &random) }
            #expect(try Self.applied(new, to: old, countsDeleted: false) == new.map { "\($0.0):\($0.1)" })
            #expect(try Self.applied(new, to: old, countsDeleted: true) == new.map { "\($0.0):\($0.1)" })
        }
    }

    /// - Parameter countsDeleted: whether a field that was deleted still counts among those of its name.
    private static func applied(
        _ new: [(String, String)], to old: [(String, String)], countsDeleted: Bool
    ) throws -> [String] {
        var session = MilterSession()
        let events = try session.take(
            MilterWire.offer() + MilterWire.connect() + MilterWire.mail(headers: old, body: []))
        guard case .message(let message) = try #require(events.first) else { return [] }
        _ = session.takeOutput()
        var delivery = MilterDelivery()
        delivery.content = Array((new.map { "\($0.0):\($0.1)\r\n" }.joined() + "\r\n").utf8)
        session.answer(message.number, .deliver(delivery))
        // The first one is the mail server's own, which deletions don't count.
        var fields: [(name: String, value: String, isDeleted: Bool)] = [("Received", "own", false)]
        fields += old.map { ($0.0, $0.1, false) }
        for reply in MilterWire.replies(session.takeOutput()) ?? [] {
            let number = reply.bytes.prefix(4).reduce(0) { $0 << 8 | Int($1) }
            let texts = String(decoding: reply.bytes.dropFirst(reply.command == "h" ? 0 : 4), as: UTF8.self)
                .split(separator: "\0", omittingEmptySubsequences: false).map(String.init)
            switch reply.command {
            case "m":
                let same = fields.indices.dropFirst().filter {
                    fields[$0].name.lowercased() == texts[0].lowercased() && (countsDeleted || !fields[$0].isDeleted)
                }
                fields[same[number - 1]].isDeleted = true
            case "i":
                let living = fields.indices.filter { !fields[$0].isDeleted }
                fields.insert((texts[0], texts[1], false), at: number < living.count ? living[number] : fields.count)
            case "h": fields.append((texts[0], texts[1], false))
            default: break
            }
        }
        return fields.dropFirst().filter { !$0.isDeleted }.map { "\($0.name):\($0.value)" }
    }
}
