import Vocabulary

/// Which conditions follow from others, told by their form: the same test, or a weaker bound of the same number.
///
/// Places are ignored only where both formulas come `withoutPlaces`.
struct Implication {
    /// Whether every one of some conditions follows from one of the others.
    static func all(_ weaker: [Formula], followFrom stronger: [Formula]) -> Bool {
        weaker.allSatisfy { one in stronger.contains { follows(one, from: $0) } }
    }

    static func follows(_ weaker: Formula, from stronger: Formula) -> Bool {
        if weaker == stronger { return true }
        switch (weaker, stronger) {
        case (.atom(let one), .atom(let other)):
            guard case .compare(let left, let order, .constant(.number(let bound))) = one.test,
                case .compare(let sameLeft, let otherOrder, .constant(.number(let otherBound))) = other.test,
                left == sameLeft
            else { return false }
            return follows(order, bound, from: otherOrder, otherBound)
        case (.some(let one), .some(let other)):
            // An element that has all of the stronger body has all of the weaker.
            return one.list == other.list && one.binder == other.binder
                && all(one.body.members, followFrom: other.body.members)
        case (.count(let one), .count(let other)):
            return one.measure == other.measure && follows(one.order, one.bound, from: other.order, other.bound)
        default:
            return false
        }
    }

    private static func follows(_ order: Order, _ bound: Int64, from other: Order, _ otherBound: Int64) -> Bool {
        switch (order, other) {
        case (.greater, .greater), (.greaterOrEqual, .greaterOrEqual), (.greaterOrEqual, .greater):
            bound <= otherBound
        case (.greater, .greaterOrEqual): bound < otherBound
        case (.less, .less), (.lessOrEqual, .lessOrEqual), (.lessOrEqual, .less): bound >= otherBound
        case (.less, .lessOrEqual): bound > otherBound
        default: false
        }
    }
}

extension Formula {
    /// What must all hold for it to hold.
    fileprivate var members: [Formula] {
        if case .and(let operands) = self { return operands }
        return [self]
    }

    /// What it has in common with all that follow from it or that it follows from: itself without its bounds.
    var implicationKeys: [Formula] {
        switch self {
        case .atom(let atom):
            guard case .compare(let left, _, .constant(.number)) = atom.test else { return [self] }
            return [.atom(Atom(.compare(left, .less, .constant(.number(0))), at: atom.place))]
        case .some(let old):
            return old.body.members.flatMap(\.implicationKeys).map {
                .some(Quantification(list: old.list, binder: old.binder, body: $0, place: old.place))
            }
        case .count(let old):
            return [.count(Count(measure: old.measure, order: .less, bound: 0, type: old.type, place: old.place))]
        default:
            return [self]
        }
    }
}
