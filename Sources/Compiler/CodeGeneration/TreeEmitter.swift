import Bytecode
import Semantics
import Vocabulary

/// Writes formulas as trees, as the policy has them: evidence follows what the author wrote, not what the code does.
enum TreeEmitter {
    /// Appends the tree of a formula and returns its root.
    @discardableResult
    static func append(_ formula: Formula, to tables: inout TableBuilder) -> Int {
        let root = tables.program.nodes.count
        var node = FormulaNode(kind: .constant, costClass: formula.costClass)
        tables.program.nodes.append(node)
        switch formula {
        case .constant(let value):
            node.operand = value ? 1 : 0
        case .atom(let atom):
            node.kind = .atom
            node.operand = tables.atom(atom.test)
            node.place = tables.place(atom.place)
        case .not(let operand):
            node.kind = .not
            append(operand, to: &tables)
        case .and(let operands):
            node.kind = .and
            for operand in operands { append(operand, to: &tables) }
        case .or(let operands):
            node.kind = .or
            for operand in operands { append(operand, to: &tables) }
        case .atLeast(let number, let operands, _):
            node.kind = .atLeast
            node.operand = max(0, number)
            for operand in operands { append(operand, to: &tables) }
        case .some(let quantification):
            node.kind = .any
            node.operand = Int(LoopHead(list: quantification.list, binder: quantification.binder).packed)
            node.place = tables.place(quantification.place)
            append(quantification.body, to: &tables)
        case .count(let count):
            node.kind = .count
            node.operand = entry(of: count, in: &tables)
            node.place = tables.place(count.place)
            switch count.measure {
            case .elements(_, _, let body), .sum(_, _, _, let body), .distinct(_, _, _, let body):
                append(body, to: &tables)
            case .values, .matches: break
            }
        }
        node.end = tables.program.nodes.count
        tables.program.nodes[root] = node
        return root
    }

    private static func entry(of count: Count, in tables: inout TableBuilder) -> Int {
        let measure: CountEntry.Measure =
            switch count.measure {
            case .elements(let list, let binder, _): .elements(LoopHead(list: list, binder: binder))
            case .values(let reference, let distinct): .values(fact: tables.fact(reference), distinct: distinct)
            case .sum(let reference, let list, let binder, _):
                .sum(fact: tables.fact(reference), LoopHead(list: list, binder: binder))
            case .distinct(let reference, let list, let binder, _):
                .distinct(fact: tables.fact(reference), LoopHead(list: list, binder: binder))
            case .matches(let pattern, let operand): .matches(tables.matchCount(pattern, in: operand))
            }
        return tables.count(
            CountEntry(
                measure: measure, comparison: Comparison(order: count.order, bound: count.bound), type: count.type))
    }
}
