import Vocabulary

/// Whether a reader takes one value for another, by the whole table of edit distances.
struct NaiveLookalike {
    let tables: any CharacterTables

    func alike(_ value: Value, _ sought: Value) -> Bool {
        tables.skeletons(of: value).contains { own in
            tables.skeletons(of: sought).contains { other in
                distance(own, other) <= (min(own.count, other.count) < Lookalike.leastForDifference ? 0 : 1)
            }
        }
    }

    /// Characters put in, left out or replaced to make one text of the other.
    private func distance(_ left: [UInt32], _ right: [UInt32]) -> Int {
        var above = Array(0...right.count)
        for (row, own) in left.enumerated() {
            var line = [row + 1]
            for (column, other) in right.enumerated() {
                line.append(min(above[column] + (own == other ? 0 : 1), above[column + 1] + 1, line[column] + 1))
            }
            above = line
        }
        return above[right.count]
    }
}
