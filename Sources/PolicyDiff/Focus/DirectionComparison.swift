import Vocabulary

/// What is asked of messages that go one way by the old policy and one way by the new: one circuit for all questions,
/// built again when more rules have to be looked into.
final class DirectionComparison {
    let focus: RuleFocus
    private let policies: [Side: CanonicalPolicy]
    private let limits: ComparisonLimits
    private let deadline: Deadline
    private var built: ComparisonCircuit?
    private var widenings = 0

    init(
        _ old: CanonicalPolicy, _ new: CanonicalPolicy, _ directions: [Side: Direction], _ limits: ComparisonLimits,
        until deadline: Deadline
    ) {
        policies = [.old: old, .new: new]
        self.limits = limits
        self.deadline = deadline
        focus = RuleFocus(
            policies, directions, SideSharing(old, new, directions), companions: limits.companions,
            limit: limits.widenedCompanions)
    }

    var circuit: ComparisonCircuit {
        if let built { return built }
        let made = ComparisonCircuit(policies, focus, limits, until: deadline)
        built = made
        return made
    }

    /// Looks into rules of both policies that were left out and that spoke when a mail was run.
    func widen(by speaking: Set<String>) -> Bool { widen { focus.widen(by: speaking) } }

    /// Looks into twice as many rules of both policies, as a case needs one.
    func widen() -> Bool { widen { focus.widen(by: max(limits.companions, focus.companions.count, 1)) } }

    private func widen(_ body: () -> Bool) -> Bool {
        guard widenings < limits.widenings, !deadline.isOver, body() else { return false }
        widenings += 1
        built = nil
        return true
    }
}
