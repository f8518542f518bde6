import Bytecode
import Vocabulary

/// Reads a program's formula trees, which stand in it for evidence, as conditions.
struct ConditionReader {
    let program: Program
    /// Tells things of one program that cannot be compared from those of the other.
    let name: String

    /// The condition of a formula, by its number.
    func condition(ofFormula number: Int) -> Condition { condition(at: program.formulas[number].root) }

    /// A consequence with what its texts and notices name.
    func consequence(_ entry: ConsequenceEntry) -> CanonicalConsequence {
        entry.mapping({ subject($0) }, { condition(ofFormula: $0) })
    }

    private func condition(at index: Int) -> Condition {
        let node = program.nodes[index]
        switch node.kind {
        case .constant: return .constant(node.operand == 1)
        case .atom: return atom(program.atoms[node.operand])
        case .not: return .negation(operands(of: index).first ?? .constant(false))
        case .and: return .conjunction(operands(of: index))
        case .or: return .disjunction(operands(of: index))
        case .atLeast: return atLeast(node.operand, operands(of: index))
        case .any:
            guard let head = LoopHead(packed: UInt8(truncatingIfNeeded: node.operand)) else { break }
            let body = operands(of: index).first ?? .constant(true)
            // No element satisfies what is false, but some may be missing: it stays a quantifier.
            return .some(head.list, binder: head.binder, body)
        case .count: return total(program.counts[node.operand], body: operands(of: index).first)
        }
        return .test(.unfamiliar("\(name) node \(index)"))
    }

    private func operands(of index: Int) -> [Condition] {
        var found: [Condition] = []
        var next = index + 1
        while next < program.nodes[index].end {
            found.append(condition(at: next))
            next = program.nodes[next].end
        }
        return found
    }

    private func atLeast(_ number: Int, _ operands: [Condition]) -> Condition {
        if number <= 0 { return .constant(true) }
        if number == 1 { return .disjunction(operands) }
        if number == operands.count { return .conjunction(operands) }
        return .atLeast(number, operands.canonicallySorted())
    }

    // MARK: Totals

    private func total(_ entry: CountEntry, body: Condition?) -> Condition {
        let body = body ?? .constant(true)
        let total: Total
        switch entry.measure {
        case .elements(let head): total = .elements(head.list, binder: head.binder, body)
        case .values(let fact, let distinct): total = .values(program.facts[fact], distinct: distinct)
        case .sum(let fact, let head): total = .sum(program.facts[fact], head.list, binder: head.binder, body)
        case .distinct(let fact, let head): total = .distinct(program.facts[fact], head.list, binder: head.binder, body)
        case .matches(let number):
            let count = program.matchCounts[number]
            let group = program.patternGroups[count.group]
            total = .matches(group.patterns[count.pattern], subject(group.operand))
        }
        return compare(total, entry.comparison)
    }

    private func compare(_ total: Total, _ comparison: Comparison) -> Condition {
        let bound = comparison.bound
        switch comparison.order {
        case .greaterOrEqual: return atLeast(bound, total)
        case .greater: return bound == .max ? .constant(false) : atLeast(bound + 1, total)
        case .less: return .negation(atLeast(bound, total))
        case .lessOrEqual: return bound == .max ? .constant(true) : .negation(atLeast(bound + 1, total))
        }
    }

    /// Totals are not negative; one element is what a quantifier asks for.
    private func atLeast(_ bound: Int64, _ total: Total) -> Condition {
        if bound <= 0, !total.canBeNegative { return .constant(true) }
        if bound == 1, case .elements(let list, let binder, let body) = total {
            return .some(list, binder: binder, body)
        }
        return .total(total, atLeast: bound)
    }

    // MARK: Atoms

    private func subject(_ number: Int) -> Subject {
        switch program.operands[number] {
        case .fact(let fact): .fact(program.facts[fact])
        case .constant(let constant): .constant(program.constants[constant])
        case .otherwise(let first, let second): .otherwise(subject(first), subject(second))
        case .computed(let number): .unfamiliar(written(program.computed[number]))
        }
    }

    /// A score or setting by its content: the same content is the same thing whatever its name.
    private func written(_ computed: ComputedEntry) -> String {
        let rows = computed.rows.map { row in
            program.constants[row.value].literal(as: computed.type) + " when "
                + condition(ofFormula: row.formula).written(exactly: true)
        }
        let otherwise = computed.otherwise.map {
            ["otherwise " + program.constants[$0.value].literal(as: computed.type)]
        }
        return "\(computed.kind) \(computed.type.rawValue) of ("
            + (rows.sorted() + (otherwise ?? [])).joined(separator: "; ")
            + ")"
    }

    /// The rows of an operand that is a score.
    private func score(_ operand: Int) -> [ScoreRow]? {
        guard case .computed(let entry) = program.operands[operand], program.computed[entry].kind == .score else {
            return nil
        }
        let rows = program.computed[entry].rows.map { row in
            ScoreRow(weight: number(row.value) ?? 0, when: condition(ofFormula: row.formula))
        }
        return rows.canonicallySorted()
    }

    func number(_ constant: Int) -> Int64? {
        if case .number(let number) = program.constants[constant] { number } else { nil }
    }

