import Diagnostics
import Syntax
import Vocabulary

/// Facts of files and links outside of a quantifier.
extension ExpressionChecker {
    /// Reports the facts of elements that a condition names without one, those of a kind together: a quantifier round
    /// each would ask for two files where one is meant.
    func reportElementFacts(in condition: Expression) {
        guard !unboundFacts.isEmpty else { return }
        let all = unboundFacts
        unboundFacts = []
        for element in [ElementKind.part, .url] {
            let facts = all.filter { $0.row.scope == .element(element) }
            guard let first = facts.first else { continue }
            let whole = facts.dropFirst().reduce(first.fact.span) { $0.joined(to: $1.fact.span) }
            let span = whole.file == condition.span.file ? condition.part(around: whole) : nil
            report(
                SemanticsDiagnostics.elementFactsOutside(
                    facts.map { $0.fact }, first.row, element: element == .url ? "url" : "file",
                    condition: span.map { ($0, context.text($0)) }))
        }
    }
}

extension Expression {
    /// The smallest part that holds a span: a test, or the run of operands of one `and` or `or`.
    fileprivate func part(around place: SourceSpan) -> SourceSpan? {
        var expression = self
        while true {
            let operands: [Expression]
            switch expression.kind {
            case .group(let inner), .not(let inner): operands = [inner]
            case .and(let members), .or(let members):
                let run = members.filter { $0.span.end > place.start && $0.span.start < place.end }
                guard run.count <= 1 else { return run[0].span.joined(to: run[run.count - 1].span) }
                operands = run
            case .anyOf(let members), .allOf(let members), .atLeast(_, let members):
                operands = members.filter { $0.span.start <= place.start && place.end <= $0.span.end }
            default: return expression.holds(place) ? expression.span : nil
            }
            guard let next = operands.first else { return expression.holds(place) ? expression.span : nil }
            expression = next
        }
    }

    private func holds(_ place: SourceSpan) -> Bool { span.start <= place.start && place.end <= span.end }
}
