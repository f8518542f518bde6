import PolicyDiff
import Vocabulary
import Workers

/// The answer to a question about every mail there can be.
public enum PassageAnswer: Sendable {
    /// Proven: there is no such mail.
    case no
    /// This mail is one: both policies were run over it.
    case witness(ProvenWitness)
    /// Neither proven nor shown; why, in words, and the case that could not be made a mail.
    case cannotTell(String, AbstractCase?)
}

/// A mail over which both policies were run, and which they treat differently.
public struct ProvenWitness: Sendable {
    public let witness: WitnessMail
    public let abstractCase: AbstractCase
    public let old: Decision
    public let new: Decision
}

/// Finds answers: a proof from the solver, or a mail that workers have judged under both policies.
public struct WitnessTrial: Sendable {
    private let old: WorkerPool
    private let new: WorkerPool
    private let limits: ComparisonLimits

    public init(old: WorkerPool, new: WorkerPool, limits: ComparisonLimits = ComparisonLimits()) {
        self.old = old
        self.new = new
        self.limits = limits
    }

    /// Answers one question.
    ///
    /// - Throws: `WorkerError` when no worker can be started.
    public func answer(_ question: PassageQuestion, _ comparison: PolicyComparison) throws(WorkerError) -> PassageAnswer
    {
        let search = comparison.search(question)
        var last: AbstractCase?
        var tries = 0
        while tries < limits.triedCases {
            switch search.next() {
            case .none: return .no
            case .undecided(let reason):
                return .cannotTell(last == nil || comparison.isOutOfTime ? reason : Self.unshown, last)
            case .found(let found):
                last = last ?? found
                var speaking: Set<String> = []
                for witness in found.witnesses(limits) {
                    if comparison.isOutOfTime { return .cannotTell(Self.outOfTime, last) }
                    if let proven = try run(witness, found, question, &speaking) { return .witness(proven) }
                }
                // A rule that is the same in both policies came between: then the case was none, and is asked again
                // with that rule.
                if search.consider(speaking) {
                    last = nil
                } else {
                    tries += 1
                }
            }
        }
        return .cannotTell(Self.unshown, last)
    }

    private static let outOfTime = "out of time"
    private static let unshown = "no mail made up for the cases showed it"

    private func run(
        _ witness: WitnessMail, _ found: AbstractCase, _ question: PassageQuestion,
        _ speaking: inout Set<String>
    ) throws(WorkerError) -> ProvenWitness? {
        let request = DecideRequest(envelope: witness.envelope, assumptions: witness.assumptions)
        do throws(WorkerError) {
            let decisions = try (old.decide(witness.mail, request), new.decide(witness.mail, request))
            for (one, other) in zip(decisions.0.decisions, decisions.1.decisions)
            where question.asksFor(old: one.disposition, new: other.disposition) {
                return ProvenWitness(witness: witness, abstractCase: found, old: one, new: other)
            }
            for decision in decisions.0.decisions + decisions.1.decisions {
                speaking.formUnion(decision.rules.map(\.name))
            }
            return nil
        } catch {
            // A mail that workers fail on shows nothing.
            guard error.code == .unprocessable else { throw error }
            return nil
        }
    }
}
