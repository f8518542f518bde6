import Vocabulary

extension FormulaEvaluation {
    /// The score or setting of a reference.
    func computed(_ reference: ComputedReference) -> TypedComputed? {
        policy.computed.first { $0.name == reference.name && $0.type == reference.type }
    }

    /// Whether a score or setting may have several values.
    func isOpen(_ reference: ComputedReference) -> Bool { reckoning(of: reference).value == nil }

    /// What a test looks for: an operand's values, or all that a score or setting may be.
    func sought(_ operand: Operand) -> [Value] {
        operand.computed.map { reckoning(of: $0).candidates } ?? value(of: operand).values
    }

    /// Whether a sum that is not known equals something: unknown where that may be within it, and else it does not.
    func truth(ofOpenScore left: Operand, _ others: [Operand]) -> Truth? {
        let operands = [left] + others
        func isOpenScore(_ operand: Operand) -> Bool {
            operand.computed.map { isOpen($0) && computed($0)?.kind == .score } ?? false
        }
        guard operands.contains(where: isOpenScore) else { return nil }
        func numbers(_ operand: Operand) -> [Int64] {
            sought(operand).compactMap { if case .number(let number) = $0 { number } else { nil } }
        }
        func reasons(_ operands: [Operand]) -> Reasons {
            operands.reduce(into: []) { $0.formUnion(value(of: $1).missing) }
        }
        func canBe(_ operand: Operand, from least: Int64, to greatest: Int64) -> Bool {
            let own = numbers(operand)
            if isOpenScore(operand) { return (own.min() ?? 0) <= greatest && least <= (own.max() ?? 0) }
            return own.contains { least <= $0 && $0 <= greatest }
        }
        let own = numbers(left)
        let ends = isOpenScore(left) ? [(own.min() ?? 0, own.max() ?? 0)] : own.map { ($0, $0) }
        let canMeet = ends.contains { end in others.contains { canBe($0, from: end.0, to: end.1) } }
        return .unknown(reasons(canMeet ? operands : operands.filter { $0.computed == nil }))
    }

    /// What is known of a score or setting.
    func reckoning(of reference: ComputedReference) -> Reckoning {
        guard let computed = computed(reference) else { return Reckoning(candidates: [], reasons: .overLimit) }
        let rows = truths(of: computed)
        switch computed.kind {
        case .score: return sum(rows)
        case .largest: return setting(computed, rows) { $0 > $1 }
        case .smallest: return setting(computed, rows) { $0 < $1 }
        case .one: return single(computed, rows)
        }
    }

    /// How texts show the values of an operand: a fact's, or what is known of a score or setting.
    func text(of operand: Operand) -> String {
        if case .computed(let reference) = operand {
            return WrittenText.line(
                reckoning(of: reference).text(as: reference.type), upTo: WrittenTextLimits.valueBytes)
        }
        return WrittenText.of(value(of: operand), as: operand.type)
    }

    /// Each row with the truth of its condition. It speaks of no element, whatever is bound where it is used.
    func truths(of computed: TypedComputed) -> [(row: TypedComputed.Row, truth: Truth)] {
        var outside = self
        outside.bound = []
        return computed.rows.map { ($0, outside.truth(of: $0.when)) }
    }

    private typealias Rows = [(row: TypedComputed.Row, truth: Truth)]

    private func sum(_ rows: Rows) -> Reckoning {
        var lowest: Int64 = 0
        var highest: Int64 = 0
        var reasons: Reasons = []
        for (row, truth) in rows where !truth.isFalse {
            guard case .number(let weight) = row.value else { continue }
            if truth.isTrue || weight < 0 { lowest = lowest.addingSaturating(weight) }
            if truth.isTrue || weight > 0 { highest = highest.addingSaturating(weight) }
            reasons.formUnion(truth.reasons)
        }
        return Reckoning(candidates: [.number(lowest), .number(highest)], reasons: reasons)
    }

    /// The best of what holds; what may hold and would be better leaves it open.
    private func setting(_ computed: TypedComputed, _ rows: Rows, _ isBetter: (Int64, Int64) -> Bool) -> Reckoning {
        func number(_ value: Value) -> Int64 { if case .number(let number) = value { number } else { 0 } }
        let sure = rows.filter { $0.truth.isTrue }.map(\.row.value)
        var open = rows.filter { $0.truth.isUnknown }
        var base = computed.otherwise?.value
        if let first = sure.first {
            let best = sure.reduce(first) { isBetter(number($1), number($0)) ? $1 : $0 }
            open = open.filter { isBetter(number($0.row.value), number(best)) }
            base = best
        }
        return Reckoning(
            candidates: (base.map { [$0] } ?? []) + open.map(\.row.value),
            reasons: open.reduce(into: []) { $0.formUnion($1.truth.reasons) })
    }

    /// What holds, what may hold, and where nothing surely does what it is otherwise. Several that hold contradict
    /// each other, which is `ambiguous`.
    private func single(_ computed: TypedComputed, _ rows: Rows) -> Reckoning {
        let sure = Set(rows.filter { $0.truth.isTrue }.map(\.row.value))
        let open = rows.filter { $0.truth.isUnknown }
        var reasons = open.reduce(into: Reasons()) { $0.formUnion($1.truth.reasons) }
        if sure.count > 1 { reasons.formUnion(.ambiguous) }
        let base = sure.isEmpty ? computed.otherwise.map { [$0.value] } ?? [] : Array(sure)
        return Reckoning(candidates: base + open.map(\.row.value), reasons: reasons)
    }
}
