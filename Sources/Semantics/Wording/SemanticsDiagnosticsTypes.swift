import Diagnostics
import Syntax
import Vocabulary

/// Codes 430 to 475: types in conditions, counts.
extension SemanticsDiagnostics {
    static func notACondition(_ span: SourceSpan, _ written: String, type: ValueType?) -> Diagnostic {
        let isFact = type.map { "is \($0.phrase), not a condition" } ?? "is not a condition"
        return make(
            .notACondition, "`\(written)` \(isFact)", at: span,
            help: type == nil
                ? "say what is to be true of it, such as `subject contains \"…\"`"
                : type?.isOrdered == true
                    ? "compare it: `\(written) > …`" : "compare it (`\(written) is …`) or write `\(written) exists`")
    }

    static func conditionCompared(_ span: SourceSpan, _ written: String) -> Diagnostic {
        make(
            .conditionCompared, "`\(written)` is a condition and cannot be compared", at: span,
            help: "it stands by itself: `\(written)` or `not (\(written))`")
    }

    static func elementCompared(_ span: SourceSpan, _ list: ElementListName) -> Diagnostic {
        make(
            .elementCompared, "a whole \(list.singular) cannot be compared", at: span,
            help: list.kind == .url
                ? "name something of it: `host`, `path`, `shown-text`"
                : "name something of it: `name`, `type`, `size`, `text`")
    }

    static func listCompared(_ span: SourceSpan, _ list: ElementListName, relation: String?) -> Diagnostic {
        make(
            .listCompared, "a mail can have several \(list.rawValue), which cannot be compared", at: span,
            help: "ask for one: `any \(list.singular) where (…)`, or count them: `count of \(list.rawValue) > 3`")
    }

    static func listExists(_ span: SourceSpan, _ list: ElementListName, negated: Bool) -> Diagnostic {
        make(
            .listExists, "`exists` asks for a single thing, and \(list.rawValue) are several", at: span,
            fixIts: [
                FixIt(
                    "count them", isSure: true, replace: span,
                    with: "count of \(list.rawValue) \(negated ? "< 1" : "> 0")")
            ])
    }

    static func literalOnTheLeft(_ span: SourceSpan, _ written: String, relation: String) -> Diagnostic {
        make(
            .literalOnTheLeft, "`\(written)` is nothing of the mail, so there is nothing to test", at: span,
            help: "put what is tested first: `subject contains \"…\"`")
    }

    static func typesDiffer(
        _ span: SourceSpan, left: ValueType, right: ValueType, relation: String
    ) -> Diagnostic {
        make(
            .typesDiffer, "this is \(right.phrase), but \(left.phrase) must stand here", at: span,
            help: left == .domain && right == .address
                ? "write its domain: `.domain`"
                : left == .text && right == .address
                    ? "write one of its texts: `.local` or `.display-name`" : "compare two of the same kind")
    }

    static func notOrdered(_ span: SourceSpan, _ written: String, type: ValueType, _ order: String) -> Diagnostic {
        make(
            .notOrdered, "`\(written)` is \(type.phrase), which is neither more nor less than another", at: span,
            help: type == .text && written.hasPrefix("header")
                ? "read it as a number: `\(written) as number \(order) …`"
                : type == .address
                    ? "compare it by `is`; how many there are is `count of \(written) \(order) …`"
                    : "compare it by `is`")
    }

    static func notAText(_ span: SourceSpan, _ written: String, type: ValueType, _ relation: String) -> Diagnostic {
        make(
            .notAText, "`\(relation)` looks into texts, and `\(written)` is \(type.phrase)", at: span,
            help: type.isOrdered ? "compare it by `<` or `>`" : "compare it by `is`")
    }

    static func underOfOther(_ span: SourceSpan, _ written: String, type: ValueType) -> Diagnostic {
        make(
            .underOfOther, "`under` is for domains, and `\(written)` is \(type.phrase)", at: span,
            fixIts: type == .address
                ? [FixIt("take its domain", isSure: true, replace: span.after, with: ".domain")] : [])
    }

    static func exactlyOfOther(_ span: SourceSpan, type: ValueType) -> Diagnostic {
        make(
            .exactlyOfOther, "`exactly` is for texts, and this is \(type.phrase)", at: span,
            help: "leave it out: \(type.plural) are compared as what they are")
    }

