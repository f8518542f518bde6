import Vocabulary

/// A score or a setting as conditions refer to it. The name and the type tell which: a setting has one for each type
/// that its values are read as.
public struct ComputedReference: Hashable, Sendable {
    /// With the module's prefix.
    public let name: String
    public let type: ValueType
    /// The greatest cost class among the facts of its conditions.
    public let costClass: CostClass
    /// Whether its conditions mention the recipient judged.
    public let usesRecipient: Bool
    /// What it can be unknown for.
    public let reasons: Reasons
    /// Of a number the least and the greatest it can be.
    public let range: ClosedRange<Int64>?

    public init(
        name: String, type: ValueType, costClass: CostClass, usesRecipient: Bool, reasons: Reasons,
        range: ClosedRange<Int64>?
    ) {
        self.name = name
        self.type = type
        self.costClass = costClass
        self.usesRecipient = usesRecipient
        self.reasons = reasons
        self.range = range
    }
}

/// A score or a setting: a value that conditions of the policy make, known once for a message or a recipient.
public struct TypedComputed: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// The sum of the values of the rows that hold.
        case score
        /// The greatest of the values of the rows that hold.
        case largest
        /// The least.
        case smallest
        /// The value of the row that holds; there should be one.
        case one
    }

    /// `VALUE when CONDITION`
    public struct Row: Hashable, Sendable {
        public var when: Formula
        /// Of a score the weight, in thousandths.
        public var value: Value
        public var place: SourcePlace

        public init(when: Formula, value: Value, place: SourcePlace) {
            self.when = when
            self.value = value
            self.place = place
        }
    }

    public var name: String
    public var type: ValueType
    public var kind: Kind
    /// In the order they are written.
    public var rows: [Row]
    /// What a setting is where no row holds, and where that is written; a score is nothing then.
    public var otherwise: Row?
    public var place: SourcePlace

    public init(
        name: String, type: ValueType, kind: Kind, rows: [Row], otherwise: Row? = nil, place: SourcePlace
    ) {
        self.name = name
        self.type = type
        self.kind = kind
        self.rows = rows
        self.otherwise = otherwise
        self.place = place
    }

    /// How conditions refer to it. `dictionaries` are the policy's.
    public func reference(dictionaries: [TypedDictionary]) -> ComputedReference {
        let formulas = rows.map(\.when)
        var reasons = formulas.reduce(into: Reasons()) {
            $0.formUnion($1.possibleReasons(dictionaries: dictionaries))
        }
        if kind == .one, rows.canContradict { reasons.formUnion(.ambiguous) }
        return ComputedReference(
            name: name, type: type, costClass: formulas.map(\.costClass).max() ?? .envelope,
            usesRecipient: formulas.contains(where: \.usesRecipient), reasons: reasons, range: range)
    }

    private var range: ClosedRange<Int64>? {
        let numbers = (rows + (otherwise.map { [$0] } ?? [])).compactMap { row -> Int64? in
            if case .number(let number) = row.value { number } else { nil }
        }
        if kind == .score {
            return numbers.reduce(0) {
                $0.addingSaturating(min($1, 0))
            }...numbers.reduce(0) { $0.addingSaturating(max($1, 0)) }
        }
        guard let least = numbers.min(), let greatest = numbers.max(), type.isOrdered else { return nil }
        return least...greatest
    }
}

extension [TypedComputed.Row] {
    /// Whether two rows of different values could hold for one mail.
    var canContradict: Bool {
        indices.contains { index in
            self[(index + 1)...].contains { $0.value != self[index].value && !$0.when.excludes(self[index].when) }
        }
    }
}

extension Formula {
    /// Whether the two plainly never hold together: one is the other's opposite, or they ask for different values of
    /// what has one value. Where this says no they still may not.
    func excludes(_ other: Formula) -> Bool {
        let own = conjuncts
        let others = other.conjuncts
        return own.contains { left in others.contains { left.isOpposite(of: $0) } }
    }

    private var conjuncts: [Formula] {
        if case .and(let operands) = self { operands.flatMap(\.conjuncts) } else { [self] }
    }

    private func isOpposite(of other: Formula) -> Bool {
        switch (self, other) {
        case (.not(.atom(let left)), .atom(let right)), (.atom(let left), .not(.atom(let right))):
            return left.test == right.test
        case (.atom(let left), .atom(let right)):
            guard case .equals(.fact(let fact), let values, _) = left.test,
                case .equals(.fact(fact), let others, _) = right.test, fact.type == .symbol,
                FactCatalogue.row(fact.fact).scope == .recipient
            else { return false }
            // Constants, and none of them in common.
            return (values + others).allSatisfy { if case .constant = $0 { true } else { false } }
                && Set(values).isDisjoint(with: others)
        default: return false
        }
    }

    /// Whether it mentions the recipient judged, itself or through a score or setting.
    var usesRecipient: Bool {
        switch self {
        case .constant: false
        case .atom(let atom): atom.test.operands.contains(where: \.usesRecipient)
        case .not(let operand): operand.usesRecipient
        case .and(let operands), .or(let operands), .atLeast(_, let operands, _):
            operands.contains(where: \.usesRecipient)
        case .some(let quantification): quantification.body.usesRecipient
        case .count(let count):
            switch count.measure {
            case .elements(_, _, let body): body.usesRecipient
            case .sum(let reference, _, _, let body), .distinct(let reference, _, _, let body):
                Operand.fact(reference).usesRecipient || body.usesRecipient
            case .values(let reference, _): Operand.fact(reference).usesRecipient
            case .matches(_, let operand): operand.usesRecipient
            }
        }
    }
}

extension Operand {
    fileprivate var usesRecipient: Bool {
        switch self {
        case .fact(let reference): FactCatalogue.row(reference.fact).scope == .recipient
        case .constant: false
        case .otherwise(let first, let second): first.usesRecipient || second.usesRecipient
        case .computed(let reference): reference.usesRecipient
        }
    }

    /// The score or setting, where it is one.
    public var computed: ComputedReference? {
        if case .computed(let reference) = self { reference } else { nil }
    }
}

extension Test {
    /// All its operands, the one whose values are tried first.
    public var operands: [Operand] {
        switch self {
        case .compare(let left, _, let right): [left, right]
        case .equals(let left, let others, _), .text(_, let left, let others, _), .under(let left, let others):
            [left] + others
        case .holds, .exists, .member, .matches, .mentions, .insideType, .insideElement: operand.map { [$0] } ?? []
        }
    }
}
