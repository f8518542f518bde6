/// What a mail server tells its filter (`SMFIC_…` of libmilter's mfdef.h).
public enum MilterCommand: Hashable, Sendable {
    /// What the mail server is able to; the first command.
    case negotiate(MilterOffer)
    /// Values of macros for the command that follows, which `stage` names.
    case macros(stage: UInt8, [MilterMacro])
    case connect(MilterPeer)
    case greeting(ArraySlice<UInt8>)
    /// The reverse path, then parameters.
    case mail([ArraySlice<UInt8>])
    /// A forward path, then parameters.
    case recipient([ArraySlice<UInt8>])
    case data
    /// A header field: its name and its value, lines parted by LF.
    case header(name: ArraySlice<UInt8>, value: ArraySlice<UInt8>)
    case endOfHeaders
    case body(ArraySlice<UInt8>)
    /// The last piece of the body; mostly empty.
    case endOfBody(ArraySlice<UInt8>)
    /// The message is given up; the connection goes on.
    case abort
    case quit
    /// The client is gone; another one's `connect` follows.
    case quitForNext
    /// A command of the client that the mail server does not know.
    case unknown(ArraySlice<UInt8>)
}

/// Version and abilities, of the mail server or as the filter takes them.
public struct MilterOffer: Hashable, Sendable {
    public var version: UInt32
    public var actions: MilterActions
    public var steps: MilterSteps

    public init(version: UInt32, actions: MilterActions, steps: MilterSteps) {
        self.version = version
        self.actions = actions
        self.steps = steps
    }
}

/// A macro of the mail server's: `{auth_authen}`, without its braces, and its value.
public struct MilterMacro: Hashable, Sendable {
    public var name: String
    public var value: String

    public init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}

/// The client as the mail server sees it.
public struct MilterPeer: Hashable, Sendable {
    public enum Place: Hashable, Sendable {
        case unknown
        case local(path: String)
        /// An address of IPv4 or IPv6 as text, without a prefix.
        case network(address: String, port: Int)
    }

    /// Its name in the DNS, or its address in brackets.
    public var name: String
    public var place: Place

    public init(name: String, place: Place) {
        self.name = name
        self.place = place
    }
}

extension MilterCommand {
    /// - Throws: `MilterFault` when the packet is none of the protocol.
    public init(_ packet: MilterPacket, limits: MilterLimits = MilterLimits()) throws(MilterFault) {
        var reader = PacketFields(packet, limits: limits)
        switch packet.command {
        case UInt8(ascii: "O"): self = .negotiate(try reader.offer())
        case UInt8(ascii: "D"):
            let stage = try reader.byte()
            self = .macros(stage: stage, try reader.macros())
        case UInt8(ascii: "C"): self = .connect(try reader.peer())
        case UInt8(ascii: "H"): self = .greeting(try reader.onlyText())
        case UInt8(ascii: "M"): self = .mail(try reader.arguments())
        case UInt8(ascii: "R"): self = .recipient(try reader.arguments())
        case UInt8(ascii: "T"): self = try reader.alone(.data)
        case UInt8(ascii: "L"):
            let name = try reader.text()
            self = .header(name: name, value: try reader.onlyText())
        case UInt8(ascii: "N"): self = try reader.alone(.endOfHeaders)
        case UInt8(ascii: "B"): self = .body(packet.bytes)
        case UInt8(ascii: "E"): self = .endOfBody(packet.bytes)
        case UInt8(ascii: "A"): self = try reader.alone(.abort)
        case UInt8(ascii: "Q"): self = try reader.alone(.quit)
        case UInt8(ascii: "K"): self = try reader.alone(.quitForNext)
        case UInt8(ascii: "U"): self = .unknown(try reader.onlyText())
        default: throw .unknownCommand(packet.command)
        }
    }
}

/// Takes a packet's bytes apart: numbers in network order, texts that end with a zero.
private struct PacketFields {
    let command: UInt8
    let limits: MilterLimits
    var rest: ArraySlice<UInt8>

    init(_ packet: MilterPacket, limits: MilterLimits) {
        command = packet.command
        self.limits = limits
        rest = packet.bytes
    }

    func alone(_ value: MilterCommand) throws(MilterFault) -> MilterCommand {
        guard rest.isEmpty else { throw .malformed(command) }
        return value
    }

    mutating func byte() throws(MilterFault) -> UInt8 {
        guard let byte = rest.popFirst() else { throw .malformed(command) }
        return byte
    }

    mutating func number() throws(MilterFault) -> UInt32 {
        guard rest.count >= 4 else { throw .malformed(command) }
        defer { rest = rest.dropFirst(4) }
        return rest.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
    }

    mutating func text() throws(MilterFault) -> ArraySlice<UInt8> {
        guard let end = rest.firstIndex(of: 0) else { throw .malformed(command) }
        defer { rest = rest[(end + 1)...] }
        return rest[..<end]
    }

    mutating func onlyText() throws(MilterFault) -> ArraySlice<UInt8> {
        let text = try text()
        guard rest.isEmpty else { throw .malformed(command) }
        return text
    }

    mutating func texts() throws(MilterFault) -> [ArraySlice<UInt8>] {
        var texts: [ArraySlice<UInt8>] = []
        while !rest.isEmpty {
            guard texts.count < limits.texts else { throw .tooManyTexts(command) }
            texts.append(try text())
        }
        return texts
    }

    mutating func arguments() throws(MilterFault) -> [ArraySlice<UInt8>] {
        let texts = try texts()
        guard !texts.isEmpty else { throw .malformed(command) }
        return texts
    }

    /// What stands behind the three numbers is for filters' requests of macros; a mail server sends none, and it is
    /// not looked at.
    mutating func offer() throws(MilterFault) -> MilterOffer {
        let version = try number()
        let actions = MilterActions(rawValue: try number())
        return MilterOffer(version: version, actions: actions, steps: MilterSteps(rawValue: try number()))
    }

    mutating func macros() throws(MilterFault) -> [MilterMacro] {
        let texts = try texts()
        guard texts.count.isMultiple(of: 2) else { throw .malformed(command) }
        return stride(from: 0, to: texts.count, by: 2).map { index in
            var name = texts[index]
            if name.count > 2, name.first == UInt8(ascii: "{"), name.last == UInt8(ascii: "}") {
                name = name.dropFirst().dropLast()
            }
            return MilterMacro(
                name: String(decoding: name, as: UTF8.self), value: String(decoding: texts[index + 1], as: UTF8.self))
        }
    }

    mutating func peer() throws(MilterFault) -> MilterPeer {
        let name = String(decoding: try text(), as: UTF8.self)
        let family = try byte()
        guard family != UInt8(ascii: "U") else {
            guard rest.isEmpty else { throw .malformed(command) }
            return MilterPeer(name: name, place: .unknown)
        }
        let port = Int(try byte()) << 8 | Int(try byte())
        let text = String(decoding: try onlyText(), as: UTF8.self)
        switch family {
        case UInt8(ascii: "L"): return MilterPeer(name: name, place: .local(path: text))
        case UInt8(ascii: "4"): return MilterPeer(name: name, place: .network(address: text, port: port))
        case UInt8(ascii: "6"):
            // Sendmail writes IPv6 addresses as RFC 5321 does.
            let isTagged = text.lowercased().hasPrefix("ipv6:")
            return MilterPeer(
                name: name, place: .network(address: isTagged ? String(text.dropFirst(5)) : text, port: port))
        default: throw .malformed(command)
        }
    }
}
