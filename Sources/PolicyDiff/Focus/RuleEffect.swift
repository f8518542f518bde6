import Vocabulary

/// All that a rule can do to what becomes of a message: rules with equal effects hold it in the same cases, whatever
/// they are called and wherever they stand.
struct RuleEffect: Hashable {
    /// Conditions by number.
    let when: Int
    let excuses: [Int]
    let lifts: [Lift]
    let consequence: Disposition
    let strips: Bool
    /// By reason for which it can be undetermined, for the direction.
    let answers: [Reasons: Disposition]
    /// Set where what it reads may differ between the policies: then no rule of the other is its equal.
    let side: Side?

    /// An exemption that lifts what is undetermined.
    struct Lift: Hashable {
        let unknown: Reasons
        let when: Int
    }

    /// All that it can ask for.
    var asks: Set<Disposition> {
        var asked = Set(answers.values).union([consequence])
        // An excuse that lacks an engine's answer defers what would be refused for good.
        if !excuses.isEmpty, consequence == .reject || consequence == .discard { asked.insert(.defer) }
        return asked.subtracting([.deliver])
    }
}

/// Finds the effects of the rules of two policies, with one numbering of their conditions.
final class RuleEffects {
    private let policies: [Side: CanonicalPolicy]
    private let sharing: SideSharing
    private var numbers: [Condition: Int] = [:]
    private var isSided: [Int: Bool] = [:]

    init(_ policies: [Side: CanonicalPolicy], _ sharing: SideSharing) {
        self.policies = policies
        self.sharing = sharing
    }

    /// What the rules of one policy do to messages that go this way, by the number of the rule. A rule that can hold
    /// none of them is left out.
    func effects(of side: Side, _ direction: Direction) -> [(rule: Int, effect: RuleEffect)] {
        guard let policy = policies[side] else { return [] }
        return policy.rules.indices.compactMap { index in
            let rule = policy.rules[index]
            guard rule.directions.contains(direction.set) else { return nil }
            let effect = effect(of: rule, in: policy, side, direction)
            return effect.asks.isEmpty ? nil : (index, effect)
        }
    }

    private func effect(
        of rule: CanonicalRule, in policy: CanonicalPolicy, _ side: Side, _ direction: Direction
    ) -> RuleEffect {
        let when = number(of: rule.when)
        let excuses = Set(policy.excuses(of: rule).map(number)).sorted()
        let lifts = Set(policy.lifting(rule).map { RuleEffect.Lift(unknown: $0.unknown, when: number(of: $0.when)) })
            .sorted { ($0.unknown.rawValue, $0.when) < ($1.unknown.rawValue, $1.when) }
        let read = [when] + excuses + lifts.map(\.when)
        return RuleEffect(
            when: when, excuses: excuses, lifts: lifts, consequence: rule.consequence.disposition,
            strips: rule.consequence.actions.contains(.strip),
            answers: Dictionary(
                rule.undeterminedReasons.singles.map { ($0, rule.answers[$0, direction].disposition) },
                uniquingKeysWith: { one, _ in one }),
            side: read.contains { isSided[$0] ?? true } ? side : nil)
    }

    private func number(of condition: Condition) -> Int {
        if let number = numbers[condition] { return number }
        let number = numbers.count
        numbers[condition] = number
        isSided[number] = sharing.tellsApart(condition)
        return number
    }
}

extension CanonicalPolicy {
    /// The conditions each of which excuses the rule.
    func excuses(of rule: CanonicalRule) -> [Condition] {
        rule.unless + (rule.isMandatory ? [] : rule.exemptions.map { exemptions[$0].when })
    }

    /// The exemptions that can lift an undetermined verdict of the rule.
    func lifting(_ rule: CanonicalRule) -> [CanonicalExemption] {
        guard !rule.isMandatory, exemptions.contains(where: { !$0.unknown.isEmpty }) else { return [] }
        let reasons = rule.undeterminedReasons
        return exemptions.filter { !$0.unknown.isDisjoint(with: reasons) }
    }
}

extension CanonicalRule {
    /// Why its verdict can be undetermined, at most. What a strip may miss is not looked into.
    var undeterminedReasons: Reasons {
        consequence.actions.contains(.strip) ? .all : when.possibleReasons
    }
}