    static func exactlyLookalike(_ span: SourceSpan) -> Diagnostic {
        make(
            .exactlyLookalike, "nothing looks exactly like something else", at: span,
            help: "leave `exactly` out, or compare with `is exactly`")
    }

    static func unseenLookalike(_ span: SourceSpan) -> Diagnostic {
        make(
            .unseenLookalike, "a reader sees nothing of this text, so nothing looks like it", at: span,
            help: "write a name with letters or digits in it")
    }

    static func wrongLiteral(_ span: SourceSpan, _ written: String, expected: Expected) -> Diagnostic {
        make(
            .wrongLiteral, "`\(expected.subject)` is \(expected.type.phrase), and `\(written)` is not", at: span,
            help: example(expected))
    }

    private static func example(_ expected: Expected) -> String {
        switch expected.type {
        case .bool: "write `\(expected.subject)` or `not (\(expected.subject))`"
        case .int: "a whole number, such as 3"
        case .decimal: "a number, such as 5.5"
        case .size: "a number and its unit, such as 2 MB"
        case .duration: "a number and its unit, such as 2 days"
        case .time: "a day, such as 2026-11-24"
        case .text: "a text in quotes"
        case .address: "an address in quotes, such as \"someone@acme.example\""
        case .domain: "a domain in quotes, such as \"acme.example\""
        case .ip: "an address in quotes, such as \"192.0.2.7\""
        case .fileType: "the name of a type, such as pdf, video or executable"
        case .encryption: "it can be \(alternatives(EncryptionKind.allCases.map(\.rawValue)))"
        case .hash: "64 hexadecimal digits in quotes"
        case .symbol: "it can be \(alternatives(expected.symbols))"
        }
    }

    static func wrongNumber(_ quantity: Quantity, _ written: String, expected: Expected) -> Diagnostic {
        let digits = written.prefix { $0.isNumber || $0 == "." || $0 == "-" }
        switch (expected.type, quantity.unit) {
        case (.size, nil), (.duration, nil):
            return make(
                .wrongNumber, "`\(written)` of what? `\(expected.subject)` is \(expected.type.phrase)",
                at: quantity.span, help: "write the unit: " + alternatives(withUnits(String(digits), expected.type)))
        case (.int, .some), (.decimal, .some):
            return make(
                .wrongNumber, "`\(expected.subject)` is a number without unit", at: quantity.span,
                fixIts: [FixIt("write \(digits)", replace: quantity.span, with: String(digits))])
        default:
            return make(
                .wrongNumber, "`\(expected.subject)` is \(expected.type.phrase), and `\(written)` is not",
                at: quantity.span, help: example(expected))
        }
    }

    /// A number with the units it may have been meant in: a large one counts bytes or seconds.
    private static func withUnits(_ digits: String, _ type: ValueType) -> [String] {
        guard let number = Int64(digits), number >= 1000 else {
            let units = type == .size ? ["KB", "MB", "GB"] : ["minutes", "hours", "days"]
            return units.map { "\(digits) \($0)" }
        }
        let base = type == .size ? Unit.bytes : Unit.seconds
        let larger: [Unit] = type == .size ? [.gigabytes, .megabytes, .kilobytes] : [.weeks, .days, .hours, .minutes]
        let even = larger.first { unit in
            let one = unit.bytes ?? unit.seconds ?? 1
            return number >= one && (number.isMultiple(of: one) || number < .max / 10 && number * 10 % one == 0)
        }
        guard let even, let one = even.bytes ?? even.seconds else { return ["\(digits) \(base.rawValue)"] }
        let tenth = number % one * 10 / one
        let amount = "\(number / one)" + (tenth == 0 ? "" : ".\(tenth)")
        return ["\(digits) \(base.rawValue)", "\(amount) \(even.rawValue)"]
    }

    static func numberTooLarge(_ span: SourceSpan) -> Diagnostic {
        make(
            .numberTooLarge, "this number is larger than anything it could be compared with", at: span,
            help: "write a smaller one")
    }

