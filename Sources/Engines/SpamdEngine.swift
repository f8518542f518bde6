import Connections
import Vocabulary

/// SpamAssassin's spamd, asked by its own protocol (SPAMC 1.5, command SYMBOLS).
public final class SpamdEngine: SpamEngine {
    public let name: String
    private let target: EngineTarget
    private let user: String?
    private let bounds: EngineBounds
    private let limits: EngineLimits
    private let known: Remembered<SignatureState>

    /// Connects to nobody yet.
    ///
    /// - Parameter user: whose preferences count; `nil` for the daemon's own.
    public init(
        _ name: String, at address: EngineAddress, user: String? = nil, bounds: EngineBounds,
        limits: EngineLimits = EngineLimits(),
        dialer: any Dialer = DirectDialer()
    ) {
        self.name = name
        target = EngineTarget(address: address, dialer: dialer)
        self.user = user
        self.bounds = bounds
        self.limits = limits
        known = Remembered(seconds: limits.versionSeconds)
    }

    public var state: SignatureState { known.last ?? SignatureState(engine: name) }

    public func readiness() -> EngineReadiness {
        EngineReadiness { () throws(ConnectionFault) in
            try known.value { () throws(ConnectionFault) in
                let connection = try EngineConnection.open(target, by: Deadline(seconds: bounds.seconds))
                _ = try connection.send("PING SPAMC/1.5\r\n\r\n")
                var reader = ReplyReader(connection)
                let words = try reader.line(limit: limits.replyHeadBytes).split(separator: " ")
                guard words.count == 3, words[0].hasPrefix("SPAMD/"), words[1] == "0", words[2] == "PONG" else {
                    throw ConnectionFault("it does not answer a ping")
                }
                return SignatureState(engine: name, version: String(words[0].prefix(limits.nameBytes)))
            }
        }
    }

    public func judge(_ message: [UInt8], _ envelope: Envelope) -> SpamAnswer {
        .about(message, within: bounds) { () throws(ConnectionFault) in try ask(message) }
    }

    private func ask(_ message: [UInt8]) throws(ConnectionFault) -> SpamAnswer {
        let connection = try EngineConnection.open(target, by: Deadline(seconds: bounds.seconds))
        var head = "SYMBOLS SPAMC/1.5\r\nContent-length: \(message.count)\r\n"
        if let user { head += "User: \(user)\r\n" }
        var isSent = try connection.send(head + "\r\n")
        if isSent { isSent = try connection.send(message) }
        if isSent { connection.endSending() }
        var reader = ReplyReader(connection)
        return try answer(&reader, isEarly: !isSent)
    }

    /// What a reply says.
    ///
    /// - Parameter isEarly: whether it came before the daemon had been sent the whole message.
    func answer(_ reader: inout ReplyReader, isEarly: Bool) throws(ConnectionFault) -> SpamAnswer {
        let reply = try ReplyHead(reading: &reader, limits, lowestStatus: 0)
        guard reply.version.hasPrefix("SPAMD/") else { throw ConnectionFault("its reply is not of SPAMD") }
        guard reply.status == 0 else {
            let isTooLarge = reply.reason.contains("TOOBIG")
            return .unknown(
                isTooLarge ? .overLimit : .engineDown, "it said: \(reply.status) \(Excerpt.of(reply.reason))")
        }
        guard !isEarly else { throw ConnectionFault.early }
        // `Spam: True ; 15.2 / 5.0`
        let words = (reply.field("spam") ?? "").split(separator: ";")
        guard words.count == 2, let length = try reply.contentLength(limit: limits.replyBytes),
            let score = DecimalNumber.parse(Array(words[1].utf8))
        else {
            throw ConnectionFault("its reply makes no sense")
        }
        let body = String(decoding: try reader.exactly(length), as: UTF8.self)
        let symbols = body.split { $0 == "," || $0.isWhitespace }.map(String.init)
        let verdict = words[0].hasPrefix("True") ? "spam" : "no spam"
        guard let judgement = SpamJudgement(score: score, verdict: verdict, unsorted: symbols, limits) else {
            throw ConnectionFault("its reply makes no sense")
        }
        return .judged(judgement)
    }
}
