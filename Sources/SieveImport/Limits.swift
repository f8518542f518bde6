/// Bounds on Sieve scripts, so that a hostile one costs no more than an honest one.
public struct SieveLimits: Sendable {
    /// Bytes of a script.
    public var scriptBytes = 1 << 20
    /// Blocks and tests within each other.
    public var nesting = 30
    /// Commands of a script.
    public var commands = 20_000
    /// Times that a policy is checked and what is refused taken out; then everything goes.
    public var checks = 8
    /// Lines of what could not be translated.
    public var remarks = 1_000

    public init() {}
}
