import Bytecode
import Vocabulary

/// A score or setting whose rows were shown.
private struct ShownComputed: Hashable {
    let number: Int
    let ofUnknown: Bool
}

/// Finds why a formula has its value, over its tree, without regard to what the code did.
///
/// The first deciding operand is the one with the least cost class, then the least place among its sisters; the first
/// element is the first of the list. Recursion follows the tree, whose depth the verifier bounds.
struct Explainer {
    let inquiry: Inquiry
    var execution: Execution
    /// Nodes that may still be visited.
    var visits: Int
    private var found: [Evidence] = []
    private var seen: Set<Evidence> = []
    /// Scores and settings whose rows have been shown, with whether those that may count were.
    private var shown: Set<ShownComputed> = []

    init(inquiry: Inquiry, execution: Execution, visits: Int) {
        self.inquiry = inquiry
        self.execution = execution
        self.visits = visits
    }

    private var program: Program { inquiry.loaded.program }
    private var isFull: Bool { found.count >= EvidenceLimits.piecesOfRule || visits <= 0 }

    /// The evidence of a tree that has this value, without repetition, at most `EvidenceLimits.piecesOfRule`.
    mutating func evidence(ofTree root: Int, value: Truth) -> [Evidence] {
        found = []
        seen = []
        shown = []
        collect(root, value)
        return found
    }

    private mutating func add(_ evidence: Evidence) {
        if !isFull, seen.insert(evidence).inserted { found.append(evidence) }
    }

    // MARK: Truth

    /// The value of a tree for the elements bound now.
    mutating func truth(ofTree number: Int) -> Truth {
        let node = program.nodes[number]
        visits -= 1
        if visits <= 0 { return .no }
        switch node.kind {
        case .constant: return Truth(node.operand == 1)
        case .atom: return execution.truth(ofAtom: node.operand, inquiry)
        case .not: return !truth(ofTree: number + 1)
        case .and:
            var truth = Truth.yes
            for operand in operands(of: number) {
                truth = truth && self.truth(ofTree: operand)
                if truth.isFalse { break }
            }
            return truth
        case .or:
            var truth = Truth.no
            for operand in operands(of: number) {
                truth = truth || self.truth(ofTree: operand)
                if truth.isTrue { break }
            }
            return truth
        case .atLeast:
            var total = Total()
            for operand in operands(of: number) { total.add(1, if: truth(ofTree: operand)) }
            return total.truth(of: Comparison(order: .greaterOrEqual, bound: Int64(node.operand)))
        case .any:
            guard let head = LoopHead(packed: UInt8(truncatingIfNeeded: node.operand)) else { return .no }
            let list = inquiry.elements(of: head.list)
            var truth = Truth.unknown(list.missing)
            for element in list.elements {
                inquiry.bind(element, head)
                truth = truth || self.truth(ofTree: number + 1)
                if truth.isTrue { break }
            }
            return truth
        case .count:
            let entry = program.counts[node.operand]
            return total(of: entry.measure, body: number + 1).truth(of: entry.comparison)
        }
    }

    func operands(of number: Int) -> [Int] {
        var operands: [Int] = []
        var next = number + 1
        let end = program.nodes[number].end
        while next < end {
            operands.append(next)
            next = program.nodes[next].end
        }
        return operands
    }

    private mutating func total(of measure: CountEntry.Measure, body: Int) -> Total {
        var total = Total()
        switch measure {
        case .elements(let head):
            let list = inquiry.elements(of: head.list)
            for element in list.elements {
                inquiry.bind(element, head)
                total.add(1, if: truth(ofTree: body))
            }
            total.open(for: list.missing)
        case .sum(let fact, let head):
            let list = inquiry.elements(of: head.list)
            for element in list.elements {
                inquiry.bind(element, head)
                let truth = truth(ofTree: body)
                if truth.isFalse { continue }
                inquiry.bind(element, head)
                total.add(inquiry.fact(fact), if: truth)
            }
            total.open(for: list.missing)
        case .distinct(let fact, let head):
            let list = inquiry.elements(of: head.list)
            for element in list.elements {
                inquiry.bind(element, head)
                let truth = truth(ofTree: body)
                if truth.isFalse { continue }
                inquiry.bind(element, head)
                total.add(distinct: inquiry.fact(fact), if: truth)
            }
            total.open(for: list.missing)
        case .values(let fact, let distinct):
            inquiry.addValues(of: fact, distinct: distinct, to: &total)
        case .matches(let count):
            inquiry.addMatches(program.matchCounts[count], to: &total)
        }
        return total
    }

    // MARK: Evidence

    private mutating func collect(_ number: Int, _ value: Truth) {
        if isFull { return }
        let node = program.nodes[number]
        switch node.kind {
        case .constant: break
        case .not: collect(number + 1, !value)
        case .atom:
            add(piece(ofAtom: node, value))
            for computed in inquiry.loaded.atoms[node.operand].computed { collectRows(of: computed, value) }
        case .and:
            if value.isFalse {
                collectFirst(1, of: number) { $0.isFalse }
            } else {
                collectAll(of: number) { value.isTrue || $0.isUnknown }
            }
        case .or:
            if value.isTrue {
                collectFirst(1, of: number) { $0.isTrue }
            } else {
                collectAll(of: number) { value.isFalse || $0.isUnknown }
            }
        case .atLeast:
            if value.isTrue {
                collectFirst(node.operand, of: number) { $0.isTrue }
            } else {
                collectAll(of: number) { value.isUnknown ? $0.isUnknown : $0.isFalse }
            }
        case .any: collectElements(number, value)
        case .count: add(piece(ofCount: node, number, value))
        }
    }

