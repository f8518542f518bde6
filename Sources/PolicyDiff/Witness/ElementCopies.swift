import Vocabulary

/// How often the elements of a case stand in a mail: a count wants several, and the case has one of each kind.
struct ElementCopies {
    private let limit: Int
    private var further: [Int: Int] = [:]

    init(limit: Int) { self.limit = limit }

    /// How many more there are like this element.
    func of(_ element: Int) -> Int { further[element] ?? 0 }

    /// Copies elements until every count of the case is reached, those first that other counts see least of.
    ///
    /// - Returns: whether there is no count that surely cannot be kept below its bound.
    mutating func meet(_ totals: [AbstractCase.TotalState]) -> Bool {
        let counts = totals.filter { !$0.counted.isEmpty }
        var uses: [Int: Int] = [:]
        for count in counts { for element in count.counted { uses[element, default: 0] += 1 } }
        for count in counts.sorted(by: { ($0.counted.count, $0.least) < ($1.counted.count, $1.least) }) {
            let missing = Int(clamping: count.least) - total(of: count)
            guard missing > 0, let element = count.counted.min(by: { (uses[$0] ?? 0, $0) < (uses[$1] ?? 0, $1) })
            else { continue }
            guard Int(clamping: count.least) <= limit else { return false }
            further[element, default: 0] += missing
        }
        return counts.allSatisfy { count in count.below.map { total(of: count) < $0 } ?? true }
    }

    /// What a count comes to. The text of the mail is a part, too.
    private func total(of count: AbstractCase.TotalState) -> Int {
        var total = count.counted.reduce(0) { $0 + 1 + of($1) }
        if case .elements(.parts, _, .constant(true)) = count.total { total += 1 }
        return total
    }
}
