import Vocabulary

/// Looks for cases in which the answer to a question is yes, one after the other.
public final class CaseSearch {
    private let circuits: [ComparisonCircuit]
    private let question: PassageQuestion
    private let limits: ComparisonLimits
    private var current = 0
    /// Why a direction could not be decided; then the end of the search proves nothing.
    private var doubt: String?
    /// What was true in the case found last, to be excluded from the next.
    private var lastPattern: [Circuit.Literal] = []
    private var isNarrowed = false

    init(_ circuits: [ComparisonCircuit], _ question: PassageQuestion, _ limits: ComparisonLimits) {
        self.circuits = circuits
        self.question = question
        self.limits = limits
    }

    /// The next case; each differs from those before in what the rules do.
    public func next() -> PassageSearchResult {
        while current < circuits.count {
            let comparison = circuits[current]
            let circuit = comparison.circuit
            exclude(lastPattern, from: circuit)
            lastPattern = []
            let goal = comparison.goal(of: question)
            if circuit.isOverLimit {
                doubt = doubt ?? "the policies are too large for the bound on gates"
            } else if goal != circuit.no {
                switch circuit.solver.solve(assuming: [goal], conflicts: limits.conflicts) {
                case .satisfiable: return .found(smallestCase(of: comparison, goal))
                case .unsatisfiable: break
                case .undecided: doubt = doubt ?? "the solver met its bound on conflicts"
                }
            }
            current += 1
        }
        if let doubt { return .undecided(doubt) }
        return isNarrowed ? .undecided("every other case has been tried") : .none
    }

    private func exclude(_ pattern: [Circuit.Literal], from circuit: Circuit) {
        guard !pattern.isEmpty else { return }
        circuit.require(pattern.map { -$0 })
        isNarrowed = true
    }

    /// The model with what it does not need taken out, one wire after the other.
    private func smallestCase(of comparison: ComparisonCircuit, _ goal: Circuit.Literal) -> AbstractCase {
        let solver = comparison.circuit.solver
        var absent: [Circuit.Literal] = []
        var waiting = comparison.costs
        while !waiting.isEmpty {
            let present = waiting.filter(solver.holds)
            absent += waiting.filter { !solver.holds($0) }.map { -$0 }
            waiting = present
            guard let next = waiting.popLast() else { break }
            if solver.solve(assuming: [goal, -next] + absent, conflicts: 1000) == .satisfiable {
                absent.append(-next)
            } else {
                // The model is gone; the one in which this wire stays comes back.
                guard solver.solve(assuming: [goal] + absent, conflicts: limits.conflicts) == .satisfiable else {
                    break
                }
            }
        }
        if solver.solve(assuming: [goal] + absent, conflicts: limits.conflicts) != .satisfiable {
            _ = solver.solve(assuming: [goal], conflicts: limits.conflicts)
        }
        let reading = CaseReading(comparison)
        lastPattern = reading.pattern
        return reading.abstractCase
    }
}
