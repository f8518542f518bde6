import Diagnostics
import Syntax
import Vocabulary

/// Codes 400 to 420: names in conditions.
extension SemanticsDiagnostics {
    static func unknownName(_ path: some Written, nearest: NearName?) -> Diagnostic {
        make(
            .unknownName, "nothing is called `\(path.text)` here", at: path.span,
            help: didYouMean(nearest, else: "it is neither a fact of the mail nor defined in the policy"),
            fixIts: spelling(path.span, nearest))
    }

    /// A name that a header field has: it is asked for by `header`.
    static func headerField(_ path: some Written) -> Diagnostic {
        make(
            .unknownName, "nothing is called `\(path.text)` here", at: path.span,
            help: "a field of the header is named in quotes: `header \"\(path.text)\"`",
            fixIts: [
                FixIt(
                    "write `header \"\(path.text)\"`", isSure: path.text.hasPrefix("X-"), replace: path.span,
                    with: "header \"\(path.text)\"")
            ])
    }

    /// A value that stands by itself behind `or`, where it was to be another alternative of the test before it.
    static func bareAlternative(_ value: SourceSpan, _ written: String, fix: FixIt) -> Diagnostic {
        make(
            .notACondition, "`\(written)` is not a condition", at: value,
            label: "each side of `and` and `or` is a condition of its own", help: fix.title, fixIts: [fix])
    }

    static func unknownFactOfElement(_ name: Name, element: String, nearest: NearName?) -> Diagnostic {
        make(
            .unknownFactOfElement, "nothing is known as `\(name.text)` of a single \(element)", at: name.span,
            help: didYouMean(nearest, else: "see the list of facts in docs/facts.md"),
            fixIts: spelling(name.span, nearest))
    }

    static func unknownMember(_ name: Name, of row: FactRow, type: ValueType) -> Diagnostic {
        let members = Member.allCases.filter { $0.type(in: type) != nil }.map(\.rawValue)
        let nearest = Nearest.to(name.text, among: members)
        let rest = members.isEmpty ? "\(type.phrase) has no parts" : "\(type.phrase) has \(alternatives(members))"
        return make(
            .unknownMember, "`\(row.writtenName)` has no `\(name.text)`", at: name.span,
            help: didYouMean(nearest, else: rest), fixIts: spelling(name.span, nearest))
    }

    /// - Parameters:
    ///   - facts: the facts of one kind of element, in their order.
    ///   - condition: what of the condition speaks of them, as written.
    static func elementFactsOutside(
        _ facts: [WrittenFact], _ row: FactRow, element: String, condition: (span: SourceSpan, text: String)?
    ) -> Diagnostic {
        let first = facts[0]
        let noun = element == "url" ? "link" : element
        let names = facts.reduce(into: [String]()) { if !$0.contains($1.text) { $0.append($1.text) } }
        let words = enumeration(names.map { "`\($0)`" })
        let written = condition?.text.split(whereSeparator: \.isWhitespace).joined(separator: " ") ?? ""
        let shown = written.isEmpty || written.count > 80 ? "\(first.text) …" : written
        let quantified = "any \(element) where (\(shown))"
        var help = names.count == 1 ? "ask for a \(noun): " : "ask for one \(noun) of which all of it is true: "
        help += "`\(quantified)`"
        if row.fact == .size { help += "; the size of the whole mail is `message.size`" }
        if row.fact == .text { help += "; all text of the mail is `message.text`" }
        return make(
            .elementFactOutside,
            "\(words) \(names.count == 1 ? "is" : "are") said of a single \(noun), and no \(noun) is meant here",
            at: first.span, secondary: facts.dropFirst().map { DiagnosticLabel($0.span, "and of the same \(noun)") },
            help: help,
            fixIts: condition.map {
                let edits = [SourceEdit($0.span.before, "any \(element) where ("), SourceEdit($0.span.after, ")")]
                return [FixIt("write `any \(element) where (…)`", edits: edits)]
            } ?? [])
    }

    static func memberOfList(_ path: some Written, _ list: ElementListName, member: String) -> Diagnostic {
        make(
            .memberOfList, "a mail can have several \(list.rawValue), so `\(path.text)` is not one value",
            at: path.span,
            help: "ask for one: `any \(list.singular) where (\(member) …)`, or count or sum them")
    }

    static func adjectiveAlone(_ path: some Written) -> Diagnostic {
        make(
            .adjectiveAlone, "it is not said what is to be \(path.text)", at: path.span,
            help: "write `message is \(path.text)`, which looks at any depth",
            fixIts: [FixIt("write `message is \(path.text)`", replace: path.span, with: "message is \(path.text)")])
    }

    static func adjectiveExpected(_ span: SourceSpan, of subject: String) -> Diagnostic {
        make(
            .adjectiveExpected, "`\(subject) is` takes a word such as `encrypted`", at: span,
            help: "to compare something of it, name it: `message.size`, `message.text`, `subject`")
    }

