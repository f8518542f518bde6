import Diagnostics

/// Purpose: reads the text of a policy file into a tree, and writes a tree's text in its canonical form.
/// Takes: any bytes. Gives: a tree and diagnostics. Fails: never; what is faulty is reported and left out.
/// Limits: `Limits.swift`. Must not import: `Vocabulary` (the grammar knows no facts).

/// What the parser made of a file.
public struct ParseResult: Sendable {
    /// The tree; where there are errors, what could be read.
    public var tree: SourceTree
    /// The faults in the order of their places.
    public var diagnostics: [Diagnostic]

    /// Whether the file has faults that forbid to use the tree.
    public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
}

/// A recursive-descent parser of `Grammar/lazaret.ebnf`, one function a production. A faulty item (a clause, a row, a
/// declaration) is reported once and left; reading goes on at the next brace, clause word or declaration word.
public struct Parser {
    /// Thrown at a fault that has been reported; caught where reading can go on.
    struct Stop: Error {}

    let file: SourceFile
    let limits: SyntaxLimits
    let tokens: [Token]
    var index = 0
    var bag: DiagnosticBag
    var depth = 0
    /// The token of the last report: a second one at the same place would be a cascade.
    var lastReported = -1
    /// Whether a text without end swallowed the rest of the file, and with it whatever is missing there.
    var endsInText = false
    /// Whether a policy's header was begun.
    var hasHeader = false
    /// The token behind the condition that was read last.
    var conditionEnd = -1
    /// Marks for the formatter, by token.
    var marks: [Int: LayoutMark] = [:]

    /// Parses a file. Linear in its length; total over any bytes.
    public static func parse(file: SourceFile, limits: SyntaxLimits = SyntaxLimits()) -> ParseResult {
        let (parser, tree) = run(file: file, limits: limits)
        return ParseResult(tree: tree, diagnostics: parser.bag.sorted)
    }

    /// Parses a file and keeps the parser, whose tokens and marks the formatter reads.
    static func run(file: SourceFile, limits: SyntaxLimits) -> (Parser, SourceTree) {
        var lexer = Lexer(file: file, limits: limits)
        lexer.run()
        var parser = Parser(file: file, limits: limits, tokens: lexer.tokens, bag: lexer.bag)
        parser.endsInText = lexer.endsInText
        let declarations = parser.parseFile()
        let tree = SourceTree(
            file: file.id, declarations: declarations, comments: lexer.comments, hasHeader: parser.hasHeader)
        return (parser, tree)
    }

    init(file: SourceFile, limits: SyntaxLimits, tokens: [Token], bag: DiagnosticBag) {
        self.file = file
        self.limits = limits
        self.tokens = tokens
        self.bag = bag
    }

    // MARK: Tokens

    var token: Token { tokens[index] }

    func peek(_ ahead: Int) -> Token { tokens[min(index + ahead, tokens.count - 1)] }

    var isAtEnd: Bool { token.kind == .end }

    /// Whether the token is a word or symbol of the language.
    func at(_ word: String) -> Bool { (token.kind == .word || token.kind == .symbol) && token.value == word }

    func isName(_ token: Token) -> Bool {
        token.kind == .word && !Keywords.reserved.contains(token.value)
    }

    @discardableResult
    mutating func advance() -> Token {
        let current = token
        if !isAtEnd { index += 1 }
        return current
    }

    mutating func accept(_ word: String) -> Bool {
        guard at(word) else { return false }
        advance()
        return true
    }

    /// The end of what was read last.
    var lastSpan: SourceSpan { index > 0 ? tokens[index - 1].span : token.span }

    func span(from start: SourceSpan) -> SourceSpan { start.joined(to: lastSpan) }

    // MARK: Reports

    mutating func report(_ diagnostic: Diagnostic) {
        guard lastReported != index else { return }
        lastReported = index
        bag.add(diagnostic)
    }

    mutating func fail(_ expected: String, help: String? = nil) -> Stop {
        if token.kind == .regex, expected != "a regular expression" {
            report(.strayRegex(token.span))
        } else {
            report(.unexpected(token, expected: expected, help: help))
        }
        return Stop()
    }

    // MARK: Words

