import Vocabulary

/// Checks the formula trees: each is whole, they follow each other without gaps, and every element they name is bound.
struct TreeVerifier {
    let program: Program
    let limits: BytecodeLimits
    let scopes: [AtomScope]
    /// How many scores and settings the conditions of each formula may use.
    let visible: [Int]

    private struct Open {
        let end: Int
        let binds: Bool
    }

    func verify() throws(BundleFault) {
        var next = 0
        for (number, formula) in program.formulas.enumerated() {
            try require(formula.root == next && next < program.nodes.count, "trees do not follow each other")
            next = program.nodes[next].end
            try require(next > formula.root && next <= program.nodes.count, "a tree has no end")
            try verifyTree(formula, visible: visible[number])
        }
        try require(next == program.nodes.count, "nodes are left over")
    }

    private func require(_ condition: Bool, _ reason: @autoclosure () -> String) throws(BundleFault) {
        try Verifier.require(condition, reason())
    }

    private func verifyTree(_ formula: FormulaEntry, visible: Int) throws(BundleFault) {
        var open: [Open] = []
        var bound = BoundElements()
        if let element = formula.element { try bound.push(element) }
        let end = program.nodes[formula.root].end
        for number in formula.root..<end {
            while let last = open.last, last.end == number {
                if last.binds { bound.pop() }
                open.removeLast()
            }
            let node = program.nodes[number]
            try require(node.end > number && node.end <= open.last?.end ?? end, "a node reaches out of its tree")
            let head = try verify(node, number, bound, level: formula.level)
            try require(
                node.kind != .atom || scopes[node.operand].computed <= visible, "a score or setting reaches itself")
            if let head { try bound.push(head) }
            if node.end > number + 1 {
                open.append(Open(end: node.end, binds: head != nil))
                try require(open.count <= limits.depth, "a formula is nested too deeply")
            }
        }
    }

    /// Checks one node and returns what it binds for its operand.
    private func verify(
        _ node: FormulaNode, _ number: Int, _ bound: BoundElements, level: EvaluationLevel
    ) throws(BundleFault) -> LoopHead? {
        let isLeaf = node.end == number + 1
        let hasOne = !isLeaf && program.nodes[number + 1].end == node.end
        switch node.kind {
        case .constant:
            try require(isLeaf && node.operand <= 1, "a constant is malformed")
        case .atom:
            try require(isLeaf && node.operand < program.atoms.count, "an atom is malformed")
            try verify(scopes[node.operand], bound, level: level)
            try verifyPlace(of: node)
        case .not:
            try require(hasOne, "a negation has not one operand")
        case .and, .or, .atLeast:
            try require(!isLeaf, "an operator has no operand")
        case .any:
            guard let packed = UInt8(exactly: node.operand), let head = LoopHead(packed: packed) else {
                throw BundleFault(.verification, "a quantifier has no list")
            }
            try require(hasOne, "a quantifier has not one operand")
            try verifyPlace(of: node)
            return head
        case .count:
            try require(node.operand < program.counts.count, "there is no count \(node.operand)")
            try verifyPlace(of: node)
            return try verifyCount(node, bound, isLeaf: isLeaf, hasOne: hasOne, level: level)
        }
        return nil
    }

    private func verifyCount(
        _ node: FormulaNode, _ bound: BoundElements, isLeaf: Bool, hasOne: Bool, level: EvaluationLevel
    ) throws(BundleFault) -> LoopHead? {
        switch program.counts[node.operand].measure {
        case .elements(let head):
            try require(hasOne, "a count has not one operand")
            return head
        case .sum(let fact, let head), .distinct(let fact, let head):
            try require(hasOne, "a sum or a count has not one operand")
            var inner = bound
            try inner.push(head)
            try verify(program.scope(of: program.facts[fact]), inner, level: level)
            return head
        case .values(let fact, _):
            try require(isLeaf, "a count of values has operands")
            try verify(program.scope(of: program.facts[fact]), bound, level: level)
        case .matches(let count):
            try require(isLeaf, "a count of matches has operands")
            let operand = program.patternGroups[program.matchCounts[count].group].operand
            try verify(program.operandScope(operand), bound, level: level)
        }
        return nil
    }

    private func verify(_ scope: AtomScope, _ bound: BoundElements, level: EvaluationLevel) throws(BundleFault) {
        try require(bound.covers(scope), "a fact's element is not bound")
        try require(level == .recipient || !scope.usesRecipient, "a formula of the message mentions the recipient")
    }

    private func verifyPlace(of node: FormulaNode) throws(BundleFault) {
        try require(node.place < program.places.count, "there is no place \(node.place)")
    }
}
