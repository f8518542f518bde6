import Diagnostics
import Syntax
import Vocabulary

/// Where a condition says what is meant where a fact is absent.
///
/// A guard stands outside what is denied: `from exists and not (from.domain is "a.example")`. Within it the guard would
/// say the opposite, for `not (from exists and …)` holds for mail without `from`. Only what is said of an element stays
/// with the test, since its fact has no meaning outside of the quantifier.
struct GuardPlacement {
    /// The nearest condition around the test that is not denied and denies it: the `exists` goes before it.
    private(set) var outside: Insertion?
    /// The test itself.
    private(set) var test: Insertion?
    /// Whether the test's own words deny it, as in `is not`.
    private(set) var isDeniedByItself = false

    /// A condition that something is put in front of.
    struct Insertion {
        let span: SourceSpan
        /// Whether what is put there and the condition have to stand in parentheses together.
        let needsParentheses: Bool

        func edits(_ words: String) -> [SourceEdit] {
            needsParentheses
                ? [SourceEdit(span.before, "(" + words), SourceEdit(span.after, ")")]
                : [SourceEdit(span.before, words)]
        }
    }

    /// Around an expression: whether it binds an `and`, an `or` put into it.
    private enum Surroundings { case enclosed, and, or, not }

    /// - Returns: `nil` where the test does not stand in the condition, or is denied only where a define is used.
    init?(of use: UnguardedUse, at span: SourceSpan, in condition: Expression) {
        guard condition.holds(span) else { return nil }
        descend(to: span, condition, isNegative: false, .enclosed, isOfElement: use.reference.binder != nil)
        guard test != nil, outside != nil || isDeniedByItself || isInside else { return nil }
    }

    /// Whether the test is denied within the quantifier that binds its element.
    private var isInside = false

    private mutating func descend(
        to span: SourceSpan, _ expression: Expression, isNegative: Bool, _ around: Surroundings, isOfElement: Bool
    ) {
        func down(_ inner: Expression, _ negative: Bool, _ around: Surroundings, _ this: inout GuardPlacement) {
            this.descend(to: span, inner, isNegative: negative, around, isOfElement: isOfElement)
        }
        func down(_ members: [Expression], _ around: Surroundings, _ this: inout GuardPlacement) {
            if let inner = members.first(where: { $0.holds(span) }) { down(inner, isNegative, around, &this) }
        }
        switch expression.kind {
        case .group(let inner): down(inner, isNegative, .enclosed, &self)
        case .and(let members): down(members, .and, &self)
        case .or(let members): down(members, .or, &self)
        case .anyOf(let members), .allOf(let members), .atLeast(_, let members): down(members, .enclosed, &self)
        case .not(let inner):
            flip(expression, isNegative, around)
            down(inner, !isNegative, .not, &self)
        case .quantified(let quantifier, let elements):
            if quantifier == .no { flip(expression, isNegative, around) }
            if isOfElement { outside = nil }
            down(elements.condition, isNegative != (quantifier == .no), .enclosed, &self)
        case .count(_, _, let condition?, _, _), .sum(_, let condition?, _, _):
            outside = nil
            down(condition, false, .enclosed, &self)
        case .equality(_, let negated, _), .relation(_, let negated, _):
            found(expression, isNegative, negated, around)
        case .operand, .order, .inside, .countOfMatches, .count, .sum: found(expression, isNegative, false, around)
        case .missing: break
        }
    }

    private mutating func flip(_ expression: Expression, _ isNegative: Bool, _ around: Surroundings) {
        outside =
            isNegative
            ? nil : Insertion(span: expression.span, needsParentheses: around == .or || around == .not)
    }

    private mutating func found(
        _ expression: Expression, _ isNegative: Bool, _ negated: Bool, _ around: Surroundings
    ) {
        isDeniedByItself = negated && !isNegative
        isInside = isNegative != negated
        if isDeniedByItself {
            outside = Insertion(span: expression.span, needsParentheses: around == .or || around == .not)
        }
        test = Insertion(span: expression.span, needsParentheses: around != .enclosed)
    }
}

extension GuardPlacement {
    /// The two corrections that say what is meant where the fact is absent. Neither is sure: that is the question.
    func fixIts(_ use: UnguardedUse, written: String) -> [FixIt] {
        guard let test, let name = use.reference.name(in: written) else { return [] }
        let bearer = use.reference.binder == nil ? "mail" : "an element"
        let lets = "let it hold for \(bearer) without `\(name)` too"
        let leaves = "let it not hold for \(bearer) without `\(name)`"
        if isDeniedByItself, let outside {
            let both = Insertion(span: test.span, needsParentheses: true)
            return [
                FixIt(leaves, edits: outside.edits("\(name) exists and ")),
                FixIt(lets, edits: both.edits("not (\(name) exists) or ")),
            ]
        }
        let outer = outside?.edits("\(name) exists and ")
        return [
            FixIt(leaves, edits: outer ?? test.edits("not (\(name) exists) or ")),
            FixIt(lets, edits: test.edits("\(name) exists and ")),
        ]
    }
}

extension Expression {
    fileprivate func holds(_ other: SourceSpan) -> Bool {
        span.file == other.file && span.start <= other.start && other.end <= span.end
    }
}

extension FactReference {
    /// The fact's name as the test writes it, the name of its element before it: `outer.name` in `outer.name is "a"`.
    fileprivate func name(in written: String) -> String? {
        let plain = description
        guard binder != nil else { return plain }
        let words = written.split { " (),".contains($0) }.map(String.init)
        for word in words {
            if word == plain || word.hasPrefix(plain + ".") { return plain }
            let dotted = word + "."
            if let end = dotted.firstRange(of: "." + plain + ".")?.upperBound {
                return String(dotted[..<end].dropLast())
            }
        }
        return nil
    }
}
