/// What a frame between pool and worker carries.
public enum FrameKind: UInt8, Sendable, CaseIterable {
    // Requests.
    case configure = 1
    case inspect = 2
    case decide = 3
    case tryEngines = 4
    case rewrite = 5
    case readEdge = 6
    case writeReport = 7
    case writeDigest = 8
    // Replies.
    case ready = 17
    case report = 18
    case judgement = 19
    case fault = 20
    case trial = 21
    case rewritten = 22
    case edge = 23
    case written = 24
}

/// One message of the protocol between pool and worker.
///
/// On the wire: length of all that follows (u32, little-endian), kind (u8), length of the JSON (u32), the JSON, and
/// the attached bytes, which are a mail or a bundle and so never pass through JSON.
public struct Frame: Equatable, Sendable {
    public var kind: FrameKind
    public var json: [UInt8]
    public var attachment: [UInt8]

    /// Bytes before the JSON.
    public static let headBytes = 9

    public init(kind: FrameKind, json: [UInt8], attachment: [UInt8] = []) {
        self.kind = kind
        self.json = json
        self.attachment = attachment
    }

    /// Bytes on the wire after the first length.
    public var bodyBytes: Int { 5 + json.count + attachment.count }

    /// The first bytes on the wire; the JSON and the attachment follow as they are.
    public var head: [UInt8] {
        Self.littleEndian(bodyBytes) + [kind.rawValue] + Self.littleEndian(json.count)
    }

    /// The whole frame in one array.
    public var encoded: [UInt8] { head + json + attachment }

    private static func littleEndian(_ number: Int) -> [UInt8] {
        let word = UInt32(clamping: number)
        return (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * UInt32($0))) }
    }
}

/// Why bytes are no frame.
public enum FrameFault: Error, Equatable, Sendable {
    case tooLong(Int)
    case unknownKind(UInt8)
    case inconsistentLengths

    public var reason: String {
        switch self {
        case .tooLong(let bytes): "announced a frame of \(bytes) bytes"
        case .unknownKind(let kind): "sent a frame of the unknown kind \(kind)"
        case .inconsistentLengths: "sent a frame whose lengths contradict each other"
        }
    }
}

/// Puts frames together from bytes as they arrive, in pieces of any size.
///
/// The announced length is held against the limit before anything of the body is kept, so a peer cannot make this side
/// allocate more than it sends.
public struct FrameReader: Sendable {
    /// Bytes that the next frame may have after its first length.
    var limit: Int
    private var buffer: [UInt8] = []

    /// - Parameters:
    ///   - limit: bytes a frame may have after its first length.
    public init(limit: Int) { self.limit = limit }

    /// Whether bytes of an unfinished frame are waiting.
    public var isInsideFrame: Bool { !buffer.isEmpty }

    public mutating func append(_ bytes: some Sequence<UInt8>) { buffer.append(contentsOf: bytes) }

    /// The next whole frame, `nil` until it is there.
    ///
    /// - Throws: `FrameFault` when the bytes cannot be the beginning of a frame; the stream is then of no more use.
    public mutating func next() throws(FrameFault) -> Frame? {
        guard buffer.count >= 4 else { return nil }
        let body = number(at: 0)
        guard body <= limit else { throw .tooLong(body) }
        guard body >= 5 else { throw .inconsistentLengths }
        guard buffer.count >= Frame.headBytes else { return nil }
        guard let kind = FrameKind(rawValue: buffer[4]) else { throw .unknownKind(buffer[4]) }
        let jsonBytes = number(at: 5)
        guard jsonBytes <= body - 5 else { throw .inconsistentLengths }
        guard buffer.count >= 4 + body else { return nil }
        let json = Array(buffer[Frame.headBytes..<(Frame.headBytes + jsonBytes)])
        let attachment = Array(buffer[(Frame.headBytes + jsonBytes)..<(4 + body)])
        buffer.removeFirst(4 + body)
        return Frame(kind: kind, json: json, attachment: attachment)
    }

    private func number(at index: Int) -> Int {
        (0..<4).reduce(0) { $0 | Int(buffer[index + $1]) << (8 * $1) }
    }
}
