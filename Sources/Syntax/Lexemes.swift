import Diagnostics

/// A piece of a policy's text as editors see it: comments too, nothing resolved.
public struct Lexeme: Sendable {
    /// The kinds of pieces.
    public enum Kind: Sendable {
        /// A word or path; `LanguageWords` tells which are the language's.
        case word
        case text
        case regex
        case number
        case date
        case symbol
        case comment
    }

    /// What it is.
    public let kind: Kind
    /// Its place.
    public let span: SourceSpan
    /// The text as written; of a text literal what it stands for, of a regex its source.
    public let value: String
    /// Whether it is the first of its line.
    public let isFirstOnLine: Bool

    /// Makes a piece.
    public init(kind: Kind, span: SourceSpan, value: String, isFirstOnLine: Bool) {
        self.kind = kind
        self.span = span
        self.value = value
        self.isFirstOnLine = isFirstOnLine
    }

    /// Every piece of a file in its order. Total over any bytes.
    public static func all(of file: SourceFile, limits: SyntaxLimits = SyntaxLimits()) -> [Lexeme] {
        var lexer = Lexer(file: file, limits: limits)
        lexer.run()
        var result: [Lexeme] = []
        result.reserveCapacity(lexer.tokens.count + lexer.comments.count)
        var comments = lexer.comments[...]
        for token in lexer.tokens {
            while let comment = comments.first, comment.span.start <= token.span.start {
                result.append(Lexeme(kind: .comment, span: comment.span, value: comment.text, isFirstOnLine: false))
                comments.removeFirst()
            }
            guard let kind = token.kind.seen else { continue }
            result.append(
                Lexeme(kind: kind, span: token.span, value: token.value, isFirstOnLine: token.isFirstOnLine))
        }
        return result
    }
}

extension Token.Kind {
    fileprivate var seen: Lexeme.Kind? {
        switch self {
        case .word: .word
        case .text: .text
        case .regex: .regex
        case .number: .number
        case .date: .date
        case .symbol: .symbol
        case .end: nil
        }
    }
}

/// The words of the language, for editors and grammars.
public enum LanguageWords {
    /// Words that can never be names.
    public static var reserved: Set<String> { Keywords.reserved }
    /// Words that begin a declaration.
    public static var declarations: [String] { Keywords.declarations }
    /// Words that begin an action.
    public static var actions: [String] { Keywords.actions }
    /// Words that begin a line of a policy's header.
    public static var policyFields: [String] { Keywords.policyFields }
    /// Words that begin a line of a dictionary, numbers apart.
    public static var dictionaryItems: [String] { Keywords.dictionaryItems }
    /// What an entry of a dictionary looks for.
    public static var patterns: [String] { Keywords.patterns }
    /// Words that begin a row of a setting.
    public static var settingRows: [String] { Keywords.settingRows }
    /// Words that begin a line of an area.
    public static var areaFields: [String] { Keywords.areaFields }
    /// Words that begin a clause of a rule.
    public static var ruleClauses: [String] { Keywords.ruleClauses }
    /// Words that begin a line of a test.
    public static var testSteps: [String] { Keywords.testSteps }
    /// What a test expects of a rule.
    public static var outcomes: [String] { Keywords.outcomes }
    /// Words between a fact and what it is tested for, `is` apart.
    public static var relations: [String] { Keywords.relations }
    /// Words that mean something in one place only and may be names elsewhere.
    public static let contextual: Set<String> = Set(
        Keywords.policyFields + Keywords.dictionaryItems + Keywords.patterns + Keywords.areaFields
            + Keywords.testSteps + Keywords.outcomes
            + [
                "after", "because", "body", "by", "checked", "even", "file", "from", "header", "least", "like",
                "notice", "number", "subject", "take", "times", "to", "total", "unauthenticated", "up", "using", "via",
                "with", "within", "words",
            ]
    ).subtracting(Keywords.reserved)

    /// Whether a word can name something that a policy declares.
    public static func canBeName(_ word: String) -> Bool {
        guard let first = word.utf8.first, isLetter(first), let last = word.utf8.last, last != UInt8(ascii: "-") else {
            return false
        }
        let isPlain = word.utf8.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-") }
        return isPlain && !word.contains("--") && !reserved.contains(word)
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
    }
}
