import Testing

@testable import MailProtocols

@Suite("Replies of a server")
struct ReplyTests {
    private func read(_ lines: [String], limits: ProtocolLimits = ProtocolLimits()) throws(GarbledReply) -> [Reply] {
        var reader = ReplyReader(limits: limits)
        var replies: [Reply] = []
        for line in lines { if let reply = try reader.take(Array(line.utf8)) { replies.append(reply) } }
        return replies
    }

    @Test("Of one line and of several, with and without a status")
    func lines() throws {
        #expect(try read(["250 ok"]) == [Reply(250, nil, "ok")])
        #expect(try read(["250"]) == [Reply(250, nil, "")])
        #expect(try read(["250 2.1.5 ok"]) == [Reply(250, EnhancedStatus(2, 1, 5), "ok")])
        #expect(
            try read(["550-5.7.1 no", "550 5.7.1 never", "221 bye"]) == [
                Reply(550, EnhancedStatus(5, 7, 1), lines: ["no", "never"]), Reply(221, nil, "bye"),
            ])
        #expect(
            try read(["250-mx.example", "250-PIPELINING", "250 SIZE 1000"]).first?.lines
                == ["mx.example", "PIPELINING", "SIZE 1000"])
    }

    @Test("A status of another class than the code's is text")
    func contradiction() throws {
        #expect(try read(["250 5.7.1 ok"]) == [Reply(250, nil, "5.7.1 ok")])
        #expect(try read(["250 2.1 ok"]) == [Reply(250, nil, "2.1 ok")])
    }

    @Test("What is none")
    func garbled() {
        let cases: [([String], GarbledReply)] = [
            (["ok"], .noCode), (["25"], .noCode), (["150 no"], .noCode), (["600 no"], .noCode), (["250ok"], .noCode),
            (["250-a", "251 b"], .mixedCodes), (["٢٥٠ ok"], .noCode), ([""], .noCode),
        ]
        for (lines, fault) in cases {
            #expect(throws: fault) { try read(lines) }
        }
    }

    @Test("Lines and bytes at their limits and beyond")
    func limits() throws {
        var limits = ProtocolLimits()
        limits.replyLines = 3
        limits.replyLineBytes = 6
        #expect(try read(["250-a", "250-b", "250 cd"], limits: limits).count == 1)
        #expect(throws: GarbledReply.tooManyLines) { try read(["250-a", "250-b", "250-c", "250 d"], limits: limits) }
        #expect(throws: GarbledReply.tooLong) { try read(["250 cde"], limits: limits) }
    }

    @Test("What is written is read back, and no text makes a reply of its own")
    func wire() throws {
        let reply = Reply(550, EnhancedStatus(5, 7, 1), lines: ["refused", "by\r\n250 ok"])
        let wire = String(decoding: reply.wire, as: UTF8.self)
        #expect(wire == "550-5.7.1 refused\r\n550 5.7.1 by  250 ok\r\n")
        #expect(try read(wire.split(separator: "\r\n").map(String.init)).count == 1)
        #expect(reply.summary == "550 5.7.1 refused; by\r\n250 ok")
    }
}
