/// Texts of which a reader sees one version: the alternatives of a `multipart/alternative` (RFC 2046, section 5.1.4),
/// or a text with and without what is hidden in it.
public struct TextAlternatives: Equatable, Sendable, Codable {
    /// The numbers of a fact's values, for each version the texts that it has. A value stands in the versions of one of
    /// these at most.
    public let versions: [[Int]]

    public init(versions: [[Int]]) { self.versions = versions }
}

extension WeightInterval {
    /// The sum of the weights of texts, where of alternatives the heaviest version counts: whoever writes the same in
    /// plain text and in HTML has written it once.
    ///
    /// - Parameter weights: of each value of a fact; nil for values without a text.
    public static func total(_ weights: [WeightInterval?], _ alternatives: [TextAlternatives]) -> WeightInterval {
        var sum = WeightInterval()
        var isAlternative = [Bool](repeating: false, count: weights.count)
        for alternative in alternatives {
            var heaviest: WeightInterval?
            for version in alternative.versions {
                var own = WeightInterval()
                for index in version where weights.indices.contains(index) {
                    isAlternative[index] = true
                    if let weight = weights[index] { own.add(weight) }
                }
                heaviest = heaviest.map { $0.heavier(own) } ?? own
            }
            if let heaviest { sum.add(heaviest) }
        }
        for (index, weight) in weights.enumerated() where !isAlternative[index] {
            if let weight { sum.add(weight) }
        }
        return sum
    }

    /// The greater of two sums, as far as each is known.
    private func heavier(_ other: WeightInterval) -> WeightInterval {
        var result = self
        result.lowest = max(lowest, other.lowest)
        result.highest = highest.flatMap { own in other.highest.map { max(own, $0) } }
        return result
    }
}
