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
    private let deadline: Deadline
    private let directions: DirectionComparisons

    public init(old: Program, new: Program, limits: ComparisonLimits = ComparisonLimits()) {
        self.old = CanonicalPolicy(old, side: "old")
        self.new = CanonicalPolicy(new, side: "new")
        self.limits = limits
        deadline = Deadline(seconds: limits.seconds)
        directions = DirectionComparisons(self.old, self.new, limits, until: deadline)
    }

    /// What changed, by name.
    public var changes: PolicyChanges { PolicyChanges(old: old, new: new) }

    /// Begins to look for cases that answer a question with yes. With the first question the time begins to run.
    public func search(_ question: PassageQuestion) -> CaseSearch {
        deadline.start()
        return CaseSearch(directions.all, question, limits, until: deadline)
    }

    /// Whether the time for all questions is over.
    public var isOutOfTime: Bool { deadline.isOver }
}

/// The comparisons for each way a message can go, made when the first question is asked and shared by all.
private final class DirectionComparisons {
    private let old: CanonicalPolicy
    private let new: CanonicalPolicy
    private let limits: ComparisonLimits
    private let deadline: Deadline

    init(_ old: CanonicalPolicy, _ new: CanonicalPolicy, _ limits: ComparisonLimits, until deadline: Deadline) {
        self.old = old
        self.new = new
        self.limits = limits
        self.deadline = deadline
    }

    private(set) lazy var all: [DirectionComparison] = pairs.map { one, other in
        DirectionComparison(old, new, [.old: one, .new: other], limits, until: deadline)
    }

    private var pairs: [(Direction, Direction)] {
        judgesDirectionsAlike
            ? Direction.allCases.map { ($0, $0) }
            : Direction.allCases.flatMap { one in Direction.allCases.map { (one, $0) } }
    }

    /// Whether both policies know the same domains and networks as ours, and so judge every direction alike.
    private var judgesDirectionsAlike: Bool {
        Set(old.organisation.domains) == Set(new.organisation.domains)
            && Set(old.organisation.networks) == Set(new.organisation.networks)
    }
}
