import Diagnostics
import Syntax
import Vocabulary

/// Codes 200 to 232: the policy's header, modules, names.
extension SemanticsDiagnostics {
    static func noHeader(_ span: SourceSpan) -> Diagnostic {
        make(
            .noHeader, "this policy has no header", at: span,
            help: "begin one of its files with `policy NAME { edition 1 }`",
            fixIts: [FixIt("add a header", replace: span.before, with: "policy main {\n    edition 1\n}\n\n")])
    }

    static func secondHeader(_ name: Name, first: SourceSpan) -> Diagnostic {
        make(
            .secondHeader, "a policy has one header, and this is its second", at: name.span,
            secondary: [DiagnosticLabel(first, "the first is here")],
            help: "keep one of the two; all files of a folder are one policy")
    }

    static func fieldTwice(_ span: SourceSpan, _ word: String, first: SourceSpan) -> Diagnostic {
        make(
            .fieldTwice, "`\(word)` is given twice", at: span, secondary: [DiagnosticLabel(first, "first given here")],
            help: "keep one of the two")
    }

    static func noEdition(_ header: PolicyHeader) -> Diagnostic {
        let name = header.name
        var fixIts: [FixIt] = []
        if let first = header.fields.first {
            fixIts = [FixIt("add it", isSure: true, replace: first.span.before, with: "edition 1\n    ")]
        } else if header.span.end > name.span.end {
            let brace = SourceSpan(file: name.span.file, start: header.span.end - 1, end: header.span.end - 1)
            fixIts = [FixIt("add it", isSure: true, replace: brace, with: " edition 1 ")]
        }
        return make(
            .noEdition, "the header of `\(name.text)` does not tell the language's edition", at: name.span,
            help: "write `edition 1` in it: a later edition will not change what the policy means",
            fixIts: fixIts)
    }

    static func unknownEdition(_ span: SourceSpan) -> Diagnostic {
        make(
            .unknownEdition, "there is no such edition of the language", at: span,
            help: "this toolchain knows edition 1",
            fixIts: [FixIt("write edition 1", replace: span, with: "1")])
    }

    static func badTimeZone(_ text: TextLiteral, nearest: NearName?) -> Diagnostic {
        make(
            .badTimeZone, "`\(text.value)` is not the name of a time zone", at: text.span,
            help: didYouMean(nearest, else: "write it by region and city, such as \"Europe/Paris\", or \"UTC\""),
            fixIts: spelling(text.span, nearest?.within("\"", "\"")))
    }

    static func badLanguage(_ name: Name) -> Diagnostic {
        make(
            .badLanguage, "`\(name.text)` is not the tag of a language", at: name.span,
            help: "two or three letters, such as `fr`, `en` or `pt-br`")
    }

    static func badDomain(_ text: TextLiteral, subject: String) -> Diagnostic {
        if let at = text.value.lastIndex(of: "@") {
            let domain = String(text.value[text.value.index(after: at)...])
            return make(
                .badDomain, "`\(text.value)` is an address, but `\(subject)` takes a domain", at: text.span,
                fixIts: [FixIt("write \"\(domain)\"", replace: text.span, with: "\"\(domain)\"")])
        }
        return make(
            .badDomain, "`\(text.value)` is not a domain", at: text.span,
            help: "labels of letters, digits and hyphens with dots between, such as \"mail.acme.example\"")
    }

    static func badNetwork(_ text: TextLiteral) -> Diagnostic {
        make(
            .badNetwork, "`\(text.value)` is not a network", at: text.span,
            help: "an address and the length of its prefix, such as \"192.0.2.0/24\" or \"2001:db8::/32\"")
    }

    static func badAddress(_ text: TextLiteral, subject: String, isDomain: Bool) -> Diagnostic {
        make(
            .badAddress,
            isDomain
                ? "`\(text.value)` is a domain, but `\(subject)` takes an address"
                : "`\(text.value)` is not an address", at: text.span,
            help: isDomain && !["admin", "to", "from", "for", "notify", "copy to", "redirect to"].contains(subject)
                ? "test the domain: `\(subject).domain`" : "write it as \"someone@acme.example\"")
    }

