/// Bounds on what the checker accepts, so that no policy can make checking or judging unbounded.
public struct SemanticsLimits: Sendable {
    /// Quantifiers inside one another: `any file where (any file where (…))` is two. The machine's binders.
    public var quantifierNesting = 2
    /// Levels of `and`, `or`, `not` and quantifiers in one another once defines are expanded: what walks a condition
    /// recursively needs a stack for them.
    public var expressionDepth = 128
    /// Defines, scores and settings that use one another in a row.
    public var defineChain = 50
    /// Tests that defines bring into one condition: those that use one another twice double each time.
    public var expandedTests = 20_000
    /// Rows of one score or setting: each is evidence, and a value to try where it is not known which holds.
    public var computedRows = 1000
    /// Modules that import one another in a row.
    public var importDepth = 8
    /// Imports in all, those of modules counted wherever they are imported.
    public var modules = 500
    /// Entries of one group, list or dictionary.
    public var listEntries = 1_000_000
    /// Bytes of a file of policy text that is read from disk; the parser tells of more than its own bound.
    public var fileBytes = 16 * 1024 * 1024
    /// Bytes of a `from file` list.
    public var listBytes = 64 * 1024 * 1024
    /// Unknown names reported in one run; there is at least this one error, so the policy fails all the same.
    public var unknownNames = 500

    /// Diagnostics of one declaration whose syntax is broken: one wrong token makes what stands behind it look wrong in
    /// several ways, and which of them were meant shows once it is mended.
    public var faultsOfBrokenDeclaration = 2

    public init() {}
}
