import CCaDiCaL

/// CaDiCaL behind what the encoder needs of it: clauses in, a model or the proof that there is none out.
///
/// Literals are non-zero numbers, a negative one the negation. Owns the solver's memory. Used on one thread.
final class SATSolver {
    enum Answer {
        case satisfiable
        case unsatisfiable
        /// The bound on conflicts or the deadline was met first.
        case undecided
    }

    private let solver: OpaquePointer?
    private let deadline: Deadline
    /// Only after this answer has the solver a model; to ask it for one at another time would end the process.
    private var hasModel = false

    init(until deadline: Deadline) {
        self.deadline = deadline
        solver = ccadical_init()
        if let solver {
            ccadical_set_option(solver, "quiet", 1)
            // Wires are tried as false first: a case then has in it what it needs, and little else.
            ccadical_set_option(solver, "phase", 0)
            // The solver asks this often while it runs. The deadline lives as long as the solver does.
            ccadical_set_terminate(solver, Unmanaged.passUnretained(deadline).toOpaque()) { state in
                guard let state else { return 0 }
                return Unmanaged<Deadline>.fromOpaque(state).takeUnretainedValue().isOver ? 1 : 0
            }
        }
    }

    deinit {
        if let solver { ccadical_release(solver) }
    }

    func add(_ clause: [Int32]) {
        guard let solver else { return }
        hasModel = false
        for literal in clause { ccadical_add(solver, literal) }
        ccadical_add(solver, 0)
    }

    /// Looks for a model of all clauses in which the assumptions hold, which are forgotten afterwards.
    func solve(assuming assumptions: [Int32], conflicts: Int) -> Answer {
        hasModel = false
        guard let solver, !deadline.isOver else { return .undecided }
        for literal in assumptions { ccadical_assume(solver, literal) }
        ccadical_limit(solver, "conflicts", Int32(clamping: conflicts))
        switch ccadical_solve(solver) {
        case 10:
            hasModel = true
            return .satisfiable
        case 20: return .unsatisfiable
        default: return .undecided
        }
    }

    /// Whether the literal holds in the model that `solve` has just found.
    func holds(_ literal: Int32) -> Bool {
        guard let solver, hasModel else { return false }
        return (ccadical_val(solver, abs(literal)) > 0) == (literal > 0)
    }

    /// The model that `solve` has just found, kept.
    func model(variables: Int32) -> SATModel {
        guard let solver, hasModel else { return SATModel(values: []) }
        return SATModel(values: (1...max(variables, 1)).map { ccadical_val(solver, $0) > 0 })
    }
}

/// Values of all wires.
struct SATModel {
    fileprivate let values: [Bool]

    func holds(_ literal: Int32) -> Bool {
        let index = Int(abs(literal)) - 1
        guard values.indices.contains(index) else { return false }
        return values[index] == (literal > 0)
    }
}
