/// One mailbox of an address field.
public struct MailAddress: Sendable, Equatable {
    /// The display name, encoded words decoded; empty when there is none.
    public let displayName: String
    /// `local@domain` as written, without angle brackets.
    public let addrSpec: String
    /// The name of the group it stands in, if any.
    public let group: String?

    /// A mailbox with its parts already decoded.
    public init(displayName: String = "", addrSpec: String, group: String? = nil) {
        self.displayName = displayName
        self.addrSpec = addrSpec
        self.group = group
    }

    /// What stands before the last `@`.
    public var localPart: String {
        guard let at = addrSpec.lastIndex(of: "@") else { return addrSpec }
        return String(addrSpec[..<at])
    }

    /// What stands after the last `@`, in lower case; empty when there is no domain.
    public var domain: String {
        guard let at = addrSpec.lastIndex(of: "@") else { return "" }
        return addrSpec[addrSpec.index(after: at)...].lowercased()
    }
}
