import Diagnostics
import Syntax
import Vocabulary

/// Turns one condition of the tree into a typed formula.
///
/// `nil` stands for a condition with a fault that has been reported; whatever holds it is `nil` too and says nothing.
final class ExpressionChecker {
    /// An element bound by an enclosing quantifier or count, or by `define … for`.
    struct Binder {
        let name: String?
        let list: ElementListName
        let number: Int
    }

    let context: CheckContext
    let scope: ModuleScope
    var binders: [Binder] = []
    /// The number the next quantifier's binder gets; not 0 within a define used below a quantifier.
    private let firstBinder: Int
    /// Tests so far, expanded defines included.
    private var tests = 0
    /// Levels of the expression around what is being checked.
    private(set) var depth = 0
    /// The levels of the rule that holds the condition.
    var levels: WarningLevels?

    /// Facts of elements that stood where no element is bound; told together when the condition ends.
    var unboundFacts: [(fact: WrittenFact, row: FactRow)] = []

    init(_ context: CheckContext, _ scope: ModuleScope, firstBinder: Int = 0) {
        self.context = context
        self.scope = scope
        self.firstBinder = firstBinder
    }

    /// Numbers the next binder; `nil` beyond the nesting a policy may have.
    var nextBinder: Int { (binders.last?.number).map { $0 + 1 } ?? firstBinder }

    func report(_ diagnostic: Diagnostic) { context.report(diagnostic) }

    /// Counts tests of expanded defines; reports the first that is too many.
    func addTests(_ count: Int, at span: SourceSpan) -> Bool {
        let before = tests
        tests += count
        guard tests > context.limits.expandedTests else { return true }
        if before <= context.limits.expandedTests {
            report(SemanticsDiagnostics.conditionTooLarge(at: span, limit: context.limits.expandedTests))
        }
        return false
    }

    // MARK: - Structure

    func check(_ expression: Expression) -> Formula? {
        depth += 1
        defer {
            depth -= 1
            if depth == 0 { reportElementFacts(in: expression) }
        }
        guard depth <= context.limits.expressionDepth else {
            report(SemanticsDiagnostics.conditionTooDeep(at: expression.span))
            return nil
        }
        return checkKind(of: expression)
    }

    private func checkKind(of expression: Expression) -> Formula? {
        switch expression.kind {
        case .missing:
            return nil
        case .group(let inner):
            return check(inner)
        case .and(let operands) where reportsBareAlternative(operands, "all"),
            .or(let operands) where reportsBareAlternative(operands, "any"):
            return nil
        case .and(let operands):
            return checkConjuncts(operands).map { $0.count == 1 ? $0[0] : .and($0) }
        case .allOf(let operands):
            return checkAll(operands).map { $0.count == 1 ? $0[0] : .and($0) }
        case .or(let operands), .anyOf(let operands):
            return checkAll(operands).map { $0.count == 1 ? $0[0] : .or($0) }
        case .not(let operand):
            return check(operand).map { .not($0) }
        case .atLeast(let number, let operands):
            return checkAtLeast(number, operands, expression)
        case .quantified(let quantifier, let elements):
            return checkQuantified(quantifier, elements, expression)
        case .inside(let choice):
            return checkInside(choice, expression)
        case .countOfMatches(let regex, let fact, let ordering, let bound):
            return checkCountOfMatches(regex, fact, ordering, bound, expression)
        case .count(let distinct, let path, let condition, let ordering, let bound):
            return checkCount(distinct, path, condition, ordering, bound, expression)
        case .sum(let path, let condition, let ordering, let bound):
            return checkSum(path, condition, ordering, bound, expression)
        case .operand(let operand):
            return checkBare(operand)
        case .order(let left, let ordering, let right):
            return checkOrder(left, ordering, right, expression)
        case .equality(let left, let negated, let choice):
            return negate(checkEquality(left, choice, negated: negated, expression), negated)
        case .relation(let operand, let negated, let relation):
            return negate(checkRelation(operand, relation, expression), negated)
        }
    }

    private func negate(_ formula: Formula?, _ negated: Bool) -> Formula? {
        negated ? formula.map { .not($0) } : formula
    }

    /// All operands, each checked even where another is faulty.
    func checkAll(_ operands: [Expression]) -> [Formula]? {
        let checked = operands.map(check)
        let good = checked.compactMap { $0 }
        return good.count == operands.count && !good.isEmpty ? good : nil
    }

    /// The operands of `and`. Values behind a bare fact that is no condition, as in `subject and any of ("a", "b")`, are
    /// what a relation was to compare it with: they are no further mistakes.
    private func checkConjuncts(_ operands: [Expression]) -> [Formula]? {
        let pieces = operands.indices.filter { index in
            index > 0 && operands[index].isOfBareValues && isBareFact(operands[index - 1])
        }
        let formulas = checkAll(operands.indices.filter { !pieces.contains($0) }.map { operands[$0] })
        return pieces.isEmpty ? formulas : nil
    }

    /// Whether an expression is a fact by itself that is no condition.
    private func isBareFact(_ expression: Expression) -> Bool {
        guard case .operand(let operand) = expression.kind, case .fact(let fact) = operand.kind,
            case .reference(let reference)? = lookUp(fact)
        else { return false }
        return reference.type != .bool
    }

