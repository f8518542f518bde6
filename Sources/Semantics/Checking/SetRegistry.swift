import Vocabulary

/// The sets that conditions look values up in: equal ones merged, numbered at the end by name and content, so that
/// the order of declarations leaves no trace.
final class SetRegistry {
    private struct Key: Hashable {
        let type: ValueType
        let entries: [String]
    }

    private var numbers: [Key: Int] = [:]
    private var sets: [ValueSet] = []

    /// The provisional number of a set.
    func number(of set: ValueSet) -> Int {
        let key = Key(type: set.type, entries: set.entries.sorted())
        if let number = numbers[key] {
            if Self.isBefore(set, sets[number]) { sets[number] = set }
            return number
        }
        numbers[key] = sets.count
        sets.append(set)
        return sets.count - 1
    }

    /// Named sets first, by name; others by content.
    private static func isBefore(_ left: ValueSet, _ right: ValueSet) -> Bool {
        switch (left.name, right.name) {
        case (let left?, let right?) where left != right: left < right
        case (_?, nil): true
        case (nil, _?): false
        default:
            left.type == right.type
                ? left.entries.lexicographicallyPrecedes(right.entries) : left.type.rawValue < right.type.rawValue
        }
    }

    /// The sets in their final order, and the final number of each provisional one. Sets that no formula of the policy
    /// mentions are left out.
    func finished(used: Set<Int>) -> (sets: [ValueSet], renumbering: [Int: Int]) {
        let order = used.sorted { Self.isBefore(sets[$0], sets[$1]) }
        let renumbering = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
        return (order.map { sets[$0] }, renumbering)
    }
}

extension Formula {
    /// The numbers of the sets it mentions.
    var setNumbers: Set<Int> {
        var numbers: Set<Int> = []
        _ = mappingTests { test in
            if case .member(_, let number) = test { numbers.insert(number) }
            return test
        }
        return numbers
    }

    /// The formula with its sets renumbered.
    func renumberingSets(_ renumbering: [Int: Int]) -> Formula {
        mappingTests { test in
            guard case .member(let operand, let number) = test else { return test }
            return .member(operand, set: renumbering[number] ?? number)
        }
    }

    /// The formula with each test replaced.
    func mappingTests(_ transform: (Test) -> Test) -> Formula {
        switch self {
        case .constant: return self
        case .atom(let atom): return .atom(Atom(transform(atom.test), at: atom.place))
        case .not(let operand): return .not(operand.mappingTests(transform))
        case .and(let operands): return .and(operands.map { $0.mappingTests(transform) })
        case .or(let operands): return .or(operands.map { $0.mappingTests(transform) })
        case .atLeast(let least, let operands, let place):
            return .atLeast(least, operands.map { $0.mappingTests(transform) }, place)
        case .some(let old):
            return .some(
                Quantification(
                    list: old.list, binder: old.binder, body: old.body.mappingTests(transform), place: old.place))
        case .count(let old):
            let measure: Count.Measure =
                switch old.measure {
                case .elements(let list, let binder, let body):
                    .elements(list, binder: binder, body.mappingTests(transform))
                case .sum(let reference, let list, let binder, let body):
                    .sum(reference, list, binder: binder, body.mappingTests(transform))
                case .distinct(let reference, let list, let binder, let body):
                    .distinct(reference, list, binder: binder, body.mappingTests(transform))
                case .values, .matches: old.measure
                }
            return .count(
                Count(measure: measure, order: old.order, bound: old.bound, type: old.type, place: old.place))
        }
    }
}
