/// Bounds of the administration port.
public struct AdministrationLimits: Equatable, Sendable {
    /// Connections at once. Reached: further ones wait until one is closed.
    public var connections = 64
    /// Seconds without a byte. Reached: the connection is closed.
    public var idleSeconds = 60
    /// Bytes of a request's header fields. Reached: `431`.
    public var headerBytes = 16_384
    /// Lines of one metric. Reached: the rest is left out, and a metric says how many.
    public var series = 10_000

    public init() {}
}
