/// Finds the name that the author most likely meant.
public enum Nearest {
    /// The candidate at the least edit distance, about a third of the name's length and at most three edits;
    /// the first by name among equals, so that the answer does not depend on the order of candidates.
    public static func to(_ name: String, among candidates: some Sequence<String>) -> String? {
        let own = Array(name.lowercased().utf8)
        let limit = max(1, min(3, (own.count + 1) / 3))
        var best: (distance: Int, name: String)?
        for candidate in candidates where candidate != name {
            guard let distance = distance(own, Array(candidate.lowercased().utf8), limit: limit) else { continue }
            if let best, (best.distance, best.name) <= (distance, candidate) { continue }
            best = (distance, candidate)
        }
        return best?.name
    }

    /// Whether two names differ by one letter inserted, dropped, changed, or two exchanged.
    public static func isOneEdit(_ first: String, _ second: String) -> Bool {
        distance(Array(first.utf8), Array(second.utf8), limit: 1) == 1
    }

    /// The optimal string alignment distance (edits and exchanges of neighbours), `nil` above the limit.
    static func distance(_ first: [UInt8], _ second: [UInt8], limit: Int) -> Int? {
        if abs(first.count - second.count) > limit { return nil }
        var beforeLast: [Int] = []
        var last = Array(0...second.count)
        for (row, byte) in first.enumerated() {
            var current = [row + 1]
            current.reserveCapacity(second.count + 1)
            for (column, other) in second.enumerated() {
                var cost = min(last[column + 1] + 1, current[column] + 1, last[column] + (byte == other ? 0 : 1))
                if row > 0, column > 0, byte == second[column - 1], first[row - 1] == other {
                    cost = min(cost, beforeLast[column - 1] + 1)
                }
                current.append(cost)
            }
            beforeLast = last
            last = current
        }
        return last[second.count] <= limit ? last[second.count] : nil
    }
}
