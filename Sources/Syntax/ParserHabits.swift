import Diagnostics

/// What is read as it was meant although it is written as elsewhere: told once, with the words to write instead.
extension Parser {
    // MARK: Quantities

    /// Units as other languages write them.
    private static let foreignUnits: [String: Unit] = [
        "o": .bytes, "octet": .bytes, "octets": .bytes, "byte": .bytes, "bytes": .bytes,
        "k": .kilobytes, "ko": .kilobytes, "g": .gigabytes, "go": .gigabytes, "mo": .megabytes,
        "kio": .kibibytes, "mio": .mebibytes, "gio": .gibibytes,
        "sec": .seconds, "min": .minutes, "h": .hours, "heure": .hours, "heures": .hours, "jour": .days,
        "jours": .days, "d": .days, "semaine": .weeks, "semaines": .weeks,
    ]

    /// A unit in the wrong case or of another language, on the number's line.
    mutating func foreignUnit() -> Unit? {
        guard isName(token), !token.isFirstOnLine else { return nil }
        let written = token.value.lowercased()
        let meant = Unit.allCases.first { $0.rawValue.lowercased() == written } ?? Self.foreignUnits[written]
        guard let meant else { return nil }
        report(.unknownWord(token, expected: "a unit", meant: meant.rawValue, isSure: true))
        return meant
    }

    /// The digits behind a decimal comma, as in `2,5 MB`: no spaces around it, and no list goes on or ends behind it.
    mutating func decimals(behind number: Token) -> Token? {
        let digits = peek(1)
        guard at(","), !token.isSpaced, digits.kind == .number, !digits.isSpaced, !number.value.contains("."),
            !digits.value.contains("."), !digits.isFirstOnLine
        else { return nil }
        let next = peek(2)
        let hasUnit =
            next.kind == .word && !next.isFirstOnLine
            && (Unit(rawValue: next.value) != nil || Self.foreignUnits[next.value.lowercased()] != nil)
        guard hasUnit || !(next.kind == .symbol && [",", ")"].contains(next.value)) else { return nil }
        bag.add(
            .decimalComma(
                number.span.joined(to: digits.span), whole: number.value, decimals: digits.value,
                unit: hasUnit ? " " + next.value : ""))
        advance()
        return advance()
    }

    // MARK: Conditions

    /// `("a", "b")` behind a relation, where `any of` must stand before it.
    mutating func bareAlternatives() throws(Stop) -> Choice.Values? {
        guard at("("), peek(1).kind == .text || isName(peek(1)) || peek(1).kind == .number else { return nil }
        report(.bareAlternatives(token))
        return .any(try operands())
    }

    /// `header X-Spam-Flag is …`: the field's name without its quotes.
    mutating func unquotedField(behind path: Path) -> TextLiteral? {
        guard path.segments.count == 1, path.segments[0].text == "header", isName(token), !token.isFirstOnLine else {
            return nil
        }
        let next = peek(1)
        let isTested =
            next.kind == .word && (["is", "not", "as", "otherwise"] + Keywords.relations).contains(next.value)
            || next.kind == .symbol && (Keywords.orders + ["=", "==", "!="]).contains(next.value)
        guard isTested else { return nil }
        report(.missingQuotes(token.span, token.value, isSure: true))
        let field = advance()
        return TextLiteral(value: field.value, span: field.span)
    }

    /// `count of files is 3`: what says the same by the orders that counts and sums are compared with.
    func helpOfEquality(_ measure: SourceSpan) -> String? {
        guard at("is") || at("=") || at("==") else { return nil }
        let isDenied = peek(1).value == "not"
        let number = peek(isDenied ? 2 : 1)
        guard number.kind == .number else { return nil }
        let text = file.text(measure.start..<measure.end)
        let written = text.utf8.count > 40 || text.utf8.contains(0x0A) ? "…" : text
        let unit = peek(isDenied ? 3 : 2)
        let value = number.value + (Unit(rawValue: unit.value) == nil ? "" : " " + unit.value)
        return isDenied
            ? "write `(\(written) < \(value) or \(written) > \(value))`"
            : "write `\(written) >= \(value) and \(written) <= \(value)`"
    }

    /// `count(attachments)`: read as `count of attachments`.
    mutating func calledLike(_ word: Token) throws(Stop) -> Path? {
        guard at("("), isName(peek(1)), peek(2).kind == .symbol, peek(2).value == ")" else { return nil }
        let name = peek(1)
        report(.calledLike(word, opening: token, name: name, closing: peek(2), next: peek(3)))
        advance()
        let list = try path("what is counted")
        advance()
        return list
    }

    // MARK: Rows of words

