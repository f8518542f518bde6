/// Reads one command. Strict where two readers could differ, so that nobody behind us sees another command than we did.
public struct CommandParser: Sendable {
    private let limits: ProtocolLimits

    public init(limits: ProtocolLimits = ProtocolLimits()) { self.limits = limits }

    /// - Parameter line: without its CRLF.
    /// - Throws: the reply that refuses it; the session can go on.
    public func command(_ line: ArraySlice<UInt8>) throws(Reply) -> Command {
        guard line.count <= limits.commandBytes - 2 else { throw Refusals.tooLong }
        guard !line.contains(where: { ASCII.isControl($0) && $0 != ASCII.tab }) else { throw Refusals.controls }
        let verb = line.prefix { $0 != ASCII.space && $0 != ASCII.tab }
        let rest = Self.trimmed(line[verb.endIndex...])
        switch String(decoding: verb, as: UTF8.self).uppercased() {
        case "HELO": return .helo(try greeting(rest))
        case "EHLO": return .ehlo(try greeting(rest))
        case "LHLO": return .lhlo(try greeting(rest))
        case "MAIL": return try mail(rest)
        case "RCPT": return try rcpt(rest)
        case "DATA": return try alone(.data, rest)
        case "BDAT": return try bdat(rest)
        case "RSET": return try alone(.rset, rest)
        case "NOOP": return .noop
        case "QUIT": return try alone(.quit, rest)
        case "VRFY": return .vrfy
        case "STARTTLS": return try alone(.startTLS, rest)
        case "XFORWARD": return .xforward(try XForwardAttributes(rest, limits: limits))
        case "EXPN", "HELP", "TURN", "ETRN", "AUTH", "SEND", "SOML", "SAML", "BURL", "XCLIENT":
            throw Refusals.notImplemented
        default: throw Refusals.unknownCommand
        }
    }

    private func alone(_ command: Command, _ rest: ArraySlice<UInt8>) throws(Reply) -> Command {
        guard rest.isEmpty else { throw Refusals.arguments }
        return command
    }

    /// A name or a literal; what it says is of no weight, so only its form is looked at.
    private func greeting(_ rest: ArraySlice<UInt8>) throws(Reply) -> String {
        guard !rest.isEmpty, rest.count <= limits.mailboxBytes, !rest.contains(ASCII.space),
            let name = String(validating: rest, as: UTF8.self)
        else { throw Refusals.arguments }
        return name
    }

    private func mail(_ rest: ArraySlice<UInt8>) throws(Reply) -> Command {
        let (path, parameters) = try pathAndParameters(rest, keyword: "FROM:", refusal: Refusals.senderSyntax)
        let read = try ParameterReader(limits: limits).mail(parameters)
        guard let sender = try? PathParser(limits: limits).reversePath(path),
            read.isInternational || sender.mailbox?.needsSMTPUTF8 != true
        else { throw Refusals.senderSyntax }
        return .mail(sender, read)
    }

    private func rcpt(_ rest: ArraySlice<UInt8>) throws(Reply) -> Command {
        let (path, parameters) = try pathAndParameters(rest, keyword: "TO:", refusal: Refusals.recipientSyntax)
        let read = try ParameterReader(limits: limits).recipient(parameters)
        guard let mailbox = try? PathParser(limits: limits).forwardPath(path) else { throw Refusals.recipientSyntax }
        return .rcpt(mailbox, read)
    }

    /// Splits `FROM:<a@b> SIZE=1`. A blank after the colon is common and harmless.
    private func pathAndParameters(
        _ rest: ArraySlice<UInt8>, keyword: String, refusal: Reply
    ) throws(Reply) -> (path: ArraySlice<UInt8>, parameters: ArraySlice<UInt8>) {
        let head = rest.prefix(keyword.utf8.count)
        guard String(decoding: head, as: UTF8.self).uppercased() == keyword else { throw Refusals.arguments }
        let behind = rest[head.endIndex...].drop { $0 == ASCII.space }
        guard let end = Self.endOfPath(behind) else { throw refusal }
        let parameters = behind[end...]
        guard parameters.isEmpty || parameters.first == ASCII.space else { throw refusal }
        return (behind[..<end], parameters)
    }

    /// Behind the `>` that stands outside of quotes.
    private static func endOfPath(_ bytes: ArraySlice<UInt8>) -> Int? {
        var isQuoted = false
        var isEscaped = false
        for index in bytes.indices {
            if isEscaped {
                isEscaped = false
                continue
            }
            switch bytes[index] {
            case UInt8(ascii: "\\"): isEscaped = true
            case UInt8(ascii: "\""): isQuoted.toggle()
            case UInt8(ascii: ">") where !isQuoted: return index + 1
            default: break
            }
        }
        return nil
    }

    private func bdat(_ rest: ArraySlice<UInt8>) throws(Reply) -> Command {
        let words = rest.split(separator: ASCII.space)
        guard (1...2).contains(words.count), words[0].count <= 18, words[0].allSatisfy(ASCII.isDigit),
            let size = Int(String(decoding: words[0], as: UTF8.self)),
            words.count == 1 || String(decoding: words[1], as: UTF8.self).uppercased() == "LAST"
        else { throw Refusals.arguments }
        return .bdat(size: size, isLast: words.count == 2)
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let isBlank = { (byte: UInt8) in byte == ASCII.space || byte == ASCII.tab }
        var rest = bytes.drop(while: isBlank)
        while let last = rest.last, isBlank(last) { rest.removeLast() }
        return rest
    }
}