    private func atom(_ test: AtomTest) -> Condition {
        switch test {
        case .holds(let operand): return oneOf(subject(operand), [.same(.bool(true), exactly: false)])
        case .exists(let operand): return .test(.exists(subject(operand)))
        case .compare(let left, let order, let right):
            if let rows = score(left), case .constant(.number(let bound)) = subject(right) {
                return compare(.score(rows), Comparison(order: order, bound: bound))
            }
            if case .constant(.number(let bound)) = subject(right) {
                return oneOf(subject(left), [.ordered(order, bound)])
            }
            if case .computed(let number) = program.operands[right],
                let choice = choice(program.computed[number], { oneOf(subject(left), [.ordered(order, $0)]) })
            {
                return choice
            }
            return .test(.related(subject(left), order.rawValue, subject(right)))
        case .equals(let left, let others, let exactly):
            // Only texts differ in case.
            return each(left, others, exactly ? "is exactly" : "is") { value in
                if case .text = value { .same(value, exactly: exactly) } else { .same(value, exactly: false) }
            }
        case .search(let number, let patterns):
            let group = program.patternGroups[number]
            return oneOf(subject(group.operand), patterns.map { alternative(group.patterns[$0]) })
        case .contains(let left, let others, let exactly):
            return each(left, others, exactly ? "contains exactly" : "contains") { value in
                value.searchableText.map { .contains($0, exactly: exactly) }
            }
        case .starts(let left, let others, let exactly):
            return each(left, others, exactly ? "starts with exactly" : "starts with") { value in
                value.searchableText.map { .starts($0, exactly: exactly) }
            }
        case .ends(let left, let others, let exactly):
            return each(left, others, exactly ? "ends with exactly" : "ends with") { value in
                value.searchableText.map { .ends($0, exactly: exactly) }
            }
        case .looksLike(let left, let others): return each(left, others, "looks like") { .alike($0) }
        case .under(let left, let others):
            return each(left, others, "under") { if case .domain(let domain) = $0 { .under(domain) } else { nil } }
        case .member(let left, let set): return member(subject(left), program.sets[set])
        case .mentions(let group, let patterns, let dictionary, let threshold, let inTotal):
            let table = program.dictionaries[dictionary]
            let entries = zip(zip(table.weights, table.times), patterns).map { entry, pattern in
                Lexicon.Entry(
                    weight: entry.0, pattern: program.patternGroups[group].patterns[pattern], times: entry.1)
            }
            let lexicon = Lexicon(entries: entries.canonicallySorted())
            let subject = subject(program.patternGroups[group].operand)
            return .test(.mentions(subject, lexicon, threshold: threshold, inTotal: inTotal))
        case .insideType(let binder, let types):
            return oneOf(.containers(binder: binder), types.map { .same(.fileType($0), exactly: false) })
        case .insideElement(let binder, let container):
            return .test(.inside(binder: binder, container: container))
        @unknown default: return .test(.unfamiliar("\(name) \(test)"))
        }
    }

    private func oneOf(_ subject: Subject, _ alternatives: [Alternative]) -> Condition {
        alternatives.isEmpty
            ? .test(.oneOf(subject, [])) : .test(.oneOf(subject, Set(alternatives).canonicallySorted()))
    }

    private func alternative(_ pattern: TextPattern) -> Alternative {
        switch pattern.kind {
        case .literal: .contains(pattern.source, exactly: false)
        case .exact: .contains(pattern.source, exactly: true)
        default: .pattern(pattern)
        }
    }

    /// A test of one operand against others: what is known beforehand becomes alternatives.
    private func each(
        _ left: Int, _ others: [Int], _ relation: String, _ alternative: (Value) -> Alternative?
    ) -> Condition {
        let subject = subject(left)
        var alternatives: [Alternative] = []
        var related: [Condition] = []
        for other in others.map(self.subject) {
            if case .constant(let value) = other, let one = alternative(value) {
                alternatives.append(one)
            } else {
                related.append(.test(.related(subject, relation, other)))
            }
        }
        return .disjunction(related + (alternatives.isEmpty && !related.isEmpty ? [] : [oneOf(subject, alternatives)]))
    }

    private func member(_ subject: Subject, _ set: ValueSet) -> Condition {
        let isOfItsType = subject.type == set.type
        return oneOf(
            subject,
            set.entries.map { entry in
                isOfItsType ? Self.alternative(entry, set.type) : .entry(set.type, entry)
            })
    }

    /// What a list's entry means by itself, so that `in (A, B)` is `is any of (A, B)`.
    private static func alternative(_ entry: String, _ type: ValueType) -> Alternative {
        let other = Alternative.entry(type, entry)
        switch type {
        case .address:
            let pattern = AddressPattern(entry)
            return pattern.isExact ? .same(.address(Address(entry)), exactly: false) : .glob(pattern.glob)
        case .ip: return Network(entry).map { .network($0) } ?? other
        case .domain:
            let own = OwnDomain(entry)
            if own.isWildcard { return .ends(Text("." + own.domain.name.string), exactly: false) }
            return .same(.domain(own.domain), exactly: false)
        case .fileType: return FileType.named(entry).map { .same(.fileType($0), exactly: false) } ?? other
        case .text: return .same(.text(Text(entry)), exactly: false)
        case .encryption: return EncryptionKind(rawValue: entry).map { .same(.encryption($0), exactly: false) } ?? other
        case .int, .decimal, .size, .duration, .time:
            return Int64(entry).map { .same(.number($0), exactly: false) } ?? other
        case .bool, .hash, .symbol: return other
        }
    }
}

extension Subject {
    /// The type of its values, where that is known.
    var type: ValueType? {
        switch self {
        case .fact(let reference): reference.type
        case .constant(let value): value.naturalType
        case .otherwise(let first, _): first.type
        case .containers: .fileType
        case .unfamiliar: nil
        }
    }
}

extension Total {
    var canBeNegative: Bool { if case .score = self { true } else { false } }
}
