/// Implications without those that follow from others.
///
/// Six hundred thresholds on one size imply each other in 180,000 ways; a chain of 599 says the same, at every element
/// that is supposed. Costs the cube of the number of things,
/// 64 at a time.
struct ImplicationOrder {
    let steps: [(Int, Int)]

    init(_ pairs: [(Int, Int)], over count: Int) {
        guard pairs.count > count else {
            steps = pairs
            return
        }
        let words = (count + 63) / 64
        var reach = [[UInt64]](repeating: [UInt64](repeating: 0, count: words), count: count)
        for (first, second) in pairs { reach[first][second / 64] |= 1 << UInt64(second % 64) }
        func reaches(_ first: Int, _ second: Int) -> Bool { reach[first][second / 64] >> UInt64(second % 64) & 1 == 1 }
        // What follows over any number of steps.
        for middle in 0..<count {
            let row = reach[middle]
            for first in 0..<count where reaches(first, middle) {
                for word in 0..<words { reach[first][word] |= row[word] }
            }
        }
        // Things that imply each other stay linked: only what lies strictly between makes a pair superfluous.
        var beyond = reach
        for first in 0..<count {
            for second in 0..<count where reaches(first, second) && reaches(second, first) {
                beyond[first][second / 64] &= ~(1 << UInt64(second % 64))
            }
        }
        func isBeyond(_ row: [UInt64], _ number: Int) -> Bool { row[number / 64] >> UInt64(number % 64) & 1 == 1 }
        var overSteps: [[UInt64]] = []
        for first in 0..<count {
            var row = [UInt64](repeating: 0, count: words)
            for middle in 0..<count where isBeyond(beyond[first], middle) {
                for word in 0..<words { row[word] |= beyond[middle][word] }
            }
            overSteps.append(row)
        }
        steps = pairs.filter { first, second in !isBeyond(overSteps[first], second) }
    }
}
