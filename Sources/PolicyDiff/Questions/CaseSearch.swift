import Vocabulary

/// Looks for cases in which the answer to a question is yes, one after the other.
public final class CaseSearch {
    private let comparisons: [DirectionComparison]
    private let question: PassageQuestion
    private let limits: ComparisonLimits
    private let deadline: Deadline
    private var current = 0
    /// Why a direction could not be decided; then the end of the search proves nothing.
    private var doubt: String?
    /// What was true in the case found last, to be excluded from the next.
    private var lastPattern: [Circuit.Literal] = []
    /// Holds where cases that were found are excluded, in this circuit and by this question alone.
    private var exclusion: (circuit: Circuit, wire: Circuit.Literal)?

    init(
        _ comparisons: [DirectionComparison], _ question: PassageQuestion, _ limits: ComparisonLimits,
        until deadline: Deadline
    ) {
        self.comparisons = comparisons
        self.question = question
        self.limits = limits
        self.deadline = deadline
    }

    /// The next case; each differs from those before in what the rules do.
    public func next() -> PassageSearchResult {
        while current < comparisons.count {
            if comparisons[current].focus.allows(question), let found = search(comparisons[current]) {
                return .found(found)
            }
            current += 1
            lastPattern = []
        }
        return doubt.map { .undecided($0) } ?? .none
    }

    /// Has rules that spoke when a mail was run for the last case, though they are the same in both policies and were
    /// not looked into, looked into from now on. `false` where there is none.
    public func consider(_ speaking: Set<String>) -> Bool {
        guard current < comparisons.count else { return false }
        let widened = comparisons[current...].map { $0.widen(by: speaking) }
        guard widened[0] else { return false }
        lastPattern = []
        return true
    }

    /// A case of messages that go these ways; `nil` where there is none or none can be found, which is a doubt.
    private func search(_ comparison: DirectionComparison) -> AbstractCase? {
        while true {
            let circuit = comparison.circuit
            exclude(lastPattern, from: circuit.circuit)
            lastPattern = []
            let goal = circuit.goal(of: question)
            if let stop = circuit.circuit.stop {
                note(stop == .outOfTime ? Self.outOfTime : "the policies are too large for the bound on gates")
                return nil
            }
            guard goal != circuit.circuit.no else { return nil }
            let assumed = [goal] + excluded(from: circuit.circuit)
            switch circuit.circuit.solver.solve(assuming: assumed, conflicts: limits.conflicts) {
            case .unsatisfiable:
                if assumed.count > 1 { note("every other case has been tried") }
                return nil
            case .undecided:
                note(deadline.isOver ? Self.outOfTime : "the solver met its bound on conflicts")
                return nil
            case .satisfiable:
                let reading = CaseReading(circuit, smallestModel(of: circuit, assumed))
                if reading.needsMoreRules, comparison.widen() { continue }
                lastPattern = reading.pattern
                return reading.abstractCase
            }
        }
    }

    private static let outOfTime = "out of time"

    private func note(_ reason: String) { doubt = doubt ?? reason }

    private func excluded(from circuit: Circuit) -> [Circuit.Literal] {
        guard let exclusion, exclusion.circuit === circuit else { return [] }
        return [exclusion.wire]
    }

    private func exclude(_ pattern: [Circuit.Literal], from circuit: Circuit) {
        guard !pattern.isEmpty else { return }
        let wire = excluded(from: circuit).first ?? circuit.free()
        exclusion = (circuit, wire)
        circuit.require([-wire] + pattern.map { -$0 })
    }

    /// The model with what it does not need taken out, one wire after the other.
    private func smallestModel(of comparison: ComparisonCircuit, _ assumed: [Circuit.Literal]) -> SATModel {
        let solver = comparison.circuit.solver
        let first = solver.model(variables: comparison.circuit.variables)
        var absent = comparison.doubts.map { -$0 }
        if solver.solve(assuming: assumed + absent, conflicts: limits.conflicts) != .satisfiable {
            absent = []
            guard solver.solve(assuming: assumed, conflicts: limits.conflicts) == .satisfiable else { return first }
        }
        var waiting = comparison.costs
        while !waiting.isEmpty {
            let present = waiting.filter(solver.holds)
            absent += waiting.filter { !solver.holds($0) }.map { -$0 }
            waiting = present
            guard let next = waiting.popLast() else { break }
            if solver.solve(assuming: assumed + [-next] + absent, conflicts: 1000) == .satisfiable {
                absent.append(-next)
            } else {
                // The model is gone; the one in which this wire stays comes back.
                guard solver.solve(assuming: assumed + absent, conflicts: limits.conflicts) == .satisfiable else {
                    return first
                }
            }
        }
        guard solver.solve(assuming: assumed + absent, conflicts: limits.conflicts) == .satisfiable else {
            return first
        }
        return solver.model(variables: comparison.circuit.variables)
    }
}
