import MailProtocols
import RelaySupport
import Testing

/// Packets of the milter protocol, byte for byte.
@Suite struct MilterCodecTests {
    private func command(_ wire: [UInt8], limits: MilterLimits = MilterLimits()) throws -> MilterCommand? {
        var reader = MilterPacketReader(limits: limits)
        reader.take(wire)
        return try reader.next().map { try MilterCommand($0, limits: limits) }
    }

    private func slice(_ text: String) -> ArraySlice<UInt8> { Array(text.utf8)[...] }

    @Test func everyCommandIsRead() throws {
        #expect(
            try command([0, 0, 0, 13, 0x4F, 0, 0, 0, 6, 0, 0, 1, 0xFF, 0, 0x1F, 0xFF, 0xFF])
                == .negotiate(
                    MilterOffer(
                        version: 6, actions: MilterActions(rawValue: 0x1FF), steps: MilterSteps(rawValue: 0x1F_FFFF))))
        #expect(
            try command(MilterWire.macros("M", ["{auth_authen}": "me", "i": "4Q2x"]))
                == .macros(
                    stage: 0x4D,
                    [MilterMacro(name: "auth_authen", value: "me"), MilterMacro(name: "i", value: "4Q2x")]))
        #expect(
            try command(MilterWire.connect())
                == .connect(
                    MilterPeer(name: "client.example", place: .network(address: "192.0.2.7", port: 40_000))))
        #expect(
            try command(MilterWire.packet("C", MilterWire.texts("[x]") + [0x36, 0, 25] + MilterWire.texts("IPv6:::1")))
                == .connect(MilterPeer(name: "[x]", place: .network(address: "::1", port: 25))))
        #expect(
            try command(MilterWire.packet("C", MilterWire.texts("localhost") + [0x4C, 0, 0] + MilterWire.texts("/s")))
                == .connect(MilterPeer(name: "localhost", place: .local(path: "/s"))))
        #expect(
            try command(MilterWire.packet("C", MilterWire.texts("unknown") + [0x55]))
                == .connect(MilterPeer(name: "unknown", place: .unknown)))
        #expect(try command(MilterWire.packet("H", MilterWire.texts("me.example"))) == .greeting(slice("me.example")))
        #expect(
            try command(MilterWire.packet("M", MilterWire.texts("<a@b>", "SIZE=1")))
                == .mail([slice("<a@b>"), slice("SIZE=1")]))
        #expect(try command(MilterWire.packet("R", MilterWire.texts("<a@b>"))) == .recipient([slice("<a@b>")]))
        #expect(
            try command(MilterWire.header("X", " a\n\tb"))
                == .header(name: slice("X"), value: slice(" a\n\tb")))
        #expect(try command(MilterWire.body("a\0b")) == .body(slice("a\0b")))
        #expect(try command(MilterWire.packet("E")) == .endOfBody([]))
        #expect(try command(MilterWire.packet("U", MilterWire.texts("FOO"))) == .unknown(slice("FOO")))
        let bare: [(Character, MilterCommand)] = [
            ("T", .data), ("N", .endOfHeaders), ("A", .abort), ("Q", .quit), ("K", .quitForNext),
        ]
        for (letter, expected) in bare { #expect(try command(MilterWire.packet(letter)) == expected) }
    }

    @Test func everyReplyIsWritten() throws {
        let mailbox = Mailbox(localPart: "a", domain: "b.example")
        let name = Array("X".utf8)
        let replies: [(MilterReply, String)] = [
            (.continue, "c"), (.accept, "a"), (.reject, "r"), (.putOff, "t"), (.discard, "d"), (.skip, "s"),
            (.progress, "p"),
            (.reply(Reply(554, EnhancedStatus(5, 7, 1), "no")), "y 554 5.7.1 no|"),
            (.reply(Reply(451, nil, "100%")), "y 451 4.0.0 100%%|"),
            (.reply(Reply(550, nil, lines: ["a", "b"])), "y 550-5.0.0 a\r\n550 5.0.0 b|"),
            (.reply(Reply(250, nil, "no verdict")), "y 550 5.0.0 no verdict|"),
            (.addHeader(name: name, value: Array(" v".utf8)), "h X| v|"),
            (.insertHeader(index: 3, name: name, value: Array("a\r\n b".utf8)), "i 3 X|a\n b|"),
            (.changeHeader(index: 1, name: name, value: []), "m 1 X||"),
            (.changeHeader(index: 1, name: name, value: [0x61, 0, 0x62]), "m 1 X|ab|"),
            (.changeSender(.null), "e <>|"), (.changeSender(.mailbox(mailbox)), "e <a@b.example>|"),
            (.addRecipient(mailbox), "+ <a@b.example>|"), (.deleteRecipient(mailbox), "- <a@b.example>|"),
            (.replaceBody(Array("new".utf8)[...]), "b new"), (.quarantine("why"), "q why|"),
        ]
        for (reply, expected) in replies {
            #expect(MilterWire.replies(reply.wire)?.map(\.description) == [expected])
        }
        let offer = MilterOffer(version: 6, actions: [.addHeaders, .changeBody], steps: [.omitsUnknown])
        #expect(
            MilterReply.negotiated(offer).wire == [0, 0, 0, 13, 0x4F, 0, 0, 0, 6, 0, 0, 0, 3, 0, 0, 1, 0])
    }

    @Test func packetsComeInPiecesOfAnySize() throws {
        let wire = MilterWire.offer() + MilterWire.connect() + MilterWire.mail(body: ["a", "", "b"])
        let whole = try commands(in: wire, pieces: wire.count)
        #expect(whole.count == 11)
        for size in 1...40 { #expect(try commands(in: wire, pieces: size) == whole) }
    }

    private func commands(in wire: [UInt8], pieces: Int) throws -> [MilterCommand] {
        var reader = MilterPacketReader()
        var commands: [MilterCommand] = []
        for start in stride(from: 0, to: wire.count, by: pieces) {
            reader.take(wire[start..<min(start + pieces, wire.count)])
            while let packet = try reader.next() { commands.append(try MilterCommand(packet)) }
        }
        return commands
    }

    // MARK: Limits and hostile input

    @Test func packetBytesIsTheLongestPacket() throws {
        var limits = MilterLimits()
        limits.packetBytes = 10
        #expect(try command(MilterWire.packet("B", Array(repeating: 0x61, count: 9)), limits: limits) != nil)
        #expect(throws: MilterFault.packetLength(11)) {
            try command(MilterWire.packet("B", Array(repeating: 0x61, count: 10)), limits: limits)
        }
        // Known before the bytes have come, so that nobody makes us wait for four gigabytes.
        #expect(throws: MilterFault.packetLength(0xFFFF_FFFF)) { try command([0xFF, 0xFF, 0xFF, 0xFF]) }
        #expect(throws: MilterFault.packetLength(0)) { try command([0, 0, 0, 0]) }
    }

    @Test func textsIsTheMostInAPacket() throws {
        var limits = MilterLimits()
        limits.texts = 4
        let four = MilterWire.texts("<a@b>", "A=1", "B=1", "C=1")
        #expect(try command(MilterWire.packet("M", four), limits: limits) != nil)
        #expect(throws: MilterFault.tooManyTexts(0x4D)) {
            try command(MilterWire.packet("M", four + MilterWire.texts("D=1")), limits: limits)
        }
    }

    @Test func whatIsNoneOfTheProtocolIsRefused() throws {
        let malformed: [[UInt8]] = [
            MilterWire.packet("O", [0, 0, 0, 6]), MilterWire.packet("D"),
            MilterWire.packet("D", [0x43] + MilterWire.texts("j")), MilterWire.packet("C", MilterWire.texts("x")),
            MilterWire.packet("C", MilterWire.texts("x") + [0x34, 1]),
            MilterWire.packet("C", MilterWire.texts("x") + [0x5A, 0, 1] + MilterWire.texts("y")),
            MilterWire.packet("C", MilterWire.texts("x") + [0x55, 0]),
            MilterWire.packet("H", Array("no zero".utf8)), MilterWire.packet("H", MilterWire.texts("two", "texts")),
            MilterWire.packet("M"), MilterWire.packet("R"), MilterWire.packet("T", [1]),
            MilterWire.packet("L", MilterWire.texts("name only")),
            MilterWire.packet("L", MilterWire.texts("a", "b", "c")),
            MilterWire.packet("N", [0]), MilterWire.packet("A", [0]), MilterWire.packet("Q", [0]),
        ]
        for wire in malformed {
            #expect(throws: MilterFault.malformed(wire[4])) { try command(wire) }
        }
        #expect(throws: MilterFault.unknownCommand(0x5A)) { try command(MilterWire.packet("Z")) }
    }

    /// Every sample cut short behind its length, and every byte of it changed: a value or a fault, never a trap.
    @Test func damagedPacketsAreValuesOrFaults() throws {
        let samples = [
            MilterWire.offer(), MilterWire.macros("M", ["{a}": "b", "i": "c"]), MilterWire.connect(),
            MilterWire.packet("M", MilterWire.texts("<a@b>", "SIZE=1")), MilterWire.header("X", " y"),
            MilterWire.packet("E"),
        ]
        for sample in samples {
            for count in 0..<(sample.count - 5) {
                let cut = MilterWire.packet(Character(UnicodeScalar(sample[4])), Array(sample[5..<(5 + count)]))
                _ = try? command(cut)
            }
            for index in sample.indices {
                for value in [0, 1, 0x34, 0x7F, 0xFF] as [UInt8] {
                    var changed = sample
                    changed[index] = value
                    _ = try? command(changed)
                }
            }
            for count in sample.indices { #expect(try command(Array(sample.prefix(count))) == nil) }
        }
    }
}