    static func unknownWarning(_ name: Name) -> Diagnostic {
        // What `check` prints is a code; here stands the name behind it.
        let coded = SemanticsCode.allCases.first { $0.isWarning && $0.code.id == name.text.uppercased() }
        let nearest = coded.map { NearName($0.name, isSure: true) } ?? Nearest.to(name.text, among: warningNames)
        return make(
            .unknownWarning, "no warning is called `\(name.text)`", at: name.span,
            help: didYouMean(nearest, else: "the warnings are \(alternatives(warningNames))"),
            fixIts: spelling(name.span, nearest))
    }

    static func unknownLimit(_ name: Name) -> Diagnostic {
        let names = DeclaredLimit.allCases.map(\.rawValue)
        let nearest = Nearest.to(name.text, among: names)
        return make(
            .unknownLimit, "no limit is called `\(name.text)`", at: name.span,
            help: didYouMean(nearest, else: "a policy can lower \(enumeration(names.map { "`\($0)`" }))"),
            fixIts: spelling(name.span, nearest))
    }

    static func badLimit(_ span: SourceSpan, _ name: String, greatest: Int) -> Diagnostic {
        make(
            .badLimit, "`\(name)` takes a whole number from 1 to \(greatest)", at: span,
            help: "a policy lowers a limit; it cannot raise one")
    }

    static func badPeriod(_ span: SourceSpan, _ word: String) -> Diagnostic {
        make(
            .badPeriod, "`\(word)` takes a time from one minute to ten years", at: span,
            help: "write it such as `30 days` or `12 hours`")
    }

    static func badTimeOfDay(_ text: TextLiteral) -> Diagnostic {
        make(
            .badTimeOfDay, "`\(text.value)` is not a time of the day", at: text.span,
            help: "write hours and minutes with two digits each, from \"00:00\" to \"23:59\"")
    }

    static func emptyWindow(_ text: TextLiteral, _ start: String) -> Diagnostic {
        make(
            .badTimeOfDay, "mail would never be released: `\(start)` to `\(text.value)` has no minute", at: text.span,
            help: "leave `release` out, so that mail goes at any time")
    }

    static func expireBeyondKeep(_ span: SourceSpan, keep: Int64, declared: SourceSpan?) -> Diagnostic {
        let period = QuarantineArea.period(keep)
        return make(
            .expireBeyondKeep, "nothing is left to expire: the area keeps its mail for \(period)", at: span,
            secondary: declared.map { [DiagnosticLabel($0, "kept for \(period)")] } ?? [],
            help: "write a shorter time here, or a longer one behind `keep`")
    }

    static func badExpiry(_ span: SourceSpan) -> Diagnostic {
        make(
            .badExpiry, "mail that nobody released cannot come to this", at: span,
            help: "write `deliver`, `discard`, or `reject \"…\"` without placeholders")
    }

    static func unknownModule(_ path: some Written, nearest: NearName?) -> Diagnostic {
        make(
            .unknownModule, "there is no module `\(path.text)`", at: path.span,
            help: didYouMean(
                nearest,
                else: "a module is a file: `import standard.viruses` reads `standard/viruses.lazaret`, in the policy's "
                    + "folder or on the module path"),
            fixIts: spelling(path.span, nearest))
    }

    static func importedTwice(_ node: ImportDeclaration, _ name: Name, first: SourceSpan) -> Diagnostic {
        make(
            .importedTwice, "two imports are called `\(name.text)`", at: name.span,
            secondary: [DiagnosticLabel(first, "the first is here")],
            help: "give this one a name of its own: `import \(node.module.text) as NAME`")
    }

    static func importCycle(_ path: Path, _ cycle: [String]) -> Diagnostic {
        let names = (cycle + [path.text]).map { "`\($0)`" }
        return make(
            .importCycle,
            cycle.count == 1
                ? "the module `\(path.text)` imports itself"
                : "modules import each other in a circle: \(names.joined(separator: ", which imports "))",
            at: path.span, help: "take one of the imports out; what both need can be a module of its own")
    }

