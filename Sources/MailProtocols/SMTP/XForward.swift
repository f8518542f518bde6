/// What a server in front says of its own client (Postfix's XFORWARD_README). Values are whatever that client sent.
public struct XForwardAttributes: Hashable, Sendable {
    public enum Name: String, CaseIterable, Sendable {
        case name = "NAME"
        case address = "ADDR"
        case port = "PORT"
        case greeting = "HELO"
        case scheme = "PROTO"
        case identifier = "IDENT"
        case source = "SOURCE"
    }

    /// `.some(nil)`: said, but not known (`[UNAVAILABLE]`, `[TEMPUNAVAIL]`).
    public private(set) var values: [Name: String?] = [:]

    public init() {}

    /// The value of an attribute, where it is known.
    public subscript(name: Name) -> String? { values[name] ?? nil }

    /// Takes over what a later command of the same session says.
    public mutating func merge(_ later: XForwardAttributes) {
        values.merge(later.values) { $1 }
    }

    /// Reads `NAME=mx.example ADDR=192.0.2.1`; the values are in xtext, in UTF-8.
    ///
    /// - Throws: the refusal.
    init(_ bytes: ArraySlice<UInt8>, limits: ProtocolLimits) throws(Reply) {
        let words = bytes.split(separator: ASCII.space)
        guard !words.isEmpty, words.count <= limits.parameters else { throw Refusals.arguments }
        for word in words {
            let pieces = word.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard pieces.count == 2, pieces[1].count <= limits.parameterBytes,
                let name = Name(rawValue: String(decoding: pieces[0], as: UTF8.self).uppercased()),
                let decoded = XText.decode(pieces[1]), !decoded.contains(where: ASCII.isControl),
                let value = String(validating: decoded, as: UTF8.self)
            else { throw Refusals.parameters }
            let isKnown = value.uppercased() != "[UNAVAILABLE]" && value.uppercased() != "[TEMPUNAVAIL]"
            values[name] = .some(isKnown ? value : nil)
        }
    }
}
