import Connections
import Vocabulary

/// Reads a reply piece by piece. What breaks a bound or ends early is a fault, never a short answer.
struct ReplyReader {
    private let connection: EngineConnection
    private var buffer: [UInt8] = []
    private var start = 0
    private var isEnded = false
    private var chunk = [UInt8](repeating: 0, count: 16 << 10)

    init(_ connection: EngineConnection) {
        self.connection = connection
    }

    /// Up to a line end, which is left out: LF, or CR and LF.
    ///
    /// - Parameter limit: most bytes of the line.
    mutating func line(limit: Int) throws(ConnectionFault) -> String {
        var line = try upTo(0x0A, limit: limit)
        if line.last == 0x0D { line.removeLast() }
        return String(decoding: line, as: UTF8.self)
    }

    /// Up to a byte, which is left out.
    mutating func upTo(_ end: UInt8, limit: Int) throws(ConnectionFault) -> [UInt8] {
        var searched = start
        while true {
            if let place = buffer[searched...].firstIndex(of: end) {
                guard place - start <= limit else { throw ConnectionFault("its reply is too long") }
                defer { start = place + 1 }
                return Array(buffer[start..<place])
            }
            guard buffer.count - start <= limit else { throw ConnectionFault("its reply is too long") }
            let unread = buffer.count - start
            guard try fill() else { throw ConnectionFault("its reply was cut off") }
            searched = start + unread
        }
    }

    mutating func exactly(_ count: Int) throws(ConnectionFault) -> [UInt8] {
        while buffer.count - start < count {
            guard try fill() else { throw ConnectionFault("its reply was cut off") }
        }
        defer { start += count }
        return Array(buffer[start..<start + count])
    }

    /// All up to the end of the stream.
    mutating func rest(limit: Int) throws(ConnectionFault) -> [UInt8] {
        while try fill() {
            guard buffer.count - start <= limit else { throw ConnectionFault("its reply is too long") }
        }
        defer { start = buffer.count }
        return Array(buffer[start...])
    }

    /// A body of chunks (RFC 9112, 7.1), without them; fields behind the last one are read and dropped.
    mutating func chunked(limit: Int, _ limits: EngineLimits) throws(ConnectionFault) -> [UInt8] {
        var body: [UInt8] = []
        while true {
            let head = try line(limit: 1024)
            let digits = head.prefix { $0.isHexDigit && $0.isASCII }
            guard !digits.isEmpty, digits.count <= 8, let count = Int(digits, radix: 16) else {
                throw ConnectionFault("its reply has a chunk without a length")
            }
            if count == 0 { break }
            guard body.count + count <= limit else { throw ConnectionFault("its reply is too long") }
            body += try exactly(count)
            guard try line(limit: 2).isEmpty else { throw ConnectionFault("its reply has a chunk of a wrong length") }
        }
        for _ in 0...limits.replyFields {
            if try line(limit: limits.replyHeadBytes).isEmpty { return body }
        }
        throw ConnectionFault("its reply does not end")
    }

    /// Takes in what has come; `false` at the end of the stream.
    private mutating func fill() throws(ConnectionFault) -> Bool {
        if isEnded { return false }
        if start > 0 {
            buffer.removeFirst(start)
            start = 0
        }
        let count = try connection.receive(into: &chunk)
        isEnded = count == 0
        buffer += chunk[..<count]
        return !isEnded
    }
}
