import Bytecode
import Vocabulary

extension Inquiry {
    /// The truth of an atom for the elements bound now.
    func truth(ofAtom number: Int) -> Truth {
        let atom = loaded.atoms[number]
        if atom.usesComputed, let truth = openTruth(of: atom.test) { return truth }
        switch atom.test {
        case .holds(let operand):
            let value = resolve(operand)
            return value.values.contains(.bool(true)) ? .yes : .unknown(value.missing)
        case .exists(let operand):
            let value = resolve(operand)
            return value.values.isEmpty ? .unknown(value.missing) : .yes
        case .equals(let left, let others, let exactly):
            return equals(left, others, exactly: exactly, keys: atom.keys)
        case .member(let operand, let set):
            let value = resolve(operand)
            let members = loaded.program.sets[set]
            return value.values.contains { members.contains($0) } ? .yes : .unknown(value.missing)
        case .search(let group, let patterns):
            return search(group, patterns)
        case .mentions(let group, let patterns, let dictionary, let threshold, let inTotal):
            let mention = Mention(group: group, patterns: patterns, dictionary: loaded.program.dictionaries[dictionary])
            return inTotal ? mentions(inTotal: mention, threshold) : mentions(mention, threshold)
        case .looksLike(let left, let others):
            return looksLike(left, others)
        case .insideType(let binder, let types):
            return isInside(binder, oneOf: types)
        case .insideElement(let binder, let container):
            return Truth(isInside(binder, bound[container]))
        case .compare(let left, _, let right):
            return pairs(left, [right]) { self.holds(atom.test, $0, $1) }
        case .contains(let left, let others, _), .starts(let left, let others, _), .ends(let left, let others, _),
            .under(let left, let others):
            return pairs(left, others) { self.holds(atom.test, $0, $1) }
        }
    }

    /// True for one pair of values that satisfies, else unknown for everything missing, else false.
    private func pairs(_ left: Int, _ others: [Int], _ holds: (Value, Value) -> Bool) -> Truth {
        let value = resolve(left)
        var missing = value.missing
        for other in others {
            let right = resolve(other)
            missing.formUnion(right.missing)
            for candidate in right.values {
                for one in value.values where holds(one, candidate) { return .yes }
            }
        }
        return .unknown(missing)
    }

    /// Whether a relation of two values holds.
    func holds(_ test: AtomTest, _ value: Value, _ other: Value) -> Bool {
        switch test {
        case .compare(_, let order, _):
            guard case .number(let left) = value, case .number(let right) = other else { return false }
            return order.holds(left, right)
        case .equals(_, _, let exactly): return value.isSame(as: other, exactly: exactly)
        case .under:
            guard case .domain(let domain) = value, case .domain(let above) = other else { return false }
            return domain.isUnder(above)
        case .looksLike:
            return Lookalike.alike(loaded.characters.skeletons(of: value), loaded.characters.skeletons(of: other))
        case .contains, .starts, .ends: return textRange(test, value, other) != nil
        default: return false
        }
    }

    /// Where a relation finds the sought text in the value, as a range of the value's bytes.
    func textRange(_ test: AtomTest, _ value: Value, _ sought: Value) -> Range<Int>? {
        guard let text = value.searchableText?.utf8, let other = sought.searchableText else { return nil }
        switch test {
        case .contains(_, _, let exactly):
            return FoldedScalars.firstRange(of: other.utf8, in: text, exactly: exactly)
        case .starts(_, _, let exactly):
            let prefix = exactly ? other.utf8 : other.folded
            return PrefixMatch.length(of: prefix, in: text, exactly: exactly).map { 0..<$0 }
        case .ends(_, _, let exactly):
            let suffix = exactly ? other.utf8 : other.folded
            return PrefixMatch.suffixStart(of: suffix, in: text, exactly: exactly).map { $0..<text.count }
        default: return nil
        }
    }

    private func equals(_ left: Int, _ others: [Int], exactly: Bool, keys: Set<ComparisonKey>?) -> Truth {
        guard let keys else { return pairs(left, others) { $0.isSame(as: $1, exactly: exactly) } }
        let value = resolve(left)
        if exactly {
            for one in value.values {
                if let key = ComparisonKey(one, exactly: true), keys.contains(key) { return .yes }
            }
        } else {
            for case .some(let key) in value.keys where keys.contains(key) { return .yes }
        }
        return .unknown(value.missing)
    }

    /// As `pairs`, with the skeletons that each operand keeps.
    private func looksLike(_ left: Int, _ others: [Int]) -> Truth {
        let value = resolve(left)
        var missing = value.missing
        let own = value.skeletons(loaded.characters)
        for other in others {
            let right = resolve(other)
            missing.formUnion(right.missing)
            for sought in right.skeletons(loaded.characters) where own.contains(where: { Lookalike.alike($0, sought) })
            {
                return .yes
            }
        }
        return .unknown(missing)
    }

    private func search(_ group: Int, _ patterns: [Int]) -> Truth {
        let missing = resolve(loaded.program.patternGroups[group].operand).missing
        var isUndecided = false
        for hits in scan(group) {
            for pattern in patterns {
                if hits.isPresent(pattern) { return .yes }
                if hits.isUndecided(pattern) { isUndecided = true }
            }
        }
        return .unknown(isUndecided ? missing.union(.overLimit) : missing)
    }

    private func isInside(_ binder: Int, _ container: Int) -> Bool { containers(of: binder).contains(container) }

    private func isInside(_ binder: Int, oneOf types: [FileType]) -> Truth {
        var missing: Reasons = []
        for ancestor in containers(of: binder) {
            let type = source.value(of: .type, argument: nil, subject: .part(ancestor))
            if Self.isOne(type, of: types) { return .yes }
            missing.formUnion(type.missing)
        }
        return .unknown(missing)
    }

    static func isOne(_ value: FactValue, of types: [FileType]) -> Bool {
        value.values.contains { value in
            if case .fileType(let type) = value { return types.contains { type.isSubtype(of: $0) } }
            return false
        }
    }
}