    static func importTooDeep(_ path: Path, _ chain: [String], limit: Int) -> Diagnostic {
        let names = (chain + [path.text]).map { "`\($0)`" }
        return make(
            .importTooDeep, "more than \(limit) modules import one another in a row", at: path.span,
            notes: ["the chain is \(names.joined(separator: ", which imports "))"],
            help: "import the last of them in the policy")
    }

    static func tooManyModules(_ span: SourceSpan, limit: Int) -> Diagnostic {
        make(
            .tooManyModules, "the policy and its modules import more than \(limit) modules in all", at: span,
            help: "a module counts as often as it is imported; import what several need in one place")
    }

    static func notInModule(_ span: SourceSpan, _ what: String) -> Diagnostic {
        make(
            .notInModule, "a module cannot give \(what)", at: span,
            help: "leave it to the policy that imports the module; a rule can have its own `if REASON then …`")
    }

    static func unknownParameter(_ name: Name, nearest: NearName?, known: [String]) -> Diagnostic {
        let rest = known.isEmpty ? "it takes no arguments" : "its parameters are \(alternatives(known))"
        return make(
            .unknownParameter, "the module has no parameter `\(name.text)`", at: name.span,
            help: didYouMean(nearest, else: rest), fixIts: spelling(name.span, nearest))
    }

    static func argumentTwice(_ name: Name, first: SourceSpan) -> Diagnostic {
        make(
            .argumentTwice, "the parameter `\(name.text)` is given twice", at: name.span,
            secondary: [DiagnosticLabel(first, "first given here")], help: "keep one of the two")
    }

    static func argumentOfOther(
        _ argument: Argument, _ given: String, _ parameter: ParameterDeclaration, _ usual: String
    ) -> Diagnostic {
        var bare: String?
        if case .literal(.text(let text)) = argument.value, case .literal(.quantity(let quantity)) = parameter.value {
            let unit = quantity.unit
            let type: ValueType = unit == nil ? .decimal : unit?.bytes == nil ? .duration : .size
            bare = UnquotedNumber.reading(text.value, type)
        }
        return make(
            .argumentOfOther, "`\(given)` is not what the parameter `\(argument.name.text)` takes",
            at: argument.value.span,
            secondary: [DiagnosticLabel(parameter.value.span, "its default is `\(usual)`")],
            help: "give something of the same kind as `\(usual)`",
            fixIts: bare.map { [FixIt("write \($0)", isSure: true, replace: argument.value.span, with: $0)] } ?? [])
    }

    static func declaredTwice(_ name: Name, kind: String, first: SourceSpan) -> Diagnostic {
        make(
            .declaredTwice, "the name `\(name.text)` is taken", at: name.span, label: "\(kind) needs a name of its own",
            secondary: [DiagnosticLabel(first, "it is first declared here")],
            help: "rename one of the two; a name means one thing in all files of a policy")
    }

    static func nameOfFact(_ name: Name, kind: String) -> Diagnostic {
        make(
            .nameOfFact, "`\(name.text)` is the name of something every mail has", at: name.span,
            help: "give \(kind) another name, such as `our-\(name.text.replacing(dots: "-"))`")
    }

    static func nameOfPlaceholder(_ name: Name, kind: String) -> Diagnostic {
        make(
            .nameOfPlaceholder, "`{\(name.text)}` in a text is something else", at: name.span,
            help: "give \(kind) another name, such as `our-\(name.text)`")
    }

    static func wrongKind(_ path: some Written, _ symbol: Symbol, expected: String) -> Diagnostic {
        make(
            .wrongKind, "`\(path.text)` is \(symbol.kind.phrase), but \(expected) must stand here", at: path.span,
            secondary: [DiagnosticLabel(symbol.span, "declared here")],
            help: symbol.kind == .dictionary && expected != "a rule"
                ? "ask whether a text mentions it: `message.text mentions \(path.text)`"
                : "write the name of \(expected)")
    }
}

extension String {
    /// The text with every dot replaced.
    fileprivate func replacing(dots: Character) -> String { String(map { $0 == "." ? dots : $0 }) }
}
