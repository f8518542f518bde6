/// Bounds on Sieve scripts, so that a hostile one costs no more than an honest one.
public struct SieveLimits: Sendable {
    /// Bytes of a script.
    public var scriptBytes = 1 << 20
    /// Blocks and tests within each other.
    public var nesting = 30
    /// Commands of a script.
    public var commands = 20_000
    /// Conditions of earlier stops and branches that one block's rules write out; further ones are rows of a setting.
    /// As many places that keep the message excuse a rule that takes it away.
    public var plainExcuses = 16
    /// Rows of such a setting; the policy's own bound on them is a little more.
    public var rowsOfSetting = 900
    /// Bytes of the policy: what stands around a block is written at each of its rules.
    public var policyBytes = 4 << 20
    /// Times that a policy is checked and what is refused taken out; then everything goes.
    public var checks = 8
    /// Lines of what could not be translated.
    public var remarks = 1_000
    /// In how many ways counts of several fields may add up to a number; each is written out.
    public static let waysToCount: Int64 = 100

    public init() {}
}
