import Diagnostics
import Syntax
import Vocabulary

/// Codes 700 to 765: warnings, and what this toolchain does not do yet.
extension SemanticsDiagnostics {
    static func unusedList(_ name: String, _ span: SourceSpan) -> Diagnostic {
        make(
            .unusedList, "nothing uses `\(name)`", at: span,
            help: "take it out, or use it: `from in \(name)`")
    }

    static func repeatedEntry(_ text: TextLiteral, first: SourceSpan) -> Diagnostic {
        make(
            .repeatedEntry, "`\(text.value)` is listed twice", at: text.span,
            secondary: [DiagnosticLabel(first, "first listed here")], help: "take one of the two out")
    }

    static func similarArea(
        _ name: Name, meant: String, declared: SourceSpan, isDeclared: Bool = true
    ) -> Diagnostic {
        make(
            .similarArea,
            name.text.lowercased() == meant.lowercased()
                ? "the area `\(name.text)` differs from `\(meant)` in capitals only"
                : "the area `\(name.text)` is a letter away from `\(meant)`", at: name.span,
            secondary: [DiagnosticLabel(declared, "`\(meant)` is \(isDeclared ? "declared" : "named") here")],
            help: "did you mean `\(meant)`? An area needs no declaration, so mail would be kept in a new one",
            fixIts: spelling(name.span, NearName(meant, isSure: false)))
    }

    static func similarHeader(_ text: TextLiteral, _ meant: String) -> Diagnostic {
        make(
            .similarHeader, "the field `\(text.value)` is a letter away from `\(meant)`", at: text.span,
            help: "did you mean \"\(meant)\"?",
            fixIts: [FixIt("write \"\(meant)\"", replace: text.span, with: "\"\(meant)\"")])
    }

    static func settledCondition(_ span: SourceSpan, value: Bool) -> Diagnostic {
        make(
            .settledCondition, value ? "this holds for every mail" : "this can never hold", at: span,
            help: "no mail makes a difference to it; take it out or change it")
    }

    static func settledTogether(
        _ found: SettledTogether, _ span: SourceSpan, _ other: SourceSpan?, directions: [String]
    ) -> Diagnostic {
        let labels = other.map { [DiagnosticLabel($0, "this")] } ?? []
        switch found.kind {
        case .contradiction:
            return make(
                .settledCondition, "this and what stands before it can never hold together", at: span,
                secondary: labels,
                help: "no mail can satisfy both; change one of them, or join them by `or`")
        case .tautology:
            return make(
                .settledCondition, "this or what stands before it holds for every mail", at: span, secondary: labels,
                help: "take both out or change one of them")
        case .foreignDirection:
            return make(
                .settledCondition, "this can never hold: the rule judges only mail that is \(enumeration(directions))",
                at: span, help: "take it out, or change what stands behind `on`")
        }
    }

    static func extensionWithDot(_ text: TextLiteral) -> Diagnostic {
        let bare = String(text.value.drop { $0 == "." })
        return make(
            .settledCondition, "no extension starts with a dot, so this can never hold", at: text.span,
            help: "an extension is what follows the last dot, without it",
            fixIts: [FixIt("write \"\(bare)\"", isSure: true, replace: text.span, with: "\"\(bare)\"")])
    }

    static func topLevelWithDot(_ text: TextLiteral) -> Diagnostic {
        let bare = String(text.value.drop { $0 == "." })
        return make(
            .settledCondition, "no top-level domain starts with a dot, so this can never hold", at: text.span,
            help: "it is the last label, without the dot before it",
            fixIts: [FixIt("write \"\(bare)\"", isSure: true, replace: text.span, with: "\"\(bare)\"")])
    }

    static func identifierInBrackets(_ text: TextLiteral, _ subject: String) -> Diagnostic {
        let bare = String(text.value.dropFirst().dropLast())
        return make(
            .settledCondition, "`\(subject)` stands without angle brackets, so this can never hold", at: text.span,
            help: "write what stands between them",
            fixIts: [FixIt("write \"\(bare)\"", isSure: true, replace: text.span, with: "\"\(bare)\"")])
    }

    /// - Parameter meant: the condition that was most likely meant.
    static func patternAsText(_ text: TextLiteral, _ meant: String) -> Diagnostic {
        make(
            .settledCondition, "a `*` stands for itself here, so hardly any mail has this text", at: text.span,
            help: "patterns are for lists of addresses; write `\(meant)`")
    }

