import Bytecode
import Vocabulary

extension ComputedEntry {
    /// What is known where the rows' conditions have these truths.
    func reckoning(_ truths: [Truth], constants: [Value]) -> Reckoning {
        switch kind {
        case .score: sum(truths, constants)
        case .largest, .smallest: extreme(truths, constants)
        case .one: single(truths, constants)
        }
    }

    private func sum(_ truths: [Truth], _ constants: [Value]) -> Reckoning {
        var lowest: Int64 = 0
        var highest: Int64 = 0
        var reasons: Reasons = []
        for (row, truth) in zip(rows, truths) {
            guard case .number(let weight) = constants[row.value] else { continue }
            // A weight below zero that may count lowers the least sum, not the greatest.
            if truth.isTrue || (weight < 0 && truth.isUnknown) { lowest = lowest.addingSaturating(weight) }
            if truth.isTrue || (weight > 0 && truth.isUnknown) { highest = highest.addingSaturating(weight) }
            reasons.formUnion(truth.reasons)
        }
        return Reckoning(candidates: [.number(lowest), .number(highest)], reasons: reasons)
    }

    private func extreme(_ truths: [Truth], _ constants: [Value]) -> Reckoning {
        func number(_ row: Row) -> Int64 { if case .number(let number) = constants[row.value] { number } else { 0 } }
        var best: Int64?
        for (row, truth) in zip(rows, truths) where truth.isTrue {
            best = best.map { kind == .largest ? max($0, number(row)) : min($0, number(row)) } ?? number(row)
        }
        var candidates: [Value] = []
        if let best {
            candidates.append(.number(best))
        } else if let otherwise {
            candidates.append(constants[otherwise.value])
        }
        var reasons: Reasons = []
        for (row, truth) in zip(rows, truths) where truth.isUnknown {
            let isBetter = best.map { kind == .largest ? number(row) > $0 : number(row) < $0 } ?? true
            if isBetter {
                candidates.append(constants[row.value])
                reasons.formUnion(truth.reasons)
            }
        }
        return Reckoning(candidates: candidates, reasons: reasons)
    }

    private func single(_ truths: [Truth], _ constants: [Value]) -> Reckoning {
        var sure: Set<Value> = []
        var open: [Value] = []
        var reasons: Reasons = []
        for (row, truth) in zip(rows, truths) {
            if truth.isTrue { sure.insert(constants[row.value]) }
            if truth.isUnknown { open.append(constants[row.value]) }
            reasons.formUnion(truth.reasons)
        }
        // Rows that contradict each other are the policy's fault, and told as what it makes of the mail.
        if sure.count > 1 { reasons.formUnion(.ambiguous) }
        if sure.isEmpty, let otherwise { open.append(constants[otherwise.value]) }
        return Reckoning(candidates: sure.union(open), reasons: reasons)
    }

    /// The evidence of a row that counts, or may.
    func piece(_ value: Int, _ place: Int, _ truth: Truth, _ program: Program) -> Evidence {
        var excerpt = program.constants[value].written(as: type)
        if kind == .score, !excerpt.hasPrefix("-") { excerpt = "+" + excerpt }
        if truth.isUnknown { excerpt += " (\(truth.reasons.names.joined(separator: ", ")))" }
        return Evidence(fact: name, part: nil, excerpt: excerpt, span: program.places[place])
    }
}

extension Inquiry {
    /// What is known of a score or setting, as texts show it; `nil` for other operands.
    func textOfComputed(_ operand: Int) -> String? {
        guard case .computed(let computed) = loaded.program.operands[operand], let reckoning = reckonings[computed]
        else { return nil }
        return reckoning.text(as: loaded.program.computed[computed].type)
    }

    /// What a score is held to, as evidence shows it behind the score; empty where that is no plain number.
    func threshold(of test: AtomTest) -> String {
        let program = loaded.program
        guard case .compare(let left, let order, let right) = test,
            case .computed(let computed) = program.operands[left], program.computed[computed].kind == .score,
            case .constant(let constant) = program.operands[right],
            case .number(let number) = program.constants[constant]
        else { return "" }
        return order.threshold(number)
    }

