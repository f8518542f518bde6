import Bytecode
import Vocabulary

/// A dictionary sought in the texts of an operand.
struct Mention {
    let group: Int
    /// The entries in their order, by their places in the group.
    let patterns: [Int]
    let dictionary: DictionaryTable

    /// The least and the greatest sum that a text of which nothing is known can come to.
    var ofUnread: WeightInterval {
        zip(dictionary.weights, dictionary.times).reduce(into: WeightInterval()) { $0.add($1.0, times: 0...$1.1) }
    }
}

extension Inquiry {
    /// Whether one text reaches the threshold.
    func mentions(_ mention: Mention, _ threshold: Int64) -> Truth {
        let value = resolve(loaded.program.patternGroups[mention.group].operand)
        var truth = mention.ofUnread.truth(ofPerhapsReaching: threshold, reasons: value.missing)
        for index in value.texts.indices where value.texts[index] != nil {
            truth = truth || weight(of: mention, text: index).truth(ofReaching: threshold, reasons: .overLimit)
            if truth.isTrue { break }
        }
        return truth
    }

    /// Whether all texts together reach the threshold. How many could not be read is not known, so the sum is open.
    func mentions(inTotal mention: Mention, _ threshold: Int64) -> Truth {
        let value = resolve(loaded.program.patternGroups[mention.group].operand)
        let weights = value.texts.indices.map { value.texts[$0] == nil ? nil : weight(of: mention, text: $0) }
        var sum = WeightInterval.total(weights, value.alternatives)
        var reasons = value.missing
        if !value.missing.isEmpty { sum.open(by: mention.ofUnread) }
        if weights.contains(where: { $0?.isSettled == false }) { reasons.formUnion(.overLimit) }
        return sum.truth(ofReaching: threshold, reasons: reasons)
    }

    /// The least and the greatest weight of one text.
    private func weight(of mention: Mention, text index: Int) -> WeightInterval {
        let hits = scan(mention.group)[index]
        var sum = WeightInterval()
        for (entry, pattern) in mention.patterns.enumerated() {
            let times = mention.dictionary.times[entry]
            if hits.isPresent(pattern) {
                sum.add(mention.dictionary.weights[entry], times: count(of: pattern, mention, times, text: index))
            } else if hits.isUndecided(pattern) {
                sum.add(mention.dictionary.weights[entry], times: 0...times)
            }
        }
        return sum
    }

    /// How often a pattern that is present counts.
    private func count(of pattern: Int, _ mention: Mention, _ times: Int, text index: Int) -> ClosedRange<Int> {
        guard times > 1, let text = resolve(loaded.program.patternGroups[mention.group].operand).texts[index] else {
            return 1...1
        }
        let found = loaded.scanners[mention.group].matches(of: pattern, in: text.utf8, limit: times)
        let least = max(1, min(found.ranges.count, times))
        return least...(found.isComplete ? least : times)
    }

    /// What evidence shows: of the first text that reaches the threshold, of all texts where there is none, the place
    /// that each entry was found at.
    func excerpt(of mention: Mention, reaching threshold: Int64?) -> String {
        let texts = resolve(loaded.program.patternGroups[mention.group].operand).texts
        var places: [String] = []
        var length = 0
        for (index, hits) in scan(mention.group).enumerated() {
            guard let text = texts[index] else { continue }
            if let threshold, weight(of: mention, text: index).lowest < threshold { continue }
            for pattern in mention.patterns where hits.isPresent(pattern) && !Excerpt.isFull(length) {
                let found = loaded.scanners[mention.group].matches(of: pattern, in: text.utf8, limit: 1)
                guard let range = found.ranges.first?.clamped(to: 0..<text.utf8.count) else { continue }
                places.append(Excerpt.of(text.utf8[range]))
                length += range.count
            }
            if threshold != nil { break }
        }
        return places.joined(separator: ", ")
    }
}
