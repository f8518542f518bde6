/// Which lines of two texts are the same ones.
struct LineMatching {
    private(set) var removed: Set<Int> = []
    private(set) var inserted: Set<Int> = []
    private let before: [String]
    private let after: [String]
    private let limits: LineDiffLimits

    /// Lines found once in both texts, as many as stand in one order, divide them; between two of those the shortest
    /// script is looked for, as long as that costs no more than the bound. Beyond it all lines there are taken as changed.
    init(from before: [String], to after: [String], limits: LineDiffLimits) {
        self.before = before
        self.after = after
        self.limits = limits
        match(0..<before.count, 0..<after.count, byLines: true)
    }

    private mutating func match(_ left: Range<Int>, _ right: Range<Int>, byLines: Bool) {
        var (left, right) = (left, right)
        while let old = left.first, let new = right.first, before[old] == after[new] {
            (left, right) = (old + 1..<left.upperBound, new + 1..<right.upperBound)
        }
        while let old = left.last, let new = right.last, before[old] == after[new] {
            (left, right) = (left.lowerBound..<old, right.lowerBound..<new)
        }
        guard left.count.multipliedReportingOverflow(by: right.count).partialValue > limits.comparedPairs else {
            for change in after[right].difference(from: before[left]) {
                switch change {
                case .remove(let offset, _, _): removed.insert(left.lowerBound + offset)
                case .insert(let offset, _, _): inserted.insert(right.lowerBound + offset)
                }
            }
            return
        }
        let anchors = byLines ? anchors(left, right) : []
        guard !anchors.isEmpty else {
            removed.formUnion(left)
            inserted.formUnion(right)
            return
        }
        var start = (old: left.lowerBound, new: right.lowerBound)
        for anchor in anchors + [(left.upperBound, right.upperBound)] {
            match(start.old..<anchor.old, start.new..<anchor.new, byLines: false)
            start = (anchor.old + 1, anchor.new + 1)
        }
    }

    /// The longest row of lines that stand once in both stretches and in one order (patience sorting).
    private func anchors(_ left: Range<Int>, _ right: Range<Int>) -> [(old: Int, new: Int)] {
        let (old, new) = (Self.single(before, left), Self.single(after, right))
        let pairs = old.compactMap { line, place in new[line].map { (old: place, new: $0) } }.sorted { $0.old < $1.old }
        // The last pair of the best row of each length, and before each pair the one it follows.
        var ends: [Int] = []
        var previous = [Int?](repeating: nil, count: pairs.count)
        for (index, pair) in pairs.enumerated() {
            var (low, high) = (0, ends.count)
            while low < high {
                let middle = (low + high) / 2
                if pairs[ends[middle]].new < pair.new { low = middle + 1 } else { high = middle }
            }
            previous[index] = low > 0 ? ends[low - 1] : nil
            if low == ends.count { ends.append(index) } else { ends[low] = index }
        }
        var row: [(old: Int, new: Int)] = []
        var next = ends.last
        while let index = next {
            row.append(pairs[index])
            next = previous[index]
        }
        return row.reversed()
    }

    private static func single(_ lines: [String], _ range: Range<Int>) -> [String: Int] {
        var places: [String: Int?] = [:]
        for index in range { places[lines[index]] = places[lines[index]] == nil ? .some(index) : .some(nil) }
        return places.compactMapValues { $0 }
    }
}
