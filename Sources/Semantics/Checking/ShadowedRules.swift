import Diagnostics
import Vocabulary

extension CheckContext {
    /// Warns of rules that add nothing: whenever one fires, another fires too, which nothing excuses, and does at least
    /// as much.
    ///
    /// Conditions are compared as they are written and by the bounds of their numbers: what is found is sure, and much is
    /// not found.
    func checkShadows(_ rules: [CheckedRule], _ exemptions: [TypedExemption]) {
        if hasErrors { return }
        let lifted = exemptions.reduce(into: Set<String>()) { $0.formUnion($1.rules) }
        var covering: [Formula: [ShadowCandidate]] = [:]
        var candidates: [ShadowCandidate] = []
        for rule in rules {
            guard let typed = rule.typed else { continue }
            let candidate = ShadowCandidate(rule: rule, typed: typed)
            candidates.append(candidate)
            if typed.unless.isEmpty, !lifted.contains(typed.name),
                let key = candidate.conjuncts.first?.implicationKeys.first
            {
                covering[key, default: []].append(candidate)
            }
        }
        for candidate in candidates {
            let cover = candidate.conjuncts.lazy.flatMap(\.implicationKeys).flatMap { covering[$0] ?? [] }.first {
                $0.covers(candidate)
            }
            guard let cover else { continue }
            warn(
                SemanticsDiagnostics.shadowedRule(
                    candidate.rule.node.name, by: cover.typed.name, cover.rule.node.name.span),
                in: candidate.rule.levels)
        }
    }
}

/// A rule with its condition taken apart.
private struct ShadowCandidate {
    let rule: CheckedRule
    let typed: TypedRule
    /// What must all hold for it to fire, its places left out.
    let conjuncts: [Formula]

    init(rule: CheckedRule, typed: TypedRule) {
        self.rule = rule
        self.typed = typed
        if case .and(let operands) = typed.when.withoutPlaces {
            conjuncts = operands
        } else {
            conjuncts = [typed.when.withoutPlaces]
        }
    }

    /// Whether it fires whenever the other does, and does at least as much.
    func covers(_ other: ShadowCandidate) -> Bool {
        guard typed.name != other.typed.name, typed.directions.isSuperset(of: other.typed.directions),
            Implication.all(conjuncts, followFrom: other.conjuncts)
        else { return false }
        let mine = typed.consequence
        let its = other.typed.consequence
        let doesAsMuch =
            mine.disposition >= its.disposition && Set(mine.areas).isSuperset(of: its.areas)
            && its.actions.allSatisfy(mine.actions.contains) && !its.actions.contains(.strip)
        guard doesAsMuch else { return false }
        // Of two that cover each other the later one by name is the one too many; the text of a refusal is the first's.
        let isMutual =
            Implication.all(other.conjuncts, followFrom: conjuncts) && other.typed.unless.isEmpty
            && mine.disposition == its.disposition
            && typed.directions == other.typed.directions && mine.areas == its.areas
            && mine.actions.allSatisfy(its.actions.contains)
        return !isMutual || typed.name < other.typed.name
    }
}

extension Formula {
    /// The same condition, wherever it stands.
    var withoutPlaces: Formula {
        let nowhere = SourcePlace(file: "", line: 0, column: 0, length: 0)
        switch self {
        case .constant: return self
        case .atom(let atom): return .atom(Atom(atom.test, at: nowhere))
        case .not(let operand): return .not(operand.withoutPlaces)
        case .and(let operands): return .and(operands.map(\.withoutPlaces))
        case .or(let operands): return .or(operands.map(\.withoutPlaces))
        case .atLeast(let number, let operands, _): return .atLeast(number, operands.map(\.withoutPlaces), nowhere)
        case .some(let old):
            return .some(
                Quantification(list: old.list, binder: old.binder, body: old.body.withoutPlaces, place: nowhere))
        case .count(let old):
            let measure: Count.Measure =
                switch old.measure {
                case .elements(let list, let binder, let body): .elements(list, binder: binder, body.withoutPlaces)
                case .sum(let reference, let list, let binder, let body):
                    .sum(reference, list, binder: binder, body.withoutPlaces)
                case .distinct(let reference, let list, let binder, let body):
                    .distinct(reference, list, binder: binder, body.withoutPlaces)
                case .values, .matches: old.measure
                }
            return .count(
                Count(measure: measure, order: old.order, bound: old.bound, type: old.type, place: nowhere))
        }
    }
}