    /// `inbound outbound`: directions that lack their comma.
    mutating func directionsWithoutComma() throws(Stop) -> [Name] {
        var names: [Name] = []
        while token.kind == .word, !token.isFirstOnLine, ["inbound", "outbound", "internal"].contains(token.value) {
            report(.missingComma(token, behind: lastSpan))
            names.append(try name("a direction"))
            while acceptComma() { names.append(try name("a direction")) }
        }
        return names
    }

    /// `and` or a comma between two actions, which stand side by side.
    mutating func passJoinedAction() {
        let next = peek(1)
        guard at("and") || at(","), next.kind == .word, Keywords.actions.contains(next.value) else { return }
        report(at(",") ? .straySeparator(token, isTight: !next.isSpaced) : .joinedActions(token))
        advance()
    }
}

extension Diagnostic {
    static func decimalComma(_ span: SourceSpan, whole: String, decimals: String, unit: String) -> Diagnostic {
        let point = whole + "." + decimals
        // With three digits it may as well part the thousands.
        let isSure = decimals.count != 3
        let thousands = FixIt("write `\(whole)\(decimals)`", replace: span, with: whole + decimals)
        return Diagnostic(
            SyntaxDiagnostics.unexpected, message: "decimals stand behind a point, not behind a comma", at: span,
            help: "write `\(point)\(unit)`" + (isSure ? "" : " or `\(whole)\(decimals)\(unit)`"),
            fixIts: [FixIt("write `\(point)`", isSure: isSure, replace: span, with: point)]
                + (isSure ? [] : [thousands]))
    }

    /// A pattern in quotes. What was meant by its stars and points is for the author to say.
    static func quotedRegex(_ token: Token) -> Diagnostic {
        Diagnostic(
            SyntaxDiagnostics.unexpected, message: "expected a regular expression, found a text", at: token.span,
            help: "it is written /like this/; a text is looked for by `contains`",
            fixIts: [FixIt("write /\(token.value)/", replace: token.span, with: "/\(token.value)/")])
    }

    static func globAsRegex(_ token: Token, _ glob: Glob, behind relation: Token?) -> Diagnostic {
        let expression = FixIt(
            "write /\(glob.expression)/i", replace: token.span, with: "/\(glob.expression)/i")
        let plain = relation.flatMap { relation in
            glob.plain.map { FixIt("write `\($0)`", replace: relation.span.joined(to: token.span), with: $0) }
        }
        return Diagnostic(
            SyntaxDiagnostics.unexpected, message: "expected a regular expression, found a text", at: token.span,
            help: "`*` and `?` stand for other characters in lists of addresses only",
            fixIts: [plain, expression].compactMap(\.self))
    }

    /// What it was to say is not known: that both hold, or one, or another excuse.
    static func commaBetweenConditions(_ token: Token) -> Diagnostic {
        Diagnostic(
            SyntaxDiagnostics.straySeparator, message: "a `,` does not join conditions", at: token.span,
            help: "write `and` if both must hold, `or` if one is enough; each excuse has an `unless` of its own")
    }

    static func bareAlternatives(_ token: Token) -> Diagnostic {
        Diagnostic(
            SyntaxDiagnostics.unexpected, message: "several values stand where one can", at: token.span,
            help: "name them as alternatives: `any of (…)`, or `all of (…)` where all must be found",
            fixIts: [FixIt("write `any of (…)`", replace: token.span.before, with: "any of ")])
    }

    static func calledLike(
        _ word: Token, opening: Token, name: Token, closing: Token, next: Token
    ) -> Diagnostic {
        let space = next.isSpaced ? "" : " "
        return Diagnostic(
            SyntaxDiagnostics.unexpected, message: "`\(word.value)` takes no parentheses", at: opening.span,
            help: "write `\(word.value) of \(name.value)`",
            fixIts: [
                FixIt(
                    "write `\(word.value) of \(name.value)`", isSure: true,
                    replace: word.span.joined(to: closing.span), with: "\(word.value) of \(name.value)\(space)")
            ])
    }

    static func missingComma(_ token: Token, behind last: SourceSpan) -> Diagnostic {
        Diagnostic(
            SyntaxDiagnostics.unexpected, message: "directions stand with commas between them", at: token.span,
            help: "write a comma before `\(token.value)`",
            fixIts: [FixIt("write a comma", isSure: true, replace: last.after, with: ",")])
    }

    static func joinedActions(_ token: Token) -> Diagnostic {
        Diagnostic(
            SyntaxDiagnostics.straySeparator, message: "no `and` is needed here", at: token.span,
            help: "actions stand side by side: `then tag subject \"[x]\" quarantine review`",
            fixIts: [FixIt("remove it", isSure: true, replace: token.span, with: "")])
    }
}
