import Vocabulary

/// The truth of formulas for one message and one recipient.
struct FormulaEvaluation {
    let policy: TypedPolicy
    let facts: any FactSource
    let matcher: NaiveTextMatcher
    let recipient: Address
    let direction: Direction
    let suffixes: (any PublicSuffixes)?
    /// The elements bound by the enclosing quantifiers, the outermost first.
    var bound: [FactSubject] = []

    func binding(_ subject: FactSubject) -> FormulaEvaluation {
        var inner = self
        inner.bound.append(subject)
        return inner
    }

    func truth(of formula: Formula) -> Truth {
        switch formula {
        case .constant(let value): Truth(value)
        case .atom(let atom): truth(of: atom.test)
        case .not(let operand): !truth(of: operand)
        case .and(let operands): operands.reduce(.yes) { $0 && truth(of: $1) }
        case .or(let operands): operands.reduce(.no) { $0 || truth(of: $1) }
        case .atLeast(let number, let operands, _):
            truth(ofAtLeast: number, operands)
        case .some(let quantification):
            truth(of: quantification)
        case .count(let count):
            truth(of: count)
        }
    }

    private func truth(ofAtLeast number: Int, _ operands: [Formula]) -> Truth {
        let values = operands.map(truth(of:))
        let certain = values.count { $0.isTrue }
        let unknown = values.filter(\.isUnknown)
        let reasons = unknown.reduce(into: Reasons()) { $0.formUnion($1.reasons) }
        return Order.greaterOrEqual.holds(
            from: Int64(certain), to: Int64(certain + unknown.count), Int64(number), reasons: reasons)
    }

    private func truth(of quantification: Quantification) -> Truth {
        let list = facts.elements(of: quantification.list)
        let kind = quantification.list.kind
        return list.elements.reduce(.unknown(list.missing)) { truth, element in
            truth || binding(kind.subject(element)).truth(of: quantification.body)
        }
    }

    // MARK: Counts

    /// A total that lies between two numbers; without a greatest when nothing bounds it.
    struct Total {
        var lowest: Int64 = 0
        var highest: Int64? = 0
        var reasons: Reasons = []

        mutating func add(_ number: Int64, certain: Bool) {
            if certain { lowest = lowest.addingSaturating(number) }
            highest = highest?.addingSaturating(number)
        }

        mutating func open(for more: Reasons) {
            guard !more.isEmpty else { return }
            highest = nil
            reasons.formUnion(more)
        }
    }

    private func truth(of count: Count) -> Truth {
        let total = total(of: count.measure)
        return count.order.holds(from: total.lowest, to: total.highest, count.bound, reasons: total.reasons)
    }

    func total(of measure: Count.Measure) -> Total {
        switch measure {
        case .elements(let list, _, let body): total(of: list, body) { _ in .known(.number(1)) }
        case .sum(let reference, let list, _, let body): total(of: list, body) { $0.value(of: reference) }
        case .distinct(let reference, let list, _, let body): total(ofDistinct: reference, list, body)
        case .values(let reference, let distinct): total(ofValuesOf: reference, distinct: distinct)
        case .matches(let pattern, let operand): total(ofMatchesOf: pattern, in: operand)
        }
    }

    private func total(
        of list: ElementListName, _ body: Formula, weight: (FormulaEvaluation) -> FactValue
    ) -> Total {
        var total = Total()
        let elements = facts.elements(of: list)
        for element in elements.elements {
            let inner = binding(list.kind.subject(element))
            let holds = inner.truth(of: body)
            if holds.isFalse { continue }
            let weight = weight(inner)
            for case .number(let number) in weight.values { total.add(number, certain: holds.isTrue) }
            total.reasons.formUnion(holds.reasons)
            total.open(for: weight.missing)
        }
        total.open(for: elements.missing)
        return total
    }

    /// Each value counts once: surely if one element has it that surely counts.
    private func total(ofDistinct reference: FactReference, _ list: ElementListName, _ body: Formula) -> Total {
        var total = Total()
        var certain: Set<Value> = []
        var possible: Set<Value> = []
        let elements = facts.elements(of: list)
        for element in elements.elements {
            let inner = binding(list.kind.subject(element))
            let holds = inner.truth(of: body)
            if holds.isFalse { continue }
            let value = inner.value(of: reference)
            let keys = value.values.map(\.distinctionKey)
            possible.formUnion(keys)
            if holds.isTrue { certain.formUnion(keys) }
            total.reasons.formUnion(holds.reasons)
            total.open(for: value.missing)
        }
        total.lowest = Int64(certain.count)
        if total.highest != nil { total.highest = Int64(possible.count) }
        total.open(for: elements.missing)
        return total
    }

    private func total(ofValuesOf reference: FactReference, distinct: Bool) -> Total {
        let value = value(of: reference)
        var total = Total()
        var seen: Set<Value> = []
        for one in value.values {
            if !distinct || seen.insert(one.distinctionKey).inserted { total.add(1, certain: true) }
        }
        total.open(for: value.missing)
        return total
    }

    private func total(ofMatchesOf pattern: TextPattern, in operand: Operand) -> Total {
        let value = value(of: operand)
        var total = Total()
        for text in value.values.compactMap(\.searchableText) {
            let found = matcher.matches(of: pattern, in: text.utf8, limit: MatchLimits.countedMatches)
            total.add(Int64(found.ranges.count), certain: true)
            if !found.isComplete { total.open(for: .overLimit) }
        }
        total.open(for: value.missing)
        return total
    }
}
