import Vocabulary

/// Bounds on programs, so that a loader survives any file and the machine any program.
public struct BytecodeLimits: Sendable {
    /// Bytes of a bundle.
    public var bundleBytes = 256 << 20
    /// Bytes of all strings of a section, each counted as often as it is named.
    public var copiedStringBytes = 256 << 20
    /// Truth registers.
    public var registers = 256
    /// Registers for totals.
    public var totals = 64
    /// Nesting of formula trees, and facts of one operand with its substitutes.
    public var depth = 200
    /// Rows of one score or setting; each is tried where the value is not known.
    public var computedRows = 1000

    /// Tests that a bundle carries.
    public var tests = 2000
    /// Bytes of one test without its mail.
    public var testBytes = 1 << 20
    /// Bytes of all mails that the tests judge.
    public var testMailBytes = 64 << 20

    /// Nesting of loops; two binders are all the language has.
    public static let binders = 2

    public init() {}
}
