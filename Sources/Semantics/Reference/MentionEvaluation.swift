import Vocabulary

/// Dictionaries: sums of weights over texts.
extension FormulaEvaluation {
    /// Whether one text reaches the threshold; one that could not be read holds every entry or none.
    func truth(ofMentioning dictionary: TypedDictionary, _ threshold: Int64, in operand: Operand) -> Truth {
        let value = value(of: operand)
        var truth = weightOfUnread(dictionary).truth(ofPerhapsReaching: threshold, reasons: value.missing)
        for text in value.values.compactMap(\.searchableText) {
            truth = truth || weight(of: dictionary, in: text).truth(ofReaching: threshold, reasons: .overLimit)
        }
        return truth
    }

    /// Whether all texts together reach the threshold; of alternatives the heaviest counts, and any number of
    /// texts may be missing.
    func truth(ofMentioningInTotal dictionary: TypedDictionary, _ threshold: Int64, in operand: Operand) -> Truth {
        let value = value(of: operand)
        let weights = value.values.map { $0.searchableText.map { weight(of: dictionary, in: $0) } }
        var sum = WeightInterval.total(weights, value.alternatives)
        var reasons = value.missing
        if !reasons.isEmpty { sum.open(by: weightOfUnread(dictionary)) }
        if weights.contains(where: { $0?.isSettled == false }) { reasons.formUnion(.overLimit) }
        return sum.truth(ofReaching: threshold, reasons: reasons)
    }

    private func weightOfUnread(_ dictionary: TypedDictionary) -> WeightInterval {
        dictionary.entries.reduce(into: WeightInterval()) { $0.add($1.weight, times: 0...$1.times) }
    }

    /// The least and greatest sum of the entries' weights in one text.
    func weight(of dictionary: TypedDictionary, in text: Text) -> WeightInterval {
        var sum = WeightInterval()
        for entry in dictionary.entries {
            let found = matcher.matches(of: entry.pattern, in: text.utf8, limit: entry.times)
            let count = min(found.ranges.count, entry.times)
            sum.add(entry.weight, times: count...(found.isComplete ? count : entry.times))
        }
        return sum
    }

    /// What evidence shows of a dictionary: its sum in the text that decided, in total in all that count.
    func words(of test: Test, _ value: Truth) -> WordSum? {
        guard case .mentions(let operand, let number, let threshold, let inTotal) = test, !value.isUnknown else {
            return nil
        }
        let dictionary = policy.dictionaries[number]
        let resolved = self.value(of: operand)
        let texts = resolved.values.map(\.searchableText)
        let weights = texts.map { $0.map { weight(of: dictionary, in: $0) } }
        let deciding = WeightInterval.deciding(
            weights, resolved.alternatives, threshold: threshold, inTotal: inTotal)
        if deciding.isEmpty { return nil }
        var found: [(weight: Int64, times: Int, text: () -> ArraySlice<UInt8>)] = []
        var places: [Int: Int] = [:]
        for text in deciding.compactMap({ texts[$0] }) {
            for (index, entry) in dictionary.entries.enumerated() {
                let ranges = matcher.matches(of: entry.pattern, in: text.utf8, limit: entry.times).ranges
                guard let first = ranges.first else { continue }
                let times = min(ranges.count, entry.times)
                if let place = places[index] {
                    found[place].times += times
                } else {
                    places[index] = found.count
                    found.append((entry.weight, times, { text.utf8[first] }))
                }
            }
        }
        return WordSum(
            dictionary: dictionary.name, threshold: threshold,
            isOpen: deciding.contains { weights[$0]?.isSettled == false }, found: found)
    }
}
