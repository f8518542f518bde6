/// Bounds of an operator's file.
public struct ConfigurationLimits: Sendable, Equatable {
    /// Bytes of the file. Reached: it is refused.
    public var fileBytes = 1 << 20
    /// Engines of one file. Reached: it is refused.
    public var engines = 64
    /// Seconds that an engine may have for one content, so that a worker's time for a message holds all of them.
    /// Reached: the file is refused.
    public var mostSeconds = 30
    /// Bytes of one content that an engine may be given. Reached: the file is refused.
    public var mostBytes = 1 << 30

    /// Listeners of the relay, routes, tokens. Reached: the file is refused.
    public var entries = 256
    /// Organisations of the relay. Reached: the file is refused.
    public var organisations = 1000

    public init() {}
}
