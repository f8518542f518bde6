import Diagnostics
import Syntax
import Vocabulary

/// A define that has been checked by itself.
struct CheckedDefine {
    /// Whether its condition has no fault.
    var isGood: Bool
    /// Tests in its condition, other defines expanded.
    var tests: Int
    /// Levels of its condition.
    var height: Int
    /// The condition by the number of the first binder it may use.
    var formulas: [Int: Formula]
}

extension CheckContext {
    /// Checks every define, used or not, so that its faults are told once and where they are.
    func checkDefines() {
        for symbol in names.all(.define) { _ = define(symbol, from: symbol.span) }
    }

    /// The define of a symbol, checked when it is first asked for.
    func define(_ symbol: Symbol, from use: SourceSpan) -> CheckedDefine {
        let faulty = CheckedDefine(isGood: false, tests: 0, height: 0, formulas: [:])
        if let known = defines[symbol.name] {
            return known.isGood && !isInRow(symbol, from: use) ? faulty : known
        }
        guard case .define(let node) = symbol.declaration, isFree(symbol, from: use) else { return faulty }
        let formula: Formula? = inProgress(symbol) {
            elementList(of: node).flatMap { condition(of: node, symbol, $0, firstBinder: 0) }
        }
        let checked = CheckedDefine(
            isGood: formula != nil && !broken.contain(symbol.span), tests: formula?.testCount ?? 0,
            height: formula?.height ?? 0,
            formulas: formula.map { [0: $0] } ?? [:])
        defines[symbol.name] = checked
        return checked
    }

    /// What a define is said of: elements of a list, or the message (`.some(nil)`); `nil` after a fault.
    private func elementList(of node: DefineDeclaration) -> ElementListName?? {
        guard let element = node.element else { return .some(nil) }
        guard let list = ElementListName.allCases.first(where: { $0.singular == element.text }) else {
            report(SemanticsDiagnostics.unknownElement(element))
            return nil
        }
        return list
    }

    private func condition(
        of node: DefineDeclaration, _ symbol: Symbol, _ list: ElementListName?, firstBinder: Int
    ) -> Formula? {
        let checker = ExpressionChecker(self, symbol.scope, firstBinder: firstBinder)
        if let list { checker.binders = [.init(name: nil, list: list, number: firstBinder)] }
        return checker.check(node.condition)
    }

    /// A good define's condition for a place where binders below `firstBinder` are taken; `nil` where its own
    /// quantifiers would then stand too deep.
    func formula(ofDefine symbol: Symbol, firstBinder: Int) -> Formula? {
        if let known = defines[symbol.name]?.formulas[firstBinder] { return known }
        guard case .define(let node) = symbol.declaration else { return nil }
        let list = node.element.flatMap { element in
            ElementListName.allCases.first { $0.singular == element.text }
        }
        let formula = muted { condition(of: node, symbol, list, firstBinder: firstBinder) }
        if let formula { defines[symbol.name]?.formulas[firstBinder] = formula }
        return formula
    }
}

extension ExpressionChecker {
    /// A define's condition where it is mentioned.
    func expand(_ symbol: Symbol, at span: SourceSpan) -> Formula? {
        guard case .define(let node) = symbol.declaration else { return nil }
        context.names.used.insert(symbol.name)
        let define = context.define(symbol, from: span)
        guard define.isGood else { return nil }
        var firstBinder = nextBinder
        if let element = node.element {
            let kind = ElementListName.allCases.first { $0.singular == element.text }?.kind
            guard let binder = binders.last, binder.list.kind == kind else {
                report(SemanticsDiagnostics.defineNeedsElement(span, symbol, element: element.text))
                return nil
            }
            firstBinder = binder.number
        }
        guard addTests(define.tests, at: span) else { return nil }
        guard depth + define.height <= context.limits.expressionDepth else {
            report(SemanticsDiagnostics.conditionTooDeep(at: span))
            return nil
        }
        guard let formula = context.formula(ofDefine: symbol, firstBinder: firstBinder) else {
            report(SemanticsDiagnostics.nestedTooDeep(span, limit: context.limits.quantifierNesting))
            return nil
        }
        return formula
    }
}

extension Formula {
    /// How many levels it has; a test by itself has one.
    var height: Int {
        switch self {
        case .constant, .atom: 1
        case .not(let operand): 1 + operand.height
        case .and(let operands), .or(let operands), .atLeast(_, let operands, _):
            1 + (operands.map(\.height).max() ?? 0)
        case .some(let quantification): 1 + quantification.body.height
        case .count(let count):
            switch count.measure {
            case .elements(_, _, let body), .sum(_, _, _, let body), .distinct(_, _, _, let body): 1 + body.height
            case .values, .matches: 1
            }
        }
    }

    /// How many tests it holds.
    var testCount: Int {
        switch self {
        case .constant, .atom: 1
        case .not(let operand): operand.testCount
        case .and(let operands), .or(let operands), .atLeast(_, let operands, _):
            operands.reduce(0) { $0 + $1.testCount }
        case .some(let quantification): 1 + quantification.body.testCount
        case .count(let count):
            switch count.measure {
            case .elements(_, _, let body), .sum(_, _, _, let body), .distinct(_, _, _, let body): 1 + body.testCount
            case .values, .matches: 1
            }
        }
    }
}
