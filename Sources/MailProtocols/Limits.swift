/// Bounds of the talk with other mail servers. What an operator may set is in the relay's own settings.
public struct ProtocolLimits: Sendable, Equatable {
    /// Bytes of a command with its CRLF. RFC 5321 4.5.3.1.4 asks for 512, and extensions for more; Postfix reads 2,048.
    /// Reached: `500 5.5.2`.
    public var commandBytes = 2_048
    /// Bytes of a mailbox in a path (RFC 5321 4.5.3.1.3 says 256 with its brackets; UTF-8 makes them longer).
    /// Reached: `501 5.1.3`, of a reverse path `501 5.1.7`.
    public var mailboxBytes = 512
    /// Bytes of one value after the name of a parameter. ORCPT takes the most: RFC 3461 4.2 says 500.
    /// Reached: `501 5.5.4`.
    public var parameterBytes = 600
    /// Parameters of one command. Reached: `501 5.5.4`.
    public var parameters = 16
    /// Bytes of one line of a server's reply. Reached: the reply is garbled.
    public var replyLineBytes = 2_048
    /// Lines of one reply. Reached: the reply is garbled.
    public var replyLines = 100

    public init() {}
}
