import Diagnostics

/// The wording of every fault of syntax, in the order of their codes.
public enum SyntaxDiagnostics {
    /// Every code of this room.
    public static let codes: [DiagnosticCode] = [
        notUTF8, fileTooLarge, strayCharacter, unterminatedText, badEscape, unterminatedRegex, numberTooLarge,
        invalidDate, invisibleCharacter, unexpected, unknownWord, mixedAndOr, foreignOperator, missingQuotes,
        unclosedBrace, strayBrace, nestedTooDeeply, reservedWord, chainedComparison, straySeparator, foreignComment,
        notNeedsParentheses, dottedName, foreignQuotes, strayRegex,
    ]

    static let notUTF8 = DiagnosticCode(1, "not-utf8")
    static let fileTooLarge = DiagnosticCode(2, "file-too-large")
    static let strayCharacter = DiagnosticCode(3, "stray-character")
    static let unterminatedText = DiagnosticCode(4, "unterminated-text")
    static let badEscape = DiagnosticCode(5, "bad-escape")
    static let unterminatedRegex = DiagnosticCode(6, "unterminated-regex")
    static let numberTooLarge = DiagnosticCode(7, "number-too-large")
    static let invalidDate = DiagnosticCode(8, "invalid-date")
    static let invisibleCharacter = DiagnosticCode(9, "invisible-character")
    static let unexpected = DiagnosticCode(10, "unexpected-word")
    static let unknownWord = DiagnosticCode(11, "unknown-word")
    static let mixedAndOr = DiagnosticCode(12, "mixed-and-or")
    static let foreignOperator = DiagnosticCode(13, "foreign-operator")
    static let missingQuotes = DiagnosticCode(14, "missing-quotes")
    static let unclosedBrace = DiagnosticCode(15, "unclosed-brace")
    static let strayBrace = DiagnosticCode(16, "stray-brace")
    static let nestedTooDeeply = DiagnosticCode(17, "nested-too-deeply")
    static let reservedWord = DiagnosticCode(18, "reserved-word")
    static let chainedComparison = DiagnosticCode(19, "chained-comparison")
    static let straySeparator = DiagnosticCode(20, "stray-separator")
    static let foreignComment = DiagnosticCode(21, "foreign-comment")
    static let notNeedsParentheses = DiagnosticCode(22, "not-needs-parentheses")
    static let dottedName = DiagnosticCode(23, "dotted-name")
    static let foreignQuotes = DiagnosticCode(24, "foreign-quotes")
    static let strayRegex = DiagnosticCode(25, "stray-regex")
}

/// The builders, one a code.
extension Diagnostic {
    static func notUTF8(_ span: SourceSpan) -> Diagnostic {
        Diagnostic(
            SyntaxDiagnostics.notUTF8, message: "this byte is not UTF-8", at: span,
            help: "save the file in the encoding UTF-8")
    }

    static func fileTooLarge(_ span: SourceSpan, limit: Int) -> Diagnostic {
        Diagnostic(
            SyntaxDiagnostics.fileTooLarge, message: "the file is larger than \(limit) bytes and was not read",
            at: span, help: "keep long lists in files of their own: `group partners from file \"partners.txt\"`")
    }

    /// - Parameter instead: what surely stands in its place, where that is plain.
    static func strayCharacter(_ span: SourceSpan, _ shown: String, instead: String? = nil) -> Diagnostic {
        let title = instead == " " ? "write a space" : instead.map { $0.isEmpty ? "remove it" : "write `\($0)`" }
        return Diagnostic(
            SyntaxDiagnostics.strayCharacter, message: "the character \(shown) has no meaning here", at: span,
            fixIts: [FixIt(title ?? "remove it", isSure: instead != nil, replace: span, with: instead ?? "")])
    }

    /// - Parameter meant: the name with hyphens.
    static func underscore(_ span: SourceSpan, _ meant: String) -> Diagnostic {
        Diagnostic(
            SyntaxDiagnostics.strayCharacter, message: "names have hyphens where others have `_`", at: span,
            help: "write `\(meant)`, here and wherever it is used",
            fixIts: [FixIt("write `\(meant)`", replace: span, with: meant)])
    }

    /// - Parameter end: where a text on one line most likely ends.
    static func unterminatedText(_ span: SourceSpan, end: SourceSpan?) -> Diagnostic {
        let isBlock = end == nil
        let quotes = isBlock ? "\"\"\"" : "\""
        return Diagnostic(
            SyntaxDiagnostics.unterminatedText, message: "this text has no closing `\(quotes)`", at: span,
            label: "the text begins here",
            help: isBlock
                ? "close the block by `\"\"\"` on a line of its own"
                : "close it on its line, or write a text of several lines as a `\"\"\"` block",
            fixIts: end.map { [FixIt("close the text", replace: $0, with: quotes)] } ?? [])
    }

