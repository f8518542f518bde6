import Vocabulary

/// Two texts near each other, in either order: pairs that do not overlap, the one that ends first before the others.
struct Neighbours {
    /// Words from the end of one to the start of the other, the latter's first counted.
    let distance: Int

    /// Gives each pair to `report` until that returns false. Takes time linear in the places.
    ///
    /// - Parameters:
    ///   - first: the places of one text, ascending.
    ///   - second: those of the other.
    ///   - words: how many words have begun at the start of the later place since the end of the earlier one.
    func search(
        _ first: [Range<Int>], _ second: [Range<Int>], words: (_ earlier: Range<Int>, _ later: Range<Int>) -> Int,
        report: (Range<Int>) -> Bool
    ) {
        let places = [first, second]
        var next = [0, 0]
        // For each text how many of its places end before the start of the event looked at.
        var passed = [0, 0]
        var earliest = 0
        while next[0] < first.count || next[1] < second.count {
            let ends = (0...1).map { next[$0] < places[$0].count ? places[$0][next[$0]].upperBound : Int.max }
            let end = min(ends[0], ends[1])
            var best: Range<Int>?
            for own in 0...1 where ends[own] == end {
                let later = places[own][next[own]]
                next[own] += 1
                let other = 1 - own
                while passed[other] < places[other].count, places[other][passed[other]].upperBound <= later.lowerBound {
                    passed[other] += 1
                }
                guard passed[other] > 0 else { continue }
                let earlier = places[other][passed[other] - 1]
                guard earlier.lowerBound >= earliest, earlier.lowerBound > best?.lowerBound ?? -1,
                    words(earlier, later) <= distance
                else { continue }
                best = earlier.lowerBound..<end
            }
            guard let best else { continue }
            if !report(best) { return }
            earliest = end
        }
    }
}

/// Where words begin in a text: runs of letters, digits and underscores.
struct WordCount {
    private var starts: [Int] = []

    init(_ text: [UInt8]) {
        var index = 0
        var isWithin = false
        while index < text.count {
            let (scalar, length) = UTF8Scalars.decode(text, at: index) ?? (0, 1)
            let isWord = Unicode.Scalar(scalar).map(WordCharacter.isOne) ?? false
            if isWord, !isWithin { starts.append(index) }
            isWithin = isWord
            index += length
        }
    }

    /// How many words begin behind the earlier place, up to the start of the later one.
    func between(_ earlier: Range<Int>, _ later: Range<Int>) -> Int {
        begun(upTo: later.lowerBound) - begun(upTo: earlier.upperBound - 1)
    }

    private func begun(upTo offset: Int) -> Int {
        var low = 0
        var high = starts.count
        while low < high {
            let middle = (low + high) / 2
            if starts[middle] <= offset { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