    /// Reads a fixed word; a misspelled one is reported and taken for it.
    mutating func expect(_ word: String) throws(Stop) {
        if accept(word) { return }
        if isName(token), Spelling.nearest(to: token.value, among: [word]) != nil {
            report(
                .unknownWord(
                    token, expected: "`\(word)`", meant: word,
                    isSure: Spelling.isSlip(token.value, for: word, among: [word])))
            advance()
            return
        }
        throw fail("`\(word)`")
    }

    /// The keyword at hand among some: as written, or as it was evidently meant (reported). Nothing is consumed.
    mutating func keyword(of words: [String]) -> String? {
        guard token.kind == .word else { return nil }
        if words.contains(token.value) { return token.value }
        guard isName(token), let meant = Spelling.nearest(to: token.value, among: words) else { return nil }
        report(
            .unknownWord(
                token, expected: list(words), meant: meant,
                isSure: Spelling.isSlip(token.value, for: meant, among: words)))
        return meant
    }

    func list(_ words: [String]) -> String {
        words.count > 7 ? "one of its keywords" : words.map { "`\($0)`" }.joined(separator: ", ")
    }

    /// A word where a keyword is expected that is like none of them.
    mutating func failWord(_ expected: String, help: String? = nil) -> Stop {
        if isName(token) {
            report(.unknownWord(token, expected: expected, meant: nil, help: help))
            return Stop()
        }
        return fail(expected, help: help)
    }

    mutating func name(_ what: String) throws(Stop) -> Name {
        if isName(token) {
            if token.value.contains(".") { report(.dottedName(token, what: what)) }
            let token = advance()
            return Name(text: token.value, span: token.span)
        }
        if token.kind == .word, !token.isFirstOnLine, !["from", "for", "of", "then", "as"].contains(token.value) {
            let next = peek(1)
            let ends =
                next.isFirstOnLine || ["{", "=", ",", ")", "}", "from", "for", "of", "take"].contains(next.value)
            if ends || next.kind == .text {
                report(.reservedWord(token, what: what))
                let token = advance()
                return Name(text: token.value, span: token.span)
            }
        }
        if token.kind == .text, !what.hasPrefix("`"), let plain = Habits.plainName(of: token.value) {
            report(
                .unexpected(
                    token, expected: what, help: "names stand without quotes",
                    fixIts: [
                        FixIt("write `\(plain)`", isSure: plain == token.value, replace: token.span, with: plain)
                    ]))
            let token = advance()
            return Name(text: plain, span: token.span)
        }
        throw fail(what, help: Habits.help(forName: token, what))
    }

    mutating func path(_ what: String) throws(Stop) -> Path {
        if token.kind == .text, let plain = Habits.plainPath(of: token.value) {
            report(
                .unexpected(
                    token, expected: what, help: "names stand without quotes",
                    fixIts: [
                        FixIt("write `\(plain)`", isSure: plain == token.value, replace: token.span, with: plain)
                    ]))
            let token = advance()
            return Path(
                segments: plain.split(separator: ".").map { Name(text: String($0), span: token.span) },
                span: token.span)
        }
        guard isName(token) else {
            throw fail(what)
        }
        let token = advance()
        var segments: [Name] = []
        var start = token.span.start
        for segment in token.value.split(separator: ".") {
            let end = start + segment.utf8.count
            let span = SourceSpan(file: file.id, start: start, end: end)
            segments.append(Name(text: String(segment), span: span))
            start = end + 1
        }
        return Path(segments: segments, span: token.span)
    }

    mutating func names(_ what: String) throws(Stop) -> [Name] {
        var result = [try name(what)]
        while acceptComma() { result.append(try name(what)) }
        return result
    }

    /// A comma between elements; one too many, or behind the last element, is reported and passed over.
    mutating func acceptComma() -> Bool {
        guard at(",") else { return false }
        if endsList(1) {
            report(.straySeparator(token, isTight: !peek(1).isSpaced))
            advance()
            return false
        }
        advance()
        while at(",") {
            report(.straySeparator(token, isTight: !peek(1).isSpaced))
            advance()
            if endsList(0) { return false }
        }
        return true
    }

    /// Whether a list is over at a token: a bracket closes, or a clause begins on a new line.
    func endsList(_ ahead: Int) -> Bool {
        let next = peek(ahead)
        if next.kind == .end { return true }
        if next.kind == .symbol, next.value == ")" { return true }
        let after = peek(ahead + 1)
        if next.kind == .symbol, next.value == "}" {
            return next.isFirstOnLine || after.isFirstOnLine || after.kind == .end
        }
        return next.kind == .word && next.isFirstOnLine && Keywords.clauseStarts.contains(next.value)
    }