    static func numberTooFine(_ span: SourceSpan, _ text: String, type: ValueType) -> Diagnostic {
        let (fault, help) =
            switch type {
            case .size: ("is no whole number of bytes", "write fewer decimals, or the bytes: `1234 B`")
            case .duration: ("is no whole number of seconds", "write fewer decimals, or the seconds: `90 seconds`")
            default: ("has more than three decimals", "write at most three: scores are counted in thousandths")
            }
        return make(.numberTooFine, "`\(text)` \(fault)", at: span, help: help)
    }

    static func quotedNumber(_ text: TextLiteral, expected: Expected) -> Diagnostic {
        let bare = UnquotedNumber.reading(text.value, expected.type)
        return make(
            .quotedNumber, "`\(expected.subject)` is \(expected.type.phrase), and this is a text", at: text.span,
            help: bare == nil ? example(expected) : nil,
            fixIts: bare.map { [FixIt("write \($0)", isSure: true, replace: text.span, with: $0)] } ?? [])
    }

    static func quotedName(_ text: TextLiteral, expected: Expected) -> Diagnostic {
        let names = expected.names ?? []
        let exact = names.contains(text.value)
        // A dot makes it the name of a file rather than of a type.
        let near = text.value.contains(".") ? nil : Nearest.to(text.value, among: names)?.name
        let name = exact ? text.value : near
        return make(
            .quotedName,
            "\(expected.type == .symbol ? "words of `\(expected.subject)`" : expected.type.plural) are written without quotes",
            at: text.span,
            help: name == nil ? example(expected) : nil,
            fixIts: name.map { [FixIt("write \($0)", isSure: exact, replace: text.span, with: $0)] } ?? [])
    }

    /// - Parameters:
    ///   - written: the fact that was compared with nothing.
    ///   - whole: the comparison.
    static func comparedWithNothing(
        _ span: SourceSpan, _ written: String, type: ValueType, negated: Bool, whole: SourceSpan
    ) -> Diagnostic {
        let absent = "not (\(written) exists)"
        let meant = negated ? "\(written) exists" : absent
        return make(
            .quotesMissing,
            type == .text
                ? "texts stand in quotes" : "`\(written)` is never empty: where there is none, it is absent", at: span,
            help: "where there is none, `\(absent)` holds"
                + (type == .text ? "; of an empty text, `\(written) is \"\"`" : ""),
            fixIts: [FixIt("write `\(meant)`", replace: whole, with: meant)])
    }

    static func quotesMissing(_ path: some Written, type: ValueType) -> Diagnostic {
        make(
            .quotesMissing, "\(type.phrase) is written in quotes", at: path.span,
            fixIts: [FixIt("write \"\(path.text)\"", replace: path.span, with: "\"\(path.text)\"")])
    }

    static func unknownValueName(_ path: some Written, type: ValueType, names: [String]) -> Diagnostic {
        let nearest = Nearest.to(path.text, among: names)
        let rest: String
        if names.count <= 12 {
            rest = "it can be \(alternatives(names))"
        } else {
            rest = "see the list of file types in docs/file-types.md"
        }
        return make(
            .unknownValueName, "there is no \(type == .symbol ? "result" : noun(type)) `\(path.text)`", at: path.span,
            help: didYouMean(nearest, else: rest), fixIts: spelling(path.span, nearest))
    }

    private static func noun(_ type: ValueType) -> String {
        type == .fileType ? "file type" : type == .encryption ? "kind of encryption" : "value"
    }

    static func badIPAddress(_ text: TextLiteral, isNetwork: Bool) -> Diagnostic {
        make(
            .badIPAddress,
            isNetwork ? "`\(text.value)` is a network, not one address" : "`\(text.value)` is not an IP address",
            at: text.span,
            help: isNetwork ? "write `in (\"\(text.value)\")`" : "write it as \"192.0.2.7\" or \"2001:db8::7\"")
    }

    static func badHash(_ text: TextLiteral) -> Diagnostic {
        make(
            .badHash, "this is not a SHA-256 digest", at: text.span, help: "it has 64 hexadecimal digits")
    }

    static func patternAsAddress(_ text: TextLiteral) -> Diagnostic {
        make(
            .patternAsAddress, "`\(text.value)` is a pattern, which no single address is", at: text.span,
            help: "write `in (\"\(text.value)\")`, or make a group of it")
    }

