import Bytecode
import Vocabulary

/// A total that lies between two numbers; without a greatest when nothing bounds it.
struct Total {
    var lowest: Int64 = 0
    var highest: Int64? = 0
    var reasons: Reasons = []
    /// The values counted so far, and whether one surely counts; `nil` where values are not told apart.
    private var counted: [Value: Bool]?

    /// Adds a number that counts if the truth is true, and may count if it is unknown.
    mutating func add(_ number: Int64, if truth: Truth) {
        if truth.isFalse { return }
        if truth.isTrue { lowest = lowest.addingSaturating(number) }
        highest = highest?.addingSaturating(number)
        reasons.formUnion(truth.reasons)
    }

    /// Adds the numbers of a fact of an element.
    mutating func add(_ numbers: Resolved, if truth: Truth) {
        if truth.isFalse { return }
        for case .number(let number) in numbers.values { add(number, if: truth) }
        reasons.formUnion(truth.reasons)
        open(for: numbers.missing)
    }

    /// Adds the values of a fact of an element that have not been counted.
    mutating func add(distinct values: Resolved, if truth: Truth) {
        if truth.isFalse { return }
        for value in values.values {
            let key = value.distinctionKey
            let before = counted?[key]
            if before == nil { highest = highest?.addingSaturating(1) }
            if truth.isTrue, before != true { lowest = lowest.addingSaturating(1) }
            counted = counted ?? [:]
            counted?[key] = truth.isTrue || before == true
        }
        reasons.formUnion(truth.reasons)
        open(for: values.missing)
    }

    /// Lets the total be anything above what is known.
    mutating func open(for missing: Reasons) {
        if missing.isEmpty { return }
        highest = nil
        reasons.formUnion(missing)
    }

    func truth(of comparison: Comparison) -> Truth {
        comparison.order.holds(from: lowest, to: highest, comparison.bound, reasons: reasons)
    }
}

extension Inquiry {
    /// Adds the number of a fact's values.
    func addValues(of fact: Int, distinct: Bool, to total: inout Total) {
        let value = self.fact(fact)
        if distinct {
            var seen: Set<Value> = []
            for (index, one) in value.values.enumerated() {
                let key: Value = value.texts[index].map { .text(Text(utf8: $0.folded)) } ?? one
                if seen.insert(key).inserted { total.add(1, if: .yes) }
            }
        } else {
            total.add(Int64(value.values.count), if: .yes)
        }
        total.open(for: value.missing)
    }

    /// Adds the places where a pattern matches.
    func addMatches(_ count: MatchCount, to total: inout Total) {
        let value = resolve(loaded.program.patternGroups[count.group].operand)
        for case .some(let text) in value.texts {
            let found = loaded.scanners[count.group].matches(
                of: count.pattern, in: text.utf8, limit: MatchLimits.countedMatches)
            total.add(Int64(found.ranges.count), if: .yes)
            if !found.isComplete { total.open(for: .overLimit) }
        }
        total.open(for: value.missing)
    }
}
