/// How long something took, as counts of a few spans: of constant size, and exact to the span.
public struct DelayHistogram: Equatable, Sendable {
    /// The upper ends of the spans, in seconds; beyond the last there is one more. Fine where delays of mail lie.
    public static let bounds: [Double] = [
        0.0005, 0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.064, 0.125, 0.25, 0.5, 1, 2, 4, 8, 16, 32, 64, 128,
    ]

    /// How often each span was met, the last one for what took longer than all bounds.
    public private(set) var counts = [UInt64](repeating: 0, count: bounds.count + 1)
    /// Seconds of all together.
    public private(set) var sum = 0.0

    public init() {}

    /// How many there were.
    public var count: UInt64 { counts.reduce(0, +) }

    /// Counts one; a time that is negative, since a clock was set back, counts as none.
    public mutating func record(seconds: Double) {
        let seconds = seconds.isFinite ? max(seconds, 0) : 0
        counts[Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count] += 1
        sum += seconds
    }

    /// Seconds that a share of all did not exceed, taken to lie evenly within a span; `nil` where there were none. What
    /// took longer than all bounds counts as the last bound.
    public func quantile(_ share: Double) -> Double? {
        let count = count
        guard count > 0 else { return nil }
        let rank = min(max(share, 0), 1) * Double(count)
        var before = 0.0
        for (index, own) in counts.enumerated() where own > 0 {
            let after = before + Double(own)
            if after >= rank || after == Double(count) {
                guard index < Self.bounds.count else { break }
                let lower = index == 0 ? 0 : Self.bounds[index - 1]
                return lower + (Self.bounds[index] - lower) * max(rank - before, 0) / Double(own)
            }
            before = after
        }
        return Self.bounds.last
    }
}
