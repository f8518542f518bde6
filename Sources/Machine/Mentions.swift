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

    /// What evidence shows of a dictionary: its sum in the text that decided, `nil` where nothing was read or the value
    /// is unknown. That is the first text that reaches the threshold, the heaviest where none does; in total all.
    func words(of test: AtomTest, _ value: Truth) -> WordSum? {
        guard case .mentions(let group, let patterns, let dictionary, let threshold, let inTotal) = test,
            !value.isUnknown
        else { return nil }
        let program = loaded.program
        let mention = Mention(group: group, patterns: patterns, dictionary: program.dictionaries[dictionary])
        let resolved = resolve(program.patternGroups[group].operand)
        let weights = resolved.texts.indices.map { resolved.texts[$0] == nil ? nil : weight(of: mention, text: $0) }
        let texts = WeightInterval.deciding(weights, resolved.alternatives, threshold: threshold, inTotal: inTotal)
        return texts.isEmpty ? nil : words(of: mention, threshold, texts, weights)
    }

    private func words(
        of mention: Mention, _ threshold: Int64, _ texts: [Int], _ weights: [WeightInterval?]
    ) -> WordSum {
        let hits = scan(mention.group)
        let operand = resolve(loaded.program.patternGroups[mention.group].operand)
        var order: [Int] = []
        var times: [Int: Int] = [:]
        var first: [Int: Int] = [:]
        for text in texts {
            for (entry, pattern) in mention.patterns.enumerated() where hits[text].isPresent(pattern) {
                let found = count(of: pattern, mention, mention.dictionary.times[entry], text: text).lowerBound
                if times[entry] == nil {
                    order.append(entry)
                    first[entry] = text
                }
                times[entry, default: 0] += found
            }
        }
        return WordSum(
            dictionary: mention.dictionary.name, threshold: threshold,
            isOpen: texts.contains { weights[$0]?.isSettled == false },
            found: order.map { entry in
                let text = first[entry].flatMap { operand.texts[$0] }?.utf8 ?? []
                return (
                    mention.dictionary.weights[entry], times[entry] ?? 1,
                    { [self] in firstMatch(of: mention.patterns[entry], in: text, mention) }
                )
            })
    }

    private func firstMatch(of pattern: Int, in text: [UInt8], _ mention: Mention) -> ArraySlice<UInt8> {
        let found = loaded.scanners[mention.group].matches(of: pattern, in: text, limit: 1)
        return text[(found.ranges.first ?? 0..<0).clamped(to: 0..<text.count)]
    }
}
