import Bytecode
import Vocabulary

/// Why the machine stopped.
struct Trap: Error {
    let text: String
}

/// The registers of one run: truths as words, totals, and what has been found so far.
///
/// A struct whose methods mutate it: state in the properties of a class, touched through calls, cost 25 ns a step when
/// it was measured, because every access is checked for exclusivity.
struct Execution {
    private var registers: [UInt16]
    private var totals: [Total]
    /// Truths of atoms: the bits, with bit 16 set once they are known.
    private var atoms: [UInt32]
    private var shared: [UInt32]
    private(set) var formulas: [UInt32]
    private(set) var steps: UInt64 = 0
    private var loops: [Loop] = []
    /// Registers for conditions that are run while others run, to be used again.
    private var spareFrames: [Frame] = []
    private let known: UInt32 = 0x1_0000

    private struct Loop {
        let elements: [Int]
        var index = 0
    }

    /// What a run that interrupts another would overwrite.
    private struct Frame {
        var registers: [UInt16]
        var totals: [Total]
        var loops: [Loop] = []
    }

    init(_ loaded: LoadedProgram) {
        let program = loaded.program
        registers = Array(repeating: 0, count: program.registerCount)
        totals = Array(repeating: Total(), count: program.totalCount)
        atoms = Array(repeating: 0, count: program.atoms.count)
        shared = Array(repeating: 0, count: program.sharedValues.count)
        formulas = Array(repeating: 0, count: program.formulas.count)
    }

    /// Forgets what depended on the recipient judged before.
    mutating func forgetRecipient(_ loaded: LoadedProgram) {
        for atom in loaded.recipientAtoms { atoms[atom] = 0 }
        for (number, level) in loaded.program.sharedValues.enumerated() where level == .recipient { shared[number] = 0 }
        for (number, formula) in loaded.program.formulas.enumerated() where formula.level == .recipient {
            formulas[number] = 0
        }
    }

    /// The value of a condition that a section computed; false where no recipient asked for it.
    func truth(ofFormula number: Int) -> Truth { Truth(bits: UInt16(truncatingIfNeeded: formulas[number])) }

    /// The value of a formula, computed now if its code is a fragment that has not run.
    mutating func truth(ofFormula number: Int, _ inquiry: Inquiry) throws(Trap) -> Truth {
        if formulas[number] & known == 0, let fragment = inquiry.loaded.program.formulas[number].fragment {
            try run(from: fragment, live: .all, inquiry)
        }
        return truth(ofFormula: number)
    }

    /// The value of a formula for the element bound now: its code runs anew for each.
    mutating func truth(ofElementFormula number: Int, _ inquiry: Inquiry) throws(Trap) -> Truth {
        if let fragment = inquiry.loaded.program.formulas[number].fragment {
            try run(from: fragment, live: .all, inquiry)
        }
        return truth(ofFormula: number)
    }

    /// The truth of an atom, remembered where it does not depend on an element. Takes no steps: those are counted
    /// where code asks, evidence has its own bound.
    mutating func truth(ofAtom number: Int, _ inquiry: Inquiry) -> Truth {
        let word = atoms[number]
        if word & known != 0 { return Truth(bits: UInt16(truncatingIfNeeded: word)) }
        if inquiry.loaded.atoms[number].usesComputed { reckon(inquiry.loaded.atoms[number].computed, inquiry) }
        if let index = inquiry.loaded.atoms[number].index {
            answer(inquiry.loaded.indexes[index], inquiry)
            return Truth(bits: UInt16(truncatingIfNeeded: atoms[number]))
        }
        let truth = inquiry.truth(ofAtom: number)
        if inquiry.loaded.atoms[number].isRemembered { atoms[number] = UInt32(truth.bits) | known }
        return truth
    }

    /// Makes scores and settings known: runs the conditions of their rows that have not run.
    ///
    /// When the budget is used up the rest is unknown; the run that asked stops at its next instruction.
    mutating func reckon(_ numbers: [Int], _ inquiry: Inquiry) {
        for number in numbers where inquiry.reckonings[number] == nil {
            let entry = inquiry.loaded.program.computed[number]
            var truths: [Truth] = []
            truths.reserveCapacity(entry.rows.count)
            for row in entry.rows { truths.append(truthAside(ofFormula: row.formula, inquiry)) }
            inquiry.reckonings[number] = entry.reckoning(truths, constants: inquiry.loaded.program.constants)
        }
    }

    /// The value of a formula on demand while other code runs: what that holds is put aside.
    mutating func truthAside(ofFormula number: Int, _ inquiry: Inquiry) -> Truth {
        if formulas[number] & known != 0 { return truth(ofFormula: number) }
        var frame =
            spareFrames.popLast()
            ?? Frame(
                registers: Array(repeating: 0, count: registers.count),
                totals: Array(repeating: Total(), count: totals.count))
        exchange(with: &frame)
        let (bound, kinds) = (inquiry.bound, inquiry.boundKinds)
        defer {
            exchange(with: &frame)
            spareFrames.append(frame)
            inquiry.bound = bound
            inquiry.boundKinds = kinds
        }
        do throws(Trap) {
            return try truth(ofFormula: number, inquiry)
        } catch {
            return .unknown(.overLimit)
        }
    }

    private mutating func exchange(with frame: inout Frame) {
        swap(&registers, &frame.registers)
        swap(&totals, &frame.totals)
        swap(&loops, &frame.loops)
    }

