import Vocabulary

/// Words, phrases and neighbours of one folding, sought in one pass over a text.
final class WordScan: Sendable {
    /// What decides how a text is folded.
    struct Key: Hashable {
        let folding: TextFolding

        var characters: CharacterFolding {
            .of(.init(foldsCase: true, folding: folding.subtracting(.spacing)))
        }
        var spaces: FoldedText.Spaces { folding.contains(.spacing) ? .removed : .single }
        var ignoresLeet: Bool { folding.contains(.leet) }
    }

    /// One pattern: its text and, of neighbours, the other one.
    private struct Sought {
        let pattern: Int
        let needles: Range<Int>
        let distance: Int
    }

    private let key: Key
    private let needles: [Needle]
    private let sought: [Sought]
    private let soughtOfPattern: [Int: Int]
    private let database: PatternDatabase

    /// - Throws: `PatternFault` where nothing of a text is left, or Vectorscan refuses the set.
    init(_ patterns: [(id: Int, pattern: TextPattern)], folding: TextFolding) throws(PatternFault) {
        key = Key(folding: folding)
        var needles: [Needle] = []
        var sought: [Sought] = []
        var numbers: [Int: Int] = [:]
        for (id, pattern) in patterns {
            let first = needles.count
            for text in pattern.texts { needles.append(try Self.needle(text, folding: folding)) }
            numbers[id] = sought.count
            sought.append(
                Sought(pattern: id, needles: first..<needles.count, distance: pattern.neighbour?.distance ?? 0))
        }
        self.needles = needles
        self.sought = sought
        soughtOfPattern = numbers
        database = try PatternDatabase(
            literals: needles.enumerated().map { ($0.offset, $0.element.bytes) }, everyPlace: true)
    }

    /// - Throws: `PatternFault` where folding leaves nothing of the text.
    static func needle(_ text: Text, folding: TextFolding) throws(PatternFault) -> Needle {
        let key = Key(folding: folding)
        if !folding.isDisjoint(with: [.accents, .confusables]), !CharacterFolding.isAvailable {
            throw PatternFault(message: "the tables of accents and confusable characters cannot be opened")
        }
        let needle = Needle(text, by: key.characters, spaces: key.spaces, ignoresLeet: key.ignoresLeet)
        if needle.bytes.isEmpty { throw PatternFault(message: "nothing is left of it besides what is ignored") }
        return needle
    }

    /// Adds the patterns that occur.
    func scan(_ text: [UInt8], into hits: inout PatternHits) {
        let folded = FoldedText(text, by: key.characters, spaces: key.spaces)
        var present = [Bool](repeating: false, count: needles.count)
        let merged = key.ignoresLeet ? Needle.merged(folded.bytes) : folded.bytes
        let isWhole = database.scanAll(merged) { number, end in
            if !present[number], needles[number].matches(upTo: end, in: folded) { present[number] = true }
        }
        guard isWhole else {
            hits.undecided += sought.map(\.pattern)
            return
        }
        for one in sought where one.needles.allSatisfy({ present[$0] }) {
            if one.needles.count == 1 || !matches(of: one.pattern, in: text, limit: 1).ranges.isEmpty {
                hits.present.append(one.pattern)
            }
        }
    }

    /// The places of one pattern.
    func matches(of pattern: Int, in text: [UInt8], limit: Int) -> PatternMatches {
        guard let number = soughtOfPattern[pattern] else { return PatternMatches() }
        let one = sought[number]
        let folded = FoldedText(text, by: key.characters, spaces: key.spaces, isTraceable: true)
        let merged = key.ignoresLeet ? Needle.merged(folded.bytes) : folded.bytes
        var found = PatternMatches()
        func add(_ range: Range<Int>) -> Bool {
            guard found.ranges.count < limit else {
                found.isComplete = false
                return false
            }
            found.ranges.append(folded.original(range))
            return true
        }
        let first = needles[one.needles.lowerBound]
        if one.needles.count == 1 {
            first.search(merged, of: folded) { end in add((end - first.bytes.count)..<end) ? end : nil }
        } else {
            var places: [[Range<Int>]] = []
            for needle in needles[one.needles] {
                var own: [Range<Int>] = []
                needle.search(merged, of: folded) { end in
                    own.append((end - needle.bytes.count)..<end)
                    return 0
                }
                places.append(own)
            }
            let words = WordCount(text)
            Neighbours(distance: one.distance).search(places[0], places[1]) {
                words.between(folded.original($0), folded.original($1))
            } report: {
                add($0)
            }
        }
        return found
    }
}
