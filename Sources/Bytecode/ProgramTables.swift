import Vocabulary

/// A formula that the code computes.
public struct FormulaEntry: Hashable, Sendable {
    public var level: EvaluationLevel
    /// Where its code starts if it runs only on demand; `nil` for conditions of rules, which the sections compute.
    public var fragment: Int?
    /// The list whose element is bound when it is asked; `nil` for conditions on the message.
    public var element: LoopHead?
    /// The root of its tree.
    public var root: Int

    public init(level: EvaluationLevel, fragment: Int?, element: LoopHead? = nil, root: Int) {
        self.level = level
        self.fragment = fragment
        self.element = element
        self.root = root
    }
}

/// A count or a sum, as evidence needs it.
public struct CountEntry: Hashable, Sendable {
    public enum Measure: Hashable, Sendable {
        case elements(LoopHead)
        case values(fact: Int, distinct: Bool)
        case sum(fact: Int, LoopHead)
        case distinct(fact: Int, LoopHead)
        case matches(Int)
    }

    public var measure: Measure
    public var comparison: Comparison
    /// The type of the total.
    public var type: ValueType

    public init(measure: Measure, comparison: Comparison, type: ValueType) {
        self.measure = measure
        self.comparison = comparison
        self.type = type
    }
}

/// A node of a formula tree. Trees stand in prefix order: a node, then its operands, each a whole tree.
public struct FormulaNode: Hashable, Sendable {
    public enum Kind: UInt8, Sendable, CaseIterable {
        /// `operand` is 1 for true.
        case constant
        /// `operand` is the atom.
        case atom
        case not
        case and
        case or
        /// `operand` is how many.
        case atLeast
        /// `operand` is the packed loop head.
        case any
        /// `operand` is the count; elements and sums have one operand, the condition.
        case count
    }

    public var kind: Kind
    /// The greatest cost class among its facts.
    public var costClass: CostClass
    public var operand: Int
    /// Its place in the policy, where the kind has one.
    public var place: Int
    /// The node behind its tree.
    public var end: Int

    public init(kind: Kind, costClass: CostClass, operand: Int = 0, place: Int = 0, end: Int = 0) {
        self.kind = kind
        self.costClass = costClass
        self.operand = operand
        self.place = place
        self.end = end
    }
}

/// A rule.
public struct RuleEntry: Hashable, Sendable {
    public var name: String
    public var title: String?
    public var place: Int
    public var directions: DirectionSet
    public var labels: [String]
    public var isMandatory: Bool
    /// The formula of `when`.
    public var when: Int
    /// The formulas of `unless`, in order.
    public var unless: [Int]
    /// The exemptions that name it, by name.
    public var exemptions: [Int]
    public var consequence: Int
    /// Formulas, each of an element: where one is true, `strip` takes the element away.
    public var strips: [Int]
    public var answers: Int
    /// Steps at worst of its own formulas, once.
    public var cost: UInt64

    public init(
        name: String, title: String?, place: Int, directions: DirectionSet, labels: [String], isMandatory: Bool,
        when: Int, unless: [Int], exemptions: [Int], consequence: Int, strips: [Int], answers: Int,
        cost: UInt64
    ) {
        self.name = name
        self.title = title
        self.place = place
        self.directions = directions
        self.labels = labels
        self.isMandatory = isMandatory
        self.when = when
        self.unless = unless
        self.exemptions = exemptions
        self.consequence = consequence
        self.strips = strips
        self.answers = answers
        self.cost = cost
    }
}

/// An exemption.
public struct ExemptionEntry: Hashable, Sendable {
    public var name: String
    public var place: Int
    /// It lifts undetermined verdicts whose reasons all lie in here.
    public var unknown: Reasons
    /// Its formula.
    public var when: Int

    public init(name: String, place: Int, unknown: Reasons, when: Int) {
        self.name = name
        self.place = place
        self.unknown = unknown
        self.when = when
    }
}
