/// Text of a message or a policy, as UTF-8 bytes.
///
/// Bytes, not `String`: comparison is by simple case folding, never by canonical equivalence, and most texts are only
/// searched.
public struct Text: Hashable, Sendable, Codable {
    public let utf8: [UInt8]

    public init(utf8: [UInt8]) { self.utf8 = utf8 }

    public init(_ string: String) { utf8 = Array(string.utf8) }

    public init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode(String.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(string)
    }

    /// For people; bytes that are not UTF-8 are replaced.
    public var string: String { String(decoding: utf8, as: UTF8.self) }

    /// The text as comparisons see it.
    public var folded: [UInt8] { CaseFolding.fold(utf8) }
}

extension Text: ExpressibleByStringLiteral {
    public init(stringLiteral value: String) { self.init(value) }
}

/// A domain name: lower-case, without the final dot, in its own script. `xn--mller-kva.example` and `Müller.example` are
/// one name.
public struct Domain: Hashable, Sendable, Codable {
    public let name: Text

    public init(_ text: Text) {
        var bytes = text.folded
        while bytes.last == UInt8(ascii: ".") { bytes.removeLast() }
        name = Text(utf8: Punycode.unfolded(bytes))
    }

    public init(_ string: String) { self.init(Text(string)) }

    /// Whether this is `other` or a subdomain of it.
    public func isUnder(_ other: Domain) -> Bool {
        let own = name.utf8
        let suffix = other.name.utf8
        guard own.count >= suffix.count, own.suffix(suffix.count).elementsEqual(suffix) else { return false }
        return own.count == suffix.count || own[own.count - suffix.count - 1] == UInt8(ascii: ".")
    }

    /// The last label, absent for the empty name.
    public var topLevel: Text? {
        name.utf8.split(separator: UInt8(ascii: ".")).last.map { Text(utf8: Array($0)) }
    }
}

/// A mailbox: the address and, where it stood in a header field, its display name.
///
/// Two addresses are equal to a policy when local part and domain are equal after folding; the display name says
/// nothing.
public struct Address: Hashable, Sendable, Codable {
    public let displayName: Text?
    public let local: Text
    public let domain: Domain

    public init(displayName: Text? = nil, local: Text, domain: Domain) {
        self.displayName = displayName
        self.local = local
        self.domain = domain
    }

    /// From `local@domain`; a text without an at-sign is a local part with an empty domain.
    public init(_ string: String, displayName: String? = nil) {
        let bytes = Array(string.utf8)
        let at = bytes.lastIndex(of: UInt8(ascii: "@"))
        self.init(
            displayName: displayName.map { Text($0) },
            local: Text(utf8: Array(bytes[..<(at ?? bytes.count)])),
            domain: Domain(Text(utf8: at.map { Array(bytes[($0 + 1)...]) } ?? [])))
    }

    /// `local@domain` as it was written, the domain in lower case.
    public var addrSpec: String {
        domain.name.utf8.isEmpty ? local.string : local.string + "@" + domain.name.string
    }

    /// The folded `local@domain`, what comparisons and patterns see.
    public var folded: [UInt8] { local.folded + [UInt8(ascii: "@")] + domain.name.utf8 }

    /// The part of the local part after its first plus sign (RFC 5233), absent when there is none.
    public var detail: Text? {
        guard let plus = local.utf8.firstIndex(of: UInt8(ascii: "+")) else { return nil }
        return Text(utf8: Array(local.utf8[(plus + 1)...]))
    }
}
