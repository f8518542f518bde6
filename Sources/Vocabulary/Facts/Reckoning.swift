/// What is known of a score or a setting: its value, or the values it may have and why it is not known which.
public struct Reckoning: Equatable, Sendable {
    /// One where it is known. Else a setting's possible values, or the least and the greatest sum of a score; the least
    /// first.
    public let candidates: [Value]
    /// Why there are several; empty where there is one.
    public let reasons: Reasons

    /// Orders and merges the candidates. Reasons that leave nothing open are dropped.
    public init(candidates: some Sequence<Value>, reasons: Reasons) {
        let ordered = Set(candidates).sorted { $0.isListedBefore($1) }
        self.candidates = ordered
        self.reasons = ordered.count > 1 ? reasons : []
    }

    /// A value that is known.
    public init(_ value: Value) { self.init(candidates: [value], reasons: []) }

    /// The value, where it is known.
    public var value: Value? { candidates.count == 1 ? candidates[0] : nil }

    /// As texts show it: its value; of an unknown number the least and a `+`, of anything else all it may be.
    public func text(as type: ValueType) -> String {
        guard let first = candidates.first else { return "" }
        if candidates.count == 1 { return first.written(as: type) }
        if type.isOrdered { return first.written(as: type) + "+" }
        return candidates.map { $0.written(as: type) }.joined(separator: " or ")
    }

    /// The truth of a comparison that came out so for each of the candidates: unknown only where they disagree.
    public static func agreement(_ truths: some Sequence<Truth>, reasons: Reasons) -> Truth {
        let different = Set(truths)
        guard different.count > 1 else { return different.first ?? .unknown(reasons) }
        return .unknown(different.reduce(into: reasons) { $0.formUnion($1.reasons) })
    }
}

extension Value {
    /// Numbers by size, the rest by the bytes of what is written.
    fileprivate func isListedBefore(_ other: Value) -> Bool {
        if case .number(let left) = self, case .number(let right) = other { return left < right }
        let type = naturalType
        return described(as: type).utf8.lexicographicallyPrecedes(other.described(as: type).utf8)
    }

    /// As a policy writes it, exact: `20 MB`, `512 KiB`, `2 days`.
    public func written(as type: ValueType) -> String {
        guard case .number(let number) = self else { return described(as: type) }
        switch type {
        case .size:
            // The unit with the fewest digits is the one that was meant; 2.5 MB rather than 2500 KB.
            let units = ByteCount.units.map { (name: $0.name, size: UInt64($0.bytes)) }
                .filter { number.magnitude >= $0.size && Self.isShort(number, $0.size) }
            let written = units.map { (digits: Self.decimal(number, $0.size), unit: $0.name) }
            guard let best = written.min(by: { $0.digits.utf8.count < $1.digits.utf8.count }) else {
                return "\(number) B"
            }
            return "\(best.digits) \(best.unit)"
        case .duration:
            let unit = Self.durationUnits.first { number.magnitude >= $0.size && number.magnitude % $0.size == 0 }
            guard let unit else { return "\(number) seconds" }
            let count = number.magnitude / unit.size
            return "\(number < 0 ? "-" : "")\(count) \(unit.name)\(count == 1 ? "" : "s")"
        case .decimal: return Self.decimal(number, 1000)
        default: return described(as: type)
        }
    }

    private static let durationUnits: [(name: String, size: UInt64)] = [
        ("day", 86_400), ("hour", 3600), ("minute", 60), ("second", 1),
    ]

    /// Whether it is so many units with at most three decimals.
    private static func isShort(_ number: Int64, _ unit: UInt64) -> Bool {
        (number.magnitude % unit) * 1000 % unit == 0
    }

    private static func decimal(_ number: Int64, _ unit: UInt64) -> String {
        let thousandths = number.magnitude % unit * 1000 / unit
        let whole = "\(number < 0 ? "-" : "")\(number.magnitude / unit)"
        if thousandths == 0 { return whole }
        var digits = String(String(thousandths + 1000).dropFirst())
        while digits.hasSuffix("0") { digits.removeLast() }
        return whole + "." + digits
    }
}
