import Vocabulary

/// A test that would be true of mail that lacks the fact, without the author having said so.
public struct UnguardedUse: Hashable, Sendable {
    public let reference: FactReference
    /// The test it stands in.
    public let place: SourcePlace

    public init(reference: FactReference, place: SourcePlace) {
        self.reference = reference
        self.place = place
    }
}

/// Finds the uses of facts that may be absent in negative position without a guard.
///
/// A test on an absent fact is plainly false, so its negation is true: `reply-to.domain is not "a.example"` would hold
/// for every mail without Reply-To. Such a use needs `reply-to exists and …` beside it, or `otherwise`. Every conjunct
/// of an `and` may rely on the `exists` of all the others; dually every operand of an `or` on the `not exists` of the
/// others, for there too the author has said what absence means. Where the `and` is not denied, a test of the same fact
/// beside it does as well: it is false where the fact is absent, and the whole with it.
public struct GuardAnalysis {
    private var found: [UnguardedUse] = []

    private init() {}

    /// The unguarded uses of a condition in source order, each once. Defines must have been expanded.
    public static func unguardedUses(in formula: Formula) -> [UnguardedUse] {
        var analysis = GuardAnalysis()
        analysis.walk(formula, isNegative: false, guards: [])
        var seen: Set<UnguardedUse> = []
        return analysis.found.filter { seen.insert($0).inserted }
    }

    private mutating func walk(_ formula: Formula, isNegative: Bool, guards: Set<FactReference>) {
        switch formula {
        case .constant:
            break
        case .atom(let atom):
            if isNegative { check(atom, guards) }
        case .not(let operand):
            walk(operand, isNegative: !isNegative, guards: guards)
        case .and(let operands):
            var all = operands.reduce(into: guards) { Self.addGuards(of: $1, existing: true, to: &$0) }
            if !isNegative {
                for operand in operands { all.formUnion(operand.neededFacts.flatMap(Self.covered)) }
            }
            for operand in operands { walk(operand, isNegative: isNegative, guards: all) }
        case .or(let operands):
            let all = operands.reduce(into: guards) { Self.addGuards(of: $1, existing: false, to: &$0) }
            for operand in operands { walk(operand, isNegative: isNegative, guards: all) }
        case .atLeast(_, let operands, _):
            for operand in operands { walk(operand, isNegative: isNegative, guards: guards) }
        case .some(let quantification):
            walk(quantification.body, isNegative: isNegative, guards: guards)
        case .count(let count):
            // Counts are positive positions, whatever stands around them.
            switch count.measure {
            case .elements(_, _, let body), .sum(_, _, _, let body), .distinct(_, _, _, let body):
                walk(body, isNegative: false, guards: guards)
            case .values, .matches:
                break
            }
        }
    }

    /// What the operand says exists (or, for `or`, does not exist).
    private static func addGuards(of operand: Formula, existing: Bool, to guards: inout Set<FactReference>) {
        switch (operand, existing) {
        case (.atom(let atom), true):
            if case .exists(let reference) = atom.test { guards.formUnion(covered(by: reference)) }
        case (.not(.atom(let atom)), false):
            if case .exists(let reference) = atom.test { guards.formUnion(covered(by: reference)) }
        case (.and(let operands), true), (.or(let operands), false):
            for operand in operands { addGuards(of: operand, existing: existing, to: &guards) }
        default:
            break
        }
    }

    /// A member that exists vouches for what it is a member of.
    private static func covered(by reference: FactReference) -> [FactReference] {
        var all = [reference]
        for count in (0...reference.members.count) {
            all.append(
                FactReference(
                    reference.fact, argument: reference.argument, binder: reference.binder,
                    members: Array(reference.members.prefix(count))))
        }
        return all
    }

    private mutating func check(_ atom: Atom, _ guards: Set<FactReference>) {
        var references: [FactReference] = []
        switch atom.test {
        case .exists, .insideType, .insideElement: return
        case .compare(let left, _, let right): references = [left, right].flatMap(\.absentReferences)
        case .equals(let left, let others, _), .text(_, let left, let others, _), .under(let left, let others):
            references = ([left] + others).flatMap(\.absentReferences)
        case .holds(let operand), .member(let operand, _), .matches(let operand, _), .mentions(let operand, _, _, _):
            references = operand.absentReferences
        }
        for reference in references {
            if let missing = reference.unguardedPrefix(guards) {
                found.append(UnguardedUse(reference: missing, place: atom.place))
            }
        }
    }
}

extension Formula {
    /// The facts without any of which it is false.
    fileprivate var neededFacts: Set<FactReference> {
        switch self {
        case .atom(let atom): Set(atom.test.neededFacts)
        case .and(let operands): operands.reduce(into: []) { $0.formUnion($1.neededFacts) }
        case .or(let operands):
            operands.dropFirst().reduce(operands.first?.neededFacts ?? []) { $0.intersection($1.neededFacts) }
        case .constant, .not, .atLeast, .some, .count: []
        }
    }
}

extension Test {
    /// The facts without any of which it is false.
    var neededFacts: [FactReference] {
        switch self {
        case .exists(let reference): [reference]
        case .compare(let left, _, let right): [left, right].compactMap(\.neededFact)
        case .equals(let left, let others, _), .text(_, let left, let others, _), .under(let left, let others):
            (others.count == 1 ? [left, others[0]] : [left]).compactMap(\.neededFact)
        case .holds(let operand), .member(let operand, _), .matches(let operand, _), .mentions(let operand, _, _, _):
            [operand.neededFact].compactMap { $0 }
        case .insideType, .insideElement: []
        }
    }
}

extension Operand {
    /// The fact whose absence leaves it without a value; what stands in for an absent one does away with the need.
    fileprivate var neededFact: FactReference? {
        if case .fact(let reference) = self { return reference }
        return nil
    }
}

extension Operand {
    /// The facts that leave it without a value where they are absent. `a otherwise b` lacks one only where both do.
    fileprivate var absentReferences: [FactReference] {
        switch self {
        case .constant, .computed: return []
        case .fact(let reference): return reference.canBeAbsent ? [reference] : []
        case .otherwise(let first, let second):
            let rest = second.absentReferences
            return rest.isEmpty ? [] : first.absentReferences.isEmpty ? [] : rest
        }
    }
}

extension FactReference {
    /// Whether mail can be without a value of it.
    public var canBeAbsent: Bool {
        asNumber || FactCatalogue.row(fact).canBeAbsent || members.contains(where: \.canBeAbsent)
    }

    /// The shortest piece of the reference whose `exists` would make it safe, `nil` where the guards suffice.
    ///
    /// `from exists` is enough for `from.domain`, for every address has a domain, but not for `from.display-name`.
    fileprivate func unguardedPrefix(_ guards: Set<FactReference>) -> FactReference? {
        if guards.contains(self) { return nil }
        if asNumber { return self }
        let optional = members.lastIndex(where: \.canBeAbsent).map { $0 + 1 } ?? 0
        for count in optional...members.count {
            let piece = FactReference(
                fact, argument: argument, binder: binder, members: Array(members.prefix(count)))
            if guards.contains(piece) { return nil }
        }
        return FactReference(
            fact, argument: argument, binder: binder, members: Array(members.prefix(optional)))
    }
}
