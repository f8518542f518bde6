/// A piece of a regular expression of the regular subset, with its place in the source.
struct RegexToken {
    enum Kind {
        case character(UInt32, ignoresCase: Bool)
        /// `.`; with `(?s)` a line feed too.
        case anyCharacter(withLineFeed: Bool)
        case characterClass(CharacterClass)
        /// `\R`.
        case lineEnd
        /// `\b` and `\B`.
        case wordBoundary
        /// `^` and `\A`; with `(?m)` at each line.
        case start(ofLine: Bool)
        /// `$`, `\Z` and `\z`.
        case end(ofLine: Bool)
        case open
        /// Whether the group holds alternatives.
        case close(hasAlternatives: Bool)
        case alternative
        case repetition(least: Int, most: Int?)
    }

    let kind: Kind
    let range: Range<Int>
    /// Of a repetition: where what it repeats starts.
    var itemStart = 0
    /// Within `\Q…\E`.
    var isQuoted = false
}

/// A set of characters, as far as the scan of all patterns needs to know it: exactly for ASCII, roughly beyond.
struct CharacterClass {
    var isNegated = false
    var ignoresCase = false
    /// ASCII characters that some member surely holds.
    var surely = ASCIISet()
    /// ASCII characters that some member may hold.
    var perhaps = ASCIISet()
    /// Ranges of characters beyond ASCII.
    var ranges: [ClosedRange<UInt32>] = []

    static let beyondASCII: ClosedRange<UInt32> = 0x80...0x10_ffff

    mutating func insert(_ range: ClosedRange<UInt32>) {
        if range.lowerBound < 0x80 { insert(ASCIISet(UInt8(range.lowerBound)...UInt8(min(range.upperBound, 0x7f)))) }
        if range.upperBound >= 0x80 { ranges.append(max(range.lowerBound, 0x80)...range.upperBound) }
    }

    mutating func insert(_ set: ASCIISet) {
        surely.formUnion(set)
        perhaps.formUnion(set)
    }

    /// A set that is exactly known in ASCII, and may hold anything beyond.
    mutating func insertNamed(_ set: ASCIISet) {
        insert(set)
        ranges.append(Self.beyondASCII)
    }

    /// A set of which nothing is known.
    mutating func insertUnknown() {
        perhaps = ASCIISet(0...0x7f)
        ranges.append(Self.beyondASCII)
    }
}

/// A set of ASCII characters.
struct ASCIISet: Equatable {
    private var low: UInt64 = 0
    private var high: UInt64 = 0

    init() {}

    init(_ range: ClosedRange<UInt8>) { for byte in range { insert(byte) } }

    init(_ ranges: [ClosedRange<UInt8>]) { for range in ranges { formUnion(ASCIISet(range)) } }

    mutating func insert(_ byte: UInt8) {
        if byte < 64 { low |= 1 << UInt64(byte) } else if byte < 128 { high |= 1 << UInt64(byte - 64) }
    }

    func contains(_ byte: UInt8) -> Bool {
        byte < 64 ? low >> UInt64(byte) & 1 != 0 : byte < 128 && high >> UInt64(byte - 64) & 1 != 0
    }

    mutating func formUnion(_ other: ASCIISet) {
        low |= other.low
        high |= other.high
    }

    var complement: ASCIISet {
        var set = self
        set.low = ~low
        set.high = ~high
        return set
    }

    /// The set with both cases of each letter in it.
    var closedOverCase: ASCIISet {
        var set = self
        for letter in UInt8(ascii: "a")...UInt8(ascii: "z") where contains(letter) || contains(letter - 32) {
            set.insert(letter)
            set.insert(letter - 32)
        }
        return set
    }

    static let digits = ASCIISet(0x30...0x39)
    static let wordCharacters = ASCIISet([0x30...0x39, 0x41...0x5a, 0x5f...0x5f, 0x61...0x7a])
    static let spaces = ASCIISet([0x09...0x0d, 0x20...0x20])
    static let horizontalSpaces = ASCIISet([0x09...0x09, 0x20...0x20])
    static let verticalSpaces = ASCIISet(0x0a...0x0d)

    /// The ASCII part of a POSIX class; `nil` for a name that is none.
    static func posix(_ name: String) -> ASCIISet? {
        switch name {
        case "alpha": ASCIISet([0x41...0x5a, 0x61...0x7a])
        case "lower": ASCIISet(0x61...0x7a)
        case "upper": ASCIISet(0x41...0x5a)
        case "alnum": ASCIISet([0x30...0x39, 0x41...0x5a, 0x61...0x7a])
        case "ascii": ASCIISet(0...0x7f)
        case "blank": horizontalSpaces
        case "cntrl": ASCIISet([0...0x1f, 0x7f...0x7f])
        case "digit": digits
        case "graph": ASCIISet(0x21...0x7e)
        case "print": ASCIISet(0x20...0x7e)
        case "punct": ASCIISet([0x21...0x2f, 0x3a...0x40, 0x5b...0x60, 0x7b...0x7e])
        case "space": spaces
        case "word": wordCharacters
        case "xdigit": ASCIISet([0x30...0x39, 0x41...0x46, 0x61...0x66])
        default: nil
        }
    }
}
