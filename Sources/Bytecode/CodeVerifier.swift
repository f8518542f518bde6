import Vocabulary

/// Checks the code: regions that end with `halt`, loops that nest, jumps ahead within one loop, registers set before
/// they are read, every formula stored once and at its level.
struct CodeVerifier {
    let program: Program
    let limits: BytecodeLimits
    let scopes: [AtomScope]
    /// How many scores and settings the conditions of each formula may use.
    let visible: [Int]

    /// A run of instructions up to its `halt`.
    private struct Region {
        let range: Range<Int>
        let level: EvaluationLevel
        /// The formula of a fragment; `nil` for the two sections.
        let formula: Int?
    }

    /// Registers that are surely set.
    private struct Defined {
        var truths = Set<UInt16>()
        var totals: UInt64 = 0

        func meeting(_ other: Defined) -> Defined {
            Defined(truths: truths.intersection(other.truths), totals: totals & other.totals)
        }
    }

    func verify() throws(BundleFault) {
        guard program.registerCount <= limits.registers, program.totalCount <= min(limits.totals, 64) else {
            throw BundleFault(.limit, "it needs too many registers")
        }
        let loops = try loopNumbers()
        var stored = Set<Int>()
        for region in try regions() {
            try verify(region, loops: loops, stored: &stored)
        }
        try require(stored.count == program.formulas.count, "a formula is never computed")
    }

    private func require(_ condition: Bool, _ reason: @autoclosure () -> String) throws(BundleFault) {
        try Verifier.require(condition, reason())
    }

    private func element(of formula: Int?) -> LoopHead? { formula.flatMap { program.formulas[$0].element } }

    private func regions() throws(BundleFault) -> [Region] {
        var fragments: [Int: Int] = [:]
        for (number, formula) in program.formulas.enumerated() {
            guard let fragment = formula.fragment else { continue }
            try require(fragments.updateValue(number, forKey: fragment) == nil, "two formulas share their code")
        }
        var regions: [Region] = []
        var start = 0
        for (place, instruction) in program.code.enumerated() where instruction.opcode == .halt {
            let range = start..<(place + 1)
            start = place + 1
            if let formula = fragments.removeValue(forKey: range.lowerBound) {
                regions.append(Region(range: range, level: program.formulas[formula].level, formula: formula))
            } else {
                try require(regions.count < 2, "code is left over")
                let level: EvaluationLevel = regions.isEmpty ? .message : .recipient
                try require(
                    level == .message || range.lowerBound == program.recipientSection,
                    "the recipient's section is not where it should be")
                regions.append(Region(range: range, level: level, formula: nil))
            }
        }
        try require(start == program.code.count, "the code does not end with a halt")
        try require(
            regions.count >= 2 && regions[0].formula == nil && regions[1].formula == nil, "a section is missing")
        try require(fragments.isEmpty, "a fragment does not start where it should")
        return regions
    }

    // MARK: Loops

    /// The number of the loop each instruction is in, 0 for none. `enter` belongs to the loop around it, `leave` to
    /// its own, so that a jump may go to it from inside.
    private func loopNumbers() throws(BundleFault) -> [Int] {
        var numbers: [Int] = []
        numbers.reserveCapacity(program.code.count)
        var open: [(enter: Int, number: Int)] = []
        var lastNumber = 0
        // Loops in the fragment of an element's formula stand within one more.
        var outer = 0
        let fragments = Set(program.formulas.compactMap { $0.element == nil ? nil : $0.fragment })
        for (place, instruction) in program.code.enumerated() {
            if fragments.contains(place) { outer = 1 }
            numbers.append(open.last?.number ?? 0)
            switch instruction.opcode {
            case .enter:
                guard let head = LoopHead(packed: instruction.small) else {
                    throw BundleFault(.verification, "a loop has no list")
                }
                try require(head.binder == open.count + outer, "binders are not in order")
                try require(
                    Int(instruction.immediate) > place + 1 && Int(instruction.immediate) < program.code.count,
                    "a loop has no end")
                lastNumber += 1
                open.append((place, lastNumber))
            case .leaveAny, .leaveTotal:
                guard let loop = open.popLast() else { throw BundleFault(.verification, "a loop ends twice") }
                let enter = program.code[loop.enter]
                let next = program.code[place - 1]
                try require(
                    Int(enter.immediate) == place && instruction.small == enter.small && next.opcode == .next
                        && Int(next.immediate) == loop.enter
                        && Int(next.small) == open.count + outer, "a loop is not well nested")
            case .next:
                let leave = place + 1 < program.code.count ? program.code[place + 1].opcode : .halt
                try require(!open.isEmpty && (leave == .leaveAny || leave == .leaveTotal), "a loop goes back twice")
            case .halt:
                try require(open.isEmpty, "a loop has no end")
                outer = 0
            default: break
            }
        }
        return numbers
    }

    // MARK: Instructions

