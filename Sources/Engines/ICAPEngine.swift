import Connections
import Vocabulary

/// An ICAP server that looks for viruses (RFC 3507), asked by RESPMOD or REQMOD.
///
/// What the server says of its service is asked by OPTIONS and kept for a while: how much of a content it wants to see
/// first, and its ISTag, which it changes with its signatures (RFC 3507, 4.7).
public final class ICAPEngine: AntivirusEngine {
    public let name: String
    public let isElsewhere = true
    private let target: EngineTarget
    private let service: ICAPService
    private let bounds: EngineBounds
    private let limits: EngineLimits
    private let known: Remembered<Options>

    /// Connects to nobody yet.
    public init(
        _ name: String, at address: EngineAddress, service: ICAPService, bounds: EngineBounds,
        limits: EngineLimits = EngineLimits(),
        dialer: any Dialer = DirectDialer()
    ) {
        self.name = name
        target = EngineTarget(address: address, dialer: dialer)
        self.service = service
        self.bounds = bounds
        self.limits = limits
        known = Remembered(seconds: limits.versionSeconds)
    }

    public var signatures: SignatureState { known.last?.state ?? SignatureState(engine: name) }

    public func readiness() -> EngineReadiness {
        EngineReadiness { () throws(ConnectionFault) in try options().state }
    }

    public func scan(_ bytes: [UInt8], name: String?) -> EngineAnswer {
        // An empty body says nothing to an engine, and some servers refuse one.
        guard !bytes.isEmpty else { return .clean }
        guard bytes.count <= bounds.largest else { return bounds.tooLarge }
        do throws(ConnectionFault) {
            let preview = try options().preview
            let connection = try EngineConnection.open(target, by: Deadline(seconds: bounds.seconds))
            return try ask(connection, bytes, preview: preview)
        } catch {
            return .unknown(.engineDown, error.description)
        }
    }

    // MARK: What the service offers

    private struct Options: Sendable {
        var state: SignatureState
        /// Bytes it wants to see first.
        var preview: Int?
    }

    /// Most bytes of a preview that are believed.
    private static let largestPreview = 1 << 20

    private func options() throws(ConnectionFault) -> Options {
        try known.value { () throws(ConnectionFault) in try askOptions() }
    }

    private func askOptions() throws(ConnectionFault) -> Options {
        let connection = try EngineConnection.open(target, by: Deadline(seconds: bounds.seconds))
        _ = try connection.send(ICAPRequest.options(target.address, service))
        var reader = ReplyReader(connection)
        let head = try ReplyHead(reading: &reader, limits)
        guard head.version == "ICAP/1.0", head.status == 200 else {
            throw ConnectionFault("it says of the service \(service.path): \(head.status) \(Excerpt.of(head.reason))")
        }
        let method = service.method.rawValue.uppercased()
        guard head.field("methods")?.uppercased().contains(method) == true else {
            throw ConnectionFault("its service \(service.path) does not take \(method)")
        }
        let tag = head.field("istag").map { $0.filter { $0 != "\"" } }
        let words = [head.field("service").map(Excerpt.of), tag.map { "ISTag \(Excerpt.of($0))" }].compactMap { $0 }
        let preview = head.field("preview").flatMap { Int($0) }.map { min(max($0, 0), Self.largestPreview) }
        return Options(
            state: SignatureState(
                engine: name, version: words.isEmpty ? nil : words.joined(separator: ", "), mark: tag),
            preview: preview)
    }

    // MARK: One content

    private func ask(
        _ connection: EngineConnection, _ bytes: [UInt8], preview: Int?
    ) throws(ConnectionFault) -> EngineAnswer {
        let head = ICAPRequest.head(target.address, service, length: bytes.count, preview: preview)
        var reader = ReplyReader(connection)
        var isSent = try connection.send(head)
        if let preview {
            let first = bytes[..<min(preview, bytes.count)]
            let isAll = first.count == bytes.count
            if isSent { isSent = try send(first, to: connection, ending: isAll ? "0; ieof\r\n\r\n" : "0\r\n\r\n") }
            let reply = try ReplyHead(reading: &reader, limits)
            guard reply.status == 100, !isAll else {
                return try ICAPReply(reply, isEarly: !isSent, sent: bytes, limits).answer(&reader)
            }
            isSent = try send(bytes[first.count...], to: connection, ending: "0\r\n\r\n")
        } else if isSent {
            isSent = try send(bytes[...], to: connection, ending: "0\r\n\r\n")
        }
        return try ICAPReply(ReplyHead(reading: &reader, limits), isEarly: !isSent, sent: bytes, limits).answer(&reader)
    }

    private static let chunkBytes = 256 << 10

    /// A body in chunks; `false` where the server spoke before it had it all.
    private func send(
        _ bytes: ArraySlice<UInt8>, to connection: EngineConnection, ending: String
    ) throws(ConnectionFault) -> Bool {
        var rest = bytes
        while !rest.isEmpty {
            let chunk = rest.prefix(Self.chunkBytes)
            let framed = Array((String(chunk.count, radix: 16) + "\r\n").utf8) + chunk + [0x0D, 0x0A]
            guard try connection.send(framed) else { return false }
            rest = rest.dropFirst(chunk.count)
        }
        return try connection.send(ending)
    }
}
