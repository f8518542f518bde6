/// Bounds of the talk with a mail server over the milter protocol.
public struct MilterLimits: Sendable, Equatable {
    /// Bytes of one packet behind its length. Pieces of a body have 65,535; a header field has as many as the mail server
    /// lets through (Postfix: 102,400). Reached: the connection is closed.
    public var packetBytes = 1 << 20
    /// Texts in one packet: arguments of a command, names and values of macros. Reached: the connection is closed.
    public var texts = 512

    public init() {}
}
