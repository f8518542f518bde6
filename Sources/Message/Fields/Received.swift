/// A Received field, read lightly (RFC 5321 section 4.4). Nothing in it is to be believed but what a trusted host wrote.
public struct Received: Sendable, Equatable {
    /// The name the client gave.
    public let from: String?
    /// The comment behind it: usually the looked-up name and the address.
    public let fromComment: String?
    /// The address in square brackets behind `from`, without brackets and `IPv6:`.
    public let address: String?
    /// The host that wrote the field.
    public let by: String?
    /// The protocol: `ESMTPSA`.
    public let with: String?
    /// The identifier.
    public let id: String?
    /// The recipient, without angle brackets.
    public let forAddress: String?
    /// The date-time in seconds since 1970 UTC.
    public let date: Int64?

    /// Reads an unfolded value.
    public init(parsing value: String) {
        let bytes = Array(value.utf8.prefix(MessageLimits().valueBytes))
        let reader = TokenReader(bytes)
        var words: [String: String] = [:]
        var comment: String?
        var clause = ""
        var dateStart: Int?
        var literal: String?
        for token in reader.tokens {
            switch token.kind {
            case .comment:
                if clause == "from", comment == nil { comment = token.text }
            case .semicolon: dateStart = token.end
            case .word:
                if clause == "from", literal == nil { literal = Self.bracketed(token.text) }
                let lower = token.text.lowercased()
                if ["from", "by", "with", "id", "for", "via"].contains(lower), words[lower] == nil {
                    clause = lower
                } else if !clause.isEmpty, words[clause] == nil {
                    words[clause] = token.text
                }
            default: break
            }
        }
        from = words["from"]
        fromComment = comment
        address = comment.flatMap(Self.bracketed) ?? literal
        by = words["by"]
        with = words["with"]
        id = words["id"]
        forAddress = words["for"].map { $0.trimming(["<", ">"]) }
        date = dateStart.flatMap { HeaderDecoding.date(Array(bytes[$0...].prefix(128))) }
    }

    private static func bracketed(_ text: String) -> String? {
        guard let open = text.firstIndex(of: "["), let close = text[open...].firstIndex(of: "]") else { return nil }
        let inner = text[text.index(after: open)..<close]
        return inner.lowercased().hasPrefix("ipv6:") ? String(inner.dropFirst(5)) : String(inner)
    }
}

extension String {
    fileprivate func trimming(_ characters: Set<Character>) -> String {
        var slice = self[...]
        while let first = slice.first, characters.contains(first) { slice.removeFirst() }
        while let last = slice.last, characters.contains(last) { slice.removeLast() }
        return String(slice)
    }
}
