import Vocabulary

/// An element that a message may have.
struct PoolElement: Equatable {
    let number: Int
    let kind: ElementKind
    /// In each list of its kind, whether it is there.
    fileprivate let membership: [ElementListName: Circuit.Literal]
    private let never: Circuit.Literal

    init(number: Int, kind: ElementKind, membership: [ElementListName: Circuit.Literal], never: Circuit.Literal) {
        self.number = number
        self.kind = kind
        self.membership = membership
        self.never = never
    }

    func isIn(_ list: ElementListName) -> Circuit.Literal { membership[list] ?? never }
}

/// The elements that messages are supposed to have: one for each way in which an outermost quantifier can speak, to each
/// policy where the same may be one thing to the old and another to the new.
struct ElementPool {
    private struct Witness: Hashable {
        let quantifier: Condition
        /// The policy that it speaks to, `nil` for both.
        let side: Side?
        /// The class of reasons it is unknown for, `nil` where it satisfies the condition.
        let reasons: Int?
    }

    private(set) var all: [PoolElement] = []
    private var witnesses: [Witness: Int] = [:]
    private var complete: Set<Condition> = []
    private var missing: [ElementListName: [Circuit.Literal]] = [:]

    /// - Parameters:
    ///   - quantifiers: the most important ones first; the last ones lose their witnesses when the bound on elements is
    ///     met.
    ///   - sharesTruth: whether each condition has the same truth by both policies.
    init(_ quantifiers: [Condition], sharesTruth: Bool, circuit: Circuit, classes: ReasonClasses, limit: Int) {
        let sides: [Side?] = sharesTruth ? [nil] : Side.allCases
        for quantifier in quantifiers {
            guard case .some(let list, _, let body) = quantifier else { continue }
            let reasons = body.possibleReasons
            let kinds: [Int?] = [nil] + classes.indices.filter { classes.meets($0, reasons) }
            guard all.count + kinds.count * sides.count <= limit else { continue }
            for side in sides {
                for kind in kinds {
                    witnesses[Witness(quantifier: quantifier, side: side, reasons: kind)] = all.count
                    all.append(Self.element(all.count, list.kind, circuit))
                }
            }
            complete.insert(quantifier)
        }
        func free(_ list: ElementListName) -> [Circuit.Literal] {
            classes.indices.map { classes.meets($0, list.possibleReasons) ? circuit.free() : circuit.no }
        }
        // Files are parts without the bodies: what may be missing from the ones may be missing from the others. What
        // may hide an attachment may hide a file.
        let files = free(.files)
        let attachments = free(.attachments)
        for (one, other) in zip(attachments, files) where one != circuit.no { circuit.require(-one, other) }
        missing = [.files: files, .parts: files, .attachments: attachments, .urls: free(.urls)]
    }

    private static func element(_ number: Int, _ kind: ElementKind, _ circuit: Circuit) -> PoolElement {
        var membership: [ElementListName: Circuit.Literal] = [:]
        for list in ElementListName.allCases where list.kind == kind { membership[list] = circuit.free() }
        let chain: [ElementListName] = [.attachments, .files, .parts]
        for (narrow, wide) in zip(chain, chain.dropFirst()) {
            if let inner = membership[narrow], let outer = membership[wide] { circuit.require(-inner, outer) }
        }
        return PoolElement(number: number, kind: kind, membership: membership, never: circuit.no)
    }

    func elements(of list: ElementListName) -> [PoolElement] { all.filter { $0.kind == list.kind } }

    func missing(from list: ElementListName) -> [Circuit.Literal] { missing[list] ?? [] }

    /// Whether the elements suffice for the quantifier; of inner ones and those beyond the bound they do not.
    func hasWitnesses(of quantifier: Condition) -> Bool { complete.contains(quantifier) }

    /// The element that a quantifier is true for, or unknown for a class of reasons.
    ///
    /// - Parameter side: by which policy; `nil` where both share every truth.
    func witness(of quantifier: Condition, side: Side?, reasons: Int?) -> PoolElement? {
        witnesses[Witness(quantifier: quantifier, side: side, reasons: reasons)].map { all[$0] }
    }
}

extension Condition {
    /// Why it may be unknown, at most.
    var possibleReasons: Reasons {
        switch self {
        case .constant: return []
        case .test(let question): return question.possibleReasons
        case .not(let inner): return inner.possibleReasons
        case .all(let inner), .any(let inner), .atLeast(_, let inner):
            return inner.reduce(into: Reasons()) { $0.formUnion($1.possibleReasons) }
        case .some(let list, _, let body): return list.possibleReasons.union(body.possibleReasons)
        case .total(let total, _): return total.possibleReasons
        }
    }
}

extension Total {
    /// Why it may be open, at most.
    var possibleReasons: Reasons {
        switch self {
        case .elements(let list, _, let body): list.possibleReasons.union(body.possibleReasons)
        case .values(let reference, _): FactKnowledge.reasons(.fact(reference))
        case .sum(let reference, let list, _, let body), .distinct(let reference, let list, _, let body):
            list.possibleReasons.union(body.possibleReasons).union(FactKnowledge.reasons(.fact(reference)))
                .union(.overLimit)
        case .matches(_, let subject): FactKnowledge.reasons(subject).union(.overLimit)
        case .score(let rows): rows.reduce(into: Reasons()) { $0.formUnion($1.when.possibleReasons) }
        }
    }
}

extension Question {
    var possibleReasons: Reasons {
        switch self {
        case .exists(let subject): return FactKnowledge.reasons(subject)
        case .oneOf(let subject, let alternatives):
            let reasons = FactKnowledge.reasons(subject)
            return alternatives.contains(where: \.canMeetMatchLimit) ? reasons.union(.overLimit) : reasons
        case .mentions(let subject, let lexicon, _, _):
            let reasons = FactKnowledge.reasons(subject)
            return lexicon.canMeetMatchLimit ? reasons.union(.overLimit) : reasons
        case .related(let first, _, let second):
            return FactKnowledge.reasons(first).union(FactKnowledge.reasons(second))
        case .inside: return []
        case .unfamiliar: return .all
        }
    }
}

extension Lexicon {
    var canMeetMatchLimit: Bool { entries.contains { $0.pattern.kind == .regex } }
}
