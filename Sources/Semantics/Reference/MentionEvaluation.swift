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

    /// Where each entry was found first in each text.
    func excerpt(of dictionary: TypedDictionary, in texts: [Text]) -> String {
        var places: [String] = []
        var length = 0
        for text in texts {
            for entry in dictionary.entries where !Excerpt.isFull(length) {
                guard let range = matcher.firstMatch(of: entry.pattern, in: text.utf8).range else { continue }
                places.append(Excerpt.of(text.utf8[range]))
                length += range.count
            }
        }
        return places.joined(separator: ", ")
    }
}
