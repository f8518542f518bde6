import Diagnostics

/// Cuts a file into tokens. Total over any bytes: what cannot be read is reported at its place and skipped, or stands
/// for what was evidently meant (an address without quotes becomes a text), so that the parser needs no second word.
struct Lexer {
    let file: SourceFile
    let bytes: [UInt8]
    var offset = 0
    var tokens: [Token] = []
    var comments: [Comment] = []
    var bag: DiagnosticBag
    var lineIsFresh = true
    var isSpaced = true
    /// Whether a block of text has no end.
    var endsInText = false
    /// By closing quote of another kind, the end of the last line on which none was found: it is looked for once.
    var unclosedQuotes: [String: Int] = [:]

    init(file: SourceFile, limits: SyntaxLimits) {
        self.file = file
        bytes = file.bytes
        var bounds = DiagnosticLimits()
        bounds.diagnosticsPerRun = limits.diagnosticsPerFile
        bag = DiagnosticBag(limits: bounds)
        if bytes.count > limits.bytesPerFile {
            bag.add(.fileTooLarge(SourceSpan(file: file.id, start: 0, end: 0), limit: limits.bytesPerFile))
            offset = bytes.count
        } else if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            offset = 3
        }
    }

    /// Reads the whole file; the last token is `.end`.
    mutating func run() {
        while offset < bytes.count { step() }
        append(.end, from: bytes.count, value: "")
    }

    func byte(_ ahead: Int = 0) -> UInt8 {
        let index = offset + ahead
        return index < bytes.count ? bytes[index] : 0
    }

    func span(_ start: Int, _ end: Int) -> SourceSpan { SourceSpan(file: file.id, start: start, end: end) }

    mutating func append(_ kind: Token.Kind, from start: Int, value: String, flags: String = "") {
        tokens.append(
            Token(
                kind: kind, span: span(start, offset), value: value, flags: flags, isFirstOnLine: lineIsFresh,
                isSpaced: isSpaced))
        lineIsFresh = false
        isSpaced = false
    }

    private mutating func step() {
        let start = offset
        switch byte() {
        case UInt8(ascii: "\n"):
            offset += 1
            lineIsFresh = true
            isSpaced = true
        case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
            offset += 1
            isSpaced = true
        case UInt8(ascii: "#"): lexComment()
        case UInt8(ascii: "\""): lexText()
        case UInt8(ascii: "'"): lexForeignText(closing: "'")
        case UInt8(ascii: "/"): lexSlash()
        case UInt8(ascii: "0")...UInt8(ascii: "9"): lexNumber()
        case UInt8(ascii: "@"), UInt8(ascii: "*"): lexUnquoted(from: start)
        case UInt8(ascii: ";"):
            offset += 1
            let token = Token(kind: .symbol, span: span(start, offset), value: ";")
            bag.add(.straySeparator(token, isTight: byte() > 0x20))
        case let first where isLetter(first): lexWord()
        case let first where first < 0x80: lexSymbol()
        default: lexForeignCharacter()
        }
    }

    private mutating func lexComment() {
        let start = offset
        while offset < bytes.count, byte() != UInt8(ascii: "\n") { offset += 1 }
        checkEncoding(start..<offset, warnInvisible: false)
        var end = offset
        while end > start, [0x20, 0x09, 0x0D].contains(bytes[end - 1]) { end -= 1 }
        comments.append(Comment(text: file.text(start..<end), span: span(start, end)))
        isSpaced = true
    }

    /// A word: kebab-case names joined by dots, the longest that fits.
    private mutating func lexWord() {
        let start = offset
        scanName()
        while byte() == UInt8(ascii: "."), isLetter(byte(1)) {
            offset += 1
            scanName()
        }
        let end = offset
        while byte() == UInt8(ascii: "_"), isLetter(byte(1)) || isDigit(byte(1)) {
            offset += 1
            scanName()
        }
        if byte() == UInt8(ascii: "@") { return lexUnquoted(from: start) }
        var word = file.text(start..<offset)
        if offset > end {
            word = String(word.map { $0 == "_" ? "-" : $0 })
            bag.add(.underscore(span(start, offset), word))
        }
        append(.word, from: start, value: word)
    }

    private mutating func scanName() {
        while isLetter(byte()) || isDigit(byte())
            || (byte() == UInt8(ascii: "-") && (isLetter(byte(1)) || isDigit(byte(1))))
        {
            offset += 1
        }
    }

    private mutating func lexNumber() {
        let start = offset
        scanDigits()
        if offset - start == 4, isDatePattern() {
            offset += 6
            return append(.date, from: start, value: file.text(start..<offset))
        }
        if byte() == UInt8(ascii: "."), isDigit(byte(1)) {
            offset += 1
            scanDigits()
        }
        let next = byte()
        let isAddress =
            (next == UInt8(ascii: ".") && isDigit(byte(1)))
            || (next == UInt8(ascii: ":") && (isLetter(byte(1)) || isDigit(byte(1)) || byte(1) == next))
        if isAddress { return lexUnquoted(from: start) }
        append(.number, from: start, value: file.text(start..<offset))
    }

    private mutating func scanDigits() {
        while isDigit(byte()) { offset += 1 }
    }

    private func isDatePattern() -> Bool {
        byte() == UInt8(ascii: "-") && isDigit(byte(1)) && isDigit(byte(2)) && byte(3) == UInt8(ascii: "-")
            && isDigit(byte(4)) && isDigit(byte(5)) && !isDigit(byte(6))
    }

    /// An address, pattern or network without its quotes: read on as far as one goes, and take it for the text.
    private mutating func lexUnquoted(from start: Int) {
        let joining = Array("@*._-+:/%".utf8)
        while isLetter(byte()) || isDigit(byte()) || joining.contains(byte()) { offset += 1 }
        let written = file.text(start..<offset)
        bag.add(.missingQuotes(span(start, offset), written))
        append(.text, from: start, value: written)
    }

    private mutating func lexSymbol() {
        let start = offset
        let two = file.text(start..<min(start + 2, bytes.count))
        if ["<=", ">=", "==", "!=", "&&", "||", "<>"].contains(two) {
            offset += 2
            return append(.symbol, from: start, value: two)
        }
        offset += 1
        let one = file.text(start..<offset)
        if "<>=(){},-!&|".contains(one) { return append(.symbol, from: start, value: one) }
        let isControl = bytes[start] < 0x20 || bytes[start] == 0x7F
        let shown = isControl ? "U+00" + (bytes[start] < 16 ? "0" : "") + hex(UInt32(bytes[start])) : "`\(one)`"
        bag.add(.strayCharacter(span(start, offset), shown))
        skipRepeats(of: bytes[start])
    }

    /// A run of the same stray byte is one mistake.
    private mutating func skipRepeats(of stray: UInt8) {
        while offset < bytes.count, byte() == stray { offset += 1 }
        isSpaced = true
    }

    private func isLetter(_ byte: UInt8) -> Bool {
        (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "z")
    }

    private func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

    func hex(_ value: UInt32) -> String { String(value, radix: 16, uppercase: true) }
}