    // MARK: Literals

    mutating func text(_ what: String = "a text in quotes") throws(Stop) -> TextLiteral {
        if token.kind == .text {
            let token = advance()
            return TextLiteral(value: token.value, span: token.span)
        }
        if isName(token) || token.kind == .number, !token.isFirstOnLine, peek(1).kind != .text {
            report(.missingQuotes(token.span, token.value))
            let token = advance()
            return TextLiteral(value: token.value, span: token.span)
        }
        throw fail(what)
    }

    mutating func texts() throws(Stop) -> [TextLiteral] {
        var result = [try text()]
        while acceptComma() { result.append(try text()) }
        return result
    }

    mutating func regex() throws(Stop) -> RegexLiteral {
        if token.kind == .text, let glob = Glob(token.value) {
            let before = tokens[max(index - 1, 0)]
            report(.globAsRegex(token, glob, behind: before.value == "matches" ? before : nil))
            let token = advance()
            return RegexLiteral(source: glob.expression, flags: "i", span: token.span)
        }
        if token.kind == .text, !token.value.contains("/"), !token.value.isEmpty {
            report(.quotedRegex(token))
            let token = advance()
            return RegexLiteral(source: token.value, flags: "", span: token.span)
        }
        guard token.kind == .regex else {
            throw fail("a regular expression", help: "it is written /like this/")
        }
        let token = advance()
        return RegexLiteral(source: token.value, flags: token.flags, span: token.span)
    }

    mutating func number(_ what: String = "a number", signed: Bool = false) throws(Stop) -> NumberLiteral {
        let start = token.span
        let negative = signed && accept("-")
        guard token.kind == .number else { throw fail(what) }
        let digits = advance()
        let decimals = decimals(behind: digits)
        guard let (mantissa, scale) = Self.decimal(digits.value + (decimals.map { "." + $0.value } ?? "")) else {
            bag.add(.numberTooLarge(digits.span))
            return NumberLiteral(mantissa: 0, scale: 0, span: span(from: start))
        }
        return NumberLiteral(mantissa: negative ? -mantissa : mantissa, scale: scale, span: span(from: start))
    }

    /// Digits with a point or without; `nil` where they are too many.
    private static func decimal(_ text: String) -> (mantissa: Int64, scale: Int)? {
        var mantissa: Int64 = 0
        var scale = 0
        var behindPoint = false
        for byte in text.utf8 {
            if byte == UInt8(ascii: ".") {
                behindPoint = true
                continue
            }
            let (product, overflow) = mantissa.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(Int64(byte) - 48)
            if overflow || carry || scale == 18 { return nil }
            mantissa = sum
            if behindPoint { scale += 1 }
        }
        return (mantissa, scale)
    }

    mutating func quantity() throws(Stop) -> Quantity {
        let start = token.span
        let number = try number(signed: true)
        var unit: Unit?
        if token.kind == .word {
            unit = Unit(rawValue: token.value) ?? foreignUnit()
            if unit != nil { advance() }
        }
        return Quantity(number: number, unit: unit, span: span(from: start))
    }

    mutating func date() -> DateLiteral {
        let token = advance()
        let fields = token.value.split(separator: "-").compactMap { Int($0) }
        let (year, month, day) = (fields[0], fields[1], fields[2])
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        if !(1...12).contains(month) || day < 1 || day > lengths[min(max(month, 1), 12) - 1] {
            bag.add(.invalidDate(token.span))
        }
        return DateLiteral(year: year, month: month, day: day, span: token.span)
    }

    mutating func literal() throws(Stop) -> Literal {
        switch token.kind {
        case .text: return .text(try text())
        case .number: return .quantity(try quantity())
        case .date: return .date(date())
        default: break
        }
        if at("-") { return .quantity(try quantity()) }
        if at("true") || at("false") {
            let token = advance()
            return .bool(token.value == "true", token.span)
        }
        throw fail("a value")
    }

    mutating func value() throws(Stop) -> Value {
        if isName(token) { return .name(try name("a value")) }
        return .literal(try literal())
    }
}
