import Vocabulary

extension Formula {
    /// The value that the formula always has, where plain arithmetic tells it: sizes and counts are never negative, an
    /// equality of literals is settled. `nil` where mail decides.
    public var constantValue: Bool? {
        switch self {
        case .constant(let value):
            return value
        case .atom(let atom):
            return atom.test.constantValue
        case .not(let operand):
            return operand.constantValue.map { !$0 }
        case .and(let operands):
            let values = operands.map(\.constantValue)
            if values.contains(false) { return false }
            return values.allSatisfy { $0 == true } ? true : nil
        case .or(let operands):
            let values = operands.map(\.constantValue)
            if values.contains(true) { return true }
            return values.allSatisfy { $0 == false } ? false : nil
        case .atLeast(let least, let operands, _):
            let values = operands.map(\.constantValue)
            if values.count(where: { $0 == true }) >= least { return true }
            return values.count(where: { $0 != false }) < least ? false : nil
        case .some(let quantification):
            return quantification.body.constantValue == false ? false : nil
        case .count(let count):
            return Self.ofNatural(count.order, count.bound)
        }
    }

    /// What a comparison of a number that is never negative with a bound comes to.
    fileprivate static func ofNatural(_ order: Order, _ bound: Int64) -> Bool? {
        switch order {
        case .less: bound <= 0 ? false : nil
        case .lessOrEqual: bound < 0 ? false : nil
        case .greater: bound < 0 ? true : nil
        case .greaterOrEqual: bound <= 0 ? true : nil
        }
    }

    /// Visits the atoms, counts and thresholds whose value is settled although they look like tests, innermost first.
    public func settledTests() -> [(place: SourcePlace, value: Bool)] {
        switch self {
        case .constant:
            return []
        case .atom(let atom):
            return atom.test.constantValue.map { [(atom.place, $0)] } ?? []
        case .not(let operand):
            return operand.settledTests()
        case .and(let operands), .or(let operands), .atLeast(_, let operands, _):
            return operands.flatMap { $0.settledTests() }
        case .some(let quantification):
            return quantification.body.settledTests()
        case .count(let count):
            return constantValue.map { [(count.place, $0)] } ?? count.measure.settledTests()
        }
    }
}

extension Order {
    /// What it comes to for every pair of numbers out of two ranges; `nil` where that differs.
    fileprivate func settled(_ left: ClosedRange<Int64>, _ right: ClosedRange<Int64>) -> Bool? {
        let all = [
            holds(left.lowerBound, right.lowerBound), holds(left.lowerBound, right.upperBound),
            holds(left.upperBound, right.lowerBound), holds(left.upperBound, right.upperBound),
        ]
        return all.allSatisfy { $0 == all[0] } ? all[0] : nil
    }
}

extension Count.Measure {
    fileprivate func settledTests() -> [(place: SourcePlace, value: Bool)] {
        switch self {
        case .elements(_, _, let body), .sum(_, _, _, let body), .distinct(_, _, _, let body): body.settledTests()
        case .values, .matches: []
        }
    }
}

extension Test {
    fileprivate var constantValue: Bool? {
        switch self {
        case .exists(let reference):
            let row = FactCatalogue.row(reference.fact)
            return !reference.canBeAbsent && row.reasons.isEmpty ? true : nil
        case .compare(.fact(let reference), let order, .constant(.number(let bound))):
            let value = reference.settled(order, bound)
            // Of a fact that may be missing only "never" is sure.
            let isThere = !reference.canBeAbsent && FactCatalogue.row(reference.fact).reasons.isEmpty
            return isThere || value == false ? value : nil
        case .equals(.fact(let reference), let others, _):
            guard let range = reference.range else { return nil }
            let isNever = others.allSatisfy { other in
                if case .constant(.number(let number)) = other { !range.contains(number) } else { false }
            }
            return isNever ? false : nil
        case .compare(.computed(let reference), let order, .constant(.number(let bound))):
            return reference.range.flatMap { order.settled($0, bound...bound) }
        case .compare(.constant(.number(let bound)), let order, .computed(let reference)):
            return reference.range.flatMap { order.settled(bound...bound, $0) }
        case .compare(.computed(let left), let order, .computed(let right)):
            guard let left = left.range, let right = right.range else { return nil }
            return order.settled(left, right)
        case .equals(.computed(let reference), let others, _):
            guard let range = reference.range, case .constant(.number(let number))? = others.first else { return nil }
            return range.contains(number) ? nil : false
        case .compare(.constant(.number(let left)), let order, .constant(.number(let right))):
            return order.holds(left, right)
        default:
            return nil
        }
    }
}

extension FactReference {
    /// The numbers that it can be, where they are few.
    fileprivate var range: ClosedRange<Int64>? {
        fact == .receivedHour || fact == .dateHour ? 0...23 : nil
    }

    /// What a comparison with a bound comes to for every value that it can have.
    fileprivate func settled(_ order: Order, _ bound: Int64) -> Bool? {
        if let range { return order.settled(range, bound...bound) }
        return type == .size || type == .int ? Formula.ofNatural(order, bound) : nil
    }
}
