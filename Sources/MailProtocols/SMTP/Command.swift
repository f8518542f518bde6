/// A command of a client (RFC 5321 4.1, RFC 2033, RFC 3030, RFC 3207, Postfix's XFORWARD).
public enum Command: Hashable, Sendable {
    case helo(String)
    case ehlo(String)
    /// LMTP's greeting.
    case lhlo(String)
    case mail(ReversePath, MailParameters)
    case rcpt(Mailbox, RecipientParameters)
    case data
    /// So many bytes follow; the last of them end the message where `isLast`.
    case bdat(size: Int, isLast: Bool)
    case rset
    case noop
    case quit
    case vrfy
    case startTLS
    case xforward(XForwardAttributes)
}
