/// A circuit of and-gates, handed to the solver as clauses while it grows.
///
/// Equal gates are one gate, and constants are folded, so that two policies that say the same share their literals.
final class Circuit {
    /// A wire or, negative, its negation.
    typealias Literal = Int32

    /// Why a circuit was not built to its end.
    enum Stop {
        case outOfGates
        case outOfTime
    }

    let solver: SATSolver
    /// The wire that is always true.
    let yes: Literal = 1
    var no: Literal { -yes }
    private(set) var variables: Int32 = 1
    /// Set once a bound is met: what was asked of the circuit since means nothing, and neither do its models.
    private(set) var stop: Stop?
    private var known: [[Literal]: Literal] = [:]
    private let limit: Int
    private let deadline: Deadline
    /// Gates and clauses that were asked for.
    private var work = 0

    init(gates limit: Int, until deadline: Deadline) {
        self.limit = limit
        self.deadline = deadline
        solver = SATSolver(until: deadline)
        solver.add([yes])
    }

    /// A new wire that nothing determines.
    func free() -> Literal {
        variables += 1
        return variables
    }

    func constant(_ value: Bool) -> Literal { value ? yes : no }

    /// Whether there is still room and time. Reads the clock once in a while.
    private func mayGrow() -> Bool {
        guard stop == nil else { return false }
        work += 1
        if work > limit {
            stop = .outOfGates
        } else if work & 0x1ff == 0, deadline.isOver {
            stop = .outOfTime
        }
        return stop == nil
    }

    func and(_ inputs: [Literal]) -> Literal {
        guard mayGrow() else { return no }
        var key: [Literal] = []
        key.reserveCapacity(inputs.count)
        for input in inputs.sorted(by: { abs($0) < abs($1) }) where input != yes && input != key.last {
            if input == no || input == key.last.map({ -$0 }) { return no }
            key.append(input)
        }
        guard key.count > 1 else { return key.first ?? yes }
        if let gate = known[key] { return gate }
        let gate = free()
        known[key] = gate
        for input in key { solver.add([-gate, input]) }
        solver.add([gate] + key.map { -$0 })
        return gate
    }

    func and(_ inputs: Literal...) -> Literal { and(inputs) }

    func or(_ inputs: [Literal]) -> Literal { -and(inputs.map { -$0 }) }

    func or(_ inputs: Literal...) -> Literal { or(inputs) }

    /// At least `number` of the inputs hold.
    func atLeast(_ number: Int, of inputs: [Literal]) -> Literal {
        if number <= 0 { return yes }
        if number > inputs.count { return no }
        // reached[k]: at least k + 1 of the inputs so far.
        var reached = [Literal](repeating: no, count: number)
        for input in inputs {
            for index in reached.indices.reversed() {
                let before = index == 0 ? yes : reached[index - 1]
                reached[index] = or(reached[index], and(before, input))
            }
        }
        return reached[number - 1]
    }

    /// Demands that one of the literals holds.
    func require(_ clause: Literal...) { require(clause) }

    func require(_ clause: [Literal]) {
        guard mayGrow(), !clause.contains(yes) else { return }
        solver.add(clause.filter { $0 != no })
    }
}
