import Vocabulary

/// One place in a condition that can be unknown, and why.
public struct UnknownCause: Hashable, Sendable {
    /// What cannot be read there.
    public enum Subject: Hashable, Sendable {
        case fact(FactReference)
        /// A score or setting, by its name.
        case computed(String)
        /// Elements of the list may be missing.
        case list(ElementListName)
        /// A search for a pattern can hit its limit.
        case pattern
    }

    public let subject: Subject
    public let reasons: Reasons
    public let place: SourcePlace

    public init(subject: Subject, reasons: Reasons, place: SourcePlace) {
        self.subject = subject
        self.reasons = reasons
        self.place = place
    }
}

extension UnknownCause.Subject: CustomStringConvertible {
    /// As a policy writes it.
    public var description: String {
        switch self {
        case .fact(let reference): reference.description
        case .computed(let name): name
        case .list(let list): list.rawValue
        case .pattern: "pattern"
        }
    }
}

extension Formula {
    /// Every way in which the formula can be unknown, in source order, so that the checker can demand an answer for
    /// each. `dictionaries` are the policy's: one with regular expressions can hit the match limit.
    public func unknownCauses(dictionaries: [TypedDictionary]) -> [UnknownCause] {
        var causes: [UnknownCause] = []
        collectCauses(dictionaries, into: &causes)
        return causes
    }

    private func collectCauses(_ dictionaries: [TypedDictionary], into causes: inout [UnknownCause]) {
        switch self {
        case .constant:
            break
        case .atom(let atom):
            atom.test.collectCauses(at: atom.place, dictionaries, into: &causes)
        case .not(let operand):
            operand.collectCauses(dictionaries, into: &causes)
        case .and(let operands), .or(let operands), .atLeast(_, let operands, _):
            // A false operand of `and` (a true one of `or`) decides alone: the others cannot make it unknown.
            let isDecided = operands.contains { $0 == .constant(self.isOr) }
            if isDecided, !self.isThreshold { return }
            for operand in operands { operand.collectCauses(dictionaries, into: &causes) }
        case .some(let quantification):
            let list = quantification.list
            causes.append(
                UnknownCause(subject: .list(list), reasons: list.possibleReasons, place: quantification.place))
            quantification.body.collectCauses(dictionaries, into: &causes)
        case .count(let count):
            count.collectCauses(dictionaries, into: &causes)
        }
    }

    private var isOr: Bool { if case .or = self { true } else { false } }
    private var isThreshold: Bool { if case .atLeast = self { true } else { false } }

    /// The union of the causes' reasons.
    public func possibleReasons(dictionaries: [TypedDictionary]) -> Reasons {
        unknownCauses(dictionaries: dictionaries).reduce(into: []) { $0.formUnion($1.reasons) }
    }
}

extension Count {
    fileprivate func collectCauses(_ dictionaries: [TypedDictionary], into causes: inout [UnknownCause]) {
        func add(_ list: ElementListName) {
            causes.append(UnknownCause(subject: .list(list), reasons: list.possibleReasons, place: place))
        }
        switch measure {
        case .elements(let list, _, let body):
            add(list)
            causes += body.unknownCauses(dictionaries: dictionaries)
        case .sum(let reference, let list, _, let body), .distinct(let reference, let list, _, let body):
            add(list)
            Operand.fact(reference).collectCauses(at: place, into: &causes)
            causes += body.unknownCauses(dictionaries: dictionaries)
        case .values(let reference, _):
            Operand.fact(reference).collectCauses(at: place, into: &causes)
        case .matches(_, let operand):
            operand.collectCauses(at: place, into: &causes)
            causes.append(UnknownCause(subject: .pattern, reasons: .overLimit, place: place))
        }
    }
}

extension Operand {
    fileprivate func collectCauses(at place: SourcePlace, into causes: inout [UnknownCause]) {
        switch self {
        case .constant:
            break
        case .fact(let reference):
            let reasons = FactCatalogue.row(reference.fact).reasons
            if !reasons.isEmpty {
                causes.append(UnknownCause(subject: .fact(reference), reasons: reasons, place: place))
            }
        case .computed(let reference):
            if !reference.reasons.isEmpty {
                causes.append(
                    UnknownCause(subject: .computed(reference.name), reasons: reference.reasons, place: place))
            }
        case .otherwise(let first, let second):
            first.collectCauses(at: place, into: &causes)
            second.collectCauses(at: place, into: &causes)
        }
    }
}

extension Test {
    fileprivate func collectCauses(
        at place: SourcePlace, _ dictionaries: [TypedDictionary], into causes: inout [UnknownCause]
    ) {
        operand?.collectCauses(at: place, into: &causes)
        switch self {
        case .compare(_, _, let other):
            other.collectCauses(at: place, into: &causes)
        case .equals(_, let others, _), .text(_, _, let others, _), .under(_, let others):
            for other in others { other.collectCauses(at: place, into: &causes) }
        case .matches:
            causes.append(UnknownCause(subject: .pattern, reasons: .overLimit, place: place))
        case .mentions(_, let number, _, _):
            let hasExpression =
                dictionaries.indices.contains(number)
                && dictionaries[number].entries.contains { $0.pattern.kind == .regex }
            if hasExpression {
                causes.append(UnknownCause(subject: .pattern, reasons: .overLimit, place: place))
            }
        case .insideType(let binder, _):
            let type = FactReference(.type, binder: binder)
            Operand.fact(type).collectCauses(at: place, into: &causes)
        case .holds, .exists, .member, .insideElement:
            break
        }
    }
}
