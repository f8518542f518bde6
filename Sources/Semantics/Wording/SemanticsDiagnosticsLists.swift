import Diagnostics
import Syntax
import Vocabulary

/// Codes 300 to 332: groups, lists, dictionaries, templates, defines.
extension SemanticsDiagnostics {
    static func unknownListType(_ name: Name) -> Diagnostic {
        let types = ListType.allCases.map(\.rawValue)
        let sameInCase = types.first { name.text.lowercased() == $0.lowercased() }
        let nearest = Nearest.to(name.text, among: types) ?? sameInCase.map { NearName($0, isSure: true) }
        return make(
            .unknownListType, "there are no lists of `\(name.text)`", at: name.span,
            help: didYouMean(nearest, else: "a list can be of \(alternatives(types))"),
            fixIts: spelling(name.span, nearest))
    }

    static func badListEntry(_ text: TextLiteral, type: ValueType, isGroup: Bool) -> Diagnostic {
        make(
            .badListEntry, "`\(text.value)` is not \(entryPhrase(type))", at: text.span,
            help: isGroup
                ? "a group holds addresses, whole domains and patterns: \"payroll@acme.example\", \"*@acme.example\""
                : entryHelp(type))
    }

    private static func entryPhrase(_ type: ValueType) -> String {
        switch type {
        case .ip: "a network or IP address"
        case .address: "an address, a domain or a pattern of addresses"
        default: type.phrase
        }
    }

    private static func entryHelp(_ type: ValueType) -> String? {
        switch type {
        case .ip: "write it as \"192.0.2.0/24\" or \"192.0.2.7\""
        case .domain: "write it as \"acme.example\"; `under` finds its subdomains too"
        case .hash: "64 hexadecimal digits"
        case .fileType: "one of the names after `type is`, such as \"video\""
        case .text: "an empty text would be in every text"
        default: nil
        }
    }

    static func unknownListSource(_ name: Name) -> Diagnostic {
        let nearest = Nearest.to(name.text, among: ["file"])
        return make(
            .unknownListSource, "a list cannot be read from `\(name.text)`", at: name.span,
            help: "write `from file \"PATH\"`", fixIts: spelling(name.span, nearest))
    }

    static func listPathMissing(_ kind: Name) -> Diagnostic {
        make(
            .listPathMissing, "`from file` does not say which file", at: kind.span,
            help: "write its path: `from file \"partners.txt\"`")
    }

    static func listOutsideRoot(_ path: TextLiteral) -> Diagnostic {
        make(
            .listOutsideRoot, "`\(path.value)` leads out of the policy's folder", at: path.span,
            help: "put the file beside the policy and name it without `..` and without a leading `/`")
    }

    static func listFileMissing(_ path: TextLiteral) -> Diagnostic {
        make(
            .listFileMissing, "there is no file `\(path.value)`", at: path.span,
            help: "the path is relative to the folder of this file")
    }

    static func listFileUnreadable(_ path: TextLiteral, _ reason: String) -> Diagnostic {
        make(
            .listFileMissing, "the file `\(path.value)` cannot be read", at: path.span, notes: [reason],
            help: "without its entries the policy would let mail pass that it is to hold")
    }

    static func badLinesInFile(
        _ path: TextLiteral, type: ValueType, _ faults: [(line: Int, text: String)]
    ) -> Diagnostic {
        let shown = faults.prefix(5).map { "line \($0.line): `\($0.text.prefix(60))`" }
        let rest = faults.count > 5 ? ["and \(faults.count - 5) more"] : []
        return make(
            .badLinesInFile,
            faults.count == 1
                ? "a line of `\(path.value)` is not \(entryPhrase(type))"
                : "\(faults.count) lines of `\(path.value)` are not \(entryPhrase(type))",
            at: path.span, notes: shown + rest, help: "one entry a line; `#` begins a comment")
    }

    static func listTooLarge(_ path: TextLiteral, most: String) -> Diagnostic {
        make(
            .listTooLarge, "`\(path.value)` is too long for a list", at: path.span,
            help: "a list holds at most \(most)")
    }

    static func noThreshold(_ name: Name) -> Diagnostic {
        make(
            .noThreshold, "the dictionary `\(name.text)` has no threshold", at: name.span,
            help: "write `threshold N` in it: the sum of weights from which a text mentions it")
    }

    static func badThreshold(_ span: SourceSpan) -> Diagnostic {
        make(
            .badThreshold, "a threshold is a number above 0 with at most 3 decimals", at: span,
            help: "at 0 every text would reach it, even one that mentions nothing")
    }

    static func badWeight(_ span: SourceSpan) -> Diagnostic {
        make(
            .badWeight, "a weight is a number other than 0, at most 1000000 and with at most 3 decimals",
            at: span,
            help: "give what it adds to the sum, or take the entry out")
    }

    static func badTimes(_ span: SourceSpan) -> Diagnostic {
        make(
            .badTimes, "an entry counts once to \(MatchLimits.countedMatches) times", at: span,
            help: "without `up to … times` it counts once in a text")
    }

    static func badDistance(_ span: SourceSpan) -> Diagnostic {
        make(
            .badDistance, "texts are 1 to \(MatchLimits.neighbourWords) words apart", at: span,
            help: "words that follow each other are 1 apart")
    }