    static func unknownAdjective(_ path: some Written, of subject: String, isMessage: Bool) -> Diagnostic {
        let words = (isMessage ? Adjective.ofMessage : Adjective.ofPart).map(\.word)
        let nearest = Nearest.to(path.text, among: words)
        return make(
            .unknownAdjective, "`\(subject) is \(path.text)` means nothing", at: path.span,
            help: didYouMean(nearest, else: "it can be \(alternatives(words))"), fixIts: spelling(path.span, nearest))
    }

    static func argumentMissing(_ span: SourceSpan, fact: String) -> Diagnostic {
        make(
            .argumentMissing, "`\(fact)` does not say which", at: span,
            help: fact == "header" ? "name the field: `header \"List-Id\"`" : "name it: `\(fact) \"NAME\"`")
    }

    static func argumentNotTaken(_ span: SourceSpan, fact: String) -> Diagnostic {
        make(
            .argumentNotTaken, "`\(fact)` takes no text after it", at: span,
            help: "to compare it, write `is` or `contains` before the text")
    }

    static func badHeaderName(_ text: TextLiteral) -> Diagnostic {
        let trimmed = text.value.filter { $0 != ":" && $0 != " " }
        let isSound = HeaderNames.normalized(trimmed) != nil
        return make(
            .badHeaderName, "`\(text.value)` is not the name of a header field", at: text.span,
            help: "write it without colon and spaces, such as \"List-Id\"",
            fixIts: isSound
                ? [FixIt("write \"\(trimmed)\"", isSure: true, replace: text.span, with: "\"\(trimmed)\"")] : [])
    }

    static func asNumberOfOther(_ span: SourceSpan, type: ValueType) -> Diagnostic {
        make(
            .asNumberOfOther, "only a text can be read `as number`, and this is \(type.phrase)", at: span,
            help: "leave `as number` out, or read a field: `header \"X-Spam-Score\" as number`")
    }

    static func unknownElement(_ path: some Written) -> Diagnostic {
        let names = ElementListName.allCases.map(\.singular)
        let nearest = Nearest.to(path.text, among: names)
        return make(
            .unknownElement, "a mail has no single `\(path.text)` to ask for", at: path.span,
            help: didYouMean(nearest, else: "one can ask for \(alternatives(names))"),
            fixIts: spelling(path.span, nearest))
    }

    static func pluralAfterQuantifier(_ path: some Written, _ quantifier: String, singular: String) -> Diagnostic {
        make(
            .pluralAfterQuantifier, "after `\(quantifier)` stands a single \(singular)", at: path.span,
            fixIts: [FixIt("write `\(singular)`", isSure: true, replace: path.span, with: singular)])
    }

    static func singularAfterCount(_ path: some Written, plural: String) -> Diagnostic {
        make(
            .singularAfterCount, "a count is of several: `\(plural)`", at: path.span,
            fixIts: [FixIt("write `\(plural)`", isSure: true, replace: path.span, with: plural)])
    }

    static func nestedTooDeep(_ span: SourceSpan, limit: Int) -> Diagnostic {
        make(
            .nestedTooDeep, "this looks for files within files within files", at: span,
            help: "at most \(limit) of `any`, `every`, `no` and counts can stand in one another")
    }

    static func bindingTaken(_ name: Name, by kind: String?) -> Diagnostic {
        make(
            .bindingTaken, "`\(name.text)` already means something", at: name.span,
            label: kind.map { "it is \($0)" } ?? "", help: "give the element another name, such as `outer`")
    }

    static func insideOutside(_ span: SourceSpan) -> Diagnostic {
        make(
            .insideOutside, "`inside` is said of a single file, and no file is meant here", at: span,
            help: "ask for a file: `any file where (inside zip)`")
    }

    static func insideLink(_ span: SourceSpan) -> Diagnostic {
        make(
            .insideLink, "nothing lies inside a link", at: span,
            help: "exchange the two: `any file as f where (any url where (inside f and …))`")
    }

    static func unknownList(_ path: some Written, nearest: NearName?) -> Diagnostic {
        make(
            .unknownList, "there is no group or list `\(path.text)`", at: path.span,
            help: didYouMean(nearest, else: "declare it: `group \(path.text) { \"someone@acme.example\" }`"),
            fixIts: spelling(path.span, nearest))
    }

    static func notAList(_ path: some Written) -> Diagnostic {
        make(
            .notAList, "`\(path.text)` is no group or list", at: path.span,
            help: "after `in` stands a group, a list, or values in parentheses; one value is compared by `is`")
    }

    static func unknownDictionary(_ path: some Written, nearest: NearName?) -> Diagnostic {
        make(
            .unknownDictionary, "there is no dictionary `\(path.text)`", at: path.span,
            help: didYouMean(nearest, else: "to look for a single text write `contains \"…\"`"),
            fixIts: spelling(path.span, nearest))
    }
}
