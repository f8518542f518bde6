import Vocabulary

/// A condition with every name resolved: defines expanded, groups turned into sets, literals typed.
///
/// The seam between checker and compiler: atoms are what indexes and fused scans will be built over, the rest is
/// three-valued logic. `every` and `no` do not appear; they are `not some (not …)` and `not some`.
public indirect enum Formula: Hashable, Sendable {
    case constant(Bool)
    case atom(Atom)
    case not(Formula)
    /// At least one operand.
    case and([Formula])
    /// At least one operand.
    case or([Formula])
    /// True if at least `n` of the operands are.
    case atLeast(Int, [Formula], SourcePlace)
    case some(Quantification)
    case count(Count)
}

/// A test on facts that cannot be divided further.
public struct Atom: Hashable, Sendable {
    public let test: Test
    /// Where it stands in the policy; for what came out of a define, where the define says it.
    public let place: SourcePlace

    public init(_ test: Test, at place: SourcePlace) {
        self.test = test
        self.place = place
    }
}

/// `any LIST as BINDER where (BODY)`: true if one element satisfies the body.
public struct Quantification: Hashable, Sendable {
    public let list: ElementListName
    /// The depth of nesting, 0 for the outermost; facts of the element carry it.
    public let binder: Int
    public let body: Formula
    public let place: SourcePlace

    public init(list: ElementListName, binder: Int, body: Formula, place: SourcePlace) {
        self.list = list
        self.binder = binder
        self.body = body
        self.place = place
    }
}

extension Formula {
    /// What `strip` takes away: the elements of every `any` over parts that is reached through `and` and `or` only.
    public var strippedElements: [Quantification] {
        switch self {
        case .some(let quantification): quantification.list.kind == .part ? [quantification] : []
        case .and(let operands), .or(let operands): operands.flatMap(\.strippedElements)
        case .constant, .atom, .not, .atLeast, .count: []
        }
    }
}

/// A count or a sum compared with a number. Totals are intervals: what is unknown may or may not count.
public struct Count: Hashable, Sendable {
    public enum Measure: Hashable, Sendable {
        /// Elements that satisfy the condition, all if it is `constant(true)`.
        case elements(ElementListName, binder: Int, Formula)
        /// Values of a fact of the message; `distinct` by folded text.
        case values(FactReference, distinct: Bool)
        /// The sum of a number over the elements that satisfy the condition. The numbers are not negative.
        case sum(FactReference, ElementListName, binder: Int, Formula)
        /// Different values of a fact among the elements that satisfy the condition; texts as they are folded.
        case distinct(FactReference, ElementListName, binder: Int, Formula)
        /// Places where a regular expression matches in the texts of a fact.
        case matches(TextPattern, Operand)
    }

    public let measure: Measure
    public let order: Order
    public let bound: Int64
    /// The type of the total, for evidence.
    public let type: ValueType
    public let place: SourcePlace

    public init(measure: Measure, order: Order, bound: Int64, type: ValueType, place: SourcePlace) {
        self.measure = measure
        self.order = order
        self.bound = bound
        self.type = type
        self.place = place
    }
}

/// Something with values: a fact, a literal, or a fact with a substitute for its absence.
public indirect enum Operand: Hashable, Sendable {
    case fact(FactReference)
    case constant(Value)
    /// The second where the first is absent (an unknown first stays unknown).
    case otherwise(Operand, Operand)
    /// A score or setting; it always has a value. In `compare`, and in `equals` one of them with one other operand.
    case computed(ComputedReference)
}

/// What an atom asks. Every test is existential over the values of its first operand.
public enum Test: Hashable, Sendable {
    /// A Bool operand is true.
    case holds(Operand)
    case exists(FactReference)
    /// Both operands are numbers of one unit.
    case compare(Operand, Order, Operand)
    /// The value is one of the operands, which have its type.
    case equals(Operand, [Operand], exactly: Bool)
    /// The text of the value contains, starts or ends with one of the operands' texts.
    case text(TextRelation, Operand, [Operand], exactly: Bool)
    /// The domain is one of the operands or a subdomain of one.
    case under(Operand, [Operand])
    /// The value is in the set with this number in `TypedPolicy.sets`.
    case member(Operand, set: Int)
    /// One of the regular expressions matches somewhere in the text.
    case matches(Operand, [TextPattern])
    /// One text, or all together, reach the threshold in the dictionary with this number in
    /// `TypedPolicy.dictionaries`.
    case mentions(Operand, dictionary: Int, threshold: Int64, inTotal: Bool)
    /// The part of this binder lies, at any depth, in a container of one of the types.
    case insideType(binder: Int, [FileType])
    /// The part of this binder lies, at any depth, in the part of another.
    case insideElement(binder: Int, container: Int)
}

/// How a text is compared with another.
public enum TextRelation: String, Hashable, Sendable, CaseIterable {
    case contains
    case starts = "starts with"
    case ends = "ends with"
    /// The whole value is taken for the text; never `exactly`.
    case looksLike = "looks like"
}
