import Diagnostics

/// A condition.
public struct Expression: Sendable {
    /// What it is.
    public var kind: Kind
    /// Its place.
    public var span: SourceSpan

    /// The forms of a condition.
    public indirect enum Kind: Sendable {
        /// Two or more, all of which must hold; operands that mix `and` with `or` stand in `.group`.
        case and([Expression])
        /// Two or more, one of which must hold.
        case or([Expression])
        /// `not (…)` (the operand is a `.group`) or `not fact`.
        case not(Expression)
        /// `( … )`
        case group(Expression)
        /// `any of (…)`
        case anyOf([Expression])
        /// `all of (…)`
        case allOf([Expression])
        /// `at least N of (…)`
        case atLeast(Value, of: [Expression])
        /// `any file where (…)`, `every …`, `no …`
        case quantified(Quantifier, Elements)
        /// `inside zip`, `inside outer`
        case inside(Choice)
        /// `count of matches /…/ in fact >= n`
        case countOfMatches(RegexLiteral, in: Fact, Ordering, Value)
        /// `count of [distinct] list [where (…)] > n`
        case count(distinct: Bool, Path, where: Expression?, Ordering, Value)
        /// `sum of list.member [where (…)] > n`
        case sum(Path, where: Expression?, Ordering, Value)
        /// A bare fact, define or constant.
        case operand(Operand)
        /// `a < b`
        case order(Operand, Ordering, Operand)
        /// `a is b`, `a is not b`
        case equality(Operand, negated: Bool, Choice)
        /// `a [not] contains b` and its sisters
        case relation(Operand, negated: Bool, Relation)
        /// A faulty place that has been reported.
        case missing
    }
}

/// How many elements a condition asks for.
public enum Quantifier: String, Hashable, Sendable {
    case any, every, no
}

/// `file as outer where (…)`
public struct Elements: Sendable {
    /// The list, in the singular.
    public var list: Path
    /// The name behind `as`.
    public var binding: Name?
    /// The condition on an element.
    public var condition: Expression
    /// Its place.
    public var span: SourceSpan
}

/// A comparison of magnitude.
public enum Ordering: String, Hashable, Sendable {
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
}

/// What a value is tested for.
public indirect enum Relation: Sendable {
    case exists
    case isIn(Container)
    /// `mentions dictionary [at N] [in total]`
    case mentions(Path, threshold: Value?, inTotal: Bool)
    case matches(Patterns)
    case text(TextRelation, Choice)
}

/// The relations between texts, addresses and domains.
public enum TextRelation: String, Hashable, Sendable, CaseIterable {
    case contains, under
    case startsWith = "starts with"
    case endsWith = "ends with"
    case looksLike = "looks like"
}

/// What stands behind `in`.
public enum Container: Sendable {
    case path(Path)
    case values([Operand], SourceSpan)
}

/// What stands behind `matches`.
public enum Patterns: Sendable {
    case one(RegexLiteral)
    case any([RegexLiteral], SourceSpan)
    case all([RegexLiteral], SourceSpan)
}

/// What stands behind a relation: `[exactly] x`, `[exactly] any of (x, y)`.
public struct Choice: Sendable {
    /// Whether `exactly` was written.
    public var exactly: Bool
    /// The value or values.
    public var values: Values
    /// Its place.
    public var span: SourceSpan

    /// One value, or several of which any or all are to hold.
    public enum Values: Sendable {
        case one(Operand)
        case any([Operand])
        case all([Operand])
    }
}

/// A fact or constant, with what stands in for it when it is absent.
public struct Operand: Sendable {
    /// The fact or constant.
    public var kind: Kind
    /// The operand behind `otherwise`; none or one.
    public var otherwise: Fallback?
    /// The place of all of it.
    public var span: SourceSpan

    /// The forms of an operand.
    public enum Kind: Sendable {
        case fact(Fact)
        case literal(Literal)
        /// A faulty place that has been reported.
        case missing
    }

    /// Holds the operand behind `otherwise`.
    public indirect enum Fallback: Sendable {
        case operand(Operand)
    }
}

/// A fact, define, setting or constant by its name: `from.domain`, `header "X-Spam" as number`.
public struct Fact: Sendable {
    /// Its name.
    public var path: Path
    /// The text behind it, as in `header "X"`.
    public var argument: TextLiteral?
    /// Whether `as number` was written.
    public var asNumber: Bool
    /// Its place.
    public var span: SourceSpan
}
