/// What the store bounds.
public struct StoreLimits: Sendable {
    /// How long a call waits while another process writes.
    public var busySeconds = 5
    /// How long after it was sent a unique key is remembered: five days.
    public var rememberedSeconds = 432_000
    /// How old a blob is that no row names before it is collected: seven days, far more than any commit takes.
    public var orphanSeconds = 604_800
    /// How long a released mail is tried before it counts as undeliverable: five days.
    public var releaseSeconds = 432_000
    /// Tracking records that are written at once, without waiting for more.
    public var trackBatch = 200
    /// How long tracking records wait for more.
    public var trackMilliseconds = 200
    /// Tracking records that wait for a database that doesn't take them.
    public var waitingTracks = 20_000
    /// Blobs written or read at the same time.
    public var fileOperations = 16
    /// Rows of one listing.
    public var listedRows = 1_000

    public init() {}
}
