/// A domain of a policy's `domains`: `acme.example` itself, or `*.acme.example` for every subdomain of it.
public struct OwnDomain: Hashable, Sendable, Codable {
    private static let mark = "*."

    /// The domain without the mark.
    public let domain: Domain
    /// Whether it stands for the subdomains, at any depth, and not for the domain itself.
    public let isWildcard: Bool

    public init(_ domain: Domain, isWildcard: Bool = false) {
        self.domain = domain
        self.isWildcard = isWildcard
    }

    /// From the text of a policy or a bundle.
    public init(_ text: String) {
        let isWildcard = text.hasPrefix(Self.mark)
        self.init(Domain(isWildcard ? String(text.dropFirst(Self.mark.count)) : text), isWildcard: isWildcard)
    }

    /// As policies write it.
    public var text: String { (isWildcard ? Self.mark : "") + domain.name.string }

    /// Whether a mailbox of that domain is ours by this.
    public func covers(_ other: Domain) -> Bool {
        isWildcard ? other != domain && other.isUnder(domain) : other == domain
    }
}
