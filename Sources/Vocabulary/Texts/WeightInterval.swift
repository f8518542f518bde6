/// A sum of weights that lies between two numbers; without an end where nothing bounds it.
public struct WeightInterval: Sendable, Equatable {
    public internal(set) var lowest: Int64 = 0
    /// `nil` where nothing bounds it above.
    public internal(set) var highest: Int64? = 0

    public init() {}

    /// Whether the sum is one number.
    public var isSettled: Bool { lowest == highest }

    /// Adds a weight that counts so many times.
    public mutating func add(_ weight: Int64, times: ClosedRange<Int>) {
        let ends = [times.lowerBound, times.upperBound].map { weight.multipliedSaturating(by: Int64($0)) }
        lowest = lowest.addingSaturating(min(ends[0], ends[1]))
        highest = highest?.addingSaturating(max(ends[0], ends[1]))
    }

    /// Adds another sum.
    public mutating func add(_ other: WeightInterval) {
        lowest = lowest.addingSaturating(other.lowest)
        highest = highest.flatMap { own in other.highest.map { own.addingSaturating($0) } }
    }

    /// Adds nobody knows how many such sums.
    public mutating func open(by other: WeightInterval) {
        if other.lowest < 0 { lowest = .min }
        if other.highest.map({ $0 > 0 }) ?? true { highest = nil }
    }

    /// Whether a text with this sum, which may not be there at all, reaches a number.
    public func truth(ofPerhapsReaching threshold: Int64, reasons: Reasons) -> Truth {
        (highest.map { $0 < threshold } ?? false) ? .no : .unknown(reasons)
    }

    /// Whether the sum reaches a number; the reasons say why it may not be known.
    public func truth(ofReaching threshold: Int64, reasons: Reasons) -> Truth {
        Order.greaterOrEqual.holds(from: lowest, to: highest, threshold, reasons: reasons)
    }
}