    static func listInsteadOfValue(_ span: SourceSpan, _ list: ResolvedList, fix: SourceEdit?) -> Diagnostic {
        make(
            .listInsteadOfValue, "`\(list.name)` holds several \(list.type.plural), and one must stand here", at: span,
            help: "write `in \(list.name)`",
            fixIts: fix.map { [FixIt("write `\($0.replacement)`", isSure: true, edits: [$0])] } ?? [])
    }

    static func listInAllOf(_ span: SourceSpan, _ list: ResolvedList) -> Diagnostic {
        make(
            .listInAllOf, "nothing is all entries of `\(list.name)` at once", at: span,
            help: "write `any of`")
    }

    static func listOfOther(_ span: SourceSpan, _ list: ResolvedList, subject: String, type: ValueType) -> Diagnostic {
        let help: String
        switch (type, list.type) {
        case (.address, .domain): help = "compare the domain: `\(subject).domain in \(list.name)`"
        case (.domain, .address): help = "compare the whole address, or make a `list … of Domain`"
        default: help = "declare a `list … of \(type == .ip ? "Network" : type.rawValue)`"
        }
        return make(
            .listOfOther, "`\(list.name)` holds \(list.type.plural), but \(type.plural) are needed here", at: span,
            help: help)
    }

    static func listOfBool(_ span: SourceSpan) -> Diagnostic {
        make(
            .listOfBool, "what is either true or false needs no list", at: span,
            help: "write it by itself, or `not (…)`")
    }

    static func emptyText(_ span: SourceSpan, _ relation: String) -> Diagnostic {
        make(.emptyText, "an empty text is in every text", at: span, help: "write what is to be found")
    }

    static func existsWithOtherwise(_ span: SourceSpan) -> Diagnostic {
        make(
            .existsWithOtherwise, "with `otherwise` there is always a value, so `exists` asks nothing", at: span,
            help: "leave `otherwise` out")
    }

    static func atLeastOutOfRange(_ span: SourceSpan, operands: Int) -> Diagnostic {
        make(
            .atLeastOutOfRange, "of \(operands) conditions there can be at least 1 to \(operands)", at: span,
            help: "for all of them write `all of (…)`, for one `any of (…)`")
    }

    static func distinctElements(_ path: some Written) -> Diagnostic {
        make(
            .distinctElements, "\(path.text) are always different from one another", at: path.span,
            help: "leave `distinct` out")
    }

    static func whereOfValues(_ span: SourceSpan, _ path: some Written) -> Diagnostic {
        make(
            .whereOfValues, "`where` goes with files, attachments, parts and urls, not with `\(path.text)`", at: span,
            help: "leave it out")
    }

    static func notCountable(_ path: some Written) -> Diagnostic {
        make(
            .notCountable, "`\(path.text)` cannot be counted", at: path.span,
            help: "one can count `files`, `attachments`, `parts`, `urls`, `recipients`, `to` and the like")
    }

    static func notASum(_ path: some Written) -> Diagnostic {
        make(
            .notASum, "`\(path.text)` cannot be summed", at: path.span,
            help: "a sum is over files: `sum of files.size > 20 MB`")
    }

    static func sumOfOther(_ name: Name, type: ValueType) -> Diagnostic {
        make(
            .sumOfOther, "`\(name.text)` is \(type.phrase), which does not add up", at: name.span,
            help: "sum a size: `sum of files.size`")
    }
}

/// Reads what an author put into quotes as the number that was meant.
enum UnquotedNumber {
    /// `2MB` as `2 MB`; `nil` where the text is no such number.
    static func reading(_ text: String, _ type: ValueType) -> String? {
        let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        let rest = text.dropFirst(digits.count).filter { $0 != " " }
        guard !digits.isEmpty, digits.first != ".", digits.last != "." else { return nil }
        switch type {
        case .int, .decimal:
            return rest.isEmpty ? String(digits) : nil
        case .size, .duration:
            let unit = Unit.allCases.first { unit in
                unit.rawValue.lowercased() == rest.lowercased() && (unit.bytes != nil) == (type == .size)
            }
            return unit.map { "\(digits) \($0.rawValue)" }
        default:
            return nil
        }
    }
}
