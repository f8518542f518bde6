import Vocabulary

/// Checks scores and settings: their rows are formulas on demand at their level, their values are of their type and
/// small enough that no order of adding them matters, and none reaches itself.
struct ComputedVerifier {
    let program: Program
    let limits: BytecodeLimits
    let scopes: [AtomScope]

    /// The greatest weight of a row, in either direction: sums of as many rows as there may be fit with room to spare.
    private static let greatestWeight: UInt64 = 1_000_000_000_000

    /// Checks the table and returns how many scores and settings each formula may use: those before its own, and all
    /// for formulas that belong to none.
    func verify() throws(BundleFault) -> [Int] {
        var visible = Array(repeating: Int.max, count: program.formulas.count)
        for (number, entry) in program.computed.enumerated() {
            try require(entry.rows.count <= limits.computedRows, "it has too many rows", entry)
            try require(entry.place < program.places.count, "it has no place", entry)
            try require((entry.kind == .score) == (entry.otherwise == nil), "it is a score with otherwise", entry)
            try require(entry.kind != .score || entry.type == .decimal, "its sum is of another type", entry)
            try require(
                entry.kind == .score || entry.kind == .one || entry.type.isOrdered, "its type has no order", entry)
            for row in entry.rows {
                try verify(value: row.value, place: row.place, of: entry)
                try require(row.formula < program.formulas.count, "it has no formula \(row.formula)", entry)
                let formula = program.formulas[row.formula]
                try require(formula.fragment != nil, "its formula is computed elsewhere", entry)
                try require(formula.element == nil, "its formula is one of an element", entry)
                try require(
                    formula.level == .message || entry.level == .recipient, "it is kept for all recipients", entry)
                visible[row.formula] = min(visible[row.formula], number)
            }
            if let otherwise = entry.otherwise {
                try verify(value: otherwise.value, place: otherwise.place, of: entry)
            }
        }
        return visible
    }

    private func verify(value: Int, place: Int, of entry: ComputedEntry) throws(BundleFault) {
        try require(value < program.constants.count && place < program.places.count, "it has no value", entry)
        switch program.constants[value] {
        case .number(let number):
            try require(entry.type.isOrdered, "its value is of another type", entry)
            try require(
                entry.kind != .score || number.magnitude <= Self.greatestWeight, "its weight is too great", entry)
        case let other:
            try require(other.naturalType == entry.type, "its value is of another type", entry)
        }
    }

    private func require(
        _ condition: Bool, _ reason: @autoclosure () -> String, _ entry: ComputedEntry
    ) throws(BundleFault) {
        try Verifier.require(condition, "\(entry.name): \(reason())")
    }

    /// Bounds how deep evidence goes through trees and the scores and settings in them. Trees must have been checked.
    func verifyDepth() throws(BundleFault) {
        var depths: [Int] = []
        for entry in program.computed {
            var depth = 1
            for row in entry.rows {
                depth = max(depth, 1 + self.depth(ofTree: program.formulas[row.formula].root, depths))
            }
            try require(depth <= limits.depth, "it uses too many others in a row", entry)
            depths.append(max(depth, depths.last ?? 0))
        }
    }

    /// Levels of a tree, what its atoms use included. `computed` has the depth of the deepest up to each number.
    private func depth(ofTree root: Int, _ computed: [Int]) -> Int {
        var ends: [Int] = []
        var deepest = 0
        for number in root..<program.nodes[root].end {
            while let last = ends.last, last == number { ends.removeLast() }
            let node = program.nodes[number]
            var below = 0
            if node.kind == .atom { below = scopes[node.operand].depth(computed) }
            deepest = max(deepest, ends.count + 1 + below)
            if node.end > number + 1 { ends.append(node.end) }
        }
        return deepest
    }
}

extension AtomScope {
    /// The depth of the deepest up to the last it uses.
    fileprivate func depth(_ computed: [Int]) -> Int { self.computed == 0 ? 0 : computed[self.computed - 1] }
}

extension TableVerifier {
    /// Scores and settings stand in comparisons, settings also in equalities as one of two operands; nowhere else. Of a
    /// score only the least and the greatest sum are known, which do not tell what lies between.
    func verifyComputedOperands() throws(BundleFault) {
        func isComputed(_ operand: Int) -> Bool {
            if case .computed = program.operands[operand] { true } else { false }
        }
        for operand in program.operands {
            if case .otherwise(let first, let second) = operand {
                try Verifier.require(
                    !isComputed(first) && !isComputed(second), "a score or setting stands in for an absent fact")
            }
        }
        for group in program.patternGroups {
            try Verifier.require(!isComputed(group.operand), "a score or setting is searched")
        }
        for atom in program.atoms {
            let isGood: Bool =
                switch atom {
                case .compare, .search, .mentions, .insideType, .insideElement: true
                case .equals(let left, let others, _):
                    !([left] + others).contains(where: isComputed) || others.count == 1
                case .contains(let left, let others, _), .starts(let left, let others, _),
                    .ends(let left, let others, _), .under(let left, let others), .looksLike(let left, let others):
                    !isComputed(left) && (others.count == 1 || !others.contains(where: isComputed))
                case .holds(let operand), .exists(let operand), .member(let operand, _): !isComputed(operand)
                }
            try Verifier.require(isGood, "a score or setting stands where none may")
        }
    }
}
