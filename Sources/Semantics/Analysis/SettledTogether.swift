import Vocabulary

/// Tests that settle a condition only together.
public struct SettledTogether {
    /// How they do.
    public enum Kind: Equatable {
        /// Of an `and`: both never hold of the same mail.
        case contradiction
        /// Of an `or`: one always holds.
        case tautology
        /// A test of the direction that the rule's `on` rules out.
        case foreignDirection
    }

    public let kind: Kind
    /// The test that settles it.
    public let place: SourcePlace
    /// The one before it that it does not go with.
    public let other: SourcePlace?
}

extension Formula {
    /// Pairs of tests that settle the `and` or `or` they stand in, and tests of directions that a rule never judges.
    ///
    /// Sound rather than complete: a test and its denial, thresholds of one number between which nothing lies, symbols
    /// that differ. Only facts with one value count, since a test of several is true if one of them is.
    public func settledTogether(directions: DirectionSet = .all) -> [SettledTogether] {
        var search = SettledSearch(directions: directions)
        search.walk(self)
        return search.found
    }
}

private struct SettledSearch {
    let directions: DirectionSet
    var found: [SettledTogether] = []

    init(directions: DirectionSet) { self.directions = directions }

    mutating func walk(_ formula: Formula) {
        switch formula {
        case .constant: break
        case .atom(let atom):
            if let allowed = atom.test.directions, allowed.isDisjoint(with: directions) {
                found.append(SettledTogether(kind: .foreignDirection, place: atom.place, other: nil))
            }
        case .not(let operand): walk(operand)
        case .and(let operands):
            compare(operands.flatMap(\.conjuncts), isAnd: true)
            for operand in operands { walk(inside: operand, isAnd: true) }
        case .or(let operands):
            compare(operands.flatMap(\.alternatives), isAnd: false)
            for operand in operands { walk(inside: operand, isAnd: false) }
        case .atLeast(_, let operands, _):
            for operand in operands { walk(operand) }
        case .some(let quantification): walk(quantification.body)
        case .count(let count):
            switch count.measure {
            case .elements(_, _, let body), .sum(_, _, _, let body), .distinct(_, _, _, let body): walk(body)
            case .values, .matches: break
            }
        }
    }

    /// An `and` within an `and` was compared with all that stands beside it.
    private mutating func walk(inside formula: Formula, isAnd: Bool) {
        switch (formula, isAnd) {
        case (.and(let operands), true), (.or(let operands), false):
            for operand in operands { walk(inside: operand, isAnd: isAnd) }
        default: walk(formula)
        }
    }

    private mutating func compare(_ members: [Formula], isAnd: Bool) {
        var seen: [Formula: SourcePlace] = [:]
        var ranges: [FactReference: (range: NumberRange, place: SourcePlace)] = [:]
        var symbols: [FactReference: (names: Set<String>, place: SourcePlace)] = [:]
        for member in members {
            guard let place = member.firstPlace else { continue }
            if isAnd || member.isAlwaysKnown {
                let plain = member.withoutPlaces
                let denial: Formula = if case .not(let inner) = plain { inner } else { .not(plain) }
                if let other = seen[denial] { add(isAnd ? .contradiction : .tautology, place, other) }
                if seen[plain] == nil { seen[plain] = place }
            }
            guard isAnd, case .atom(let atom) = member else { continue }
            if let (reference, range) = atom.test.numberRange {
                let before = ranges[reference]
                let both = before.map { $0.range.narrowed(by: range) } ?? range
                if both.isEmpty, let before, !before.range.isEmpty { add(.contradiction, place, before.place) }
                ranges[reference] = (both, place)
            }
            if let (reference, names) = atom.test.symbolNames {
                let before = symbols[reference]
                let both = before.map { $0.names.intersection(names) } ?? names
                if both.isEmpty, let before, !before.names.isEmpty { add(.contradiction, place, before.place) }
                symbols[reference] = (both, place)
            }
        }
    }

    private mutating func add(_ kind: SettledTogether.Kind, _ place: SourcePlace, _ other: SourcePlace) {
        found.append(SettledTogether(kind: kind, place: place, other: other))
    }
}

/// The whole numbers between two bounds, both of them in it.
private struct NumberRange {
    var least = Int64.min
    var greatest = Int64.max

    var isEmpty: Bool { least > greatest }

    func narrowed(by other: NumberRange) -> NumberRange {
        NumberRange(least: max(least, other.least), greatest: min(greatest, other.greatest))
    }
}

extension Test {
    /// A comparison of a fact that has one number with a constant, as the range in which it holds.
    fileprivate var numberRange: (FactReference, NumberRange)? {
        guard case .compare(.fact(let reference), let order, .constant(.number(let bound))) = self,
            [.messageSize, .size, .depth, .receivedHour].contains(reference.fact), reference.members.isEmpty
        else { return nil }
        switch order {
        case .less: return (reference, NumberRange(greatest: bound == .min ? bound : bound - 1))
        case .lessOrEqual: return (reference, NumberRange(greatest: bound))
        case .greater: return (reference, NumberRange(least: bound == .max ? bound : bound + 1))
        case .greaterOrEqual: return (reference, NumberRange(least: bound))
        }
    }

    /// The words that a fact with one symbol is compared with.
    fileprivate var symbolNames: (FactReference, Set<String>)? {
        guard case .equals(.fact(let reference), let others, _) = self,
            [.direction, .receivedWeekday].contains(reference.fact)
        else { return nil }
        var names: Set<String> = []
        for other in others {
            guard case .constant(.symbol(let name)) = other else { return nil }
            names.insert(name)
        }
        return (reference, names)
    }

    /// The directions that a test of the direction asks for.
    fileprivate var directions: DirectionSet? {
        guard let (reference, names) = symbolNames, reference.fact == .direction else { return nil }
        return names.reduce(into: DirectionSet()) { set, name in
            if let direction = Direction(rawValue: name) { set.insert(direction.set) }
        }
    }
}

extension Formula {
    fileprivate var conjuncts: [Formula] {
        if case .and(let operands) = self { return operands.flatMap(\.conjuncts) }
        return [self]
    }

    fileprivate var alternatives: [Formula] {
        if case .or(let operands) = self { return operands.flatMap(\.alternatives) }
        return [self]
    }

    /// Where its first test stands.
    fileprivate var firstPlace: SourcePlace? {
        switch self {
        case .constant: nil
        case .atom(let atom): atom.place
        case .not(let operand): operand.firstPlace
        case .and(let operands), .or(let operands): operands.lazy.compactMap(\.firstPlace).first
        case .atLeast(_, _, let place): place
        case .some(let quantification): quantification.place
        case .count(let count): count.place
        }
    }

    /// Whether it is a test that has an answer for every mail.
    fileprivate var isAlwaysKnown: Bool {
        switch self {
        case .atom(let atom):
            let facts = atom.test.neededFacts
            return !facts.isEmpty && facts.allSatisfy { FactCatalogue.row($0.fact).reasons.isEmpty }
        case .not(let operand): return operand.isAlwaysKnown
        case .constant, .and, .or, .atLeast, .some, .count: return false
        }
    }
}
