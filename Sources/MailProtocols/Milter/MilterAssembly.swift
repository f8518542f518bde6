/// A mail as it is put together from the commands of the milter protocol.
struct MilterAssembly: Sendable {
    private(set) var transaction = Transaction(from: .null)
    private(set) var fields: [MilterField] = []
    private(set) var content: [UInt8] = []
    private(set) var bodyStart = 0
    private var fault: Reply?

    init() {}

    /// - Parameter arguments: of MAIL.
    init(_ arguments: [ArraySlice<UInt8>], limits: MilterLimits) {
        do throws(Reply) {
            let words = ParameterReader.known(arguments.dropFirst(), ["SIZE", "BODY", "SMTPUTF8", "RET", "ENVID"])
            let parameters = try ParameterReader(limits: Self.words).mail(words)
            guard let path = try? PathParser(limits: Self.words).reversePath(Self.bracketed(arguments[0])) else {
                throw Refusals.senderSyntax
            }
            transaction = Transaction(from: path, parameters)
        } catch {
            fault = error
        }
    }

    /// What the mail is answered before it is judged; `nil` where there is nothing against it. An address that the mail
    /// server took and that cannot be read here cannot be judged, so the mail goes to nobody.
    var refusal: Reply? { fault ?? (transaction.recipients.isEmpty ? Refusals.noRecipients : nil) }

    /// - Parameter arguments: of RCPT.
    mutating func addRecipient(
        _ arguments: [ArraySlice<UInt8>], limits: MilterLimits
    ) -> Result<Transaction.Recipient, Reply> {
        do throws(Reply) {
            guard transaction.recipients.count < limits.recipients else { throw Refusals.tooManyRecipients }
            let words = ParameterReader.known(arguments.dropFirst(), ["NOTIFY", "ORCPT"])
            let parameters = try ParameterReader(limits: Self.words).recipient(words)
            guard let mailbox = try? PathParser(limits: Self.words).forwardPath(Self.bracketed(arguments[0])) else {
                throw Refusals.recipientSyntax
            }
            let recipient = Transaction.Recipient(mailbox, parameters)
            transaction.recipients.append(recipient)
            return .success(recipient)
        } catch {
            if fault == nil { fault = error }
            return .failure(error)
        }
    }

    mutating func removeLastRecipient() { transaction.recipients.removeLast() }

    /// - Parameter hasSpace: whether the blank behind the colon is in the value.
    mutating func addField(name: [UInt8], value: [UInt8], hasSpace: Bool, limits: MilterLimits) {
        let field = MilterField(name: name, value: hasSpace ? value : [ASCII.space] + value)
        add(field.lines, limits: limits)
        if fault == nil { fields.append(field) }
    }

    mutating func endHeaders(limits: MilterLimits) {
        add([ASCII.carriageReturn, ASCII.lineFeed], limits: limits)
        bodyStart = content.count
    }

    mutating func add(_ bytes: some Collection<UInt8>, limits: MilterLimits) {
        guard fault == nil else { return }
        guard bytes.count <= limits.messageBytes - content.count else {
            fault = Refusals.tooLarge
            (content, fields) = ([], [])
            return
        }
        content += bytes
    }

    /// The mail server has looked at lengths already; ours hold for addresses as everywhere.
    private static let words = ProtocolLimits()

    /// A path as the client said it, which some mail servers take without its brackets.
    private static func bracketed(_ path: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard path.first != UInt8(ascii: "<") else { return path }
        return ([UInt8(ascii: "<")] + path + [UInt8(ascii: ">")])[...]
    }
}

extension ParameterReader {
    /// Those of the words that are ours to understand, parted by blanks. The mail server has taken the others, and it is
    /// the mail server that passes them on.
    static func known(_ words: ArraySlice<ArraySlice<UInt8>>, _ keywords: Set<String>) -> ArraySlice<UInt8> {
        let own = words.filter { word in
            keywords.contains(String(decoding: word.prefix { $0 != UInt8(ascii: "=") }, as: UTF8.self).uppercased())
        }
        return Array(own.joined(separator: [ASCII.space]))[...]
    }
}
