import Vocabulary

/// The rules that enter a circuit, for messages that go one way by the old policy and one way by the new.
///
/// A rule that both policies have asks for the same in both. So what becomes of a message differs only where a rule of
/// one policy alone speaks: those are always looked into. Of the others some are, and the rest is one wire for each
/// disposition, *some rule that is left out asks for it*, the same wire for both policies and otherwise free. That adds
/// models and takes none away: a "no" about part of the rules is a "no" about all.
final class RuleFocus {
    let directions: [Side: Direction]
    let sharing: SideSharing
    /// Rules whose effect the other policy has not, by number.
    let only: [Side: [Int]]
    /// Rules that both policies have, the likeliest to matter first.
    private var waiting: [SharedRule]
    private(set) var companions: [SharedRule] = []
    private let names: [Side: [String]]
    private let limit: Int

    struct SharedRule {
        let old: Int
        let new: Int
        let asks: Set<Disposition>
    }

    init(
        _ policies: [Side: CanonicalPolicy], _ directions: [Side: Direction], _ sharing: SideSharing,
        companions: Int, limit: Int
    ) {
        self.directions = directions
        self.sharing = sharing
        self.limit = limit
        names = policies.mapValues { $0.rules.map(\.name) }
        let effects = RuleEffects(policies, sharing)
        let old = effects.effects(of: .old, directions[.old] ?? .inbound)
        let new = effects.effects(of: .new, directions[.new] ?? .inbound)
        let byEffect = (
            old: Dictionary(old.map { ($0.effect, $0.rule) }, uniquingKeysWith: { one, _ in one }),
            new: Dictionary(new.map { ($0.effect, $0.rule) }, uniquingKeysWith: { one, _ in one })
        )
        only = [
            .old: old.filter { byEffect.new[$0.effect] == nil }.map(\.rule),
            .new: new.filter { byEffect.old[$0.effect] == nil }.map(\.rule),
        ]
        let shared = old.compactMap { rule, effect -> SharedRule? in
            guard byEffect.old[effect] == rule, let other = byEffect.new[effect] else { return nil }
            return SharedRule(old: rule, new: other, asks: effect.asks)
        }
        waiting = []
        waiting = only.values.allSatisfy(\.isEmpty) ? [] : sorted(shared, policies)
        take(companions)
    }

    /// By how much they have to do with the rules that differ: those that ask about the same facts, simple ones first.
    private func sorted(_ shared: [SharedRule], _ policies: [Side: CanonicalPolicy]) -> [SharedRule] {
        var facts: Set<Fact> = []
        for (side, numbers) in only {
            for number in numbers { policies[side]?.rules[number].when.gatherFacts(into: &facts) }
        }
        facts.remove(.direction)
        let ranked = shared.map { rule -> (key: (Int, Int, Int), rule: SharedRule) in
            guard let when = policies[.old]?.rules[rule.old].when else { return ((1, 0, rule.old), rule) }
            var own: Set<Fact> = []
            when.gatherFacts(into: &own)
            return ((own.isDisjoint(with: facts) ? 1 : 0, when.weight, rule.old), rule)
        }
        return ranked.sorted { $0.key < $1.key }.map(\.rule)
    }

    /// Whether a yes to the question is possible at all: for less to become of a message a rule must have gone, for
    /// more one must have come.
    func allows(_ question: PassageQuestion) -> Bool {
        switch question {
        case .passesNow, .weakened: only[.old]?.isEmpty == false
        case .heldNow: only[.new]?.isEmpty == false
        }
    }

    /// The rules of one policy that are looked into, by number.
    func rules(of side: Side) -> [Int] {
        ((only[side] ?? []) + companions.map { side == .old ? $0.old : $0.new }).sorted()
    }

    /// What rules that are left out can ask for.
    var leftOut: Set<Disposition> { waiting.reduce(into: []) { $0.formUnion($1.asks) } }

    /// Looks into some more rules; `false` where none is left or the bound is met.
    func widen(by count: Int) -> Bool {
        let before = companions.count
        take(count)
        return companions.count > before
    }

    /// Looks into the rules of these names; `false` where there is none that was left out.
    func widen(by speaking: Set<String>) -> Bool {
        let before = companions.count
        var kept: [SharedRule] = []
        for rule in waiting {
            if companions.count < limit, isNamed(rule, speaking) {
                companions.append(rule)
            } else {
                kept.append(rule)
            }
        }
        waiting = kept
        return companions.count > before
    }

    private func isNamed(_ rule: SharedRule, _ speaking: Set<String>) -> Bool {
        (names[.old].map { speaking.contains($0[rule.old]) } ?? false)
            || (names[.new].map { speaking.contains($0[rule.new]) } ?? false)
    }

    private func take(_ count: Int) {
        let taken = waiting.prefix(max(min(count, limit - companions.count), 0))
        companions += taken
        waiting.removeFirst(taken.count)
    }
}

extension Condition {
    /// Adds the facts that it asks about.
    fileprivate func gatherFacts(into facts: inout Set<Fact>) {
        switch self {
        case .constant: break
        case .test(let question): question.gatherFacts(into: &facts)
        case .not(let inner): inner.gatherFacts(into: &facts)
        case .all(let inner), .any(let inner), .atLeast(_, let inner):
            for one in inner { one.gatherFacts(into: &facts) }
        case .some(_, _, let body), .total(.elements(_, _, let body), _): body.gatherFacts(into: &facts)
        case .total(.values(let reference, _), _): facts.insert(reference.fact)
        case .total(.sum(let reference, _, _, let body), _), .total(.distinct(let reference, _, _, let body), _):
            facts.insert(reference.fact)
            body.gatherFacts(into: &facts)
        case .total(.matches(_, let subject), _): subject.gatherFacts(into: &facts)
        case .total(.score(let rows), _): for row in rows { row.when.gatherFacts(into: &facts) }
        }
    }
}

extension Question {
    fileprivate func gatherFacts(into facts: inout Set<Fact>) {
        switch self {
        case .exists(let subject), .oneOf(let subject, _), .mentions(let subject, _, _, _):
            subject.gatherFacts(into: &facts)
        case .related(let first, _, let second):
            first.gatherFacts(into: &facts)
            second.gatherFacts(into: &facts)
        case .inside, .unfamiliar: break
        }
    }
}

extension Subject {
    fileprivate func gatherFacts(into facts: inout Set<Fact>) {
        switch self {
        case .fact(let reference): facts.insert(reference.fact)
        case .containers: facts.insert(.type)
        case .otherwise(let first, let second):
            first.gatherFacts(into: &facts)
            second.gatherFacts(into: &facts)
        case .constant, .unfamiliar: break
        }
    }
}
