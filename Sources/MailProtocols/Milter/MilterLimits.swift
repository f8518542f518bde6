/// Bounds of the talk with a mail server over the milter protocol.
public struct MilterLimits: Sendable, Equatable {
    /// Bytes of one packet behind its length. Pieces of a body have 65,535; a header field has as many as the mail server
    /// lets through (Postfix: 102,400). Reached: the connection is closed.
    public var packetBytes = 1 << 20
    /// Texts in one packet: arguments of a command, names and values of macros. Reached: the connection is closed.
    public var texts = 512
    /// Bytes of a message as it is put together. Reached: `552 5.3.4`.
    public var messageBytes = 60 << 20
    /// Recipients of one message. Reached: `452 4.5.3`.
    public var recipients = 1_000

    public init() {}
}
