/// What a filter answers (`SMFIR_…` of libmilter's mfdef.h): changes first, one verdict last.
public enum MilterReply: Hashable, Sendable {
    /// The answer to `negotiate`: what the filter takes of the offer.
    case negotiated(MilterOffer)

    // Verdicts.
    case `continue`
    case accept
    /// `550 5.7.1`, in the mail server's words.
    case reject
    /// `451 4.7.1`, in the mail server's words.
    case putOff
    /// `250` to the client, and nothing is delivered.
    case discard
    /// A reply of our own, of class 4 or 5.
    case reply(Reply)
    /// No more pieces of the body are wanted.
    case skip

    // Changes, after the end of the body only.
    /// Below the last field.
    case addHeader(name: [UInt8], value: [UInt8])
    /// Before the field at `index`, where 0 is the topmost of all, that the mail server added itself among them.
    case insertHeader(index: Int, name: [UInt8], value: [UInt8])
    /// The field of that name at `index`, which counts from 1 and without the mail server's own; an empty value deletes.
    case changeHeader(index: Int, name: [UInt8], value: [UInt8])
    case changeSender(ReversePath)
    case addRecipient(Mailbox)
    /// As the client said it.
    case deleteRecipient(Mailbox)
    /// A piece of the new body; all pieces must follow each other.
    case replaceBody(ArraySlice<UInt8>)
    /// The mail server holds the mail for its own administrator.
    case quarantine(String)

    /// Still at work: the mail server's time begins anew.
    case progress

    /// Bytes of a body in one packet at most, by the protocol.
    public static let bodyPiece = 65_535

    public var packet: MilterPacket {
        switch self {
        case .negotiated(let offer):
            return Self.packet(
                "O",
                Self.number(offer.version) + Self.number(offer.actions.rawValue) + Self.number(offer.steps.rawValue))
        case .continue: return Self.packet("c")
        case .accept: return Self.packet("a")
        case .reject: return Self.packet("r")
        case .putOff: return Self.packet("t")
        case .discard: return Self.packet("d")
        case .reply(let reply): return Self.packet("y", Self.text(Self.replyText(reply)))
        case .skip: return Self.packet("s")
        case .addHeader(let name, let value): return Self.packet("h", Self.text(name) + Self.value(value))
        case .insertHeader(let index, let name, let value):
            return Self.packet("i", Self.number(UInt32(clamping: index)) + Self.text(name) + Self.value(value))
        case .changeHeader(let index, let name, let value):
            return Self.packet("m", Self.number(UInt32(clamping: index)) + Self.text(name) + Self.value(value))
        case .changeSender(let path): return Self.packet("e", Self.text(Array(path.description.utf8)))
        case .addRecipient(let mailbox): return Self.packet("+", Self.path(mailbox))
        case .deleteRecipient(let mailbox): return Self.packet("-", Self.path(mailbox))
        case .replaceBody(let bytes): return MilterPacket(UInt8(ascii: "b"), bytes)
        case .quarantine(let reason): return Self.packet("q", Self.text(Array(reason.utf8)))
        case .progress: return Self.packet("p")
        }
    }

    /// As it goes over the wire.
    public var wire: [UInt8] { packet.wire }

    private static func packet(_ command: Unicode.Scalar, _ bytes: [UInt8] = []) -> MilterPacket {
        MilterPacket(UInt8(ascii: command), bytes[...])
    }

    private static func number(_ value: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> UInt32($0)) }
    }

    /// A zero would end the text, and what follows would be another one.
    private static func text(_ bytes: [UInt8]) -> [UInt8] { bytes.filter { $0 != 0 } + [0] }

    /// Lines of a value are parted by LF: the mail server puts its own line end.
    private static func value(_ bytes: [UInt8]) -> [UInt8] { text(bytes.filter { $0 != ASCII.carriageReturn }) }

    private static func path(_ mailbox: Mailbox) -> [UInt8] { text(Array("<\(mailbox)>".utf8)) }

    /// With a status always, because mail servers take no reply without; `%` is doubled, because Sendmail formats with
    /// the text.
    private static func replyText(_ reply: Reply) -> [UInt8] {
        let kind = reply.isTransient ? 4 : 5
        let whole = Reply(
            reply.isTransient || reply.isPermanent ? reply.code : 550, reply.status ?? EnhancedStatus(kind, 0, 0),
            lines: reply.lines)
        return whole.wire.dropLast(2).flatMap { $0 == UInt8(ascii: "%") ? [$0, $0] : [$0] }
    }
}
