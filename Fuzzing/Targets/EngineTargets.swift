import Connections
import Glibc
import Vocabulary

@testable import Engines

extension FuzzTarget {
    /// What engines in other processes answer. An engine may be anybody's: its replies are as hostile as mail.
    static let engines = [
        FuzzTarget("clamd-reply", most: 512, seeds: [".clamd"], EngineTargets.clamd),
        FuzzTarget("icap-reply", most: 4 << 10, seeds: [".icap"], EngineTargets.icap),
        FuzzTarget("rspamd-reply", most: 4 << 10, seeds: [".rspamd"], EngineTargets.rspamd),
        FuzzTarget("spamd-reply", most: 4 << 10, seeds: [".spamd"], EngineTargets.spamd),
    ]
}

private enum EngineTargets {
    private static let limits = EngineLimits()
    private static let bounds = EngineBounds(seconds: 5, largest: 1 << 20)

    static func clamd(_ input: [UInt8], _ answer: inout Answer) throws {
        let text = String(decoding: input, as: UTF8.self)
        let reply = ClamdEngine.answer(text)
        try promise(reply != .clean || text == "stream: OK", "only what says so is clean")
        answer.add(String(describing: reply))
        answer.add(ClamAVFinding.signatureDate(inVersion: text))
    }

    static func icap(_ input: [UInt8], _ answer: inout Answer) throws {
        let content = Array("content".utf8)
        for isEarly in [false, true] {
            let reply = try replied(input) { reader throws(ConnectionFault) in
                let head = try ReplyHead(reading: &reader, limits)
                return try ICAPReply(head, isEarly: isEarly, sent: content, limits).answer(&reader)
            }
            try promise(
                !isEarly || reply.map { $0 != .clean } ?? true, "what came before it had read all is never clean")
            answer.add(String(describing: reply))
        }
    }

    static func rspamd(_ input: [UInt8], _ answer: inout Answer) throws {
        guard let address = EngineAddress("127.0.0.1:1") else { return }
        let engine = RspamdEngine("rspamd", at: address, bounds: bounds)
        let judgement = try replied(input) { reader throws(ConnectionFault) in
            let head = try ReplyHead(reading: &reader, limits)
            return try engine.judgement(try head.body(&reader, limit: limits.replyBytes, limits))
        }
        answer.add(String(describing: judgement))
        // The body alone, which is hidden behind a head otherwise.
        answer.add(String(describing: try? engine.judgement(input)))
    }

    static func spamd(_ input: [UInt8], _ answer: inout Answer) throws {
        guard let address = EngineAddress("127.0.0.1:1") else { return }
        let engine = SpamdEngine("spamd", at: address, bounds: bounds)
        for isEarly in [false, true] {
            let reply = try replied(input) { reader throws(ConnectionFault) in
                try engine.answer(&reader, isEarly: isEarly)
            }
            answer.add(String(describing: reply))
        }
    }

    /// What a reader makes of a reply that comes over a stream of its own and then ends; nil where it refuses it.
    private static func replied<Result>(
        _ input: [UInt8], _ read: (inout ReplyReader) throws(ConnectionFault) -> Result
    ) throws -> Result? {
        var ends: [Int32] = [0, 0]
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0 else {
            throw Breach(description: "no pair of sockets")
        }
        // An input is shorter than what a socket takes in at once.
        let sent = send(ends[1], input, input.count, Int32(MSG_NOSIGNAL))
        close(ends[1])
        var reader = ReplyReader(EngineConnection(descriptor: ends[0], deadline: Deadline(seconds: 5)))
        try promise(sent == input.count, "the reply is sent")
        return try? read(&reader)
    }
}
