/// A circuit of and-gates, handed to the solver as clauses while it grows.
///
/// Equal gates are one gate, and constants are folded, so that two policies that say the same share their literals.
final class Circuit {
    /// A wire or, negative, its negation.
    typealias Literal = Int32

    let solver = SATSolver()
    /// The wire that is always true.
    let yes: Literal = 1
    var no: Literal { -yes }
    private(set) var gates = 0
    private var variables: Int32 = 1
    private var known: [[Literal]: Literal] = [:]
    private let limit: Int

    init(gates limit: Int) {
        self.limit = limit
        solver.add([yes])
    }

    /// Whether the circuit outgrew its bound: what was asked of it since is free, and its models mean nothing.
    var isOverLimit: Bool { gates > limit }

    /// A new wire that nothing determines.
    func free() -> Literal {
        variables += 1
        return variables
    }

    func constant(_ value: Bool) -> Literal { value ? yes : no }

    func and(_ inputs: [Literal]) -> Literal {
        var kept: Set<Literal> = []
        for input in inputs where input != yes {
            if input == no || kept.contains(-input) { return no }
            kept.insert(input)
        }
        if kept.isEmpty { return yes }
        if kept.count == 1, let only = kept.first { return only }
        let key = kept.sorted()
        if let gate = known[key] { return gate }
        let gate = free()
        known[key] = gate
        gates += 1
        // A circuit beyond its bound is not solved any more; its memory need not grow either.
        guard !isOverLimit else { return gate }
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
        guard !clause.contains(yes) else { return }
        solver.add(clause.filter { $0 != no })
    }
}
