/// Why a mail server's side of the milter protocol cannot be followed. The connection is closed: the mail server then does
/// what it is told to do without its filter, which must be to put the mail off.
public enum MilterFault: Error, Hashable, Sendable {
    /// A packet of no bytes, or of more than the limit.
    case packetLength(Int)
    /// A command that the protocol does not have.
    case unknownCommand(UInt8)
    /// The bytes behind a command are not those that it has.
    case malformed(UInt8)
    /// More texts in a packet than the limit.
    case tooManyTexts(UInt8)
    /// A command at a point where none of its kind can be.
    case unexpected(UInt8)
    /// The mail server speaks a version before 2, or asks for what was not agreed on.
    case version(UInt32)
}

/// A command or reply with its bytes: four bytes of length in network order, the command, the rest.
public struct MilterPacket: Hashable, Sendable {
    public var command: UInt8
    public var bytes: ArraySlice<UInt8>

    public init(_ command: UInt8, _ bytes: ArraySlice<UInt8> = []) {
        self.command = command
        self.bytes = bytes
    }

    /// As it goes over the wire.
    public var wire: [UInt8] {
        let length = UInt32(bytes.count + 1)
        var wire: [UInt8] = []
        wire.reserveCapacity(bytes.count + 5)
        for shift in [24, 16, 8, 0] { wire.append(UInt8(truncatingIfNeeded: length >> UInt32(shift))) }
        wire.append(command)
        wire += bytes
        return wire
    }
}

/// Puts packets together out of pieces of any size. What it holds is bounded by one packet and one piece.
public struct MilterPacketReader: Sendable {
    private let limits: MilterLimits
    private var buffer: [UInt8] = []
    /// Where the next packet begins.
    private var start = 0

    public init(limits: MilterLimits = MilterLimits()) { self.limits = limits }

    /// Takes what came over the wire.
    public mutating func take(_ bytes: some Collection<UInt8>) {
        // Moving what is left once for each piece costs no more than the piece, since it is part of one packet.
        buffer.removeFirst(start)
        start = 0
        buffer += bytes
    }

    /// The next packet that is whole; `nil` where more bytes are needed.
    ///
    /// - Throws: `MilterFault.packetLength`.
    public mutating func next() throws(MilterFault) -> MilterPacket? {
        let waiting = buffer[start...]
        guard waiting.count >= 4 else { return nil }
        let length = Int(waiting.prefix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) })
        guard length > 0, length <= limits.packetBytes else { throw .packetLength(length) }
        guard waiting.count >= 4 + length else { return nil }
        let packet = waiting.dropFirst(4).prefix(length)
        start = packet.endIndex
        return MilterPacket(packet[packet.startIndex], packet.dropFirst())
    }
}
