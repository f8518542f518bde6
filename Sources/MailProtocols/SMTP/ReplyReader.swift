/// Why what a server sent is no reply.
public enum GarbledReply: Error, Hashable, Sendable {
    /// A line without three digits, or with something other than a blank or a hyphen after them.
    case noCode
    /// Lines of one reply with different codes.
    case mixedCodes
    case tooLong
    case tooManyLines
}

/// Puts the lines of a server's replies together.
///
/// Text that is no UTF-8 is kept as far as it is readable: a reply's words are shown, never acted on.
public struct ReplyReader: Sendable {
    private let limits: ProtocolLimits
    private var code: Int?
    private var status: EnhancedStatus?
    private var lines: [String] = []

    public init(limits: ProtocolLimits = ProtocolLimits()) { self.limits = limits }

    /// Takes one line, without its line end.
    ///
    /// - Returns: the reply that it ends; `nil` while more lines follow.
    /// - Throws: `GarbledReply`; the talk with that server is at its end then.
    public mutating func take(_ line: some Collection<UInt8>) throws(GarbledReply) -> Reply? {
        guard line.count <= limits.replyLineBytes else { throw .tooLong }
        guard lines.count < limits.replyLines else { throw .tooManyLines }
        let digits = line.prefix(3)
        guard digits.count == 3, digits.allSatisfy(ASCII.isDigit),
            let number = Int(String(decoding: digits, as: UTF8.self)), (200...599).contains(number)
        else { throw .noCode }
        guard code == nil || code == number else { throw .mixedCodes }
        code = number
        let separator = line.dropFirst(3).first
        guard separator == nil || separator == ASCII.space || separator == UInt8(ascii: "-") else { throw .noCode }
        keep(String(decoding: line.dropFirst(4), as: UTF8.self), of: number)
        guard separator != UInt8(ascii: "-") else { return nil }
        defer { self = ReplyReader(limits: limits) }
        return Reply(number, status, lines: lines)
    }

    private mutating func keep(_ text: String, of code: Int) {
        guard let (found, rest) = EnhancedStatus.leading(text[...], code: code), status == nil || status == found else {
            lines.append(text)
            return
        }
        status = found
        lines.append(String(rest))
    }
}
