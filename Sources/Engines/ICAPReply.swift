import Connections
import Vocabulary

/// What an ICAP server's reply to a content means.
///
/// - 204: nothing to change, so clean.
/// - 200 that names a finding, in one of the fields that servers use for it: infected.
/// - 200 that gives the content back as it was: clean.
/// - 200 with an HTTP message of status 403 in its place: infected, by no name.
/// - Everything else is no answer.
struct ICAPReply {
    private let head: ReplyHead
    private let isEarly: Bool
    private let sent: [UInt8]
    private let limits: EngineLimits

    /// - Parameter isEarly: whether it came before the server had been sent all that it was to get.
    init(_ head: ReplyHead, isEarly: Bool, sent: [UInt8], _ limits: EngineLimits) throws(ConnectionFault) {
        guard head.version == "ICAP/1.0" else { throw ConnectionFault("its reply is not of ICAP") }
        self.head = head
        self.isEarly = isEarly
        self.sent = sent
        self.limits = limits
    }

    func answer(_ reader: inout ReplyReader) throws(ConnectionFault) -> EngineAnswer {
        if head.status == 200 || head.status == 204, let finding = Self.finding(head) { return .infected(finding) }
        guard !isEarly else { throw ConnectionFault.early }
        switch head.status {
        case 204: return .clean
        case 200: return try answerOfMessage(&reader)
        case 413: return .unknown(.overLimit, "it said: 413 \(Excerpt.of(head.reason))")
        default: throw ConnectionFault("it said: \(head.status) \(Excerpt.of(head.reason))")
        }
    }

    /// The HTTP message that it would have in the content's place.
    private func answerOfMessage(_ reader: inout ReplyReader) throws(ConnectionFault) -> EngineAnswer {
        let encapsulated = (head.field("encapsulated") ?? "").lowercased()
        if encapsulated.hasPrefix("req-hdr=0") {
            // What it gives back of a request is one: a request line, fields, the body.
            _ = try reader.line(limit: limits.replyHeadBytes)
            for _ in 0...limits.replyFields {
                let line = try reader.line(limit: limits.replyHeadBytes)
                guard line.isEmpty else { continue }
                guard encapsulated.contains("req-body=") else { break }
                if try reader.chunked(limit: sent.count + limits.replyBytes, limits) == sent { return .clean }
                break
            }
            throw ConnectionFault("it changed the content without naming a virus")
        }
        guard encapsulated.hasPrefix("res-hdr=0") else { throw ConnectionFault("its reply holds no HTTP message") }
        let message = try ReplyHead(reading: &reader, limits)
        if message.status == 403 { return .infected(Self.finding(message) ?? "unnamed") }
        if message.status == 200, encapsulated.contains("res-body="),
            try reader.chunked(limit: sent.count + limits.replyBytes, limits) == sent
        {
            return .clean
        }
        throw ConnectionFault("it changed the content without naming a virus (HTTP status \(message.status))")
    }

    /// The name of what was found, in the fields that servers tell it by.
    private static func finding(_ head: ReplyHead) -> String? {
        if let infection = head.field("x-infection-found") {
            // `Type=0; Resolution=2; Threat=Eicar-Test;`
            let threat = infection.split(separator: ";").lazy.map { $0.drop { $0 == " " } }
                .first { $0.lowercased().hasPrefix("threat=") }
            return name(threat.map { String($0.dropFirst("threat=".count)) })
        }
        for field in ["x-virus-id", "x-virus-name"] {
            // Some servers say so of every content.
            if let value = head.field(field), value.lowercased() != "no threats" { return name(value) }
        }
        if let violations = head.field("x-violations-found"), violations.first != "0" { return name(nil) }
        return nil
    }

    private static func name(_ text: String?) -> String {
        let shown = text.map { Excerpt.of($0) } ?? ""
        return shown.isEmpty ? "unnamed" : shown
    }
}