    static func badEscape(_ span: SourceSpan, _ written: String) -> Diagnostic {
        Diagnostic(
            SyntaxDiagnostics.badEscape, message: "`\(written)` is no escape", at: span,
            help: "the escapes are \\\" \\\\ \\n \\r \\t and \\u{202E}; a backslash itself is written \\\\")
    }

    static func unterminatedRegex(_ span: SourceSpan) -> Diagnostic {
        Diagnostic(
            SyntaxDiagnostics.unterminatedRegex, message: "this regular expression has no closing `/`", at: span,
            help: "it ends on its line; a slash within it is written \\/")
    }

    static func numberTooLarge(_ span: SourceSpan) -> Diagnostic {
        Diagnostic(SyntaxDiagnostics.numberTooLarge, message: "this number has too many digits", at: span)
    }

    static func invalidDate(_ span: SourceSpan) -> Diagnostic {
        Diagnostic(
            SyntaxDiagnostics.invalidDate, message: "there is no such day", at: span,
            help: "dates are written year-month-day, as in 2026-11-24")
    }

    static func invisibleCharacter(_ span: SourceSpan, escape: String) -> Diagnostic {
        Diagnostic(
            SyntaxDiagnostics.invisibleCharacter, severity: .warning,
            message: "the text holds the invisible character \(escape)", at: span,
            help: "write it as an escape, so that reviewers see it",
            fixIts: [FixIt("write \(escape)", isSure: true, replace: span, with: escape)])
    }

    static func unexpected(
        _ token: Token, expected: String, help: String? = nil, fixIts: [FixIt] = []
    ) -> Diagnostic {
        Diagnostic(
            SyntaxDiagnostics.unexpected, message: "expected \(expected), found \(token.description)",
            at: token.span, help: help, fixIts: fixIts)
    }

    static func severalValues(_ span: SourceSpan, written: String) -> Diagnostic {
        Diagnostic(
            SyntaxDiagnostics.unexpected, message: "several values stand where one can", at: span,
            help: "name them as alternatives",
            fixIts: [FixIt("write `any of (\(written))`", replace: span, with: "any of (\(written))")])
    }

    static func unknownWord(
        _ token: Token, expected: String, meant: String?, isSure: Bool = false, help: String? = nil
    ) -> Diagnostic {
        let isKnown = meant != nil
        return Diagnostic(
            SyntaxDiagnostics.unknownWord,
            message: isKnown
                ? "\(token.description) is no word of the language"
                : "expected \(expected), found \(token.description)",
            at: token.span, label: meant.map { "did you mean `\($0)`?" } ?? "", help: isKnown ? nil : help,
            fixIts: meant.map { [FixIt("write `\($0)`", isSure: isSure, replace: token.span, with: $0)] } ?? [])
    }

    /// - Parameters:
    ///   - ands: the runs of conditions joined by `and`.
    ///   - ors: those joined by `or`.
    static func mixedAndOr(
        _ span: SourceSpan, other: SourceSpan, ands: [SourceSpan], ors: [SourceSpan]
    ) -> Diagnostic {
        func inParentheses(_ groups: [SourceSpan]) -> [SourceEdit] {
            groups.flatMap { [SourceEdit($0.before, "("), SourceEdit($0.after, ")")] }
        }
        return Diagnostic(
            SyntaxDiagnostics.mixedAndOr, message: "`and` and `or` are mixed without parentheses", at: span,
            secondary: [DiagnosticLabel(other, "first used here")],
            help: "say by parentheses which belong together",
            fixIts: [
                FixIt("put the `and` conditions in parentheses", edits: inParentheses(ands)),
                FixIt("put the `or` conditions in parentheses", edits: inParentheses(ors)),
            ])
    }

    /// - Parameter text: the replacement with the spaces that a word needs and a symbol does not.
    static func foreignOperator(_ token: Token, replacement: String, text: String) -> Diagnostic {
        Diagnostic(
            SyntaxDiagnostics.foreignOperator, message: "`\(token.value)` is written `\(replacement)` here",
            at: token.span, fixIts: [FixIt("write `\(replacement)`", isSure: true, replace: token.span, with: text)])
    }

