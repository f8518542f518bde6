/// What it costs to know a fact; the order in which operands are tried and evidence is chosen.
public enum CostClass: Int, Codable, Sendable, Comparable, CaseIterable {
    case envelope
    case header
    case structure
    case content
    case engine

    public static func < (left: CostClass, right: CostClass) -> Bool { left.rawValue < right.rawValue }

    public var name: String {
        switch self {
        case .envelope: "envelope"
        case .header: "header"
        case .structure: "structure"
        case .content: "content"
        case .engine: "engine"
        }
    }
}

/// What a fact belongs to.
public enum FactScope: Hashable, Sendable {
    case message
    /// Differs from recipient to recipient: `recipient`, `direction`.
    case recipient
    case element(ElementKind)
}

/// One row of the catalogue: everything that checker, machine, documentation and editor know of a fact.
public struct FactRow: Sendable {
    public let fact: Fact
    public let scope: FactScope
    public let type: ValueType
    public let costClass: CostClass
    /// Whether a message can simply not have it.
    public let canBeAbsent: Bool
    /// Why it can be unknown; a rule that asks for it answers each.
    public let reasons: Reasons
    /// Whether it takes a text after its name: `header "List-Id"`.
    public let takesArgument: Bool
    /// For symbols, the names it can have.
    public let symbols: [String]
    /// One sentence without a full stop.
    public let documentation: String

    /// With what no rule need answer: a header section over its limits, whose facts are `over-limit`. So rare that
    /// asking every policy for an answer would cost more than it tells; a rule without one defers.
    public var possibleReasons: Reasons { costClass == .header ? reasons.union(.overLimit) : reasons }

    /// The name as a policy writes it within its scope.
    public var writtenName: String { fact == .urlPath ? "path" : fact.rawValue }
}

/// The one catalogue of facts.
public enum FactCatalogue {
    /// All rows, in the order of the documentation.
    public static let rows: [FactRow] = envelope + headerFields + structure + partStructure + content + engines

    private static let byFact: [Fact: FactRow] = Dictionary(uniqueKeysWithValues: rows.map { ($0.fact, $0) })
    private static let byName: [FactScope: [String: FactRow]] = Dictionary(grouping: rows, by: \.scope)
        .mapValues { Dictionary(uniqueKeysWithValues: $0.map { ($0.writtenName, $0) }) }

    /// The row of a fact. Every fact has one; a test holds it.
    public static func row(_ fact: Fact) -> FactRow {
        byFact[fact] ?? rows[0]
    }

    /// The fact that a name means in a scope.
    public static func row(named name: String, in scope: FactScope) -> FactRow? { byName[scope]?[name] }

    /// The fact with the longest name that a path begins with in a scope, and how many of the path's words that takes:
    /// `from` of `from.domain`, but `virus.name` of `virus.name`.
    public static func row(beginning path: [String], in scope: FactScope) -> (row: FactRow, words: Int)? {
        for count in stride(from: path.count, through: 1, by: -1) {
            if let row = row(named: path.prefix(count).joined(separator: "."), in: scope) { return (row, count) }
        }
        return nil
    }

    /// Whether conditions mean something of the language by a name, so that nothing declared can bear it.
    public static func isTaken(_ name: String) -> Bool {
        rows.contains { $0.writtenName == name } || name == "message" || Adjective.ofPart.named(name) != nil
            || ElementListName.allCases.contains { $0.rawValue == name || $0.singular == name }
    }

    static func row(
        _ fact: Fact, _ type: ValueType, _ cost: CostClass, scope: FactScope = .message, absent: Bool = false,
        unknown reasons: Reasons = [], argument: Bool = false, symbols: [String] = [],
        _ documentation: String
    ) -> FactRow {
        FactRow(
            fact: fact, scope: scope, type: type, costClass: cost, canBeAbsent: absent, reasons: reasons,
            takesArgument: argument, symbols: symbols, documentation: documentation)
    }
}
