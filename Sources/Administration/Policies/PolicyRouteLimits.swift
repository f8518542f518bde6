/// Bounds on requests about policies. Passed in as a value.
public struct PolicyRouteLimits: Equatable, Sendable {
    /// Bytes of a bundle that is sent. Reached: `413`.
    public var bundleBytes = 128 << 20
    /// Bundles that are received or tried at once. Reached: `503`, and the client comes again.
    public var proposals = 2
    /// Characters of an author's name, and of what is said of a version. Reached: `400`.
    public var textCharacters = 2000

    public init() {}
}
