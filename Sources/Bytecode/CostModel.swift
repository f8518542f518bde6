import Vocabulary

/// What a program costs at worst, in steps.
///
/// An instruction inside loops counts as often as the declared limits of the lists let it run. The worst path is taken
/// to be all instructions, which bounds every path because jumps go ahead only.
public struct CostModel {
    /// Steps of each formula's code: from behind the store before it in its section or fragment to its own.
    public private(set) var formulas: [UInt64]
    public private(set) var messageCost: UInt64 = 0
    public private(set) var recipientCost: UInt64 = 0

    /// Computes the costs of a program whose tables are in order and whose loops are well nested.
    public init(of program: Program) {
        formulas = Array(repeating: 0, count: program.formulas.count)
        let atoms = program.atomScopes().map(\.steps)
        var fragmentLevels: [Int: EvaluationLevel] = [:]
        // The formula of an element is asked once for each element of its list.
        var fragmentFactors: [Int: UInt64] = [:]
        for formula in program.formulas {
            guard let fragment = formula.fragment else { continue }
            fragmentLevels[fragment] = formula.level
            if let element = formula.element {
                fragmentFactors[fragment] = UInt64(max(1, program.manifest.limits[element.list]))
            }
        }
        var level = EvaluationLevel.message
        var factors: [UInt64] = [1]
        var sinceStore: UInt64 = 0
        var startsRegion = true
        for (place, instruction) in program.code.enumerated() {
            if startsRegion {
                level = fragmentLevels[place] ?? (place == program.recipientSection ? .recipient : .message)
                factors = [fragmentFactors[place] ?? 1]
                sinceStore = 0
                startsRegion = false
            }
            if instruction.opcode == .leaveAny || instruction.opcode == .leaveTotal, factors.count > 1 {
                factors.removeLast()
            }
            var steps = UInt64(instruction.opcode.row.steps)
            if instruction.opcode == .test { steps = steps.addingSaturating(atoms[Int(instruction.immediate)]) }
            let cost = steps.multipliedSaturating(by: factors[factors.count - 1])
            sinceStore = sinceStore.addingSaturating(cost)
            switch level {
            case .message: messageCost = messageCost.addingSaturating(cost)
            case .recipient: recipientCost = recipientCost.addingSaturating(cost)
            }
            switch instruction.opcode {
            case .enter:
                let limit = LoopHead(packed: instruction.small).map { program.manifest.limits[$0.list] } ?? 0
                factors.append(factors[factors.count - 1].multipliedSaturating(by: UInt64(max(1, limit))))
            case .store:
                formulas[Int(instruction.immediate)] = sinceStore
                sinceStore = 0
            case .halt:
                startsRegion = true
            default: break
            }
        }
    }

    /// What a rule costs: its condition, its own excuses and what it takes away, once.
    public func cost(of rule: RuleEntry) -> UInt64 {
        (rule.unless + rule.strips).reduce(formulas[rule.when]) { $0.addingSaturating(formulas[$1]) }
    }
}
