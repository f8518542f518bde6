import CCaDiCaL

/// CaDiCaL behind what the encoder needs of it: clauses in, a model or the proof that there is none out.
///
/// Literals are non-zero numbers, a negative one the negation. Owns the solver's memory. Used on one thread.
final class SATSolver {
    enum Answer {
        case satisfiable
        case unsatisfiable
        /// The bound on conflicts was met first.
        case undecided
    }

    private let solver: OpaquePointer?

    init() {
        solver = ccadical_init()
        if let solver {
            ccadical_set_option(solver, "quiet", 1)
            // Wires are tried as false first: a case then has in it what it needs, and little else.
            ccadical_set_option(solver, "phase", 0)
        }
    }

    deinit {
        if let solver { ccadical_release(solver) }
    }

    func add(_ clause: [Int32]) {
        guard let solver else { return }
        for literal in clause { ccadical_add(solver, literal) }
        ccadical_add(solver, 0)
    }

    /// Looks for a model of all clauses in which the assumptions hold, which are forgotten afterwards.
    func solve(assuming assumptions: [Int32], conflicts: Int) -> Answer {
        guard let solver else { return .undecided }
        for literal in assumptions { ccadical_assume(solver, literal) }
        ccadical_limit(solver, "conflicts", Int32(clamping: conflicts))
        switch ccadical_solve(solver) {
        case 10: return .satisfiable
        case 20: return .unsatisfiable
        default: return .undecided
        }
    }

    /// Whether the literal holds in the model that `solve` has just found.
    func holds(_ literal: Int32) -> Bool {
        guard let solver else { return false }
        return (ccadical_val(solver, abs(literal)) > 0) == (literal > 0)
    }
}
