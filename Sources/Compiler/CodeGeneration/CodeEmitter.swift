import Bytecode
import Semantics
import Vocabulary

/// Turns reduced formulas into instructions.
struct CodeEmitter {
    private(set) var code: [Instruction] = []
    private(set) var registerCount = 0
    private(set) var totalCount = 0
    /// Quantifiers and counts that stand at several places, with their numbers once code keeps them.
    private var sharedNumbers: [Formula: Int] = [:]
    private var occurrences: [Formula: Int] = [:]

    // MARK: Shared values

    /// Notes the quantifiers and counts of a formula that do not depend on an element, to find what is worth keeping.
    mutating func note(_ formula: Formula) {
        switch formula {
        case .constant, .atom: break
        case .not(let operand): note(operand)
        case .and(let operands), .or(let operands), .atLeast(_, let operands, _):
            for operand in operands { note(operand) }
        case .some(let quantification): noteClosed(formula, body: quantification.body)
        case .count(let count):
            switch count.measure {
            case .elements(_, _, let body), .sum(_, _, _, let body), .distinct(_, _, _, let body):
                noteClosed(formula, body: body)
            case .values, .matches: noteClosed(formula, body: nil)
            }
        }
    }

    private mutating func noteClosed(_ formula: Formula, body: Formula?) {
        if FormulaScope(formula).freeBinders.isEmpty { occurrences[formula, default: 0] += 1 }
        // What stands in a repeated formula is computed with it.
        if occurrences[formula, default: 0] < 2, let body { note(body) }
    }

    private mutating func sharedNumber(of formula: Formula, _ tables: inout TableBuilder) -> Int? {
        guard occurrences[formula, default: 0] > 1 else { return nil }
        if let number = sharedNumbers[formula] { return number }
        let number = tables.program.sharedValues.count
        sharedNumbers[formula] = number
        tables.program.sharedValues.append(FormulaScope(formula).usesRecipient ? .recipient : .message)
        return number
    }

    // MARK: Emission

    var position: Int { code.count }

    @discardableResult
    mutating func emit(_ opcode: Opcode, small: Int = 0, register: Int = 0, immediate: Int = 0) -> Int {
        code.append(
            Instruction(
                opcode, small: UInt8(truncatingIfNeeded: small), register: UInt16(truncatingIfNeeded: register),
                immediate: UInt32(truncatingIfNeeded: immediate)))
        return code.count - 1
    }

    /// Makes an earlier jump go to the next instruction.
    mutating func land(_ jump: Int) { code[jump].immediate = UInt32(truncatingIfNeeded: code.count) }

    mutating func emit(_ formula: Formula, into register: Int, total: Int, _ tables: inout TableBuilder) {
        registerCount = max(registerCount, register + 1)
        switch formula {
        case .constant(let value): emit(.constant, register: register, immediate: Int(Truth(value).bits))
        case .atom(let atom): emit(.test, register: register, immediate: tables.atom(atom.test))
        case .not(let operand):
            emit(operand, into: register, total: total, &tables)
            emit(.not, register: register)
        case .and(let operands):
            emit(operands, .and, leaving: .jumpIfFalse, into: register, total: total, &tables)
        case .or(let operands):
            emit(operands, .or, leaving: .jumpIfTrue, into: register, total: total, &tables)
        case .atLeast(let number, let operands, _):
            clear(total)
            for operand in operands {
                emit(operand, into: register, total: total + 1, &tables)
                emit(.tally, small: total, register: register)
            }
            compare(total, .greaterOrEqual, Int64(number), into: register, &tables)
        case .some, .count:
            guard let shared = sharedNumber(of: formula, &tables) else {
                return emitLoop(formula, into: register, total: total, &tables)
            }
            emit(.reuse, register: register, immediate: shared)
            let known = emit(.jump)
            emitLoop(formula, into: register, total: total, &tables)
            emit(.keep, register: register, immediate: shared)
            land(known)
        }
    }

    private mutating func emit(
        _ operands: [Formula], _ join: Opcode, leaving: Opcode, into register: Int, total: Int,
        _ tables: inout TableBuilder
    ) {
        var exits: [Int] = []
        for (index, operand) in operands.enumerated() {
            if index == 0 {
                emit(operand, into: register, total: total, &tables)
                continue
            }
            exits.append(emit(leaving, register: register))
            emit(operand, into: register + 1, total: total, &tables)
            emit(join, register: register, immediate: register + 1)
        }
        for exit in exits { land(exit) }
    }

    private mutating func clear(_ total: Int) {
        totalCount = max(totalCount, total + 1)
        emit(.clear, small: total)
    }

    private mutating func compare(
        _ total: Int, _ order: Order, _ bound: Int64, into register: Int, _ tables: inout TableBuilder
    ) {
        emit(.compareTotal, small: total, register: register, immediate: tables.comparison(order, bound))
    }

    private mutating func emitLoop(
        _ formula: Formula, into register: Int, total: Int, _ tables: inout TableBuilder
    ) {
        switch formula {
        case .some(let quantification):
            let head = LoopHead(list: quantification.list, binder: quantification.binder)
            emit(.constant, register: register)
            let enter = emit(.enter, small: Int(head.packed))
            emit(quantification.body, into: register + 1, total: total, &tables)
            emit(.or, register: register, immediate: register + 1)
            let found = emit(.jumpIfTrue, register: register)
            emit(.next, small: head.binder, immediate: enter)
            land(enter)
            land(found)
            emit(.leaveAny, small: Int(head.packed), register: register)
        case .count(let count):
            clear(total)
            emit(count.measure, into: register, total: total, &tables)
            compare(total, count.order, count.bound, into: register, &tables)
        default: break
        }
    }

    private mutating func emit(
        _ measure: Count.Measure, into register: Int, total: Int, _ tables: inout TableBuilder
    ) {
        switch measure {
        case .elements(let list, let binder, let body):
            emitTotal(LoopHead(list: list, binder: binder), body, into: register, total: total, &tables)
        case .sum(let reference, let list, let binder, let body):
            emitTotal(
                LoopHead(list: list, binder: binder), body, (.addNumbers, reference), into: register, total: total,
                &tables)
        case .distinct(let reference, let list, let binder, let body):
            emitTotal(
                LoopHead(list: list, binder: binder), body, (.addDistinct, reference), into: register, total: total,
                &tables)
        case .values(let reference, let distinct):
            emit(distinct ? .countDistinct : .countValues, small: total, immediate: tables.fact(reference))
        case .matches(let pattern, let operand):
            emit(.countMatches, small: total, immediate: tables.matchCount(pattern, in: operand))
        }
    }

    private mutating func emitTotal(
        _ head: LoopHead, _ body: Formula, _ added: (opcode: Opcode, fact: FactReference)? = nil, into register: Int,
        total: Int, _ tables: inout TableBuilder
    ) {
        let enter = emit(.enter, small: Int(head.packed))
        emit(body, into: register, total: total + 1, &tables)
        if let added {
            emit(added.opcode, small: total, register: register, immediate: tables.fact(added.fact))
        } else {
            emit(.tally, small: total, register: register)
        }
        emit(.next, small: head.binder, immediate: enter)
        land(enter)
        emit(.leaveTotal, small: Int(head.packed), register: total)
    }
}
