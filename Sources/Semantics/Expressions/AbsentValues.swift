import Diagnostics
import Syntax
import Vocabulary

/// `sender is empty`, `sender is ""`: how other languages ask whether a fact is absent.
extension ExpressionChecker {
    private static let emptyWords: Set<String> = [
        "absent", "blank", "empty", "missing", "nil", "none", "nothing", "null", "undefined",
    ]

    /// Reports a comparison with nothing, of a fact that can be absent.
    func reportsAbsence(
        _ left: Syntax.Operand, _ subject: Operand, _ choice: Choice, negated: Bool, _ whole: Expression
    ) -> Bool {
        guard case .fact(let reference) = subject, reference.canBeAbsent, case .one(let node) = choice.values,
            isNothing(node, Expected(of: subject))
        else { return false }
        report(
            SemanticsDiagnostics.comparedWithNothing(
                node.span, context.text(left.span), type: subject.type, negated: negated, whole: whole.span))
        return true
    }

    private func isNothing(_ node: Syntax.Operand, _ expected: Expected) -> Bool {
        switch node.kind {
        case .literal(.text(let text)):
            // A text may be there and be empty.
            return text.value.isEmpty && [.address, .domain, .ip].contains(expected.type)
        case .fact(let fact):
            return Self.emptyWords.contains(fact.path.text) && fact.argument == nil
                && namedValue(fact, expected) == nil && lookUp(fact) == nil
        case .literal, .missing:
            return false
        }
    }
}
