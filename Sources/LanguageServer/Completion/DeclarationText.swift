import Diagnostics
import Syntax

/// The text of the declaration around a place, up to the place: enough to know what may follow, and never a whole file.
struct DeclarationText {
    /// Where the declaration begins.
    let start: Int

    /// Goes up from the place to a line that begins, at the margin, with a word that begins a declaration.
    init(bytes: [UInt8], lines: LineMap, offset: Int, limit: Int) {
        var line = lines.line(of: offset)
        var start = lines.starts[line]
        while true {
            let begin = lines.starts[line]
            guard offset - begin <= limit else { break }
            start = begin
            // The line with the cursor counts only once its first word is written out.
            if Self.beginsDeclaration(bytes, begin, before: offset) || line == 0 { break }
            line -= 1
        }
        self.start = start
    }

    private static func beginsDeclaration(_ bytes: [UInt8], _ begin: Int, before offset: Int) -> Bool {
        var end = begin
        while end < bytes.count, (0x61...0x7a).contains(bytes[end]) { end += 1 }
        guard end > begin, end < offset else { return false }
        return LanguageWords.declarations.contains(String(decoding: bytes[begin..<end], as: UTF8.self))
    }
}

/// What stands before the cursor.
struct CursorText {
    /// The finished pieces of the declaration.
    let before: [Lexeme]
    /// The word that is being typed, dots included; may be empty.
    let word: String
    /// Where it begins.
    let wordStart: Int
    /// Where the open `{` of a text stands, if the cursor is in a text behind one.
    let isPlaceholder: Bool
    let isInText: Bool
    let isInComment: Bool
    /// Whether the cursor is on a line before which everything of the declaration is finished, at the margin.
    let isAtMargin: Bool

    init(bytes: [UInt8], lines: LineMap, offset: Int, limit: Int) {
        let start = DeclarationText(bytes: bytes, lines: lines, offset: offset, limit: limit).start
        var wordStart = offset
        while wordStart > start, Self.isOfWord(bytes[wordStart - 1]) { wordStart -= 1 }
        // `2 MB` is a number and a unit, but `2M` being typed is a unit behind a number.
        while wordStart < offset, (0x30...0x39).contains(bytes[wordStart]) || bytes[wordStart] == UInt8(ascii: "-") {
            wordStart += 1
        }
        let slice = SourceFile(path: "", bytes: Array(bytes[start..<offset]))
        let lexemes = Lexeme.all(of: slice)
        let end = offset - start
        let last = lexemes.last
        isInComment = last.map { $0.kind == .comment && $0.span.end >= end } ?? false
        // A text without its quote goes up to the cursor, though brackets at its end may be read as what stands behind it.
        let text = lexemes.last { $0.kind == .text }
        let open = text.flatMap { Self.isClosed(slice, $0) || Self.hasLineEnd(slice, $0.span.end) ? nil : $0 }
        isInText = open != nil
        if let open {
            var brace = offset
            while brace > start + open.span.start, Self.isOfWord(bytes[brace - 1]) { brace -= 1 }
            isPlaceholder = brace > start + open.span.start && bytes[brace - 1] == UInt8(ascii: "{")
            wordStart = isPlaceholder ? brace : wordStart
        } else {
            isPlaceholder = false
        }
        before = lexemes.filter { $0.kind != .comment && $0.span.start < wordStart - start }
        word = String(decoding: bytes[wordStart..<offset], as: UTF8.self)
        self.wordStart = wordStart
        isAtMargin = lines.starts[lines.line(of: offset)] == wordStart
    }

    private static func isOfWord(_ byte: UInt8) -> Bool {
        (0x61...0x7a).contains(byte | 0x20) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "-")
            || byte == UInt8(ascii: ".")
    }

    private static func hasLineEnd(_ slice: SourceFile, _ start: Int) -> Bool {
        slice.bytes[start...].contains(UInt8(ascii: "\n"))
    }

    private static func isClosed(_ slice: SourceFile, _ text: Lexeme) -> Bool {
        let bytes = slice.bytes[text.span.range]
        let quote = UInt8(ascii: "\"")
        guard bytes.first == quote else { return true }
        if bytes.starts(with: [quote, quote, quote]) {
            return bytes.count >= 6 && bytes.suffix(3) == [quote, quote, quote]
        }
        return bytes.count >= 2 && bytes.last == quote && bytes.dropLast().last != UInt8(ascii: "\\")
    }
}
