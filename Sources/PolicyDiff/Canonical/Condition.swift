import Vocabulary

/// A condition by its meaning: names, places, the order of operands and the way it was written have left no trace.
///
/// Two conditions that are equal values mean the same. The reverse does not hold: whether conditions written
/// differently mean the same is for the solver to say.
indirect enum Condition: Hashable, Sendable {
    case constant(Bool)
    case test(Question)
    case not(Condition)
    /// At least two, sorted.
    case all([Condition])
    /// At least two, sorted.
    case any([Condition])
    /// Sorted.
    case atLeast(Int, [Condition])
    /// One element of the list satisfies the condition, in which it is the one of this binder.
    case some(ElementListName, binder: Int, Condition)
    /// The total is at least so much. Upper bounds are negations: of an interval, too, `< 3` is `not (>= 3)`.
    case total(Total, atLeast: Int64)
}

/// What is counted or summed.
indirect enum Total: Hashable, Sendable {
    case elements(ElementListName, binder: Int, Condition)
    case values(FactReference, distinct: Bool)
    case sum(FactReference, ElementListName, binder: Int, Condition)
    case distinct(FactReference, ElementListName, binder: Int, Condition)
    case matches(TextPattern, Subject)
    /// The weights of the rows that hold, in thousandths. Rows are sorted.
    case score([ScoreRow])
}

/// A row of a score.
struct ScoreRow: Hashable, Sendable {
    let weight: Int64
    let when: Condition
}

/// What a test is about: something with values.
indirect enum Subject: Hashable, Sendable {
    case fact(FactReference)
    case constant(Value)
    /// The second where the first is absent.
    case otherwise(Subject, Subject)
    /// The types of the containers in which the binder's part lies.
    case containers(binder: Int)
    /// Something this comparison knows only to be what it is.
    case unfamiliar(String)

    /// The binders whose elements it depends on.
    var binders: Set<Int> {
        switch self {
        case .fact(let reference): reference.binder.map { [$0] } ?? []
        case .constant, .unfamiliar: []
        case .otherwise(let first, let second): first.binders.union(second.binders)
        case .containers(let binder): [binder]
        }
    }
}

/// A test of a subject's values that cannot be divided into operands of `and` and `or`.
enum Question: Hashable, Sendable {
    case exists(Subject)
    /// A value of the subject satisfies one of the alternatives, which are sorted.
    case oneOf(Subject, [Alternative])
    /// A text of the subject reaches the threshold, or all of them together do.
    case mentions(Subject, Lexicon, threshold: Int64, inTotal: Bool)
    /// A relation between the values of two subjects.
    case related(Subject, String, Subject)
    /// The part of one binder lies in the part of another.
    case inside(binder: Int, container: Int)
    /// Something this comparison knows only to be what it is; of which policy, so that two are never taken for one.
    case unfamiliar(String)
}

/// One thing that a value may be.
enum Alternative: Hashable, Sendable {
    case same(Value, exactly: Bool)
    case ordered(Order, Int64)
    case contains(Text, exactly: Bool)
    case starts(Text, exactly: Bool)
    case ends(Text, exactly: Bool)
    case under(Domain)
    /// Of addresses.
    case glob([UInt8])
    case network(Network)
    case pattern(TextPattern)
    /// A reader takes it for the value.
    case alike(Value)
    /// An entry of a list that is compared in a way of the list's own.
    case entry(ValueType, String)
}

/// A dictionary by its contents.
struct Lexicon: Hashable, Sendable {
    struct Entry: Hashable, Sendable {
        let weight: Int64
        let pattern: TextPattern
        /// How often it counts at most in one text.
        let times: Int
    }

    /// Sorted.
    let entries: [Entry]
}

extension Condition {
    /// The negation, where two negations are none.
    static func negation(_ condition: Condition) -> Condition {
        switch condition {
        case .constant(let value): .constant(!value)
        case .not(let inner): inner
        default: .not(condition)
        }
    }

    /// `and` with nested ones flattened, repetitions dropped and constants folded.
    static func conjunction(_ operands: [Condition]) -> Condition {
        var kept: Set<Condition> = []
        for operand in operands {
            switch operand {
            case .constant(true): continue
            case .constant(false): return .constant(false)
            case .all(let inner): kept.formUnion(inner)
            default: kept.insert(operand)
            }
        }
        if kept.isEmpty { return .constant(true) }
        return kept.count == 1 ? kept.first ?? .constant(true) : .all(kept.canonicallySorted())
    }

    /// `or`, made canonical likewise. Tests of one subject become one test with several alternatives.
    static func disjunction(_ operands: [Condition]) -> Condition {
        var kept: Set<Condition> = []
        var alternatives: [Subject: Set<Alternative>] = [:]
        var waiting = operands
        while let operand = waiting.popLast() {
            switch operand {
            case .constant(false): continue
            case .constant(true): return .constant(true)
            case .any(let inner): waiting += inner
            case .test(.oneOf(let subject, let more)): alternatives[subject, default: []].formUnion(more)
            default: kept.insert(operand)
            }
        }
        for (subject, all) in alternatives { kept.insert(.test(.oneOf(subject, all.canonicallySorted()))) }
        if kept.isEmpty { return .constant(false) }
        return kept.count == 1 ? kept.first ?? .constant(false) : .any(kept.canonicallySorted())
    }

    /// Binders of enclosing quantifiers on which it depends.
    var freeBinders: Set<Int> {
        switch self {
        case .constant: []
        case .test(let question): question.binders
        case .not(let inner): inner.freeBinders
        case .all(let inner), .any(let inner), .atLeast(_, let inner):
            inner.reduce(into: []) { $0.formUnion($1.freeBinders) }
        case .some(_, let binder, let body): body.freeBinders.subtracting([binder])
        case .total(let total, _): total.freeBinders
        }
    }

    /// The number of conditions in it, itself included.
    var weight: Int {
        switch self {
        case .constant, .test: 1
        case .not(let inner), .some(_, _, let inner): 1 + inner.weight
        case .all(let inner), .any(let inner), .atLeast(_, let inner): inner.reduce(1) { $0 + $1.weight }
        case .total: 2
        }
    }
}

extension Question {
    var binders: Set<Int> {
        switch self {
        case .exists(let subject), .oneOf(let subject, _), .mentions(let subject, _, _, _): subject.binders
        case .related(let first, _, let second): first.binders.union(second.binders)
        case .inside(let binder, let container): [binder, container]
        // It may be about any element there is.
        case .unfamiliar: [0, 1]
        }
    }
}

extension Total {
    var freeBinders: Set<Int> {
        switch self {
        case .elements(_, let binder, let body): body.freeBinders.subtracting([binder])
        case .values(let reference, _): reference.binder.map { [$0] } ?? []
        case .sum(let reference, _, let binder, let body), .distinct(let reference, _, let binder, let body):
            body.freeBinders.union(reference.binder.map { [$0] } ?? []).subtracting([binder])
        case .matches(_, let subject): subject.binders
        // Its rows speak of no element.
        case .score: []
        }
    }
}
