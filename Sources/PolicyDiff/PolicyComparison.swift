import Bytecode
import Vocabulary

/// Two policies held against each other by what they mean.
///
/// Purpose of the room: what changed between two programs, and what that can do to mail.
/// Takes: two verified programs. Gives: changes, cases, mails that may witness them.
/// Fails: never; what cannot be decided is answered so. Limits: `ComparisonLimits`.
/// Must not import: anything that runs programs or reads mail.
public struct PolicyComparison {
    let old: CanonicalPolicy
    let new: CanonicalPolicy
    private let limits: ComparisonLimits

    public init(old: Program, new: Program, limits: ComparisonLimits = ComparisonLimits()) {
        self.old = CanonicalPolicy(old, side: "old")
        self.new = CanonicalPolicy(new, side: "new")
        self.limits = limits
    }

    /// What changed, by name.
    public var changes: PolicyChanges { PolicyChanges(old: old, new: new) }

    /// Begins to look for cases that answer a question with yes.
    public func search(_ question: PassageQuestion) -> CaseSearch {
        let pairs: [(Direction, Direction)] =
            judgesDirectionsAlike
            ? Direction.allCases.map { ($0, $0) }
            : Direction.allCases.flatMap { one in Direction.allCases.map { (one, $0) } }
        let circuits = pairs.map { one, other in
            ComparisonCircuit(old: old, new: new, directions: [.old: one, .new: other], limits: limits)
        }
        return CaseSearch(circuits, question, limits)
    }

    /// Whether both policies know the same domains and networks as ours, and so judge every direction alike.
    var judgesDirectionsAlike: Bool {
        Set(old.organisation.domains) == Set(new.organisation.domains)
            && Set(old.organisation.networks) == Set(new.organisation.networks)
    }
}
