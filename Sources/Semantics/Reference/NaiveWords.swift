import Vocabulary

/// A character of a text and what it is compared as. A byte that is not UTF-8 stands for itself, above all characters.
struct NaiveCharacter {
    let folded: [UInt32]
    let range: Range<Int>
    let isWord: Bool
    let isSpace: Bool

    static func all(of bytes: [UInt8], folding: (UInt32) -> [UInt32]) -> [NaiveCharacter] {
        var characters: [NaiveCharacter] = []
        var index = 0
        while index < bytes.count {
            let (scalar, length) = UTF8Scalars.decode(bytes, at: index) ?? (0x11_0000 + UInt32(bytes[index]), 1)
            let properties = Unicode.Scalar(scalar)?.properties
            characters.append(
                NaiveCharacter(
                    folded: properties == nil ? [scalar] : folding(scalar), range: index..<(index + length),
                    isWord: properties.map { isWord($0.generalCategory) } == true || scalar == 0x5f,
                    isSpace: properties?.isWhitespace ?? false))
            index += length
        }
        return characters
    }

    private static func isWord(_ category: Unicode.GeneralCategory) -> Bool {
        switch category {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
            .letterNumber, .otherNumber:
            true
        default: false
        }
    }
}

/// A text for words and phrases: its characters, those left out of which nothing is left.
struct NaiveWords {
    private let characters: [NaiveCharacter]
    private let folding: TextFolding
    /// Where words begin in the text as it stands.
    private let wordStarts: [Int]

    init(_ text: [UInt8], _ folding: TextFolding, _ tables: any CharacterTables) {
        self.folding = folding
        let all = NaiveCharacter.all(of: text) { tables.folded($0, folding) }
        characters = all.filter { $0.isSpace || !$0.folded.isEmpty }
        wordStarts = all.indices.filter { all[$0].isWord && ($0 == 0 || !all[$0 - 1].isWord) }
            .map { all[$0].range.lowerBound }
    }

    /// As a pattern: what to compare one after the other, a run of white space as one space. With spacing ignored
    /// there is none.
    var sought: [UInt32] {
        var sought: [UInt32] = []
        for character in characters {
            if !character.isSpace {
                sought += character.folded
            } else if !folding.contains(.spacing), sought.last != 0x20, !sought.isEmpty {
                sought.append(0x20)
            }
        }
        return sought.last == 0x20 ? Array(sought.dropLast()) : sought
    }

    /// The places of a pattern, not overlapping.
    func matches(of sought: [UInt32], limit: Int) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var start = 0
        while start < characters.count, ranges.count < limit {
            if let end = end(of: sought, at: start) {
                ranges.append(characters[start].range.lowerBound..<characters[end - 1].range.upperBound)
                start = end
            } else {
                start += 1
            }
        }
        return ranges
    }

    /// The character behind a match that starts here; `nil` where none does.
    private func end(of sought: [UInt32], at start: Int) -> Int? {
        if characters[start].isSpace || (start > 0 && characters[start - 1].isWord) { return nil }
        var place = start
        var index = 0
        while index < sought.count {
            guard place < characters.count else { return nil }
            if characters[place].isSpace {
                if !folding.contains(.spacing) {
                    guard sought[index] == 0x20 else { return nil }
                    index += 1
                }
                while place < characters.count, characters[place].isSpace { place += 1 }
                continue
            }
            for one in characters[place].folded {
                guard index < sought.count, agree(one, sought[index]) else { return nil }
                index += 1
            }
            place += 1
        }
        return place < characters.count && characters[place].isWord ? nil : place
    }

    private func agree(_ left: UInt32, _ right: UInt32) -> Bool {
        folding.contains(.leet) ? Leet.agree(left, right) : left == right
    }

    /// Pairs of places of two patterns with so many words from one to the other at most, in either order: the pair
    /// that ends first, of these the shortest, and on from its end.
    func pairs(of sought: [[UInt32]], within distance: Int, limit: Int) -> [Range<Int>] {
        let places = sought.map { sought in
            characters.indices.compactMap { start in
                end(of: sought, at: start).map {
                    characters[start].range.lowerBound..<characters[$0 - 1].range.upperBound
                }
            }
        }
        var pairs: [Range<Int>] = []
        for (own, other) in [(places[0], places[1]), (places[1], places[0])] {
            for earlier in own {
                for later in other where earlier.upperBound <= later.lowerBound {
                    let words = wordStarts.count { $0 >= earlier.upperBound && $0 <= later.lowerBound }
                    if words <= distance { pairs.append(earlier.lowerBound..<later.upperBound) }
                }
            }
        }
        pairs.sort { ($0.upperBound, -$0.lowerBound) < ($1.upperBound, -$1.lowerBound) }
        var ranges: [Range<Int>] = []
        var earliest = 0
        for pair in pairs where pair.lowerBound >= earliest && ranges.count < limit {
            ranges.append(pair)
            earliest = pair.upperBound
        }
        return ranges
    }
}
