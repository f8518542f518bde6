import Bytecode
import Semantics
import Vocabulary

/// Formulas as code is made from them: constants folded, cheap operands first, and without places, so that equal
/// conditions are equal values wherever they stand. Their three-valued meaning is unchanged.
enum FormulaReduction {
    private static let nowhere = SourcePlace(file: "", line: 0, column: 0, length: 0)

    static func reduce(_ formula: Formula) -> Formula {
        switch formula {
        case .constant: return formula
        case .atom(let atom): return .atom(Atom(atom.test, at: nowhere))
        case .not(let operand):
            switch reduce(operand) {
            case .constant(let value): return .constant(!value)
            case .not(let inner): return inner
            case let reduced: return .not(reduced)
            }
        case .and(let operands): return join(operands, neutral: true) { .and($0) }
        case .or(let operands): return join(operands, neutral: false) { .or($0) }
        case .atLeast(let number, let operands, _): return .atLeast(number, operands.map(reduce), nowhere)
        case .some(let quantification):
            return .some(
                Quantification(
                    list: quantification.list, binder: quantification.binder, body: reduce(quantification.body),
                    place: nowhere))
        case .count(let count):
            return .count(
                Count(
                    measure: reduce(count.measure), order: count.order, bound: count.bound, type: count.type,
                    place: nowhere))
        }
    }

    private static func reduce(_ measure: Count.Measure) -> Count.Measure {
        switch measure {
        case .elements(let list, let binder, let body): .elements(list, binder: binder, reduce(body))
        case .sum(let reference, let list, let binder, let body): .sum(reference, list, binder: binder, reduce(body))
        case .distinct(let reference, let list, let binder, let body):
            .distinct(reference, list, binder: binder, reduce(body))
        case .values, .matches: measure
        }
    }

    private static func join(_ operands: [Formula], neutral: Bool, _ make: ([Formula]) -> Formula) -> Formula {
        var kept: [Formula] = []
        var seen: Set<Formula> = []
        for operand in operands.map(reduce) {
            if case .constant(let value) = operand {
                if value == neutral { continue }
                return operand
            }
            if seen.insert(operand).inserted { kept.append(operand) }
        }
        if kept.isEmpty { return .constant(neutral) }
        if kept.count == 1 { return kept[0] }
        let ordered = kept.enumerated()
            .sorted { ($0.element.costClass, $0.offset) < ($1.element.costClass, $1.offset) }
            .map(\.element)
        return make(ordered)
    }
}

/// What a formula depends on.
struct FormulaScope {
    /// Binders of enclosing quantifiers that it uses.
    var freeBinders: Set<Int> = []
    var usesRecipient = false
    /// Nesting of operators.
    var depth = 1

    init(_ formula: Formula) {
        switch formula {
        case .constant: break
        case .atom(let atom): add(atom.test)
        case .not(let operand): add([operand])
        case .and(let operands), .or(let operands), .atLeast(_, let operands, _): add(operands)
        case .some(let quantification): add(quantification.body, bindingTo: quantification.binder)
        case .count(let count):
            switch count.measure {
            case .elements(_, let binder, let body): add(body, bindingTo: binder)
            case .values(let reference, _): add(reference)
            case .sum(let reference, _, let binder, let body), .distinct(let reference, _, let binder, let body):
                add(body, bindingTo: binder)
                if reference.binder != binder { add(reference) }
            case .matches(_, let operand): add(operand)
            }
        }
    }

    private mutating func add(_ operands: [Formula]) {
        for scope in operands.map({ FormulaScope($0) }) {
            freeBinders.formUnion(scope.freeBinders)
            usesRecipient = usesRecipient || scope.usesRecipient
            depth = max(depth, scope.depth + 1)
        }
    }

    private mutating func add(_ body: Formula, bindingTo binder: Int) {
        add([body])
        freeBinders.remove(binder)
    }

    private mutating func add(_ reference: FactReference) {
        if let binder = reference.binder { freeBinders.insert(binder) }
        if FactCatalogue.row(reference.fact).scope == .recipient { usesRecipient = true }
    }

    private mutating func add(_ operand: Operand) {
        switch operand {
        case .fact(let reference): add(reference)
        case .constant: break
        case .computed(let reference): usesRecipient = usesRecipient || reference.usesRecipient
        case .otherwise(let first, let second):
            add(first)
            add(second)
        }
    }

    private mutating func add(_ test: Test) {
        if let operand = test.operand { add(operand) }
        switch test {
        case .compare(_, _, let right): add(right)
        case .equals(_, let others, _), .text(_, _, let others, _), .under(_, let others):
            for other in others { add(other) }
        case .insideType(let binder, _): freeBinders.insert(binder)
        case .insideElement(let binder, let container): freeBinders.formUnion([binder, container])
        case .holds, .exists, .member, .matches, .mentions: break
        }
    }
}
