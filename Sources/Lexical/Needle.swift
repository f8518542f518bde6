import Vocabulary

/// A word or phrase as it is sought in folded text: bytes that stand somewhere between two boundaries.
struct Needle {
    /// With each group of characters that leet mixes up written as one.
    let bytes: [UInt8]
    /// Where leet is ignored the bytes as folded: which of the group they are.
    private let plain: [UInt8]?
    /// How much of the front is its back too, for each length: where a search goes on after a difference.
    private let borders: [Int]

    init(_ source: Text, by characters: CharacterFolding, spaces: FoldedText.Spaces, ignoresLeet: Bool) {
        var folded = FoldedText(source.utf8, by: characters, spaces: spaces).bytes[...]
        while folded.first == 0x20 { folded = folded.dropFirst() }
        while folded.last == 0x20 { folded = folded.dropLast() }
        plain = ignoresLeet ? Array(folded) : nil
        bytes = ignoresLeet ? Self.merged(Array(folded)) : Array(folded)
        var borders = [0]
        for index in bytes.indices.dropFirst() {
            var length = borders[index - 1]
            while length > 0, bytes[length] != bytes[index] { length = borders[length - 1] }
            borders.append(bytes[length] == bytes[index] ? length + 1 : 0)
        }
        self.borders = borders
    }

    /// Whether bytes that are the needle's, up to a place of the text, are a match: at boundaries, and each the
    /// letter that it may stand for.
    func matches(upTo end: Int, in text: FoldedText) -> Bool {
        let start = end - bytes.count
        guard start >= 0, text.marks[start] & FoldedText.begins != 0, text.marks[end] & FoldedText.ends != 0 else {
            return false
        }
        guard let plain else { return true }
        return plain.indices.allSatisfy { index in
            let own = text.bytes[start + index]
            return own == plain[index] || Leet.agree(UInt32(own), UInt32(plain[index]))
        }
    }

    /// Gives each place of the text where a match ends to `report`, the first first, until it returns `nil`; the next
    /// match begins where it says at the earliest. Takes time linear in the text.
    ///
    /// - Parameter merged: the text's bytes as `merged` writes them, or as they are where leet is not ignored.
    func search(_ merged: [UInt8], of text: FoldedText, report: (_ end: Int) -> Int?) {
        var matched = 0
        var earliest = 0
        for (index, byte) in merged.enumerated() {
            while matched > 0, bytes[matched] != byte { matched = borders[matched - 1] }
            if bytes[matched] == byte { matched += 1 }
            guard matched == bytes.count else { continue }
            matched = borders[matched - 1]
            guard index + 1 - bytes.count >= earliest, matches(upTo: index + 1, in: text) else { continue }
            guard let next = report(index + 1) else { return }
            earliest = next
        }
    }

    /// Characters that leet mixes up written as one, so that they can be sought byte for byte.
    static func merged(_ folded: [UInt8]) -> [UInt8] { folded.map { groups[Int($0)] } }

    private static let groups: [UInt8] = (0...255).map { byte -> UInt8 in
        let letters = byte < 0x80 ? Leet.letters(of: UInt32(byte)) : []
        // `1` is `i` or `l`, which makes these two one group.
        return letters.first.map { UInt8(truncatingIfNeeded: $0) } ?? (byte == 0x6c ? 0x69 : UInt8(byte))
    }
}
