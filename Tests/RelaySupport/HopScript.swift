/// A moment of the talk at which a scripted hop may do something of its own.
public enum HopStage: Hashable, Sendable {
    /// The client has connected; the greeting is due.
    case connect
    case hello
    case startTLS
    case xforward
    case mail
    case rcpt
    case data
    /// A chunk of BDAT that is not the last.
    case chunk
    /// The message is whole. In LMTP once for each recipient.
    case endOfData
    case rset
    case quit
}

/// What a scripted hop does at a stage.
public indirect enum HopAct: Hashable, Sendable {
    /// One reply, lines parted by `\n`.
    case reply(String)
    /// Says nothing until the client leaves or the hop is stopped.
    case silence
    /// Closes without a reply.
    case close
    /// Ends the connection by a reset, without a reply.
    case reset
    case replyThenClose(String)
    /// First lets seconds go by.
    case wait(Double, then: HopAct)
    /// At `data`: takes so many bytes of the message as they come over the wire, then resets the connection.
    case cut(afterBytes: Int)

    /// The code of the reply that it comes to; `nil` for none.
    var code: Int? {
        switch self {
        case .reply(let text), .replyThenClose(let text): Int(text.prefix(3))
        case .wait(_, let act): act.code
        case .silence, .close, .reset, .cut: nil
        }
    }
}

/// What a hop offers, and what it does besides the usual. The first rule that fits is used.
public struct HopScript: Sendable {
    struct Rule: Sendable {
        var stage: HopStage
        /// Of the reverse path at `mail`, of the recipient at `rcpt` and at LMTP's `endOfData`; any where it is `nil`.
        var address: String?
        var act: HopAct
        /// How often it still applies; always where it is `nil`.
        var times: Int?
    }

    public var isLMTP = false
    /// What EHLO lists, without the name.
    public var extensions = [
        "PIPELINING", "SIZE 104857600", "8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES", "DSN", "CHUNKING",
        "XFORWARD NAME ADDR PROTO HELO SOURCE PORT IDENT",
    ]
    /// Offers STARTTLS with it.
    public var certificate: TestCertificate?
    var rules: [Rule] = []

    public init(isLMTP: Bool = false) { self.isLMTP = isLMTP }

    /// Adds a rule.
    ///
    /// - Parameters:
    ///   - address: of the recipient, at `mail` of the sender; without brackets. Any where it is `nil`.
    ///   - times: how often it applies; always where it is `nil`.
    public mutating func on(_ stage: HopStage, for address: String? = nil, _ act: HopAct, times: Int? = nil) {
        rules.append(Rule(stage: stage, address: address, act: act, times: times))
    }

    mutating func take(_ stage: HopStage, _ address: String?) -> HopAct? {
        let found = rules.firstIndex { rule in
            rule.stage == stage && rule.times != 0 && (rule.address == nil || rule.address == address)
        }
        guard let found else { return nil }
        if let times = rules[found].times { rules[found].times = times - 1 }
        return rules[found].act
    }
}
