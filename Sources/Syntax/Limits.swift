/// The bounds of reading a policy.
public struct SyntaxLimits: Sendable {
    /// Longest file read; a policy of ten thousand rules is below two. Unit: bytes.
    public var bytesPerFile = 8 << 20
    /// Deepest nesting of conditions and of `otherwise`; keeps every later walk over the tree within its stack.
    /// Unit: levels.
    public var nesting = 64
    /// Diagnostics kept for a file. Unit: diagnostics.
    public var diagnosticsPerFile = 200

    /// The defaults.
    public init() {}
}
