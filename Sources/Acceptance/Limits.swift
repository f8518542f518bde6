/// Bounds on trying a policy before it is taken. Passed in as a value.
public struct AcceptanceLimits: Equatable, Sendable {
    /// Seconds for all tests together. Reached: the policy is refused, since not all were run.
    public var testSeconds: Double = 300
    /// Refusals that are told one by one. Reached: the others are counted.
    public var refusals = 50

    public init() {}
}
