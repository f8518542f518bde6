/// A reply of a server, as a test's client reads it.
public struct MailReply: Sendable, Hashable, CustomStringConvertible {
    public var code: Int
    /// Behind the codes of the lines.
    public var lines: [String]

    /// `4.3.0`; empty where the text doesn't begin with an enhanced status.
    public var status: String {
        let word = lines.first?.split(separator: " ", omittingEmptySubsequences: false).first.map(String.init) ?? ""
        let pieces = word.split(separator: ".")
        return pieces.count == 3 && pieces.allSatisfy { Int($0) != nil } ? word : ""
    }

    public var text: String { lines.joined(separator: "\n") }

    public var isSuccess: Bool { code / 100 == 2 }

    public var description: String { "\(code) \(lines.joined(separator: " | "))" }

    /// - Throws: `WireFault` when a line is none of a reply, or none comes.
    static func read(from wire: Wire, within seconds: Double) throws -> MailReply {
        var lines: [String] = []
        while true {
            let line = String(decoding: try wire.line(within: seconds), as: UTF8.self)
            guard let code = Int(line.prefix(3)), (200..<600).contains(code) else { throw WireFault.noReply(line) }
            let rest = line.dropFirst(3)
            lines.append(String(rest.dropFirst()))
            if rest.first != "-" { return MailReply(code: code, lines: lines) }
        }
    }
}

/// What the commands of one mail were answered.
public struct MailAnswers: Sendable, Hashable {
    public var mail: MailReply
    public var recipients: [MailReply]
    /// What DATA was answered; `nil` where BDAT was used, or DATA not said.
    public var data: MailReply?
    /// What the end of the message was answered: one, in LMTP one for each recipient accepted; empty where it didn't
    /// come to that.
    public var end: [MailReply] = []

    /// The codes of all, in order: `[250, 250, 550, 354, 250]`.
    public var codes: [Int] { ([mail] + recipients + (data.map { [$0] } ?? []) + end).map(\.code) }

    /// The reply that tells the fate of the mail: the last one said.
    public var last: MailReply { end.last ?? data ?? recipients.last ?? mail }
}
