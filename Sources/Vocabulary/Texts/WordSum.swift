/// What a dictionary found in a text: the entries that counted, their weights, and what they come to.
public struct WordSum: Hashable, Sendable, Codable {
    /// An entry that counted.
    public struct Entry: Hashable, Sendable, Codable {
        /// In thousandths.
        public let weight: Int64
        /// How often it counted.
        public var times: Int
        /// Where it was found first, as the text has it.
        public let text: String
    }

    /// The name.
    public let dictionary: String
    /// In the order in which they were found, at most `EvidenceLimits.wordsOfSum`.
    public private(set) var entries: [Entry] = []
    /// Entries that counted besides those.
    public private(set) var others = 0
    /// In thousandths, the others included.
    public private(set) var sum: Int64 = 0
    /// Whether more may count, because a search came to its limit.
    public let isOpen: Bool
    /// In thousandths.
    public let threshold: Int64

    /// - Parameter found: the entries that counted, each once; of those beyond the bound the text is not asked for.
    public init(
        dictionary: String, threshold: Int64, isOpen: Bool,
        found: [(weight: Int64, times: Int, text: () -> ArraySlice<UInt8>)]
    ) {
        self.dictionary = dictionary
        self.threshold = threshold
        self.isOpen = isOpen
        for entry in found {
            sum = sum.addingSaturating(entry.weight.multipliedSaturating(by: Int64(entry.times)))
            guard entries.count < EvidenceLimits.wordsOfSum else {
                others += 1
                continue
            }
            let text = Excerpt.of(entry.text(), upTo: EvidenceLimits.wordBytes)
            entries.append(Entry(weight: entry.weight, times: entry.times, text: text))
        }
    }

    /// `10 “strictement confidentiel” + 6 “confidentiel” (×2) = 22, threshold 20`
    public var text: String {
        var text = ""
        for entry in entries {
            let weight = Self.written(entry.weight)
            let isLess = weight.hasPrefix("-")
            if text.isEmpty { text = weight } else { text += (isLess ? " - " : " + ") + weight.drop { $0 == "-" } }
            text += " “\(entry.text)”" + (entry.times > 1 ? " (×\(entry.times))" : "")
        }
        if entries.isEmpty { text = "none of its words" }
        if others > 0 { text += " and \(others) more" }
        return text + " = \(Self.written(sum))\(isOpen ? "+" : ""), threshold \(Self.written(threshold))"
    }

    private static func written(_ weight: Int64) -> String { Value.number(weight).written(as: .decimal) }
}

extension WeightInterval {
    /// Which texts tell why a dictionary's threshold is reached or not, by number: in total all that count, else the
    /// first that reaches it, or the heaviest where none does.
    public static func deciding(
        _ weights: [WeightInterval?], _ alternatives: [TextAlternatives], threshold: Int64, inTotal: Bool
    ) -> [Int] {
        if inTotal { return counted(weights, alternatives).filter { weights[$0] != nil } }
        let sums = weights.enumerated().compactMap { index, weight in weight.map { (index, $0.lowest) } }
        if let first = sums.first(where: { $0.1 >= threshold }) { return [first.0] }
        // The first of equals, whatever order `max` prefers.
        guard let greatest = sums.map(\.1).max() else { return [] }
        return sums.first { $0.1 == greatest }.map { [$0.0] } ?? []
    }

    /// Which texts a total is the sum of, by number: of alternatives those of the heaviest version, the first of equals.
    public static func counted(_ weights: [WeightInterval?], _ alternatives: [TextAlternatives]) -> [Int] {
        var left = Set(weights.indices)
        for alternative in alternatives {
            let versions = alternative.versions.map { $0.filter(weights.indices.contains) }
            let sums = versions.map { version in
                version.reduce(into: WeightInterval()) { if let weight = weights[$1] { $0.add(weight) } }.lowest
            }
            let heaviest = sums.max().flatMap { sums.firstIndex(of: $0) }
            for (number, version) in versions.enumerated() where number != heaviest { left.subtract(version) }
        }
        return left.sorted()
    }
}

extension Order {
    /// Behind a score that evidence shows: what it is held to, `, threshold 20`.
    public func threshold(_ number: Int64) -> String {
        let text = Value.number(number).written(as: .decimal)
        return switch self {
        case .greaterOrEqual: ", threshold \(text)"
        case .greater: ", threshold above \(text)"
        case .less, .lessOrEqual: ""
        }
    }
}
