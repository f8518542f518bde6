import Diagnostics
import Syntax
import Vocabulary

extension ExpressionChecker {
    /// `count of matches /…/ in fact >= n`
    func checkCountOfMatches(
        _ regex: RegexLiteral, _ fact: Syntax.Fact, _ ordering: Ordering, _ bound: Syntax.Value, _ whole: Expression
    ) -> Formula? {
        let pattern = context.pattern(regex)
        let subject = self.subject(fact, relation: "count of matches")
        let number = self.bound(bound, expecting: Expected(type: .int, subject: "count of matches"))
        guard let pattern, let subject, let number, let order = Order(rawValue: ordering.rawValue) else { return nil }
        guard [.text, .address, .domain, .ip, .hash].contains(subject.type) else {
            report(
                SemanticsDiagnostics.notAText(fact.span, subject.description, type: subject.type, "count of matches"))
            return nil
        }
        return compared(.matches(pattern, subject), order, number, .int, whole)
    }

    /// `count of [distinct] list [where (…)] > n`
    func checkCount(
        _ distinct: Bool, _ path: Path, _ condition: Expression?, _ ordering: Ordering, _ bound: Syntax.Value,
        _ whole: Expression
    ) -> Formula? {
        let number = self.bound(bound, expecting: Expected(type: .int, subject: "count of \(path.text)"))
        guard let order = Order(rawValue: ordering.rawValue) else { return nil }
        let measure: Count.Measure?
        if let list = ElementListName.plural(path.text) {
            measure = countElements(of: list, distinct, path, condition)
        } else if distinct, let (list, split) = listOfMember(path) {
            measure = countDistinct(list, path, member: Array(path.segments.dropFirst(split)), condition)
        } else {
            measure = countValues(of: path, distinct, condition)
        }
        guard let measure, let number else { return nil }
        return compared(measure, order, number, .int, whole)
    }

    /// The list of elements that a path to one of their facts begins with, and how many segments that is.
    private func listOfMember(_ path: Path) -> (list: ElementListName, split: Int)? {
        for split in stride(from: path.segments.count - 1, through: 1, by: -1) {
            let head = path.segments.prefix(split).map(\.text).joined(separator: ".")
            if let list = ElementListName.plural(head) { return (list, split) }
        }
        return nil
    }

    /// `count of distinct list.fact [where (…)]`
    private func countDistinct(
        _ list: ElementListName, _ path: Path, member: [Name], _ condition: Expression?
    ) -> Count.Measure? {
        let counted = countedBody(list, path, condition)
        guard let counted else { return nil }
        switch resolve(WrittenFact(path), member, in: .element(list.kind), binder: counted.binder) {
        case .reference(let reference): return .distinct(reference, list, binder: counted.binder, counted.body)
        case .failed: return nil
        case nil:
            let names = FactCatalogue.rows.filter { $0.scope == .element(list.kind) }.map(\.writtenName)
            report(
                SemanticsDiagnostics.unknownFactOfElement(
                    member[0], element: list.singular, nearest: Nearest.to(member[0].text, among: names)))
            return nil
        default: return nil
        }
    }

    private func countElements(
        of list: ElementListName, _ distinct: Bool, _ path: Path, _ condition: Expression?
    ) -> Count.Measure? {
        if distinct {
            report(SemanticsDiagnostics.distinctElements(path))
            return nil
        }
        return countedBody(list, path, condition).map { .elements(list, binder: $0.binder, $0.body) }
    }

    /// The condition on the elements counted, true where none is written.
    private func countedBody(
        _ list: ElementListName, _ path: Path, _ condition: Expression?
    ) -> (binder: Int, body: Formula)? {
        let binder = nextBinder
        guard binder < context.limits.quantifierNesting else {
            report(SemanticsDiagnostics.nestedTooDeep(path.span, limit: context.limits.quantifierNesting))
            return nil
        }
        guard let condition else { return (binder, .constant(true)) }
        binders.append(Binder(name: nil, list: list, number: binder))
        defer { binders.removeLast() }
        return check(condition).map { (binder, $0) }
    }

    private func countValues(of path: Path, _ distinct: Bool, _ condition: Expression?) -> Count.Measure? {
        if let list = ElementListName.allCases.first(where: { $0.singular == path.text }) {
            report(SemanticsDiagnostics.singularAfterCount(path, plural: list.rawValue))
            return nil
        }
        switch resolve(WrittenFact(path)) {
        case .failed:
            return nil
        case .reference(let reference) where reference.binder == nil:
            if let condition {
                report(SemanticsDiagnostics.whereOfValues(condition.span, path))
                return nil
            }
            return .values(reference, distinct: distinct)
        default:
            report(SemanticsDiagnostics.notCountable(path))
            return nil
        }
    }

    /// `sum of list.member [where (…)] > n`
    func checkSum(
        _ path: Path, _ condition: Expression?, _ ordering: Ordering, _ bound: Syntax.Value, _ whole: Expression
    ) -> Formula? {
        let split = path.segments.count - 1
        let head = path.segments.prefix(split).map(\.text).joined(separator: ".")
        guard split >= 1, let list = ElementListName.plural(head) else {
            report(SemanticsDiagnostics.notASum(path))
            return nil
        }
        let member = path.segments[split]
        guard let row = FactCatalogue.row(named: member.text, in: .element(list.kind)) else {
            let names = FactCatalogue.rows.filter { $0.scope == .element(list.kind) }.map(\.writtenName)
            report(
                SemanticsDiagnostics.unknownFactOfElement(
                    member, element: list.singular, nearest: Nearest.to(member.text, among: names)))
            return nil
        }
        guard row.type == .size || row.type == .int || row.type == .duration else {
            report(SemanticsDiagnostics.sumOfOther(member, type: row.type))
            return nil
        }
        let number = self.bound(bound, expecting: Expected(type: row.type, subject: "sum of \(path.text)"))
        guard let counted = countedBody(list, path, condition), let number,
            let order = Order(rawValue: ordering.rawValue)
        else { return nil }
        let reference = FactReference(row.fact, binder: counted.binder)
        return compared(.sum(reference, list, binder: counted.binder, counted.body), order, number, row.type, whole)
    }
}
