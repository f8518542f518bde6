import Vocabulary

/// How one thing that a value may be bears on another.
///
/// Everything here is one-sided: `true` is certain, `false` means "not known". A relation that is not known adds
/// models, so it can turn a "no" into a "cannot tell", never the other way.
enum AlternativeLogic {
    /// Whether every value that satisfies the first satisfies the second.
    static func implies(_ first: Alternative, _ second: Alternative) -> Bool {
        if first == second { return true }
        switch (first, second) {
        case (.same(let value, let exactly), _):
            if case .fileType(let type) = value {
                // Every kind of the type satisfies the first, so it is the lattice that decides.
                guard case .same(.fileType(let other), _) = second else { return false }
                return type.isSubtype(of: other)
            }
            if !exactly, second.regardsCase { return false }
            return holds(second, for: value) ?? false
        case (.ordered(let order, let bound), .ordered(let other, let limit)):
            return interval(order, bound).isWithin(interval(other, limit))
        case (.contains(let text, let exactly), .contains(let part, let partExactly)):
            return found(part, partExactly, in: text, exactly) { contains($0, $1) }
        case (.starts(let text, let exactly), .contains(let part, let partExactly)),
            (.ends(let text, let exactly), .contains(let part, let partExactly)):
            return found(part, partExactly, in: text, exactly) { contains($0, $1) }
        case (.starts(let text, let exactly), .starts(let part, let partExactly)):
            return found(part, partExactly, in: text, exactly) { $0.starts(with: $1) }
        case (.ends(let text, let exactly), .ends(let part, let partExactly)):
            return found(part, partExactly, in: text, exactly) { $0.reversed().starts(with: $1.reversed()) }
        case (.under(let domain), .under(let above)):
            return domain.isUnder(above)
        case (.glob(let pattern), .glob(let wider)):
            // A star of the wider pattern takes in whatever the narrower one has there, its stars too. A question
            // mark takes in one character, which a star is not.
            return !wider.contains(UInt8(ascii: "?")) && Glob.matches(wider, pattern)
        case (.network(let network), .network(let wider)):
            return network.prefixLength >= wider.prefixLength && wider.contains(network.address)
        default:
            return false
        }
    }

    /// Whether no value satisfies both.
    static func excludes(_ first: Alternative, _ second: Alternative) -> Bool {
        switch (first, second) {
        case (.same(let value, let exactly), let other), (let other, .same(let value, let exactly)):
            if case .fileType(let type) = value {
                guard case .same(.fileType(let second), _) = other else { return false }
                return !FileType.all.contains { $0.isSubtype(of: type) && $0.isSubtype(of: second) }
            }
            if case .same(.fileType, _) = other { return false }
            if !exactly, other.regardsCase {
                // The texts differ even where case is not regarded.
                guard case .same(.text(let second), _) = other, case .text(let first) = value else { return false }
                return first.folded != second.folded
            }
            return holds(other, for: value) == false
        case (.ordered(let order, let bound), .ordered(let other, let limit)):
            return interval(order, bound).isDisjoint(with: interval(other, limit))
        case (.under(let domain), .under(let other)):
            return !domain.isUnder(other) && !other.isUnder(domain)
        case (.network(let network), .network(let other)):
            // Networks are nested or apart.
            return !implies(first, second) && !implies(second, first) && network != other
        default:
            return false
        }
    }

    /// Whether every value that the fact can have satisfies one of them.
    static func covers(_ first: Alternative, _ second: Alternative) -> Bool {
        switch (first, second) {
        case (.same(.bool(let one), _), .same(.bool(let other), _)): return one != other
        case (.ordered(let order, let bound), .ordered(let other, let limit)):
            let (one, two) = (interval(order, bound), interval(other, limit))
            let (low, high) = one.lowest <= two.lowest ? (one, two) : (two, one)
            guard low.lowest == .min, high.highest == .max else { return false }
            return low.highest == .max || high.lowest <= low.highest + 1
        default: return false
        }
    }

    /// Whether a value satisfies an alternative; `nil` where that takes a library of regular expressions.
    static func holds(_ alternative: Alternative, for value: Value) -> Bool? {
        switch alternative {
        case .same(let other, let exactly): return value.isSame(as: other, exactly: exactly)
        case .ordered(let order, let bound):
            guard case .number(let number) = value else { return false }
            return order.holds(number, bound)
        case .contains(let text, let exactly):
            return text.utf8.isEmpty ? nil : compare(value, text, exactly) { contains($0, $1) }
        case .starts(let text, let exactly): return compare(value, text, exactly) { $0.starts(with: $1) }
        case .ends(let text, let exactly):
            return compare(value, text, exactly) { $0.reversed().starts(with: $1.reversed()) }
        case .under(let domain):
            guard case .domain(let own) = value else { return false }
            return own.isUnder(domain)
        case .glob(let pattern):
            guard case .address(let address) = value else { return false }
            return Glob.matches(pattern, address.folded)
        case .network(let network):
            guard case .ip(let address) = value else { return false }
            return network.contains(address)
        case .pattern, .alike, .entry: return nil
        }
    }

    // MARK: Texts

    private static func compare(
        _ value: Value, _ sought: Text, _ exactly: Bool, _ relation: ([UInt8], [UInt8]) -> Bool
    ) -> Bool {
        guard let text = value.searchableText else { return false }
        return exactly ? relation(text.utf8, sought.utf8) : relation(text.folded, sought.folded)
    }

    /// Whether a text that has `whole` has `part`, where each may be meant exactly or folded.
    private static func found(
        _ part: Text, _ partExactly: Bool, in whole: Text, _ exactly: Bool, _ relation: ([UInt8], [UInt8]) -> Bool
    ) -> Bool {
        guard !part.utf8.isEmpty, exactly || !partExactly else { return false }
        return partExactly ? relation(whole.utf8, part.utf8) : relation(whole.folded, part.folded)
    }

    private static func contains(_ whole: [UInt8], _ part: [UInt8]) -> Bool {
        guard part.count <= whole.count else { return false }
        return (0...(whole.count - part.count)).contains { whole[$0...].starts(with: part) }
    }

    // MARK: Numbers

    private struct Interval {
        let lowest: Int64
        let highest: Int64

        static let none = Interval(lowest: .max, highest: .min)

        var isEmpty: Bool { lowest > highest }

        func isWithin(_ other: Interval) -> Bool {
            isEmpty || (lowest >= other.lowest && highest <= other.highest)
        }

        func isDisjoint(with other: Interval) -> Bool {
            isEmpty || other.isEmpty || highest < other.lowest || other.highest < lowest
        }
    }

    private static func interval(_ order: Order, _ bound: Int64) -> Interval {
        switch order {
        case .less: bound == .min ? .none : Interval(lowest: .min, highest: bound - 1)
        case .lessOrEqual: Interval(lowest: .min, highest: bound)
        case .greater: bound == .max ? .none : Interval(lowest: bound + 1, highest: .max)
        case .greaterOrEqual: Interval(lowest: bound, highest: .max)
        }
    }
}

extension Alternative {
    /// Whether two values that differ in case only may differ in satisfying it.
    var regardsCase: Bool {
        switch self {
        case .same(.text, let exactly), .contains(_, let exactly), .starts(_, let exactly), .ends(_, let exactly):
            exactly
        case .pattern, .alike, .entry: true
        case .same, .ordered, .under, .glob, .network: false
        }
    }

    /// Whether the search for it can meet the limit on matching.
    var canMeetMatchLimit: Bool { if case .pattern(let pattern) = self { pattern.kind == .regex } else { false } }
}
