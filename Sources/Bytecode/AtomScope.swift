import Vocabulary

/// What an atom or an operand depends on, and what it costs.
public struct AtomScope: Hashable, Sendable {
    /// The binders of parts whose facts it needs: bit 0 for the outer, bit 1 for the inner.
    public var partBinders: UInt8 = 0
    /// The binders of links.
    public var urlBinders: UInt8 = 0
    /// The binders of elements that may be either.
    public var elementBinders: UInt8 = 0
    /// Whether it mentions the recipient judged.
    public var usesRecipient = false
    /// One more than the greatest number of a score or setting it mentions; 0 where it mentions none.
    public var computed = 0
    /// Steps when it is evaluated.
    public var steps: UInt64 = 0

    public init() {}

    /// All binders it needs.
    public var binders: UInt8 { partBinders | urlBinders | elementBinders }

    mutating func join(_ other: AtomScope) {
        partBinders |= other.partBinders
        urlBinders |= other.urlBinders
        elementBinders |= other.elementBinders
        usesRecipient = usesRecipient || other.usesRecipient
        computed = max(computed, other.computed)
        steps = steps.addingSaturating(other.steps)
    }
}

extension Program {
    /// The scope of each operand. Indexes must have been checked.
    public func operandScopes() -> [AtomScope] {
        var scopes: [AtomScope] = []
        scopes.reserveCapacity(operands.count)
        for operand in operands {
            var scope = AtomScope()
            switch operand {
            case .fact(let fact): scope = self.scope(of: facts[fact])
            case .constant: break
            case .computed(let computed): scope = self.scope(ofComputed: computed)
            case .otherwise(let first, let second):
                scope = scopes[first]
                scope.join(scopes[second])
            }
            scopes.append(scope)
        }
        return scopes
    }

    /// The scope of each atom. Indexes must have been checked.
    public func atomScopes() -> [AtomScope] {
        let scopes = operandScopes()
        return atoms.map { self.scope(of: $0, operands: scopes) }
    }

    /// The scope of a score or setting. Its conditions are formulas, whose steps count there; here counts what it
    /// takes to join their values and to try each of them.
    private func scope(ofComputed number: Int) -> AtomScope {
        var scope = AtomScope()
        scope.computed = number + 1
        scope.usesRecipient = computed[number].level == .recipient
        scope.steps = UInt64(computed[number].rows.count + 1)
        return scope
    }

    /// The scope of a fact.
    public func scope(of reference: FactReference) -> AtomScope {
        var scope = AtomScope()
        scope.steps = 1
        let row = FactCatalogue.row(reference.fact)
        if let binder = reference.binder {
            let bit: UInt8 = 1 << UInt8(truncatingIfNeeded: binder)
            if row.scope == .element(.url) { scope.urlBinders = bit } else { scope.partBinders = bit }
        }
        scope.usesRecipient = row.scope == .recipient
        return scope
    }

    private func scope(of test: AtomTest, operands scopes: [AtomScope]) -> AtomScope {
        var scope = AtomScope()
        scope.steps = 1
        switch test {
        case .holds(let operand), .exists(let operand), .member(let operand, _):
            scope.join(scopes[operand])
        case .compare(let left, _, let right):
            scope.join(scopes[left])
            scope.join(scopes[right])
        case .equals(let left, let others, _), .contains(let left, let others, _), .starts(let left, let others, _),
            .ends(let left, let others, _), .under(let left, let others), .looksLike(let left, let others):
            scope.join(scopes[left])
            for other in others { scope.join(scopes[other]) }
            scope.steps = scope.steps.addingSaturating(UInt64(others.count))
        case .search(let group, let patterns):
            scope.join(scopes[patternGroups[group].operand])
            scope.steps = scope.steps.addingSaturating(UInt64(patterns.count))
        case .mentions(let group, let patterns, let dictionary, _, _):
            scope.join(scopes[patternGroups[group].operand])
            // What counts more than once is counted by a search of its own.
            let counted = UInt64(dictionaries[dictionary].times.count { $0 > 1 })
            let steps = counted.multipliedSaturating(by: UInt64(Opcode.countMatches.row.steps))
            scope.steps = scope.steps.addingSaturating(UInt64(patterns.count)).addingSaturating(steps)
        case .insideType(let binder, let types):
            scope.elementBinders = 1 << UInt8(truncatingIfNeeded: binder)
            scope.steps += UInt64(types.count)
        case .insideElement(let binder, let container):
            scope.elementBinders = 1 << UInt8(truncatingIfNeeded: binder)
            scope.partBinders = 1 << UInt8(truncatingIfNeeded: container)
        }
        return scope
    }
}

extension Program {
    /// The scope of one operand. Indexes must have been checked; the depth of substitutes is bounded by the verifier.
    public func operandScope(_ operand: Int) -> AtomScope {
        switch operands[operand] {
        case .fact(let fact): return scope(of: facts[fact])
        case .constant: return AtomScope()
        case .computed(let computed): return scope(ofComputed: computed)
        case .otherwise(let first, let second):
            var scope = operandScope(first)
            scope.join(operandScope(second))
            return scope
        }
    }
}