    static func unknownCheck(_ name: Name, nearest: NearName?) -> Diagnostic {
        make(
            .unknownCheck, "there is no check `\(name.text)`", at: name.span,
            help: didYouMean(
                nearest, else: "the checks are \(enumeration(MatchCheck.allCases.map { "`\($0.rawValue)`" }))"),
            fixIts: spelling(name.span, nearest))
    }

    static func emptyDictionary(_ name: Name) -> Diagnostic {
        make(
            .emptyDictionary, "the dictionary `\(name.text)` has no entries", at: name.span,
            help: "write entries such as `5 word \"confidential\"`")
    }

    static func unknownIgnore(_ name: Name, nearest: NearName?) -> Diagnostic {
        make(
            .unknownIgnore, "a dictionary cannot ignore `\(name.text)`", at: name.span,
            help: didYouMean(
                nearest,
                else: "it can ignore \(enumeration((["case"] + TextFolding.named.map(\.name)).map { "`\($0)`" }))"),
            fixIts: spelling(name.span, nearest))
    }

    static func badPattern(_ regex: RegexLiteral, _ fault: PatternFault, headLength: Int) -> Diagnostic {
        var span = regex.span
        if let offset = fault.offset, offset >= headLength {
            let start = min(regex.span.start + 1 + offset - headLength, regex.span.end - 1)
            span = SourceSpan(file: regex.span.file, start: start, end: start + 1)
        }
        return make(
            .badPattern, "this regular expression cannot be used: \(fault.message)", at: span,
            help: "expressions search in the text; look-around, back-references and recursion are not part of them")
    }

    static func unfindableText(_ span: SourceSpan, _ fault: PatternFault) -> Diagnostic {
        make(
            .badPattern, "this text cannot be searched for: \(fault.message)", at: span,
            help: "a shorter part of it is found as well")
    }

    static func unknownFlag(_ regex: RegexLiteral, _ flag: Character) -> Diagnostic {
        let tail = regex.flags.utf8.count
        return make(
            .unknownFlag, "regular expressions have no flag `\(flag)`",
            at:
                SourceSpan(file: regex.span.file, start: regex.span.end - tail, end: regex.span.end),
            help:
                "`i` ignores case, `m` makes `^` and `$` match at lines, `s` lets `.` match line ends, `x` skips spaces"
        )
    }

    static func emptyTemplate(_ name: Name) -> Diagnostic {
        make(
            .emptyTemplate, "the template `\(name.text)` has no words in any language", at: name.span,
            help: "write `en { subject \"…\" body \"…\" }` in it")
    }

    static func unknownPlaceholder(
        _ span: SourceSpan, _ name: String, among known: [TemplatePlaceholder]
    ) -> Diagnostic {
        let nearest = Nearest.to(name, among: known.map(\.rawValue))?.within("{", "}")
        return make(
            .unknownPlaceholder, "nothing stands for `{\(name)}`", at: span,
            help: didYouMean(
                nearest, else: "the placeholders are \(alternatives(known.map { "{\($0.rawValue)}" }))"),
            fixIts: spelling(span, nearest))
    }

    static func placeholderOfTemplates(_ span: SourceSpan, _ name: String) -> Diagnostic {
        make(
            .unknownPlaceholder, "`{\(name)}` stands in templates only", at: span,
            help: "say it in a notice: `notify admin using …`, with a template that has `{\(name)}`")
    }

    static func valueInTemplate(_ span: SourceSpan, _ name: String) -> Diagnostic {
        make(
            .unknownPlaceholder, "a template cannot name the value `{\(name)}`", at: span,
            help: "scores and settings stand in refusals, tags, fields and logged lines")
    }

    static func unknownTemplate(_ name: Name, nearest: NearName?) -> Diagnostic {
        make(
            .unknownTemplate, "there is no template `\(name.text)`", at: name.span,
            help: didYouMean(nearest, else: "declare it: `template \(name.text) { en { subject \"…\" body \"…\" } }`"),
            fixIts: spelling(name.span, nearest))
    }

    static func recursiveDefine(_ span: SourceSpan, _ cycle: [String], _ symbol: Symbol) -> Diagnostic {
        let names = (cycle + [symbol.name]).map { "`\($0)`" }
        return make(
            .recursiveDefine,
            cycle.count == 1
                ? "`\(symbol.name)` is defined by itself"
                : "defines go in a circle: \(names.joined(separator: ", which uses "))",
            at: span, secondary: [DiagnosticLabel(symbol.span, "`\(symbol.name)` is defined here")],
            help: "write out the condition of one of them")
    }

    static func defineNeedsElement(_ span: SourceSpan, _ symbol: Symbol, element: String) -> Diagnostic {
        make(
            .defineNeedsElement, "`\(symbol.name)` is said of a single \(element)", at: span,
            secondary: [DiagnosticLabel(symbol.span, "defined `for \(element)`")],
            help: "ask for one that satisfies it: `any \(element) where (\(symbol.name))`",
            fixIts: [
                FixIt(
                    "ask whether any \(element) does", replace: span, with: "any \(element) where (\(symbol.name))")
            ])
    }

    static func conditionTooLarge(at span: SourceSpan, limit: Int) -> Diagnostic {
        make(
            .conditionTooLarge, "this condition grows too large when its defines are written out", at: span,
            help: "at most \(limit) tests; use fewer defines within one another, or groups and dictionaries")
    }

    static func conditionTooDeep(at span: SourceSpan) -> Diagnostic {
        make(
            .conditionTooDeep, "conditions stand too deep in one another here, defines written out", at: span,
            help: "split the condition: several rules, or fewer defines that use one another")
    }
}