    // MARK: - Quantifiers

    private func checkQuantified(_ quantifier: Quantifier, _ elements: Elements, _ whole: Expression) -> Formula? {
        guard let list = elementList(singular: elements.list, quantifier) else { return nil }
        let number = nextBinder
        guard number < context.limits.quantifierNesting else {
            report(SemanticsDiagnostics.nestedTooDeep(elements.list.span, limit: context.limits.quantifierNesting))
            return nil
        }
        if let name = elements.binding, !isFree(binding: name) { return nil }
        binders.append(Binder(name: elements.binding?.text, list: list, number: number))
        let body = check(elements.condition)
        binders.removeLast()
        guard let body else { return nil }
        let head = SourceSpan(file: whole.span.file, start: whole.span.start, end: elements.list.span.end)
        let place = context.place(head)
        func some(_ body: Formula) -> Formula {
            .some(Quantification(list: list, binder: number, body: body, place: place))
        }
        switch quantifier {
        case .any: return some(body)
        case .no: return .not(some(body))
        case .every: return .not(some(.not(body)))
        }
    }

    /// The list behind a quantifier, where it is known.
    private func elementList(singular path: Path, _ quantifier: Quantifier) -> ElementListName? {
        if let list = ElementListName.allCases.first(where: { $0.singular == path.text }) {
            return list
        }
        let plural = ElementListName.allCases.first { $0.rawValue == path.text || $0.singular + "s" == path.text }
        if let plural {
            report(SemanticsDiagnostics.pluralAfterQuantifier(path, quantifier.rawValue, singular: plural.singular))
        } else {
            report(SemanticsDiagnostics.unknownElement(path))
        }
        return nil
    }

    /// Whether a name can be given to an element here.
    private func isFree(binding name: Name) -> Bool {
        let isFact =
            FactCatalogue.rows.contains { $0.writtenName.split(separator: ".").first.map(String.init) == name.text }
            || ElementListName.allCases.contains { $0.singular == name.text || $0.rawValue == name.text }
        let isSymbol = context.names.symbol(name.text, in: scope)
        guard !isFact, isSymbol == nil, !binders.contains(where: { $0.name == name.text }) else {
            report(SemanticsDiagnostics.bindingTaken(name, by: isSymbol.map { $0.kind.phrase }))
            return false
        }
        return true
    }

    // MARK: - Bare operands

    /// A fact, define or constant that stands for a condition by itself.
    private func checkBare(_ operand: Syntax.Operand) -> Formula? {
        switch operand.kind {
        case .missing:
            return nil
        case .literal(.bool(let value, _)):
            return .constant(value)
        case .literal(let literal):
            report(SemanticsDiagnostics.notACondition(literal.span, context.text(literal.span), type: nil))
            return nil
        case .fact(let fact):
            switch resolve(fact) {
            case .failed:
                return nil
            case .condition(let formula):
                return formula
            case .reference(let reference):
                guard reference.type == .bool else {
                    let written = context.text(fact.span)
                    report(SemanticsDiagnostics.notACondition(fact.span, written, type: reference.type))
                    return nil
                }
                guard let operand = withFallback(.fact(reference), operand) else { return nil }
                return .atom(Atom(.holds(operand), at: context.place(fact.span)))
            case .literal(.bool(let value, _)):
                return .constant(value)
            case .literal(let literal):
                report(SemanticsDiagnostics.notACondition(fact.span, context.text(literal.span), type: nil))
                return nil
            case .computed(let symbol):
                let type = context.naturalType(of: symbol) ?? .symbol
                report(SemanticsDiagnostics.notACondition(fact.span, context.text(fact.span), type: type))
                return nil
            case .list, .elementList, .element:
                report(SemanticsDiagnostics.notACondition(fact.span, context.text(fact.span), type: nil))
                return nil
            }
        }
    }

    /// An operand with what stands behind its `otherwise`.
    func withFallback(_ operand: Operand, _ node: Syntax.Operand) -> Operand? {
        guard case .operand(let fallback)? = node.otherwise else { return operand }
        let symbols = Expected(of: operand)
        guard case .operand(let second) = self.operand(fallback, expecting: symbols),
            !rejectsComputed(second, fallback.span)
        else { return nil }
        guard second.type == operand.type || isConstant(second) else {
            report(
                SemanticsDiagnostics.typesDiffer(
                    fallback.span, left: operand.type, right: second.type, relation: "otherwise"))
            return nil
        }
        return .otherwise(operand, second)
    }

    func isConstant(_ operand: Operand) -> Bool {
        if case .constant = operand { return true }
        return false
    }
}

extension Expression {
    /// Whether it is a value, or names values only.
    fileprivate var isOfBareValues: Bool {
        switch kind {
        case .operand(let operand):
            switch operand.kind {
            case .literal(.bool), .fact, .missing: return false
            case .literal: return true
            }
        case .anyOf(let members), .allOf(let members):
            return members.allSatisfy { if case .operand = $0.kind { true } else { false } }
        default:
            return false
        }
    }
}
