import Cryptography

/// What a person, or a program for one, did.
public struct AuditAct: Hashable, Sendable {
    public var actor: String
    /// `nil` for what concerns the whole relay.
    public var organisation: String?
    /// What was done: `held mail: release`.
    public var act: String
    /// What it was done to.
    public var subject: String
    public var detail: String

    public init(actor: String, organisation: String?, act: String, subject: String, detail: String = "") {
        self.actor = actor
        self.organisation = organisation
        self.act = act
        self.subject = subject
        self.detail = detail
    }
}

/// A line of the audit trail. Its digest covers the line and the digest of the line before it, so that none can be changed,
/// taken out or put in without all later ones being written anew.
public struct AuditEntry: Hashable, Sendable, Identifiable {
    /// Counted from one, without a gap.
    public let id: Int64
    /// Seconds since 1970 UTC.
    public let time: Int64
    public let act: AuditAct
    public let previous: SHA256Digest
    public let digest: SHA256Digest

    /// What the first line has before it.
    static let beginning = SHA256Digest.hash([])

    /// The digest that the line should have. Each text stands behind its length, so that no two lines give the same bytes.
    static func digest(id: Int64, time: Int64, _ act: AuditAct, after previous: SHA256Digest) -> SHA256Digest {
        var hasher = SHA256Hasher()
        hasher.update(previous.bytes)
        hasher.update(bytes(of: id))
        hasher.update(bytes(of: time))
        hasher.update([act.organisation == nil ? 0 : 1])
        for text in [act.actor, act.organisation ?? "", act.act, act.subject, act.detail] {
            let bytes = Array(text.utf8)
            hasher.update(Self.bytes(of: Int64(bytes.count)))
            hasher.update(bytes)
        }
        return hasher.finish()
    }

    private static func bytes(of number: Int64) -> [UInt8] { withUnsafeBytes(of: number.bigEndian) { Array($0) } }
}

/// What became of the audit trail.
public enum AuditVerdict: Hashable, Sendable {
    /// Every line is as it was written. Whoever notes the last line's digest elsewhere can also tell a trail whose end was cut
    /// off, or that was written anew.
    case intact(lines: Int64, last: SHA256Digest?)
    /// The first line that isn't as it was written, or isn't there.
    case broken(at: Int64)
}