    private func verify(_ region: Region, loops: [Int], stored: inout Set<Int>) throws(BundleFault) {
        var pending: [Int: Defined] = [:]
        var current: Defined? = Defined()
        var bound = BoundElements()
        if let element = element(of: region.formula) { try bound.push(element) }
        for place in region.range {
            if let arriving = pending.removeValue(forKey: place) { current = current?.meeting(arriving) ?? arriving }
            guard var defined = current else { throw BundleFault(.verification, "code is never reached") }
            let instruction = program.code[place]
            try verifyUses(of: instruction, defined)
            try verifyTables(of: instruction, bound, region: region, stored: &stored)
            define(instruction, &defined)
            current = defined
            switch instruction.opcode {
            case .jump, .jumpIfFalse, .jumpIfTrue, .jumpUnlessLive:
                let target = Int(instruction.immediate)
                try require(
                    target > place && region.range.contains(target) && loops[target] == loops[place],
                    "a jump goes back or out of its loop")
                pending[target] = pending[target]?.meeting(defined) ?? defined
                if instruction.opcode == .jump { current = nil }
            case .reuse:
                // Where the value is not yet known the next instruction is left out and the register not set.
                try require(
                    region.range.contains(place + 2) && loops[place + 2] == loops[place]
                        && loops[place + 1] == loops[place], "a shared value ends its loop")
                var without = defined
                without.truths.remove(instruction.register)
                pending[place + 2] = pending[place + 2]?.meeting(without) ?? without
            case .enter:
                if let head = LoopHead(packed: instruction.small) { try bound.push(head) }
                let leave = Int(instruction.immediate)
                pending[leave] = pending[leave]?.meeting(defined) ?? defined
            case .leaveAny, .leaveTotal: bound.pop()
            default: break
            }
        }
    }

    private func verifyUses(of instruction: Instruction, _ defined: Defined) throws(BundleFault) {
        let row = instruction.opcode.row
        if row.register == "truth" {
            try require(Int(instruction.register) < program.registerCount, "there is no such register")
        }
        let total = instruction.opcode == .leaveTotal ? Int(instruction.register) : Int(instruction.small)
        if row.small == "total" || row.register == "total" {
            try require(total < program.totalCount, "there is no such total")
            try require(
                instruction.opcode == .clear || defined.totals & (1 << UInt64(total)) != 0, "a total is read unset")
        }
        try require(row.small != nil || instruction.small == 0, "an unused operand is not zero")
        try require(row.register != nil || instruction.register == 0, "an unused operand is not zero")
        try require(row.immediate != nil || instruction.immediate == 0, "an unused operand is not zero")
        switch instruction.opcode {
        case .not, .and, .or, .jumpIfFalse, .jumpIfTrue, .store, .keep, .leaveAny, .tally, .addNumbers, .addDistinct:
            try require(defined.truths.contains(instruction.register), "a register is read before it is set")
        default: break
        }
        if instruction.opcode == .and || instruction.opcode == .or {
            try require(
                UInt16(exactly: instruction.immediate).map(defined.truths.contains) ?? false,
                "a register is read before it is set")
        }
    }

    private func define(_ instruction: Instruction, _ defined: inout Defined) {
        switch instruction.opcode {
        case .constant, .test, .reuse, .compareTotal: defined.truths.insert(instruction.register)
        case .clear: defined.totals |= 1 << UInt64(instruction.small)
        default: break
        }
    }

    private func verifyTables(
        of instruction: Instruction, _ bound: BoundElements, region: Region, stored: inout Set<Int>
    ) throws(BundleFault) {
        let immediate = Int(instruction.immediate)
        switch instruction.opcode {
        case .constant:
            try require(immediate == 0 || immediate == 0x8000, "a constant is neither true nor false")
        case .test:
            try require(immediate < scopes.count, "there is no atom \(immediate)")
            try verify(scopes[immediate], bound, region.level)
            try require(
                scopes[immediate].computed <= region.formula.map { visible[$0] } ?? .max,
                "a score or setting reaches itself")
        case .jumpUnlessLive:
            try require(instruction.small < 8, "there is no such direction")
        case .store:
            try require(immediate < program.formulas.count, "there is no formula \(immediate)")
            let formula = program.formulas[immediate]
            try require(
                formula.level == region.level && bound.heads.count == (formula.element == nil ? 0 : 1),
                "a formula is computed at a wrong place")
            try require(
                region.formula.map { $0 == immediate } ?? (formula.fragment == nil),
                "a formula is computed at a wrong place")
            try require(stored.insert(immediate).inserted, "a formula is computed twice")
        case .reuse, .keep:
            try require(immediate < program.sharedValues.count, "there is no shared value \(immediate)")
            try require(
                region.level == .recipient || program.sharedValues[immediate] == .message,
                "a shared value is used at a wrong place")
        case .addNumbers, .addDistinct, .countValues, .countDistinct:
            try require(immediate < program.facts.count, "there is no fact \(immediate)")
            try verify(program.scope(of: program.facts[immediate]), bound, region.level)
        case .countMatches:
            try require(immediate < program.matchCounts.count, "there is no count \(immediate)")
            let operand = program.patternGroups[program.matchCounts[immediate].group].operand
            try verify(program.operandScope(operand), bound, region.level)
        case .compareTotal:
            try require(immediate < program.comparisons.count, "there is no comparison \(immediate)")
        default: break
        }
    }

    private func verify(_ scope: AtomScope, _ bound: BoundElements, _ level: EvaluationLevel) throws(BundleFault) {
        try require(bound.covers(scope), "a fact's element is not bound")
        try require(level == .recipient || !scope.usesRecipient, "code of the message mentions the recipient")
    }
}
