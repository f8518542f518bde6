import Connections
import Vocabulary

/// A clamd in another process, over its socket (clamd(8), INSTREAM).
///
/// A connection for each content: what goes wrong with one cannot mix up the answers of two.
public final class ClamdEngine: AntivirusEngine {
    public let name: String
    public let isElsewhere = true
    private let target: EngineTarget
    private let bounds: EngineBounds
    private let limits: EngineLimits
    private let version: Remembered<SignatureState>

    /// Connects to nobody yet.
    public init(
        _ name: String, at address: EngineAddress, bounds: EngineBounds, limits: EngineLimits = EngineLimits(),
        dialer: any Dialer = DirectDialer()
    ) {
        self.name = name
        target = EngineTarget(address: address, dialer: dialer)
        self.bounds = bounds
        self.limits = limits
        version = Remembered(seconds: limits.versionSeconds)
    }

    public var signatures: SignatureState { version.last ?? SignatureState(engine: name) }

    public func readiness() -> EngineReadiness {
        EngineReadiness { () throws(ConnectionFault) in
            try version.value { () throws(ConnectionFault) in try askVersion() }
        }
    }

    private func askVersion() throws(ConnectionFault) -> SignatureState {
        let connection = try EngineConnection.open(target, by: Deadline(seconds: bounds.seconds))
        let text = try Self.ask(connection, limits) { connection throws(ConnectionFault) in
            try connection.send("zVERSION\0")
        }
        guard text.hasPrefix("ClamAV ") else { throw ConnectionFault("its version makes no sense") }
        let date = ClamAVFinding.signatureDate(inVersion: text)
        // Without official signatures the version does not tell one set from another.
        return SignatureState(
            engine: name, version: Excerpt.of(text), newest: date, mark: date == nil ? nil : text)
    }

    public func scan(_ bytes: [UInt8], name: String?) -> EngineAnswer {
        guard !bytes.isEmpty else { return .clean }
        guard bytes.count <= bounds.largest else { return bounds.tooLarge }
        do throws(ConnectionFault) {
            let connection = try EngineConnection.open(target, by: Deadline(seconds: bounds.seconds))
            return Self.answer(
                try Self.ask(connection, limits) { connection throws(ConnectionFault) in
                    try Self.stream(bytes, to: connection)
                })
        } catch {
            return .unknown(.engineDown, error.description)
        }
    }

    /// The content goes in pieces of a length each; a length of nothing ends it.
    private static let pieceBytes = 256 << 10

    private static func stream(_ bytes: [UInt8], to connection: EngineConnection) throws(ConnectionFault) -> Bool {
        guard try connection.send("zINSTREAM\0") else { return false }
        var offset = 0
        while offset < bytes.count {
            let count = min(pieceBytes, bytes.count - offset)
            guard try connection.send(bigEndian(count) + bytes[offset..<offset + count]) else { return false }
            offset += count
        }
        return try connection.send(bigEndian(0))
    }

    private static func bigEndian(_ number: Int) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) }
    }

    /// The reply, which ends in NUL. When sending fails there may still be one that says why.
    private static func ask(
        _ connection: EngineConnection, _ limits: EngineLimits,
        sending send: (EngineConnection) throws(ConnectionFault) -> Bool
    ) throws(ConnectionFault) -> String {
        var failure: ConnectionFault?
        var isSent = false
        do throws(ConnectionFault) {
            isSent = try send(connection)
        } catch {
            failure = error
        }
        var reader = ReplyReader(connection)
        do throws(ConnectionFault) {
            let reply = String(decoding: try reader.upTo(0, limit: limits.replyHeadBytes), as: UTF8.self)
            // Only a refusal may come before it has everything.
            guard isSent || reply.hasSuffix("ERROR") else { throw ConnectionFault.early }
            return reply
        } catch {
            throw failure ?? error
        }
    }

    static func answer(_ reply: String) -> EngineAnswer {
        if reply == "stream: OK" { return .clean }
        if reply.hasPrefix("stream: "), reply.hasSuffix(" FOUND") {
            let name = reply.dropFirst("stream: ".count).dropLast(" FOUND".count)
            return name.isEmpty ? .infected("unnamed") : ClamAVFinding.answer(String(name))
        }
        let isTooLarge = reply.contains("size limit exceeded")
        return .unknown(isTooLarge ? .overLimit : .engineDown, "it said: \(Excerpt.of(reply))")
    }
}
