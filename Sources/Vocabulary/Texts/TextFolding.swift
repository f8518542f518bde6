/// What a dictionary's `ignore` takes away from a text and a pattern before one is sought in the other, beside case.
public struct TextFolding: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Marks over and under letters: `é` is `e`.
    public static let accents = TextFolding(rawValue: 1)
    /// White space within a word or phrase; to an expression every run of white space is one space.
    public static let spacing = TextFolding(rawValue: 2)
    /// Characters that are not seen: zero-width ones, soft hyphens, marks of direction.
    public static let zeroWidth = TextFolding(rawValue: 4)
    /// Characters that look like others (UTS 39).
    public static let confusables = TextFolding(rawValue: 8)
    /// Digits and signs written for letters: `c0nf1dent1al`.
    public static let leet = TextFolding(rawValue: 16)

    public static let all: TextFolding = [.accents, .spacing, .zeroWidth, .confusables, .leet]
    /// What expressions know of.
    public static let ofExpressions: TextFolding = [.accents, .spacing]

    /// Each with its name in policies.
    public static let named: [(name: String, folding: TextFolding)] = [
        ("accents", .accents), ("confusables", .confusables), ("leet", .leet), ("spacing", .spacing),
        ("zero-width", .zeroWidth),
    ]
}

/// Digits and signs that are written for letters.
public enum Leet {
    /// The letters that an ASCII character can stand for; none for most.
    public static func letters(of character: UInt32) -> [UInt32] {
        switch character {
        case 0x30: [0x6f]  // 0 o
        case 0x31, 0x7c: [0x69, 0x6c]  // 1 and | i l
        case 0x21: [0x69]  // ! i
        case 0x32: [0x7a]  // 2 z
        case 0x33: [0x65]  // 3 e
        case 0x34, 0x40: [0x61]  // 4 and @ a
        case 0x35, 0x24: [0x73]  // 5 and $ s
        case 0x37, 0x2b: [0x74]  // 7 and + t
        case 0x38: [0x62]  // 8 b
        case 0x39: [0x67]  // 9 g
        default: []
        }
    }

    /// Whether two characters are the same, one stands for the other, or both for one letter.
    public static func agree(_ left: UInt32, _ right: UInt32) -> Bool {
        if left == right { return true }
        let own = letters(of: left)
        let other = letters(of: right)
        return own.contains(right) || other.contains(left) || own.contains { other.contains($0) }
    }
}

/// What characters are to a reader, from tables that are too large for this room.
public protocol CharacterTables: Sendable {
    /// A character in lower case, and without what the folding takes away from single characters: accents, zero-width
    /// ones, confusables. Empty where nothing of it is left.
    func folded(_ character: UInt32, _ folding: TextFolding) -> [UInt32]

    /// What a text, address or domain looks like: case, accents, white space and unseen characters taken away, each
    /// character the one it resembles. `I` resembles `l` in one skeleton and is `i` in another. Empty for
    /// other values, and where nothing is left.
    func skeletons(of value: Value) -> [[UInt32]]
}