    /// Settles all atoms of an index.
    private mutating func answer(_ index: AtomIndex, _ inquiry: Inquiry) {
        let otherwise = UInt32(Truth.unknown(inquiry.resolve(index.operand).missing).bits) | known
        for atom in index.atoms { atoms[atom] = otherwise }
        index.answer(inquiry) { atom, truth in atoms[atom] = UInt32(truth.bits) | known }
    }

    /// Runs the code from a place to its `halt`.
    ///
    /// - Throws: `Trap` when the budget of steps is used up.
    mutating func run(from start: Int, live: DirectionSet, _ inquiry: Inquiry) throws(Trap) {
        // Taken into locals once: fetching each instruction through another target's method made a loop like this
        // 2.1 to 2.4 times slower.
        let code = inquiry.loaded.program.code
        let budget = inquiry.loaded.limits.steps
        var place = start
        loops.removeAll(keepingCapacity: true)
        while true {
            let instruction = code[place]
            place &+= 1
            steps &+= 1
            if steps > budget { throw Trap(text: "the policy took more than \(budget) steps") }
            let register = Int(instruction.register)
            let immediate = Int(instruction.immediate)
            switch instruction.opcode {
            case .halt:
                steps &-= 1
                return
            case .constant: registers[register] = UInt16(truncatingIfNeeded: immediate)
            case .test:
                let word = atoms[immediate]
                if word & known != 0 {
                    registers[register] = UInt16(truncatingIfNeeded: word)
                } else {
                    steps &+= inquiry.loaded.atoms[immediate].steps
                    registers[register] = truth(ofAtom: immediate, inquiry).bits
                }
            case .not: registers[register] = (!Truth(bits: registers[register])).bits
            case .and:
                registers[register] = (Truth(bits: registers[register]) && Truth(bits: registers[immediate])).bits
            case .or:
                registers[register] = (Truth(bits: registers[register]) || Truth(bits: registers[immediate])).bits
            case .jump: place = immediate
            case .jumpIfFalse: if registers[register] == 0 { place = immediate }
            case .jumpIfTrue: if registers[register] == 0x8000 { place = immediate }
            case .jumpUnlessLive: if instruction.small & live.rawValue == 0 { place = immediate }
            case .store: formulas[immediate] = UInt32(registers[register]) | known
            case .reuse:
                if shared[immediate] & known != 0 {
                    registers[register] = UInt16(truncatingIfNeeded: shared[immediate])
                } else {
                    place &+= 1
                }
            case .keep: shared[immediate] = UInt32(registers[register]) | known
            case .enter: if !enter(instruction, inquiry) { place = immediate }
            case .next: if advance(inquiry, code[immediate].small) { place = immediate &+ 1 }
            case .leaveAny, .leaveTotal: leave(instruction, inquiry)
            case .clear, .tally, .addNumbers, .addDistinct, .countValues, .countDistinct, .countMatches, .compareTotal:
                count(instruction, inquiry)
            }
        }
    }

    // MARK: Loops

    private mutating func enter(_ instruction: Instruction, _ inquiry: Inquiry) -> Bool {
        guard let head = LoopHead(packed: instruction.small) else { return false }
        let elements = inquiry.elements(of: head.list).elements
        loops.append(Loop(elements: elements))
        guard let first = elements.first else { return false }
        inquiry.bind(first, head)
        return true
    }

    private mutating func advance(_ inquiry: Inquiry, _ packed: UInt8) -> Bool {
        guard let head = LoopHead(packed: packed), !loops.isEmpty else { return false }
        let last = loops.count - 1
        loops[last].index += 1
        let index = loops[last].index
        guard index < loops[last].elements.count else { return false }
        inquiry.bind(loops[last].elements[index], head)
        return true
    }

    private mutating func leave(_ instruction: Instruction, _ inquiry: Inquiry) {
        _ = loops.popLast()
        guard let head = LoopHead(packed: instruction.small) else { return }
        let missing = inquiry.elements(of: head.list).missing
        let register = Int(instruction.register)
        if instruction.opcode == .leaveAny {
            registers[register] = (Truth(bits: registers[register]) || .unknown(missing)).bits
        } else {
            totals[register].open(for: missing)
        }
    }

    // MARK: Totals

    private mutating func count(_ instruction: Instruction, _ inquiry: Inquiry) {
        let total = Int(instruction.small)
        let register = Int(instruction.register)
        let immediate = Int(instruction.immediate)
        switch instruction.opcode {
        case .clear: totals[total] = Total()
        case .tally: totals[total].add(1, if: Truth(bits: registers[register]))
        case .addNumbers:
            let truth = Truth(bits: registers[register])
            if !truth.isFalse { totals[total].add(inquiry.fact(immediate), if: truth) }
        case .addDistinct:
            let truth = Truth(bits: registers[register])
            if !truth.isFalse { totals[total].add(distinct: inquiry.fact(immediate), if: truth) }
        case .countValues: inquiry.addValues(of: immediate, distinct: false, to: &totals[total])
        case .countDistinct: inquiry.addValues(of: immediate, distinct: true, to: &totals[total])
        case .countMatches:
            // The rest of the steps its row declares; the loop has counted one.
            steps &+= UInt64(instruction.opcode.row.steps - 1)
            inquiry.addMatches(inquiry.loaded.program.matchCounts[immediate], to: &totals[total])
        case .compareTotal:
            registers[register] = totals[total].truth(of: inquiry.loaded.program.comparisons[immediate]).bits
        default: break
        }
    }
}
