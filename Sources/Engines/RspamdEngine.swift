import Connections
import Foundation
import Vocabulary

/// An rspamd, asked by its HTTP interface (`/checkv2`).
public final class RspamdEngine: SpamEngine {
    public let name: String
    private let target: EngineTarget
    private let password: Secret?
    private let bounds: EngineBounds
    private let limits: EngineLimits
    private let known: Remembered<SignatureState>

    /// Connects to nobody yet.
    public init(
        _ name: String, at address: EngineAddress, password: Secret? = nil, bounds: EngineBounds,
        limits: EngineLimits = EngineLimits(),
        dialer: any Dialer = DirectDialer()
    ) {
        self.name = name
        target = EngineTarget(address: address, dialer: dialer)
        self.password = password
        self.bounds = bounds
        self.limits = limits
        known = Remembered(seconds: limits.versionSeconds)
    }

    public var state: SignatureState { known.last ?? SignatureState(engine: name) }

    public func readiness() -> EngineReadiness {
        EngineReadiness { () throws(ConnectionFault) in
            try known.value { () throws(ConnectionFault) in
                let (head, body) = try exchange("GET /ping HTTP/1.1", fields: [], content: nil)
                guard head.status == 200, body.starts(with: Array("pong".utf8)) else {
                    throw ConnectionFault("it does not answer a ping (HTTP status \(head.status))")
                }
                return SignatureState(engine: name, version: head.field("server").map(Excerpt.of))
            }
        }
    }

    public func judge(_ message: [UInt8], _ envelope: Envelope) -> SpamAnswer {
        .about(message, within: bounds) { () throws(ConnectionFault) in
            let (head, body) = try exchange(
                "POST /checkv2 HTTP/1.1", fields: fields(of: envelope), content: message)
            guard head.status == 200 else {
                throw ConnectionFault("it said: HTTP status \(head.status) \(Excerpt.of(head.reason))")
            }
            return .judged(try judgement(body))
        }
    }

    // MARK: HTTP

    private func exchange(
        _ request: String, fields: [(String, String)], content: [UInt8]?
    ) throws(ConnectionFault) -> (ReplyHead, [UInt8]) {
        let connection = try EngineConnection.open(target, by: Deadline(seconds: bounds.seconds))
        var lines = [request, "Host: \(host)", "User-Agent: lazaret", "Connection: close"]
        lines += fields.map { "\($0): \($1)" }
        if let content { lines.append("Content-Length: \(content.count)") }
        var isSent = try connection.send(lines.joined(separator: "\r\n") + "\r\n\r\n")
        if isSent, let content { isSent = try connection.send(content) }
        var reader = ReplyReader(connection)
        let head = try ReplyHead(reading: &reader, limits)
        guard head.version.hasPrefix("HTTP/1.") else { throw ConnectionFault("its reply is not of HTTP") }
        guard isSent || head.status != 200 else { throw ConnectionFault.early }
        return (head, try head.body(&reader, limit: limits.replyBytes, limits))
    }

    private var host: String {
        if case .tcp = target.address { return target.address.description }
        return "localhost"
    }

    /// The envelope as rspamd's fields. Senders chose much of it: what could end a line is left out.
    private func fields(of envelope: Envelope) -> [(String, String)] {
        var fields: [(String, String)] = []
        func add(_ name: String, _ value: String?) {
            guard let value, !value.isEmpty, value.utf8.count <= limits.replyHeadBytes,
                value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F })
            else {
                return
            }
            fields.append((name, value))
        }
        add("Password", password?.revealed)
        add("IP", envelope.clientIP?.description)
        add("Hostname", envelope.clientName?.name.string)
        add("User", envelope.authenticatedUser)
        add("From", envelope.sender.map(\.addrSpec))
        for recipient in envelope.recipients { add("Rcpt", recipient.addrSpec) }
        return fields
    }

    // MARK: The reply

    private struct Reply: Decodable {
        var score: Double
        var action: String
        var isSkipped: Bool?
        var symbols: [String: Anything]

        enum CodingKeys: String, CodingKey {
            case score, action, symbols
            case isSkipped = "is_skipped"
        }
    }

    /// A value that is not looked at.
    private struct Anything: Decodable {
        init(from decoder: any Decoder) {}
    }

    /// What the body of a reply says.
    func judgement(_ body: [UInt8]) throws(ConnectionFault) -> SpamJudgement {
        guard let reply = try? JSONDecoder().decode(Reply.self, from: Data(body)),
            reply.score.magnitude <= 1_000_000_000,
            let judgement = SpamJudgement(
                score: Int64((reply.score * 1000).rounded()), verdict: reply.action, unsorted: reply.symbols.keys,
                limits)
        else {
            throw ConnectionFault("its reply makes no sense")
        }
        // What it skips it has not looked at; a verdict that it gave before it did stands.
        guard reply.isSkipped != true || reply.action != "no action" else {
            throw ConnectionFault("it skipped the message")
        }
        return judgement
    }
}
