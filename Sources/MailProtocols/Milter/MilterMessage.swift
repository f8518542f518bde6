/// One mail as a mail server told it to its filter, whole.
public struct MilterMessage: Sendable {
    /// Counts the messages of a connection, so that a verdict finds the one it was made of.
    public let number: Int
    public let transaction: Transaction
    public let peer: MilterPeer
    /// What EHLO or HELO named; `nil` where the mail server didn't tell.
    public let greeting: String?
    /// The mail server's macros, without braces: `auth_authen`, `tls_version`, `i` (its queue's number), `client_addr`.
    public let macros: [String: String]
    /// Put together again with CRLF line ends. The mail server's own Received field is not in it, blanks before a colon
    /// are gone, and so is everything that a zero byte in a header field hid.
    public let content: [UInt8]
    let fields: [MilterField]
    /// Where the body begins in `content`.
    let bodyStart: Int

    /// The name that the client logged in with, as the mail server found it.
    public var login: String? { macros["auth_authen"].flatMap { $0.isEmpty ? nil : $0 } }
}

/// A header field as the milter protocol has it: lines of the value parted by LF.
struct MilterField: Hashable, Sendable {
    var name: [UInt8]
    /// All that stands behind the colon, the blank too.
    var value: [UInt8]

    /// Without regard to the case of ASCII's letters.
    var key: [UInt8] { name.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 } }

    /// As it stands in a message.
    var lines: [UInt8] {
        var lines = name + [UInt8(ascii: ":")]
        lines.reserveCapacity(name.count + value.count + 8)
        for byte in value {
            if byte == ASCII.lineFeed, lines.last != ASCII.carriageReturn { lines.append(ASCII.carriageReturn) }
            lines.append(byte)
        }
        return lines + [ASCII.carriageReturn, ASCII.lineFeed]
    }
}

/// What comes of what a mail server said.
public enum MilterEvent: Sendable {
    /// A recipient waits for `MilterSession.answerRecipient`; only where the session judges them one by one.
    case recipient(Transaction.Recipient, of: Transaction)
    /// A mail waits for `MilterSession.answer`.
    case message(MilterMessage)
    /// Nobody waits any more for the verdict on the message of that number.
    case abandoned(number: Int)
    /// The mail server ends the connection.
    case ended
}

/// What becomes of a mail, as far as the mail server carries it out.
public enum MilterAnswer: Sendable, Hashable {
    /// Nobody gets it, and the client is told so.
    case reply(Reply)
    /// Nobody gets it, and the client is told that all is well.
    case discard
    case deliver(MilterDelivery)
}

/// How a mail goes on. As it is made it changes nothing.
public struct MilterDelivery: Sendable, Hashable {
    /// Recipients that get nothing, as positions in the transaction.
    public var withheld: Set<Int> = []
    public var added: [Mailbox] = []
    public var sender: ReversePath?
    /// The whole message as all recipients get it.
    public var content: [UInt8]?

    public init() {}
}
