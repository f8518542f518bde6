import Diagnostics
import Syntax
import Vocabulary

/// `subject contains "x" or "y"`: people write the second value as they would say it.
extension ExpressionChecker {
    /// Reports values that stand among conditions behind a test that could take them; each run once, with the list that
    /// was meant.
    ///
    /// - Parameter quantifier: what joins them: `any` for `or`, `all` for `and`.
    func reportsBareAlternative(_ operands: [Expression], _ quantifier: String) -> Bool {
        let bare = operands.indices.dropFirst().first { isBareValue(operands[$0], behind: operands[$0 - 1]) }
        guard let first = bare, let choice = operands[first - 1].choice, case .one(let value) = choice.values
        else { return false }
        let run = operands[first...].prefix { isBareValue($0, behind: operands[first - 1]) }
        guard let last = run.last else { return false }
        let values = [context.text(value.span)] + run.map { context.text($0.span) }
        let list = "\(quantifier) of (\(values.joined(separator: ", ")))"
        let fix = FixIt("write `\(list)`", replace: value.span.joined(to: last.span), with: list)
        let span = operands[first].span
        report(SemanticsDiagnostics.bareAlternative(span, context.text(span), fix: fix))
        return true
    }

    /// Whether an operand of `and` or `or` is a text or a number, or a name that means nothing by itself and is a value of
    /// what the test before it compares.
    private func isBareValue(_ expression: Expression, behind test: Expression) -> Bool {
        guard case .operand(let operand) = expression.kind, operand.otherwise == nil else { return false }
        switch operand.kind {
        case .literal(.bool), .missing: return false
        case .literal: return true
        case .fact(let fact):
            guard case .equality(let left, _, _) = test.kind, case .fact(let compared) = left.kind,
                case .reference(let reference)? = context.muted({ lookUp(compared) }),
                namedValue(fact, Expected(of: .fact(reference))) != nil
            else { return false }
            return context.muted { lookUp(fact) } == nil
        }
    }
}

extension Expression {
    /// The values a test compares with, where it is one that takes several.
    fileprivate var choice: Choice? {
        switch kind {
        case .equality(_, _, let choice), .relation(_, _, .text(_, let choice)): choice
        default: nil
        }
    }
}
