import Vocabulary

/// Finds why a formula has its value.
///
/// Evidence is defined apart from the order of evaluation: the first deciding operand is the one with the least cost
/// class, then the least place among its sisters; the first element is the first in the list. So it is the same for
/// whoever evaluates in whatever order.
struct EvidenceFinder {
    let evaluation: FormulaEvaluation

    /// The evidence of a formula that has this value, without repetition, at most `EvidenceLimits.piecesOfRule`.
    func evidence(for formula: Formula, value: Truth) -> [Evidence] {
        var seen: Set<Evidence> = []
        return Array(pieces(formula, value).filter { seen.insert($0).inserted }.prefix(EvidenceLimits.piecesOfRule))
    }

    private func pieces(_ formula: Formula, _ value: Truth) -> [Evidence] {
        switch formula {
        case .constant: return []
        case .not(let operand): return pieces(operand, !value)
        case .atom(let atom): return [piece(atom, value)] + computedPieces(of: atom.test, value)
        case .and(let operands):
            return value.isFalse
                ? all(byCost(operands).filter { $0.value.isFalse }.prefix(1))
                : all(valued(operands).filter { value.isTrue || $0.value.isUnknown })
        case .or(let operands):
            return value.isTrue
                ? all(byCost(operands).filter { $0.value.isTrue }.prefix(1))
                : all(valued(operands).filter { value.isFalse || $0.value.isUnknown })
        case .atLeast(let number, let operands, _):
            if value.isTrue { return all(byCost(operands).filter { $0.value.isTrue }.prefix(number)) }
            return all(valued(operands).filter { value.isUnknown ? $0.value.isUnknown : $0.value.isFalse })
        case .some(let quantification):
            return pieces(quantification, value)
        case .count(let count):
            return [piece(count, value)]
        }
    }

    private typealias Valued = (formula: Formula, value: Truth)

    private func all(_ operands: some Sequence<Valued>) -> [Evidence] {
        operands.flatMap { pieces($0.formula, $0.value) }
    }

    private func valued(_ operands: [Formula]) -> [Valued] {
        operands.map { ($0, evaluation.truth(of: $0)) }
    }

    private func byCost(_ operands: [Formula]) -> [Valued] {
        valued(operands).enumerated()
            .sorted { ($0.element.formula.costClass, $0.offset) < ($1.element.formula.costClass, $1.offset) }
            .map(\.element)
    }

    private func pieces(_ quantification: Quantification, _ value: Truth) -> [Evidence] {
        let list = evaluation.facts.elements(of: quantification.list)
        func single(_ excerpt: String) -> Evidence {
            Evidence(fact: quantification.list.rawValue, part: nil, excerpt: excerpt, span: quantification.place)
        }
        if value.isFalse { return [single("none of \(list.elements.count)")] }
        var found: [Evidence] = []
        for element in list.elements {
            let inner = evaluation.binding(quantification.list.kind.subject(element))
            let body = inner.truth(of: quantification.body)
            guard value.isTrue ? body.isTrue : body.isUnknown else { continue }
            found += EvidenceFinder(evaluation: inner).pieces(quantification.body, body)
            if value.isTrue { return found }
        }
        if !list.missing.isEmpty { found.append(single(list.missing.names.joined(separator: ", "))) }
        return found
    }

    private func piece(_ count: Count, _ value: Truth) -> Evidence {
        let total = evaluation.total(of: count.measure)
        var excerpt = Value.number(total.lowest).described(as: count.type)
        if total.highest != total.lowest { excerpt += "+" }
        if value.isUnknown { excerpt += " (\(value.reasons.names.joined(separator: ", ")))" }
        return Evidence(fact: count.measure.description, part: nil, excerpt: excerpt, span: count.place)
    }

    private func piece(_ atom: Atom, _ value: Truth) -> Evidence {
        if let words = evaluation.words(of: atom.test, value) {
            return Evidence(
                fact: atom.test.subjectDescription, part: part(of: atom.test), words: words, span: atom.place)
        }
        let excerpt: String =
            if let operand = atom.test.operand, operand.computed != nil {
                evaluation.text(of: operand) + threshold(of: atom.test)
                    + (value.isUnknown ? Self.reasons(of: value) : "")
            } else if value.isUnknown {
                value.reasons.names.joined(separator: ", ")
            } else if value.isTrue {
                excerptOfTrue(atom.test)
            } else {
                excerptOfFalse(atom.test)
            }
        return Evidence(
            fact: atom.test.subjectDescription, part: part(of: atom.test), excerpt: excerpt, span: atom.place)
    }

