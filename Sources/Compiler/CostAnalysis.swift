import Bytecode
import Diagnostics
import Semantics
import Vocabulary

/// Says which expression makes a program too costly, by which factor, and what would fit.
struct CostAnalysis {
    let policy: TypedPolicy
    let limits: CostLimits
    /// What the policy costs at worst with other limits; `nil` where it cannot be told.
    let cost: (CostLimits) -> UInt64?

    /// A quantifier or count with the lists that multiply its body.
    private struct Loop {
        var lists: [ElementListName]
        var place: SourcePlace
        var body: UInt64

        func cost(_ limits: CostLimits) -> UInt64 {
            lists.reduce(body) { $0.multipliedSaturating(by: UInt64(max(1, limits[$1]))) }
        }
    }

    /// The diagnostics of a program over its budget; none if it is within.
    func faults(of program: Program, in sources: SourceSet) -> [Diagnostic] {
        let total = program.manifest.worstCaseCost
        guard total > limits.budget, let rule = costliestRule(of: program),
            let typed = policy.rules.first(where: { $0.name == rule.name })
        else { return [] }
        var isForEach = ([rule.when] + rule.unless).contains { program.formulas[$0].level == .recipient }
        var loops: [Loop] = []
        for formula in [typed.when] + typed.unless { collect(formula, [], &loops) }
        var worst = loops.max { $0.cost(limits) < $1.cost(limits) }
        // The conditions of scores and settings belong to no rule.
        for (number, computed) in policy.computed.enumerated() {
            var own: [Loop] = []
            for row in computed.rows { collect(row.when, [], &own) }
            guard let loop = own.max(by: { $0.cost(limits) < $1.cost(limits) }) else { continue }
            let isOften = program.computed[number].level == .recipient
            if weight(loop, isForEach: isOften) > worst.map({ weight($0, isForEach: isForEach) }) ?? 0 {
                (worst, isForEach) = (loop, isOften)
            }
        }
        let place = worst?.place ?? typed.place
        var factors = (worst?.lists ?? []).map { "\(CompilerDiagnostics.grouped(UInt64(limits[$0]))) \($0.rawValue)" }
        factors.append("\(CompilerDiagnostics.grouped(worst?.body ?? rule.cost)) steps")
        if isForEach { factors.insert("\(CompilerDiagnostics.grouped(UInt64(limits.recipients))) recipients", at: 0) }
        return [
            CompilerDiagnostics.overBudget(
                sources.span(of: place), total: total, budget: limits.budget,
                factors: factors.joined(separator: " × "),
                change: change(worst, isForEach: isForEach))
        ]
    }

    private func weight(_ loop: Loop, isForEach: Bool) -> UInt64 {
        loop.cost(limits).multipliedSaturating(by: isForEach ? UInt64(limits.recipients) : 1)
    }

    private func costliestRule(of program: Program) -> RuleEntry? {
        func weight(_ rule: RuleEntry) -> UInt64 {
            let isForEach = program.formulas[rule.when].level == .recipient
            return isForEach ? rule.cost.multipliedSaturating(by: UInt64(limits.recipients)) : rule.cost
        }
        return program.rules.max { (weight($0), $1.name) < (weight($1), $0.name) }
    }

    // MARK: - What would fit

    /// The numbers that are suggested as limits, the greatest first.
    private static let suggestedLimits = [5000, 2000, 1000, 500, 200, 100, 50, 20, 10]

    /// Lower limits with which the policy is within its budget, tried by reckoning its cost with them. The fewest lists
    /// are lowered, and as little as will do.
    private func change(_ loop: Loop?, isForEach: Bool) -> String {
        var lists: [DeclaredLimit] = []
        for list in loop?.lists ?? [] {
            let limit = Self.limit(of: list)
            if !lists.contains(limit) { lists.append(limit) }
        }
        lists.sort { limits[$0] > limits[$1] }
        var choices: [[DeclaredLimit]] = lists.map { [$0] }
        if lists.count > 1 { choices.append(lists) }
        if isForEach { choices.append(lists + [.recipients]) }
        for choice in choices {
            guard let number = greatestLimit(of: choice) else { continue }
            let written = choice.map { "\($0.rawValue) \(min(number, limits[$0]))" }.joined(separator: ", ")
            return "write `limits (\(written))` in the policy's header, which fits: what lies beyond is `over-limit`"
                + (choice.contains(.recipients) ? ", and mail to more is deferred where its steps run out" : "")
        }
        return "no lower limit makes it fit: split the policy, take quantifiers out of one another, or shorten its "
            + "lists of texts"
    }

    /// The greatest of the suggested numbers with which the policy is within its budget. The cost grows with a limit, so
    /// that few of them need to be tried.
    private func greatestLimit(of choice: [DeclaredLimit]) -> Int? {
        let numbers = Self.suggestedLimits.filter { number in choice.contains { number < limits[$0] } }
        var (start, end) = (0, numbers.count)
        while start < end {
            let middle = (start + end) / 2
            let lower = limits.lowered(to: Dictionary(uniqueKeysWithValues: choice.map { ($0, numbers[middle]) }))
            if let total = cost(lower), total <= limits.budget { end = middle } else { start = middle + 1 }
        }
        return start < numbers.count ? numbers[start] : nil
    }

    private static func limit(of list: ElementListName) -> DeclaredLimit {
        switch list {
        case .attachments: .attachments
        case .files: .files
        case .parts: .parts
        case .urls: .urls
        }
    }

    // MARK: - Loops

    private func collect(_ formula: Formula, _ lists: [ElementListName], _ loops: inout [Loop]) {
        switch formula {
        case .constant, .atom: break
        case .not(let operand): collect(operand, lists, &loops)
        case .and(let operands), .or(let operands), .atLeast(_, let operands, _):
            for operand in operands { collect(operand, lists, &loops) }
        case .some(let quantification):
            add(lists + [quantification.list], quantification.body, quantification.place, &loops)
        case .count(let count):
            switch count.measure {
            case .elements(let list, _, let body), .sum(_, let list, _, let body), .distinct(_, let list, _, let body):
                add(lists + [list], body, count.place, &loops)
            case .values, .matches: break
            }
        }
    }

    private func add(_ lists: [ElementListName], _ body: Formula, _ place: SourcePlace, _ loops: inout [Loop]) {
        loops.append(Loop(lists: lists, place: place, body: UInt64(tests(in: body)) * 4))
        collect(body, lists, &loops)
    }

    /// The number of tests in a formula, inner loops left out.
    private func tests(in formula: Formula) -> Int {
        switch formula {
        case .constant, .atom, .some, .count: 1
        case .not(let operand): tests(in: operand)
        case .and(let operands), .or(let operands), .atLeast(_, let operands, _):
            operands.reduce(0) { $0 + tests(in: $1) }
        }
    }
}