    static func missingQuotes(_ span: SourceSpan, _ written: String, isSure: Bool = false) -> Diagnostic {
        // A bare word may as well be a name that cannot stand here.
        let isPlain = isSure || written.contains { "@.*/:".contains($0) }
        return Diagnostic(
            SyntaxDiagnostics.missingQuotes, message: "texts, addresses, domains and networks stand in quotes",
            at: span, fixIts: [FixIt("write \"\(written)\"", isSure: isPlain, replace: span, with: "\"\(written)\"")])
    }

    static func unclosedBrace(_ opener: SourceSpan, what: String, found: Token) -> Diagnostic {
        let place = found.kind == .end ? "the file ends behind this" : "a `}` is missing before this"
        return Diagnostic(
            SyntaxDiagnostics.unclosedBrace, message: "the `{` of \(what) is never closed", at: opener,
            label: "opened here", secondary: [DiagnosticLabel(found.span, place)])
    }

    static func strayBrace(_ token: Token) -> Diagnostic {
        Diagnostic(
            SyntaxDiagnostics.strayBrace, message: "this `\(token.value)` belongs to nothing", at: token.span,
            fixIts: [FixIt("remove it", replace: token.span, with: "")])
    }

    static func nestedTooDeeply(_ span: SourceSpan, limit: Int) -> Diagnostic {
        Diagnostic(
            SyntaxDiagnostics.nestedTooDeeply, message: "conditions are nested more than \(limit) deep", at: span,
            help: "give a part of it a name by `define`")
    }

    static func reservedWord(_ token: Token, what: String) -> Diagnostic {
        Diagnostic(
            SyntaxDiagnostics.reservedWord,
            message: "`\(token.value)` is a word of the language and cannot be \(what)", at: token.span,
            fixIts: [FixIt("write `the-\(token.value)`", replace: token.span, with: "the-\(token.value)")])
    }

    static func chainedComparison(_ token: Token) -> Diagnostic {
        Diagnostic(
            SyntaxDiagnostics.chainedComparison, message: "comparisons cannot be chained", at: token.span,
            help: "write two comparisons joined by `and`")
    }

    /// - Parameters:
    ///   - isTight: whether what follows it would run into what stands before it.
    ///   - isSure: whether without it all is right.
    static func straySeparator(_ token: Token, isTight: Bool = false, isSure: Bool = true) -> Diagnostic {
        Diagnostic(
            SyntaxDiagnostics.straySeparator, message: "no `\(token.value)` is needed here", at: token.span,
            fixIts: [FixIt("remove it", isSure: isSure, replace: token.span, with: isTight ? " " : "")])
    }

    static func foreignComment(_ span: SourceSpan, isBlock: Bool) -> Diagnostic {
        Diagnostic(
            SyntaxDiagnostics.foreignComment, message: "comments begin with `#`", at: span,
            fixIts: [FixIt("write `#`", isSure: !isBlock, replace: span, with: "#")])
    }

    static func notNeedsParentheses(_ token: Token, operand: SourceSpan) -> Diagnostic {
        Diagnostic(
            SyntaxDiagnostics.notNeedsParentheses, message: "what `not` denies stands in parentheses",
            at: token.span, secondary: [DiagnosticLabel(operand, "this is denied")],
            help: "or put `not` before the relation, as in `subject not contains \"x\"`",
            fixIts: [
                FixIt(
                    "put it in parentheses", isSure: true,
                    edits: [SourceEdit(operand.before, "("), SourceEdit(operand.after, ")")])
            ])
    }

    static func dottedName(_ token: Token, what: String) -> Diagnostic {
        let replacement = token.value.split(separator: ".").joined(separator: "-")
        return Diagnostic(
            SyntaxDiagnostics.dottedName, message: "\(what) has no dots", at: token.span,
            fixIts: [FixIt("write `\(replacement)`", replace: token.span, with: replacement)])
    }

    static func foreignQuotes(_ span: SourceSpan, content: String) -> Diagnostic {
        // What is an escape between straight quotes stood for itself between the others.
        let plain = content.flatMap { $0 == "\\" || $0 == "\"" ? "\\\($0)" : String($0) }
        let text = "\"" + String(plain) + "\""
        return Diagnostic(
            SyntaxDiagnostics.foreignQuotes, message: "texts stand in straight double quotes", at: span,
            fixIts: [FixIt("write \(text)", isSure: true, replace: span, with: text)])
    }

    static func strayRegex(_ span: SourceSpan) -> Diagnostic {
        Diagnostic(
            SyntaxDiagnostics.strayRegex, message: "a regular expression is not expected here", at: span,
            help: "it stands behind `matches`, or behind `regex` in a dictionary")
    }
}
