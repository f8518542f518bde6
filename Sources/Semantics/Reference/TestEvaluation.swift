import Vocabulary

extension FormulaEvaluation {
    /// The values of a fact, members applied.
    func value(of reference: FactReference) -> FactValue {
        var result = sourceValue(of: reference)
        for member in reference.members {
            result.values = result.values.compactMap { member.of($0, suffixes) }
        }
        // What drops out of the values makes their numbers others.
        if !reference.members.isEmpty || reference.asNumber { result.alternatives = [] }
        if reference.asNumber {
            result.values = result.values.compactMap { value in
                value.searchableText.flatMap { DecimalNumber.parse($0.utf8) }.map { .number($0) }
            }
        }
        return result
    }

    private func sourceValue(of reference: FactReference) -> FactValue {
        switch reference.fact {
        case .recipient: .known(.address(recipient))
        case .direction: .known(.symbol(direction.rawValue))
        default:
            facts.value(
                of: reference.fact, argument: reference.argument,
                subject: reference.binder.map { bound[$0] } ?? .message)
        }
    }

    func value(of operand: Operand) -> FactValue {
        switch operand {
        case .fact(let reference): return value(of: reference)
        case .constant(let value): return .known(value)
        case .otherwise(let first, let second):
            let value = value(of: first)
            return value.values.isEmpty && value.missing.isEmpty ? self.value(of: second) : value
        case .computed(let reference):
            let reckoning = reckoning(of: reference)
            return FactValue(values: reckoning.value.map { [$0] } ?? [], missing: reckoning.reasons)
        }
    }

    func truth(of test: Test) -> Truth {
        if case .equals(let left, let others, _) = test, let truth = truth(ofOpenScore: left, others) { return truth }
        // A score or setting that is not known is tried as each value it may have.
        if let place = test.operands.firstIndex(where: { $0.computed.map(isOpen) ?? false }),
            let reference = test.operands[place].computed
        {
            let reckoning = reckoning(of: reference)
            return Reckoning.agreement(
                reckoning.candidates.map { truth(of: test.replacingOperand(place, by: .constant($0))) },
                reasons: reckoning.reasons)
        }
        switch test {
        case .holds(let operand):
            return exists(in: operand) { Truth($0 == .bool(true)) }
        case .exists(let reference):
            return exists(in: .fact(reference)) { _ in .yes }
        case .compare(let left, let order, let right):
            return exists(in: left, against: [right]) { left, right in
                guard case .number(let left) = left, case .number(let right) = right else { return .no }
                return Truth(order.holds(left, right))
            }
        case .equals(let left, let operands, let exactly):
            return exists(in: left, against: operands) { Truth($0.isSame(as: $1, exactly: exactly)) }
        case .text(let relation, let operand, let operands, let exactly):
            return exists(in: operand, against: operands) { value, sought in
                Truth(textRange(relation, value, sought, exactly: exactly) != nil)
            }
        case .under(let operand, let operands):
            return exists(in: operand, against: operands) { value, above in
                guard case .domain(let domain) = value, case .domain(let above) = above else { return .no }
                return Truth(domain.isUnder(above))
            }
        case .member(let operand, let set):
            return exists(in: operand) { Truth(policy.sets[set].contains($0)) }
        case .matches(let operand, let expressions):
            return exists(in: operand) { value in
                expressions.reduce(.no) { $0 || truth(of: $1, in: value) }
            }
        case .mentions(let operand, let dictionary, let threshold, let inTotal):
            let dictionary = policy.dictionaries[dictionary]
            return inTotal
                ? truth(ofMentioningInTotal: dictionary, threshold, in: operand)
                : truth(ofMentioning: dictionary, threshold, in: operand)
        case .insideType(let binder, let types):
            return truth(ofBinder: binder, insideOneOf: types)
        case .insideElement(let binder, let container):
            return Truth(facts.containers(of: bound[binder]).contains { .part($0) == bound[container] })
        }
    }

    /// True for one value that satisfies, else unknown if values may be missing, else false.
    private func exists(in operand: Operand, _ satisfies: (Value) -> Truth) -> Truth {
        let value = value(of: operand)
        return value.values.reduce(.unknown(value.missing)) { $0 || satisfies($1) }
    }

    private func exists(
        in operand: Operand, against others: [Operand], _ satisfies: (Value, Value) -> Truth
    ) -> Truth {
        let right = others.map(value(of:))
        let missing = right.reduce(into: Reasons()) { $0.formUnion($1.missing) }
        let candidates = right.flatMap(\.values)
        let own = exists(in: operand) { value in
            candidates.reduce(.no) { $0 || satisfies(value, $1) }
        }
        return own || .unknown(missing)
    }

    /// Where the relation finds the sought text in the value, as a range of the value's bytes.
    func textRange(_ relation: TextRelation, _ value: Value, _ sought: Value, exactly: Bool) -> Range<Int>? {
        guard let text = value.searchableText?.utf8, let other = sought.searchableText else { return nil }
        let pattern = TextPattern(exactly ? .exact : .literal, other)
        switch relation {
        case .contains:
            return other.utf8.isEmpty ? 0..<0 : matcher.firstMatch(of: pattern, in: text).range
        case .starts:
            let fold = exactly ? other.utf8 : other.folded
            return PrefixMatch.length(of: fold, in: text, exactly: exactly).map { 0..<$0 }
        case .looksLike:
            return NaiveLookalike(tables: matcher.patterns).alike(value, sought) ? 0..<text.count : nil
        case .ends:
            let fold = exactly ? other.utf8 : other.folded
            return PrefixMatch.suffixStart(of: fold, in: text, exactly: exactly).map { $0..<text.count }
        }
    }

    private func truth(of expression: TextPattern, in value: Value) -> Truth {
        guard let text = value.searchableText else { return .no }
        let (range, isComplete) = matcher.firstMatch(of: expression, in: text.utf8)
        if range != nil { return .yes }
        return isComplete ? .no : .unknown(.overLimit)
    }

    private func truth(ofBinder binder: Int, insideOneOf types: [FileType]) -> Truth {
        facts.containers(of: bound[binder]).reduce(.no) { truth, ancestor in
            let type = facts.value(of: .type, argument: nil, subject: .part(ancestor))
            let isOne = type.values.contains { value in
                if case .fileType(let type) = value { return types.contains { type.isSubtype(of: $0) } }
                return false
            }
            return truth || (isOne ? .yes : .unknown(type.missing))
        }
    }
}
