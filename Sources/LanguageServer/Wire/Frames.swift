/// Cuts a stream of bytes into messages: `Content-Length: N`, an empty line, N bytes.
public struct FrameReader {
    /// The stream is no conversation any more: a header that cannot be read or a message beyond its bound.
    public struct Fault: Error {}

    private var buffer: [UInt8] = []
    /// Where the unread part of the buffer begins; moved up once for many messages.
    private var start = 0
    private let limits: EditorLimits

    /// Makes a reader of a stream that begins.
    public init(limits: EditorLimits) { self.limits = limits }

    /// Takes what has arrived.
    public mutating func append(_ bytes: [UInt8]) {
        if start > 0 {
            buffer.removeFirst(start)
            start = 0
        }
        buffer += bytes
    }

    /// The next whole message, or `nil` while there is none.
    ///
    /// - Throws: `Fault` where the stream cannot be read on.
    public mutating func next() throws(Fault) -> [UInt8]? {
        guard let end = try headerEnd() else { return nil }
        guard let length = Self.contentLength(buffer[start..<end]), length <= limits.messageBytes else {
            throw Fault()
        }
        guard buffer.count - end >= length else { return nil }
        let message = Array(buffer[end..<end + length])
        start = end + length
        return message
    }

    /// The offset behind the empty line.
    private func headerEnd() throws(Fault) -> Int? {
        var lineStart = start
        for index in start..<buffer.count {
            guard index - start < limits.frameHeaderBytes else { throw Fault() }
            guard buffer[index] == 0x0a else { continue }
            let line = buffer[lineStart..<index]
            if index > start, line.allSatisfy({ $0 == 0x0d }) { return index + 1 }
            lineStart = index + 1
        }
        return nil
    }

    private static func contentLength(_ header: ArraySlice<UInt8>) -> Int? {
        var lengths: Set<Int> = []
        for line in String(decoding: header, as: UTF8.self).split(whereSeparator: \.isNewline) {
            let pieces = line.split(separator: ":", maxSplits: 1).map { $0.filter { $0 != " " && $0 != "\t" } }
            guard pieces.count == 2, pieces[0].lowercased() == "content-length" else { continue }
            guard let length = Int(pieces[1]), length >= 0 else { return nil }
            lengths.insert(length)
        }
        return lengths.count == 1 ? lengths.first : nil
    }
}

/// Puts a message into its frame.
enum FrameWriter {
    static func frame(_ message: JSON) -> [UInt8] { frame(message.bytes) }

    static func frame(_ bytes: [UInt8]) -> [UInt8] {
        Array("Content-Length: \(bytes.count)\r\n\r\n".utf8) + bytes
    }
}