    /// What a score is held to; empty where that is no plain number.
    private func threshold(of test: Test) -> String {
        guard case .compare(.computed(let reference), let order, .constant(.number(let number))) = test,
            evaluation.computed(reference)?.kind == .score
        else { return "" }
        return order.threshold(number)
    }

    private static func reasons(of value: Truth) -> String { " (\(value.reasons.names.joined(separator: ", ")))" }

    /// What made the scores and settings of a test: the rows that count, of an unknown also those that may, then why
    /// each of them does.
    private func computedPieces(of test: Test, _ value: Truth) -> [Evidence] {
        test.operands.compactMap(\.computed).flatMap { reference -> [Evidence] in
            guard let computed = evaluation.computed(reference) else { return [] }
            var outside = evaluation
            outside.bound = []
            let rows = evaluation.truths(of: computed)
            let counting = rows.filter { $0.truth.isTrue || (value.isUnknown && $0.truth.isUnknown) }
            func piece(_ row: TypedComputed.Row, _ truth: Truth) -> Evidence {
                var excerpt = row.value.written(as: computed.type)
                if computed.kind == .score, !excerpt.hasPrefix("-") { excerpt = "+" + excerpt }
                if truth.isUnknown { excerpt += Self.reasons(of: truth) }
                return Evidence(fact: computed.name, part: nil, excerpt: excerpt, span: row.place)
            }
            var pieces = counting.map { piece($0.row, $0.truth) }
            if let otherwise = computed.otherwise, !rows.contains(where: { $0.truth.isTrue }) {
                pieces.append(piece(otherwise, .yes))
            }
            return pieces
                + counting.flatMap { EvidenceFinder(evaluation: outside).pieces($0.row.when, $0.truth) }
        }
    }

    private func part(of test: Test) -> String? {
        test.binder.flatMap { evaluation.facts.path(of: evaluation.bound[$0]) }
    }

    // MARK: Excerpts

    private func excerptOfFalse(_ test: Test) -> String {
        guard let operand = test.operand else { return "not inside" }
        guard let first = evaluation.value(of: operand).values.first else { return "absent" }
        return first.described(as: operand.type)
    }

    private func excerptOfTrue(_ test: Test) -> String {
        switch test {
        case .insideType(let binder, let types):
            return container(of: binder) { ancestor in
                evaluation.facts.value(of: .type, argument: nil, subject: .part(ancestor)).values.contains { value in
                    if case .fileType(let type) = value { return types.contains { type.isSubtype(of: $0) } }
                    return false
                }
            }
        case .insideElement(let binder, let other):
            return container(of: binder) { evaluation.bound[other] == .part($0) }
        default:
            guard let operand = test.operand else { return "" }
            for value in evaluation.value(of: operand).values {
                if let excerpt = excerpt(of: value, satisfying: test, type: operand.type) { return excerpt }
            }
            return ""
        }
    }

    private func container(of binder: Int, _ isIt: (Int) -> Bool) -> String {
        let found = evaluation.facts.containers(of: evaluation.bound[binder]).first(where: isIt)
        return found.map(evaluation.facts.path(ofPart:)) ?? ""
    }

    /// What the value shows of itself if it alone satisfies the test, `nil` if it does not.
    private func excerpt(of value: Value, satisfying test: Test, type: ValueType) -> String? {
        switch test {
        case .text(let relation, _, let operands, let exactly):
            guard let text = value.searchableText else { return nil }
            for sought in operands.flatMap(evaluation.sought) {
                if let range = evaluation.textRange(relation, value, sought, exactly: exactly) {
                    return Excerpt.match(range, in: text.utf8)
                }
            }
            return nil
        case .matches(_, let expressions):
            guard let text = value.searchableText else { return nil }
            for expression in expressions {
                if let range = evaluation.matcher.firstMatch(of: expression, in: text.utf8).range {
                    return Excerpt.match(range, in: text.utf8)
                }
            }
            return nil
        default:
            let alone = test.replacingOperand(by: .constant(value))
            if case .exists = test { return value.described(as: type) }
            return evaluation.truth(of: alone).isTrue ? value.described(as: type) : nil
        }
    }
}
