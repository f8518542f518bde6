import Glibc

/// How a client hands a message over.
public enum MailHandover: Sendable, Hashable {
    /// Every command waits for the reply to the one before.
    case stepwise
    /// MAIL, every RCPT and DATA at once (RFC 2920).
    case pipelined
    /// BDAT in chunks of so many bytes, each waiting for its reply (RFC 3030).
    case chunks(Int)
}

extension MailClient {
    /// Hands over one mail; the greeting must have been said.
    ///
    /// - Parameters:
    ///   - sender: without brackets; parameters may follow behind a blank: `a@b.example BODY=8BITMIME`.
    ///   - recipients: as the sender.
    ///   - message: with CRLF line ends; it isn't changed but for the dots of its framing.
    @discardableResult
    public func deliver(
        from sender: String, to recipients: [String], _ message: [UInt8], by handover: MailHandover = .stepwise
    ) async throws -> MailAnswers {
        let commands = [Self.command("MAIL FROM", sender)] + recipients.map { Self.command("RCPT TO", $0) }
        var replies: [MailReply] = []
        if handover == .pipelined {
            try await send((commands + ["DATA"]).map { $0 + "\r\n" }.joined())
            for _ in commands { replies.append(try await reply()) }
        } else {
            for line in commands { replies.append(try await command(line)) }
        }
        var answers = MailAnswers(mail: replies[0], recipients: Array(replies.dropFirst()))
        let accepted = answers.recipients.count(where: \.isSuccess)
        if handover == .pipelined {
            answers.data = try await reply()
        } else {
            guard accepted > 0 else { return answers }
            if case .chunks(let size) = handover {
                answers.end = try await sendChunks(message, size, accepted)
                return answers
            }
            answers.data = try await command("DATA")
        }
        guard answers.data?.code == 354 else { return answers }
        try await send(Self.dotted(message))
        for _ in 0..<(isLMTP ? accepted : 1) { answers.end.append(try await reply()) }
        return answers
    }

    /// As above, of text.
    @discardableResult
    public func deliver(
        from sender: String, to recipients: [String], _ message: String, by handover: MailHandover = .stepwise
    ) async throws -> MailAnswers {
        try await deliver(from: sender, to: recipients, Array(message.utf8), by: handover)
    }

    private func sendChunks(_ message: [UInt8], _ size: Int, _ accepted: Int) async throws -> [MailReply] {
        var rest = message[...]
        while rest.count > size {
            let chunk = rest.prefix(size)
            try await send(Array("BDAT \(chunk.count)\r\n".utf8) + chunk)
            let answer = try await reply()
            guard answer.isSuccess else { return [answer] }
            rest = rest.dropFirst(size)
        }
        try await send(Array("BDAT \(rest.count) LAST\r\n".utf8) + rest)
        var replies: [MailReply] = []
        for _ in 0..<(isLMTP ? accepted : 1) { replies.append(try await reply()) }
        return replies
    }

    /// `MAIL FROM:<a@b.example> BODY=8BITMIME`.
    private static func command(_ verb: String, _ text: String) -> String {
        let pieces = text.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
        return "\(verb):<\(pieces.first ?? "")>" + (pieces.count > 1 ? " \(pieces[1])" : "")
    }

    /// In DATA's framing, with its end.
    public static func dotted(_ message: [UInt8]) -> [UInt8] {
        var wire: [UInt8] = []
        wire.reserveCapacity(message.count + 5)
        message.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return }
            var from = 0
            while from < bytes.count {
                if bytes[from] == 0x2E { wire.append(0x2E) }
                let end = memchr(base + from, 0x0A, bytes.count - from).map { base.distance(to: $0) + 1 }
                wire += bytes[from..<(end ?? bytes.count)]
                from = end ?? bytes.count
            }
        }
        if !message.isEmpty, message.last != 0x0A { wire += [0x0D, 0x0A] }
        return wire + [0x2E, 0x0D, 0x0A]
    }
}