    static func everyOverEmpty(_ span: SourceSpan) -> Diagnostic {
        make(
            .everyOverEmpty, "this also holds for mail that has none at all", at: span,
            help: "if that is not meant, add a count: `count of files > 0 and …`")
    }

    static func thresholdOutOfReach(_ span: SourceSpan, greatest: Int64) -> Diagnostic {
        make(
            .thresholdOutOfReach, "no text can reach this threshold", at: span,
            help: "all entries together come to \(Vocabulary.Value.number(greatest).written(as: .decimal))")
    }

    static func templateWithoutLanguage(_ name: Name, _ language: String) -> Diagnostic {
        make(
            .templateWithoutLanguage, "the template `\(name.text)` has no words in the policy's language `\(language)`",
            at: name.span, help: "add `\(language) { subject \"…\" body \"…\" }`")
    }

    static func antivirusExempted(_ name: Name, rule: String, _ span: SourceSpan) -> Diagnostic {
        make(
            .antivirusExempted, "this exemption lets viruses pass", at: name.span,
            secondary: [DiagnosticLabel(span, "`\(rule)`, which it lifts, asks the antivirus")],
            help: "exempt from other rules, or allow this warning with the reason why it is right")
    }

    /// - Parameter row: the row of a score or setting that rests on it, where the place itself only asks for its value.
    static func unprovenIdentity(_ span: SourceSpan, _ fact: Vocabulary.Fact, row: SourceSpan?) -> Diagnostic {
        make(
            .unprovenIdentity, "anyone can write any `\(fact.rawValue)`, and nothing here proves it", at: span,
            secondary: row.map { [DiagnosticLabel($0, "it is asked for here")] } ?? [],
            help: fact == .sender
                ? "add `and authenticated` or `and auth.spf is pass` (DMARC vouches for `from`, not for `sender`)"
                : "add `and auth.dmarc is pass` or `and authenticated`")
    }

    static func mixedScript(
        _ span: SourceSpan, _ word: String, foreign: Unicode.Scalar, _ script: String
    ) -> Diagnostic {
        let code = String(foreign.value, radix: 16, uppercase: true)
        return make(
            .mixedScript, "the word `\(word)` mixes Latin and \(script) letters", at: span,
            help:
                "`\(foreign)` is the \(script) letter U+\(String(repeating: "0", count: max(0, 4 - code.count)))\(code);"
                + " if it is meant, write it as `\\u{\(code)}` (`\\x{\(code)}` in an expression), so that reviewers see it"
        )
    }

    static func unused(_ code: SemanticsCode, _ name: String, _ span: SourceSpan, use: String) -> Diagnostic {
        make(code, "nothing uses `\(name)`", at: span, help: "take it out, or use it: `\(use)`")
    }

    static func noAuthServers(_ span: SourceSpan) -> Diagnostic {
        make(
            .noAuthServers, "the policy does not say whose Authentication-Results it believes", at: span,
            label: "this asks for SPF, DKIM or DMARC, which are `none` for every mail",
            help: "write `auth-servers \"mx.acme.example\"` in the policy's header")
    }

    static func shadowedRule(_ name: Name, by other: String, _ span: SourceSpan) -> Diagnostic {
        make(
            .shadowedRule, "the rule `\(name.text)` adds nothing to `\(other)`", at: name.span,
            secondary: [DiagnosticLabel(span, "fires whenever it does, and does at least as much")],
            help: "take one of the two out, or change it")
    }

    /// - Parameter base: the network as it is usually written.
    static func hostBits(_ text: TextLiteral, base: String) -> Diagnostic {
        make(
            .hostBits, "`\(text.value)` names a host, and all of its network is taken", at: text.span,
            help: "for the network write \"\(base)\", for the host alone leave the length out",
            fixIts: [FixIt("write \"\(base)\"", replace: text.span, with: "\"\(base)\"")])
    }

    static func missingMail(_ path: TextLiteral) -> Diagnostic {
        make(
            .missingMail, "there is no mail `\(path.value)`, so this test cannot run", at: path.span,
            help: "the path is relative to the folder of this file")
    }

    static func idleExemption(_ span: SourceSpan, _ name: String, why: String) -> Diagnostic {
        make(
            .idleExemption, "nothing ever needs the exemption `\(name)`", at: span, label: why,
            help: "take it out or change it")
    }
}
