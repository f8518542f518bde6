import Vocabulary

/// A test of a claimed identity in an excuse that nothing beside it vouches for.
struct UnprovenIdentity {
    /// Where the excuse says it.
    var place: SourcePlace
    let fact: Vocabulary.Fact
    /// The row of a score or setting that tests it, where the excuse only asks for its value.
    var row: SourcePlace?
}

/// What an excuse rests on, seen through the scores and settings that it asks for: a row that can bring the excuse about
/// excuses like a test that stands there itself.
struct ExcuseAnalysis {
    let computed: (ComputedReference) -> TypedComputed?
    /// The same with no rows but those that rest on an unproven identity where nothing around them proves one.
    let doubtful: (ComputedReference) -> TypedComputed?
    /// The scores and settings that have been looked into; each once, whatever uses it.
    private var seen: Set<ComputedReference> = []

    init(
        computed: @escaping (ComputedReference) -> TypedComputed?,
        doubtful: @escaping (ComputedReference) -> TypedComputed?
    ) {
        self.computed = computed
        self.doubtful = doubtful
    }

    // MARK: - Identity

    private static let proofs: [Vocabulary.Fact: Set<Vocabulary.Fact>] = [
        .sender: [.authenticated, .clientIP, .clientName, .authSPF],
        .from: [.authenticated, .clientIP, .clientName, .authDMARC],
    ]

    /// Tests of the reverse path without a login, a known client or SPF; of From without a login, a known client or
    /// DMARC.
    mutating func unprovenIdentities(in excuse: Formula, proofs: Set<Vocabulary.Fact> = []) -> [UnprovenIdentity] {
        switch excuse {
        case .constant, .not, .some, .count:
            return []
        case .atom(let atom):
            var found = unprovenIdentities(throughRowsOf: atom, proofs)
            if case .exists = atom.test { return found }
            if case .fact(let reference)? = atom.test.operand, let needed = Self.proofs[reference.fact],
                proofs.isDisjoint(with: needed)
            {
                found.insert(UnprovenIdentity(place: atom.place, fact: reference.fact), at: 0)
            }
            return found
        case .and(let operands):
            let all = operands.reduce(into: proofs) { $0.formUnion(provingFacts(in: $1)) }
            return operands.flatMap { unprovenIdentities(in: $0, proofs: all) }
        case .or(let operands), .atLeast(_, let operands, _):
            return operands.flatMap { unprovenIdentities(in: $0, proofs: proofs) }
        }
    }

    /// Of several rows the first: one is enough to excuse, and a setting may have a thousand.
    private mutating func unprovenIdentities(
        throughRowsOf atom: Atom, _ proofs: Set<Vocabulary.Fact>
    ) -> [UnprovenIdentity] {
        var found: [UnprovenIdentity] = []
        for reference in atom.test.operands.compactMap(\.computed) where seen.insert(reference).inserted {
            guard let computed = doubtful(reference) else { continue }
            for row in computed.rows where atom.test.canHold(by: row, of: computed) {
                let identities = unprovenIdentities(in: row.when, proofs: proofs)
                if identities.isEmpty { continue }
                found += identities.map {
                    UnprovenIdentity(place: atom.place, fact: $0.fact, row: $0.row ?? $0.place)
                }
                break
            }
        }
        return found
    }

    /// Facts whose truth here proves something of the sender.
    ///
    /// - Parameter isRow: whether it is the condition of a row. Settings within settings are not looked into: a proof
    ///   that is missed costs a warning too many, no mail.
    private func provingFacts(in formula: Formula, isRow: Bool = false) -> Set<Vocabulary.Fact> {
        switch formula {
        case .atom(let atom):
            if case .fact(let reference)? = atom.test.operand { return [reference.fact] }
            return isRow ? [] : provingFacts(ofSettingIn: atom.test)
        case .and(let operands):
            return operands.reduce(into: []) { $0.formUnion(provingFacts(in: $1, isRow: isRow)) }
        case .or(let operands):
            guard let first = operands.first else { return [] }
            return operands.dropFirst().reduce(provingFacts(in: first, isRow: isRow)) {
                $0.intersection(provingFacts(in: $1, isRow: isRow))
            }
        case .constant, .not, .atLeast, .some, .count:
            return []
        }
    }

