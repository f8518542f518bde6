import Vocabulary

extension Formula {
    /// The greatest cost class among the facts it names.
    public var costClass: CostClass {
        switch self {
        case .constant: .envelope
        case .atom(let atom): atom.test.costClass
        case .not(let operand): operand.costClass
        case .and(let operands), .or(let operands), .atLeast(_, let operands, _):
            operands.map(\.costClass).max() ?? .envelope
        case .some(let quantification): max(quantification.list.costClass, quantification.body.costClass)
        case .count(let count): count.measure.costClass
        }
    }
}

extension ElementListName {
    /// What it costs to know the list's elements.
    public var costClass: CostClass { kind == .url ? .content : .structure }
}

extension Count.Measure {
    public var costClass: CostClass {
        switch self {
        case .elements(let list, _, let body): max(list.costClass, body.costClass)
        case .values(let reference, _): FactCatalogue.row(reference.fact).costClass
        case .sum(let reference, let list, _, let body), .distinct(let reference, let list, _, let body):
            max(FactCatalogue.row(reference.fact).costClass, max(list.costClass, body.costClass))
        case .matches(_, let operand): operand.costClass
        }
    }
}

extension Count.Measure: CustomStringConvertible {
    /// As evidence names it: `count of files`, `sum of files.size`.
    public var description: String {
        switch self {
        case .elements(let list, _, _): "count of \(list.rawValue)"
        case .values(let reference, _): "count of \(reference)"
        case .sum(let reference, let list, _, _): "sum of \(list.rawValue).\(reference)"
        case .distinct(let reference, let list, _, _): "count of distinct \(list.rawValue).\(reference)"
        case .matches(_, let operand): "count of matches in \(operand)"
        }
    }
}

extension Operand {
    public var costClass: CostClass {
        switch self {
        case .fact(let reference): FactCatalogue.row(reference.fact).costClass
        case .constant: .envelope
        case .otherwise(let first, let second): max(first.costClass, second.costClass)
        case .computed(let reference): reference.costClass
        }
    }

    /// The type of its values.
    public var type: ValueType {
        switch self {
        case .fact(let reference): reference.type
        case .constant(let value): value.naturalType
        case .otherwise(let first, _): first.type
        case .computed(let reference): reference.type
        }
    }

    /// The binder of its first fact of an element.
    var binder: Int? {
        switch self {
        case .fact(let reference): reference.binder
        case .constant, .computed: nil
        case .otherwise(let first, let second): first.binder ?? second.binder
        }
    }
}

extension Operand: CustomStringConvertible {
    /// As a policy writes it; of `a otherwise b` the first.
    public var description: String {
        switch self {
        case .fact(let reference): reference.description
        case .constant(let value): value.described(as: value.naturalType)
        case .otherwise(let first, _): first.description
        case .computed(let reference): reference.name
        }
    }
}

extension Test {
    /// The greatest cost class among the facts it names.
    public var costClass: CostClass {
        switch self {
        case .compare(let left, _, let right): max(left.costClass, right.costClass)
        case .equals(let left, let others, _), .text(_, let left, let others, _), .under(let left, let others):
            others.map(\.costClass).reduce(left.costClass, max)
        case .holds, .exists, .member, .matches, .mentions: operand?.costClass ?? .envelope
        case .insideType, .insideElement: .structure
        }
    }

    /// The operand whose values are tried; `nil` for `inside`.
    public var operand: Operand? {
        switch self {
        case .holds(let operand), .compare(let operand, _, _), .equals(let operand, _, _),
            .text(_, let operand, _, _), .under(let operand, _), .member(let operand, _), .matches(let operand, _),
            .mentions(let operand, _, _, _):
            operand
        case .exists(let reference): .fact(reference)
        case .insideType, .insideElement: nil
        }
    }

    /// What evidence calls the thing tested.
    public var subjectDescription: String { operand?.description ?? "container" }

    /// The binder of the element whose fact is tested.
    public var binder: Int? {
        switch self {
        case .insideType(let binder, _), .insideElement(let binder, _): binder
        default: operand?.binder
        }
    }

    /// The same test with the operand at a place in `operands` replaced.
    func replacingOperand(_ place: Int, by other: Operand) -> Test {
        if place == 0 { return replacingOperand(by: other) }
        switch self {
        case .compare(let left, let order, _): return .compare(left, order, other)
        case .equals(let left, var others, let exactly):
            others[place - 1] = other
            return .equals(left, others, exactly: exactly)
        case .text(let relation, let left, var others, let exactly):
            others[place - 1] = other
            return .text(relation, left, others, exactly: exactly)
        case .under(let left, var others):
            others[place - 1] = other
            return .under(left, others)
        default: return self
        }
    }

    /// The same test on another operand; `exists` and `inside` have none to replace.
    func replacingOperand(by other: Operand) -> Test {
        switch self {
        case .holds: .holds(other)
        case .compare(_, let order, let right): .compare(other, order, right)
        case .equals(_, let operands, let exactly): .equals(other, operands, exactly: exactly)
        case .text(let relation, _, let operands, let exactly): .text(relation, other, operands, exactly: exactly)
        case .under(_, let operands): .under(other, operands)
        case .member(_, let set): .member(other, set: set)
        case .matches(_, let expressions): .matches(other, expressions)
        case .mentions(_, let dictionary, let threshold, let inTotal):
            .mentions(other, dictionary: dictionary, threshold: threshold, inTotal: inTotal)
        case .exists, .insideType, .insideElement: self
        }
    }
}
