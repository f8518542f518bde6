/// What a MAIL command says besides the reverse path.
public struct MailParameters: Hashable, Sendable, Codable {
    /// SIZE (RFC 1870), in bytes.
    public var size: Int?
    /// BODY=8BITMIME (RFC 6152).
    public var isEightBit = false
    /// SMTPUTF8 (RFC 6531).
    public var isInternational = false
    /// RET.
    public var returned: ReturnedContent?
    /// ENVID as it was encoded, for it is passed on, never read.
    public var envelopeID: String?
    /// AUTH as it was encoded (RFC 4954 5). Nobody believes it; it is passed on to nobody.
    public var claimedSubmitter: String?

    public init() {}
}

/// What an RCPT command says besides the forward path.
public struct RecipientParameters: Hashable, Sendable, Codable {
    /// NOTIFY; `nil` where it was not said.
    public var notify: NotifyConditions?
    /// ORCPT as it was encoded, for it is passed on.
    public var originalRecipient: String?

    public init() {}
}

/// Words behind a path: `SIZE=1000 BODY=8BITMIME`.
struct ParameterReader {
    let limits: ProtocolLimits

    /// - Throws: the refusal.
    func words(_ bytes: ArraySlice<UInt8>) throws(Reply) -> [(keyword: String, value: String?)] {
        let words = bytes.split(separator: ASCII.space)
        guard words.count <= limits.parameters else { throw Refusals.parameters }
        var found: [(keyword: String, value: String?)] = []
        for word in words {
            let pieces = word.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let keyword = pieces.first, !keyword.isEmpty,
                keyword.allSatisfy({ ASCII.isLetter($0) || ASCII.isDigit($0) || $0 == UInt8(ascii: "-") })
            else { throw Refusals.parameters }
            let name = String(decoding: keyword, as: UTF8.self).uppercased()
            guard !found.contains(where: { $0.keyword == name }) else { throw Refusals.parameters }
            let value = pieces.count > 1 ? try text(pieces[1]) : nil
            found.append((name, value))
        }
        return found
    }

    private func text(_ bytes: ArraySlice<UInt8>) throws(Reply) -> String {
        guard !bytes.isEmpty, bytes.count <= limits.parameterBytes, !bytes.contains(where: ASCII.isControl),
            let text = String(validating: bytes, as: UTF8.self)
        else { throw Refusals.parameters }
        return text
    }

    func mail(_ bytes: ArraySlice<UInt8>) throws(Reply) -> MailParameters {
        var parameters = MailParameters()
        for (keyword, value) in try words(bytes) {
            switch (keyword, value) {
            case ("SIZE", let value?):
                guard value.utf8.count <= 18, value.utf8.allSatisfy(ASCII.isDigit), let size = Int(value) else {
                    throw Refusals.parameters
                }
                parameters.size = size
            case ("BODY", let value?):
                switch value.uppercased() {
                case "7BIT": parameters.isEightBit = false
                case "8BITMIME": parameters.isEightBit = true
                default: throw Refusals.unknownParameter
                }
            case ("SMTPUTF8", nil): parameters.isInternational = true
            case ("RET", let value?):
                guard let returned = ReturnedContent(rawValue: value.uppercased()) else { throw Refusals.parameters }
                parameters.returned = returned
            case ("ENVID", let value?):
                guard value.utf8.count <= 100, XText.decode(value.utf8) != nil else { throw Refusals.parameters }
                parameters.envelopeID = value
            case ("AUTH", let value?):
                guard XText.decode(value.utf8) != nil else { throw Refusals.parameters }
                parameters.claimedSubmitter = value
            default: throw Refusals.unknownParameter
            }
        }
        return parameters
    }

    func recipient(_ bytes: ArraySlice<UInt8>) throws(Reply) -> RecipientParameters {
        var parameters = RecipientParameters()
        for (keyword, value) in try words(bytes) {
            switch (keyword, value) {
            case ("NOTIFY", let value?):
                guard let conditions = NotifyConditions(value) else { throw Refusals.parameters }
                parameters.notify = conditions
            case ("ORCPT", let value?):
                guard value.utf8.count <= 500, value.contains(";") else { throw Refusals.parameters }
                parameters.originalRecipient = value
            default: throw Refusals.unknownParameter
            }
        }
        return parameters
    }
}
