import Vocabulary

/// A moment by which something must have ended; all waiting for it counts against the same one.
public struct Deadline: Sendable {
    private let end: ContinuousClock.Instant

    /// So many seconds from now.
    public init(seconds: Double) {
        end = .now + .seconds(seconds)
    }

    /// Whether it has passed.
    public var isPast: Bool { ContinuousClock.now >= end }

    /// Seconds that are left, never negative.
    public var secondsLeft: Double {
        let left = ContinuousClock.now.duration(to: end)
        return max(0, Double(left.wholeMicroseconds) / 1_000_000)
    }

    /// For `poll`: rounded up, so that waiting never spins.
    public var millisecondsLeft: Int32 { Int32(clamping: Int((secondsLeft * 1000).rounded(.up))) }
}
