/// What a caller wants to know of a policy's conditions, beyond the decisions.
public struct ObservationRequest: Equatable, Sendable, Codable {
    /// Which values every test of the policy took.
    public var withCoverage: Bool
    /// The rules of which every test is told, with what it saw.
    public var rules: [String]

    public init(withCoverage: Bool = false, rules: [String] = []) {
        self.withCoverage = withCoverage
        self.rules = rules
    }

    /// Whether nothing is asked.
    public var isEmpty: Bool { !withCoverage && rules.isEmpty }
}

/// The values that a test took.
public struct TruthsSeen: OptionSet, Hashable, Sendable, Codable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static let yes = TruthsSeen(rawValue: 1)
    public static let no = TruthsSeen(rawValue: 2)
    public static let unknown = TruthsSeen(rawValue: 4)

    /// The set of one value.
    public init(_ truth: Truth) { self = truth.isTrue ? .yes : truth.isFalse ? .no : .unknown }

    /// True and false exchanged, for a clause that is written as the negation of its test.
    public var negated: TruthsSeen {
        var result = subtracting([.yes, .no])
        if contains(.yes) { result.insert(.no) }
        if contains(.no) { result.insert(.yes) }
        return result
    }
}

/// A test of a condition, by its place, and the values it took for one message.
public struct ClauseSighting: Hashable, Sendable {
    public let place: SourcePlace
    public let seen: TruthsSeen

    public init(place: SourcePlace, seen: TruthsSeen) {
        self.place = place
        self.seen = seen
    }
}

/// One test of a rule with one value it took, and what it saw.
public struct ClauseFinding: Hashable, Sendable, Codable {
    /// One value.
    public let seen: TruthsSeen
    /// The fact, the part and an excerpt of what was seen, and the place of the test.
    public let evidence: Evidence

    public init(seen: TruthsSeen, evidence: Evidence) {
        self.seen = seen
        self.evidence = evidence
    }
}

/// Every test of one rule for one recipient.
public struct RuleFindings: Equatable, Sendable, Codable {
    public var recipient: Address
    public var rule: String
    /// Whether the rule is for the recipient's direction.
    public var isLive: Bool
    /// In the order of the condition, at most `ObservationLimits.findingsOfRule`.
    public var findings: [ClauseFinding]

    public init(recipient: Address, rule: String, isLive: Bool, findings: [ClauseFinding]) {
        self.recipient = recipient
        self.rule = rule
        self.isLive = isLive
        self.findings = findings
    }
}

/// What was seen of a policy's conditions in judging one message.
public struct Observation: Equatable, Sendable, Codable {
    /// The files of `clauses`, and for each of them its file, line, column, length and values: a list of numbers,
    /// because one with names takes ten times the bytes on its way from the worker.
    private var files: [String] = []
    private var numbers: [Int] = []
    /// The rules that were asked for.
    public var rules: [RuleFindings] = []
    /// Whether every element was looked at; false beyond the machine's bound.
    public var isComplete = true

    public init() {}

    /// The tests that were reached, each place once.
    public var clauses: [ClauseSighting] {
        get {
            stride(from: 0, to: numbers.count - numbers.count % 5, by: 5).compactMap { start in
                guard files.indices.contains(numbers[start]) else { return nil }
                let place = SourcePlace(
                    file: files[numbers[start]], line: numbers[start + 1], column: numbers[start + 2],
                    length: numbers[start + 3])
                return ClauseSighting(
                    place: place, seen: TruthsSeen(rawValue: UInt8(truncatingIfNeeded: numbers[start + 4])))
            }
        }
        set {
            files = []
            numbers = []
            var known: [String: Int] = [:]
            for clause in newValue {
                let place = clause.place
                let file = known[place.file] ?? files.count
                if file == files.count {
                    files.append(place.file)
                    known[place.file] = file
                }
                numbers += [file, place.line, place.column, place.length, Int(clause.seen.rawValue)]
            }
        }
    }
}

/// Bounds on what is told of conditions, so that a message with many parts does not fill a report.
public enum ObservationLimits {
    /// Findings of one rule for one recipient.
    public static let findingsOfRule = 48
    /// Findings of one test with one value: elements beyond them say nothing new.
    public static let findingsOfValue = 3
}
