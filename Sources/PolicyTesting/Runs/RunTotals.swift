import Vocabulary

/// The totals of dry-runs. Records of several runs add up as if they had been one.
public struct RunTotals: Equatable, Sendable {
    /// A rule's share in the decisions.
    public struct RuleCount: Equatable, Sendable {
        public var fires = 0
        public var undetermined = 0
        public var exempted = 0
    }

    public private(set) var mails = 0
    public private(set) var decisions = 0
    public private(set) var errors = 0
    /// By their names.
    public private(set) var dispositions: [String: Int] = [:]
    public private(set) var directions: [String: Int] = [:]
    public private(set) var areas: [String: Int] = [:]
    public private(set) var rules: [String: RuleCount] = [:]
    /// Of undetermined rules, by reason.
    public private(set) var reasons: [String: Int] = [:]
    public private(set) var delays = DelayHistogram()
    public private(set) var usesGuesses = false
    private var lastMail: String?

    public init() {}

    /// Counts a record in. Those of one mail must follow one another, as they do in every run.
    public mutating func add(_ record: MailRecord) {
        if record.mail != lastMail {
            mails += 1
            lastMail = record.mail
            if record.recipient != nil { delays.add(record.elapsedMicroseconds) }
        }
        usesGuesses = usesGuesses || !record.guessed.isEmpty
        if record.error != nil { errors += 1 }
        guard let disposition = record.disposition else { return }
        decisions += 1
        dispositions[disposition, default: 0] += 1
        directions[record.direction ?? "", default: 0] += 1
        for area in record.quarantine { areas[area, default: 0] += 1 }
        for rule in record.rules {
            if rule.verdict == RuleOutcome.fires.rawValue {
                rules[rule.name, default: RuleCount()].fires += 1
            } else {
                rules[rule.name, default: RuleCount()].undetermined += 1
            }
            for reason in rule.unknown { reasons[reason, default: 0] += 1 }
        }
        for excuse in record.exempted { rules[excuse.rule, default: RuleCount()].exempted += 1 }
    }

    /// The dispositions there were, the gravest first.
    var gravestFirst: [(name: String, count: Int)] {
        let known = Disposition.allCases.reversed().map(\.rawValue)
        let others = dispositions.keys.filter { !known.contains($0) }.sorted()
        return (known + others).compactMap { name in dispositions[name].map { (name, $0) } }
    }

    /// Counts by size, the greatest first, then by name.
    static func sorted(_ counts: [String: Int]) -> [(name: String, count: Int)] {
        counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
    }
}

/// Delays of mails in classes that grow by a fourth, so that a percentile of millions costs no list of them and two
/// runs add up. A percentile is known to a fourth of its value; the longest delay is exact.
public struct DelayHistogram: Equatable, Sendable {
    /// Counts by class.
    private(set) var counts: [Int: Int] = [:]
    public private(set) var count = 0
    public private(set) var longest = 0

    public init() {}

    public mutating func add(_ microseconds: Int) {
        counts[Self.number(of: microseconds), default: 0] += 1
        count += 1
        longest = max(longest, microseconds)
    }

    /// The bound under which so many of a hundred mails lie.
    public func percentile(_ percent: Int) -> Int {
        var left = (count * percent + 99) / 100
        for (number, count) in counts.sorted(by: { $0.key < $1.key }) {
            left -= count
            if left <= 0 { return min(longest, Self.bound(of: number)) }
        }
        return longest
    }

    /// The class of a delay: each power of two in four steps.
    static func number(of microseconds: Int) -> Int {
        let value = max(4, microseconds)
        let power = Int.bitWidth - 1 - value.leadingZeroBitCount
        return power * 4 + (value >> (power - 2)) & 3
    }

    /// The delay at which the next class begins; of the last one the greatest number.
    static func bound(of number: Int) -> Int {
        let bound = UInt64(number % 4 + 5) << UInt64(number / 4 - 2)
        return Int(clamping: bound)
    }

    /// How many lie under each power of two of milliseconds, for drawing: the bound in microseconds and the count.
    var byPowersOfTwo: [(bound: Int, count: Int)] {
        var result: [Int: Int] = [:]
        for (number, count) in counts { result[number / 4, default: 0] += count }
        guard let first = result.keys.min(), let last = result.keys.max() else { return [] }
        return (first...last).map { (Int(clamping: UInt64(2) << UInt64($0)), result[$0, default: 0]) }
    }
}
