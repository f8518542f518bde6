import Acceptance

/// Keeps the organisations' policies: what the routes hand requests to. It decides by its own means whether a bundle may
/// judge mail; that somebody may ask at all was looked at before.
public protocol PolicyRegister: Sendable {
    /// Tries a bundle and takes it, or says why not. What judged before goes on until the new one does.
    func propose(_ proposal: PolicyProposal) async -> PolicyOutcome
    /// The versions of an organisation's policy; `nil` for an organisation that is unknown.
    func versions(of organisation: String) async -> PolicyHistory?
    /// Has an earlier version judge again.
    func rollBack(_ request: PolicyRollback) async -> PolicyOutcome
    /// What judges where.
    func status() async -> PoliciesInForce
}

/// A policy that somebody sent.
public struct PolicyProposal: Equatable, Sendable {
    public var organisation: String
    /// As it came; nothing in it has been verified.
    public var bundle: [UInt8]
    /// Who says that they sent it.
    public var author: String
    /// The name of the token they sent it with.
    public var token: String
    /// What they say of it.
    public var message: String
    /// Whether it is to judge beside the active one, without anything being done of what it says.
    public var isShadow: Bool

    public init(
        organisation: String, bundle: [UInt8], author: String, token: String, message: String, isShadow: Bool
    ) {
        self.organisation = organisation
        self.bundle = bundle
        self.author = author
        self.token = token
        self.message = message
        self.isShadow = isShadow
    }
}

/// A wish for an earlier version.
public struct PolicyRollback: Equatable, Sendable {
    public var organisation: String
    /// The number of a version; `nil` for the one that judged before.
    public var version: Int?
    public var author: String
    public var token: String
    public var message: String

    public init(organisation: String, version: Int?, author: String, token: String, message: String) {
        self.organisation = organisation
        self.version = version
        self.author = author
        self.token = token
        self.message = message
    }
}