    /// What all rows prove that can give a setting the value asked for.
    private func provingFacts(ofSettingIn test: Test) -> Set<Vocabulary.Fact> {
        guard case .equals(.computed(let reference), _, _) = test, let computed = computed(reference),
            let otherwise = computed.otherwise, test.holds(otherwise.value) == false
        else { return [] }
        let rows = test.rows(of: computed)
        guard let first = rows.first else { return [] }
        return rows.dropFirst().reduce(provingFacts(in: first.when, isRow: true)) {
            $0.intersection(provingFacts(in: $1.when, isRow: true))
        }
    }
}

extension Test {
    /// The rows of a score or setting that can make the test hold.
    fileprivate func rows(of computed: TypedComputed) -> [TypedComputed.Row] {
        computed.rows.filter { canHold(by: $0, of: computed) }
    }

    /// Whether a row of a score or setting can make the test hold: of a score one that moves it the right way, of a
    /// setting one with a value that does; where neither tells, each.
    fileprivate func canHold(by row: TypedComputed.Row, of computed: TypedComputed) -> Bool {
        guard computed.kind == .score else { return holds(row.value) ?? true }
        guard case .compare(let left, let order, _) = self, case .number(let weight) = row.value else { return true }
        let isLeft = left.computed?.name == computed.name
        let wantsMore = (order == .greater || order == .greaterOrEqual) == isLeft
        return wantsMore ? weight > 0 : weight < 0
    }

    /// What the test of a setting comes to where that has a value; `nil` where the mail decides.
    fileprivate func holds(_ value: Value) -> Bool? {
        switch self {
        case .compare(.computed, let order, .constant(.number(let bound))):
            if case .number(let number) = value { order.holds(number, bound) } else { nil }
        case .compare(.constant(.number(let bound)), let order, .computed):
            if case .number(let number) = value { order.holds(bound, number) } else { nil }
        case .equals(.computed, let others, let exactly):
            if case .constant(let other)? = others.first { value.isSame(as: other, exactly: exactly) } else { nil }
        default: nil
        }
    }
}

extension Formula {
    /// Whether one of its own tests names one of the facts.
    func mentions(_ facts: Set<Vocabulary.Fact>) -> Bool { !namedFacts.isDisjoint(with: facts) }

    /// Where the first of its own tests stands that names one of the facts.
    func firstTest(of facts: Set<Vocabulary.Fact>) -> SourcePlace? {
        switch self {
        case .constant: nil
        case .atom(let atom):
            atom.test.operands.contains { !$0.namedFacts.isDisjoint(with: facts) } ? atom.place : nil
        case .not(let operand): operand.firstTest(of: facts)
        case .and(let operands), .or(let operands), .atLeast(_, let operands, _):
            operands.lazy.compactMap { $0.firstTest(of: facts) }.first
        case .some(let quantification): quantification.body.firstTest(of: facts)
        case .count(let count):
            switch count.measure {
            case .elements(_, _, let body), .sum(_, _, _, let body), .distinct(_, _, _, let body):
                body.firstTest(of: facts)
            case .values, .matches: nil
            }
        }
    }

    /// The facts that its own tests name. Lists, counts and sums name elements, not facts of the message.
    fileprivate var namedFacts: Set<Vocabulary.Fact> {
        var found: Set<Vocabulary.Fact> = []
        _ = mappingTests { test in
            for operand in test.operands { found.formUnion(operand.namedFacts) }
            return test
        }
        return found
    }
}

extension Operand {
    fileprivate var namedFacts: Set<Vocabulary.Fact> {
        switch self {
        case .fact(let reference): [reference.fact]
        case .otherwise(let first, let second): first.namedFacts.union(second.namedFacts)
        case .constant, .computed: []
        }
    }
}
