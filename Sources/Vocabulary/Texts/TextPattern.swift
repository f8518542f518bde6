/// A pattern over text, as a policy wrote it.
public struct TextPattern: Hashable, Sendable {
    public enum Kind: String, Sendable, Codable, CaseIterable {
        /// The source occurs anywhere, after folding both.
        case literal
        /// The source occurs anywhere, byte for byte.
        case exact
        /// As `literal`, after folding, with no letter, digit or underscore at either side; any run of white space
        /// stands for a run of white space.
        case word
        /// As `word`.
        case phrase
        /// As `phrase`, with the neighbour's text not far away.
        case near
        /// A regular expression as PCRE2 with UTF and UCP understands it; it searches.
        case regex
    }

    public let kind: Kind
    public let source: Text
    /// For `regex`: `/i`. The other flags of the language stand in the source as `(?s)` and the like.
    public let ignoresCase: Bool
    /// For `regex`: what a match must pass; one that fails does not count, and the search goes on one character after
    /// its start.
    public let check: MatchCheck?
    /// What is taken away beside case, except for `literal` and `exact`; an expression knows spacing and accents only.
    public let folding: TextFolding
    /// For `near`.
    public let neighbour: Neighbour?

    /// A text that stands near another one.
    public struct Neighbour: Hashable, Sendable {
        public let text: Text
        /// How many words lie from the end of one to the start of the other at most, the latter's first counted.
        public let distance: Int

        public init(text: Text, distance: Int) {
            self.text = text
            self.distance = distance
        }
    }

    public init(
        _ kind: Kind, _ source: Text, ignoresCase: Bool = false, check: MatchCheck? = nil, folding: TextFolding = [],
        neighbour: Neighbour? = nil
    ) {
        self.kind = kind
        self.source = source
        self.ignoresCase = ignoresCase
        self.check = check
        self.folding = folding
        self.neighbour = neighbour
    }

    /// Its text and, of neighbours, the other one.
    public var texts: [Text] { [source] + (neighbour.map { [$0.text] } ?? []) }
}

/// Which patterns of a set occur in one text.
public struct PatternHits: Sendable, Equatable {
    /// Indexes of patterns that occur, ascending.
    public var present: [Int]
    /// Indexes of patterns whose search hit a limit, ascending: they may occur.
    public var undecided: [Int]

    public init(present: [Int] = [], undecided: [Int] = []) {
        self.present = present
        self.undecided = undecided
    }
}

/// The places where one pattern occurs.
public struct PatternMatches: Sendable, Equatable {
    /// Ranges of bytes of the text, in order, not overlapping.
    public var ranges: [Range<Int>]
    /// False when a limit ended the search; there may be more.
    public var isComplete: Bool

    public init(ranges: [Range<Int>] = [], isComplete: Bool = true) {
        self.ranges = ranges
        self.isComplete = isComplete
    }
}

/// A set of patterns made ready to search many texts. Safe to use on several threads.
public protocol TextScanner: Sendable {
    /// Which patterns occur in the text, in one pass over it plus a confirmation for those that need one.
    func scan(_ text: [UInt8]) -> PatternHits

    /// Where one pattern occurs, at most `limit` places. Ranges are of the text as given, not of its folded form.
    func matches(of pattern: Int, in text: [UInt8], limit: Int) -> PatternMatches
}

/// Why a pattern cannot be used.
public struct PatternFault: Error, Equatable, Sendable {
    /// In words of the field, no full stop: `look-around is not a regular expression`.
    public let message: String
    /// The byte offset in the pattern's source, where it is known.
    public let offset: Int?

    public init(message: String, offset: Int? = nil) {
        self.message = message
        self.offset = offset
    }
}

/// Judges patterns for the checker and makes scanners for whoever runs programs.
public protocol PatternChecker: CharacterTables {
    /// What is wrong with a pattern; `nil` when it is good.
    func fault(of pattern: TextPattern) -> PatternFault?

    /// Makes a set of patterns ready.
    ///
    /// - Throws: `PatternFault` for a pattern that `fault(of:)` refuses, or when the library cannot compile the set.
    func makeScanner(_ patterns: [TextPattern]) throws(PatternFault) -> any TextScanner
}