    /// The truth of a test of which a score or setting may have several values: unknown where they disagree. `nil`
    /// where all are known, so that it can be evaluated as any other.
    func openTruth(of test: AtomTest) -> Truth? {
        let left: Int
        let right: Int
        var isOrder = false
        switch test {
        case .compare(let first, _, let second): (left, right, isOrder) = (first, second, true)
        case .equals(let first, let others, _):
            (left, right) = (first, others[0])
            if let truth = openEquality(left, right) { return truth }
        case .contains(let first, let others, _), .starts(let first, let others, _), .ends(let first, let others, _),
            .under(let first, let others), .looksLike(let first, let others):
            (left, right) = (first, others[0])
        default: return nil
        }
        let lefts = choices(of: left, isOrder: isOrder)
        let rights = choices(of: right, isOrder: isOrder)
        if lefts == nil, rights == nil { return nil }
        let leftValues = lefts?.values ?? [resolve(left).values]
        let rightValues = rights?.values ?? [resolve(right).values]
        let missing = Truth.unknown(
            (lefts == nil ? resolve(left).missing : []).union(rights == nil ? resolve(right).missing : []))
        let truths = leftValues.map { left in
            Reckoning.agreement(
                rightValues.map { right in
                    left.contains { one in right.contains { holds(test, one, $0) } } ? .yes : missing
                }, reasons: rights?.reasons ?? [])
        }
        return Reckoning.agreement(truths, reasons: lefts?.reasons ?? [])
    }

    /// Whether a sum that lies between two numbers may equal something: no where that lies outside, else unknown, for it
    /// is not said that it takes each number in between. `nil` where neither side is such a sum.
    private func openEquality(_ left: Int, _ right: Int) -> Truth? {
        guard isOpenScore(left) || isOpenScore(right) else { return nil }
        let (lefts, rights) = (ranges(of: left), ranges(of: right))
        let missing = (reckoning(of: left) == nil ? resolve(left).missing : [])
            .union(reckoning(of: right) == nil ? resolve(right).missing : [])
        let canMeet = lefts.contains { one in rights.contains { one.overlaps($0) } }
        guard canMeet else { return .unknown(missing) }
        return .unknown(
            missing.union(reckoning(of: left)?.reasons ?? []).union(reckoning(of: right)?.reasons ?? []))
    }

    private func reckoning(of operand: Int) -> Reckoning? {
        if case .computed(let computed) = loaded.program.operands[operand] { reckonings[computed] } else { nil }
    }

    private func isOpenScore(_ operand: Int) -> Bool {
        guard case .computed(let computed) = loaded.program.operands[operand] else { return false }
        return loaded.program.computed[computed].kind == .score && reckonings[computed]?.value == nil
    }

    /// The numbers that an operand may be: of a score all between two, of all else each by itself.
    private func ranges(of operand: Int) -> [ClosedRange<Int64>] {
        let values = reckoning(of: operand)?.candidates ?? resolve(operand).values
        let numbers = values.compactMap { value -> Int64? in if case .number(let number) = value { number } else { nil }
        }
        if isOpenScore(operand), let least = numbers.first, let greatest = numbers.last { return [least...greatest] }
        return numbers.map { $0...$0 }
    }

    /// What a test looks for: an operand's values, or all that a score or setting may be.
    func sought(_ operand: Int) -> [Value] { reckoning(of: operand)?.candidates ?? resolve(operand).values }

    /// The values that a score or setting may have, each by itself; `nil` for what is known. Of an order the least and
    /// the greatest decide for all between.
    private func choices(of operand: Int, isOrder: Bool) -> (values: [[Value]], reasons: Reasons)? {
        guard case .computed(let computed) = loaded.program.operands[operand], let reckoning = reckonings[computed],
            reckoning.value == nil, let first = reckoning.candidates.first, let last = reckoning.candidates.last
        else { return nil }
        return (isOrder ? [[first], [last]] : reckoning.candidates.map { [$0] }, reckoning.reasons)
    }
}