    /// What made a score or setting: the rows that count, of an unknown also those that may, then why each does.
    private mutating func collectRows(of number: Int, _ value: Truth) {
        // What it shows does not depend on where it is used, so once is enough.
        guard !isFull, shown.insert(ShownComputed(number: number, ofUnknown: value.isUnknown)).inserted else { return }
        let entry = program.computed[number]
        let (bound, kinds) = (inquiry.bound, inquiry.boundKinds)
        defer {
            inquiry.bound = bound
            inquiry.boundKinds = kinds
        }
        let rows = entry.rows.map { ($0, execution.truthAside(ofFormula: $0.formula, inquiry)) }
        let counting = rows.filter { $1.isTrue || (value.isUnknown && $1.isUnknown) }
        for (row, truth) in counting { add(entry.piece(row.value, row.place, truth, program)) }
        if let otherwise = entry.otherwise, !rows.contains(where: { $1.isTrue }) {
            add(entry.piece(otherwise.value, otherwise.place, .yes, program))
        }
        for (row, truth) in counting where !isFull { collect(program.formulas[row.formula].root, truth) }
    }

    private mutating func collectAll(of number: Int, where decides: (Truth) -> Bool) {
        for operand in operands(of: number) where !isFull {
            let truth = truth(ofTree: operand)
            if decides(truth) { collect(operand, truth) }
        }
    }

    private mutating func collectFirst(_ count: Int, of number: Int, where decides: (Truth) -> Bool) {
        let nodes = program.nodes
        let byCost = operands(of: number).sorted { (nodes[$0].costClass, $0) < (nodes[$1].costClass, $1) }
        var left = count
        for operand in byCost where left > 0 && !isFull {
            let truth = truth(ofTree: operand)
            if decides(truth) {
                collect(operand, truth)
                left -= 1
            }
        }
    }

    private mutating func collectElements(_ number: Int, _ value: Truth) {
        let node = program.nodes[number]
        guard let head = LoopHead(packed: UInt8(truncatingIfNeeded: node.operand)) else { return }
        let list = inquiry.elements(of: head.list)
        func single(_ excerpt: String) -> Evidence {
            Evidence(fact: head.list.rawValue, part: nil, excerpt: excerpt, span: program.places[node.place])
        }
        if value.isFalse { return add(single("none of \(list.elements.count)")) }
        for element in list.elements where !isFull {
            inquiry.bind(element, head)
            let truth = truth(ofTree: number + 1)
            guard value.isTrue ? truth.isTrue : truth.isUnknown else { continue }
            inquiry.bind(element, head)
            collect(number + 1, truth)
            if value.isTrue { return }
        }
        if !list.missing.isEmpty { add(single(list.missing.names.joined(separator: ", "))) }
    }

    mutating func piece(ofCount node: FormulaNode, _ number: Int, _ value: Truth) -> Evidence {
        let entry = program.counts[node.operand]
        let total = total(of: entry.measure, body: number + 1)
        var excerpt = Value.number(total.lowest).described(as: entry.type)
        if total.highest != total.lowest { excerpt += "+" }
        if value.isUnknown { excerpt += " (\(value.reasons.names.joined(separator: ", ")))" }
        return Evidence(
            fact: description(of: entry.measure), part: nil, excerpt: excerpt, span: program.places[node.place])
    }

    private func description(of measure: CountEntry.Measure) -> String {
        switch measure {
        case .elements(let head): "count of \(head.list.rawValue)"
        case .values(let fact, _): "count of \(program.facts[fact])"
        case .sum(let fact, let head): "sum of \(head.list.rawValue).\(program.facts[fact])"
        case .distinct(let fact, let head): "count of distinct \(head.list.rawValue).\(program.facts[fact])"
        case .matches(let count):
            "count of matches in \(inquiry.description(of: operand(ofCount: count)))"
        }
    }

    private func operand(ofCount count: Int) -> Int {
        program.patternGroups[program.matchCounts[count].group].operand
    }

    func piece(ofAtom node: FormulaNode, _ value: Truth) -> Evidence {
        let test = program.atoms[node.operand]
        let operand = inquiry.operand(of: test)
        if let words = inquiry.words(of: test, value) {
            return Evidence(
                fact: operand.map(inquiry.description) ?? "", part: inquiry.part(of: test), words: words,
                span: program.places[node.place])
        }
        let excerpt: String =
            if let operand, let text = inquiry.textOfComputed(operand) {
                text + inquiry.threshold(of: test)
                    + (value.isUnknown ? " (\(value.reasons.names.joined(separator: ", ")))" : "")
            } else if value.isUnknown {
                value.reasons.names.joined(separator: ", ")
            } else if value.isTrue {
                inquiry.excerptOfTrue(test)
            } else {
                inquiry.excerptOfFalse(test)
            }
        return Evidence(
            fact: operand.map(inquiry.description) ?? "container", part: inquiry.part(of: test),
            excerpt: excerpt, span: program.places[node.place])
    }
}
