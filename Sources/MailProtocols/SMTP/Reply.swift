/// What a server answers to a command (RFC 5321 4.2, RFC 2034).
public struct Reply: Hashable, Sendable, Error {
    /// Three digits, 200 to 599.
    public let code: Int
    public let status: EnhancedStatus?
    /// At least one; without code and status.
    public let lines: [String]

    public init(_ code: Int, _ status: EnhancedStatus?, lines: [String]) {
        self.code = code
        self.status = status
        self.lines = lines.isEmpty ? [""] : lines
    }

    public init(_ code: Int, _ status: EnhancedStatus?, _ text: String) {
        self.init(code, status, lines: [text])
    }

    /// 2xx: done.
    public var isSuccess: Bool { code / 100 == 2 }
    /// 3xx: go on.
    public var isIntermediate: Bool { code / 100 == 3 }
    /// 4xx: may succeed later.
    public var isTransient: Bool { code / 100 == 4 }
    /// 5xx: will not succeed.
    public var isPermanent: Bool { code / 100 == 5 }

    /// As it goes over the wire, each line with its CRLF. Bytes that would end a line are written as blanks, so that no
    /// text from elsewhere becomes a reply of its own.
    public var wire: [UInt8] {
        var bytes: [UInt8] = []
        for (index, line) in lines.enumerated() {
            bytes += "\(code)".utf8
            bytes.append(index == lines.count - 1 ? ASCII.space : UInt8(ascii: "-"))
            if let status { bytes += "\(status) ".utf8 }
            bytes += line.utf8.map { ASCII.isControl($0) ? ASCII.space : $0 }
            bytes += [ASCII.carriageReturn, ASCII.lineFeed]
        }
        return bytes
    }

    /// On one line, for people: `550 5.1.1 no such user; ask the postmaster`.
    public var summary: String {
        let text = lines.joined(separator: "; ")
        return "\(code)" + (status.map { " \($0)" } ?? "") + (text.isEmpty ? "" : " \(text)")
    }
}
