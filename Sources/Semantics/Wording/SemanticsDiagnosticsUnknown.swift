import Diagnostics
import Syntax
import Vocabulary

/// What a missing answer is about, gathered for its diagnostic.
struct MissingAnswerReport {
    var rule: String
    var ruleSpan: SourceSpan
    /// The expression that can be unknown.
    var causeSpan: SourceSpan
    var subject: UnknownCause.Subject?
    /// Everything in the rules' conditions that can be unknown.
    var causes: [UnknownCause]
    /// Settings that are `ambiguous` for nothing but two rows that hold at once.
    var undecided: Set<String>
    /// Where else something is unknown for reasons that the first expression does not have.
    var furtherCauses: [(span: SourceSpan, subject: String, reasons: String)]
    var cells: AnswerCells
    var directions: DirectionSet
    /// Further rules that lack the same.
    var others: [(name: String, span: SourceSpan)]
    /// The whole rule, which ends with its brace.
    var ruleEnd: SourceSpan
    var uninspectable: SourceSpan?
    var policyEnd: SourceSpan?
}

/// Codes 500 to 507: absence, and what cannot be known.
extension SemanticsDiagnostics {
    // MARK: - Absence

    static func unguarded(_ span: SourceSpan, _ reference: FactReference, fixIts: [FixIt]) -> Diagnostic {
        let name = reference.description
        return make(
            .unguarded, "this would also hold for mail without `\(name)`", at: span,
            label: "false where `\(name)` is absent, and here the opposite is asked",
            help: "say what is meant where it is absent: `\(name) exists and …` before what is denied "
                + "leaves such mail out, `\(name) otherwise …` compares something else instead",
            fixIts: fixIts)
    }

    // MARK: - Missing answers

    /// The centre of the language: a policy must say what happens to what could not be inspected.
    static func missingAnswer(_ report: MissingAnswerReport) -> Diagnostic {
        let rows = answerRows(report)
        let lacking = rows.map(\.words).joined(separator: ", ")
        let lines = answerLines(rows)
        let further = report.furtherCauses.map {
            DiagnosticLabel($0.span, "`\($0.subject)` may be unknown too: \($0.reasons)")
        }
        let others = report.others.prefix(4).map { DiagnosticLabel($0.span, "`\($0.name)` has no answer either") }
        return make(
            .missingAnswer,
            report.others.isEmpty
                ? "the rule `\(report.rule)` has no answer for mail it cannot judge: \(lacking)"
                : "\(report.others.count + 1) rules have no answer for mail they cannot judge: \(lacking)",
            at: report.causeSpan, label: causeLabel(report),
            secondary: [DiagnosticLabel(report.ruleSpan, "this rule needs an answer")] + further + others,
            notes: rows.flatMap(\.explanations)
                + ["nothing passes in silence because it could not be read, so there is no default"],
            help: "say what is to happen, in `uninspectable` for every rule or in the rule for it alone: "
                + lines.map { "`\($0)`" }.joined(separator: ", "),
            fixIts: fixIts(report, lines))
    }

    private static func causeLabel(_ report: MissingAnswerReport) -> String {
        switch report.subject {
        case .fact(let reference)?: "`\(reference)` may be unknown"
        case .computed(let name)?: "`\(name)` may be unknown"
        case .list(let list)?: "some \(list.rawValue) may be hidden"
        case .pattern?: "the search for a pattern may hit its limit"
        case nil: ""
        }
    }

    /// The rows to write, those with the same suggestion as one.
    private static func answerLines(_ rows: [Row]) -> [String] {
        var lines: [(reasons: [String], rest: String)] = []
        for row in rows {
            let rest = "\(row.directions) then \(row.suggestion)"
            if let index = lines.firstIndex(where: { $0.rest == rest }) {
                lines[index].reasons.append(row.reason)
            } else {
                lines.append(([row.reason], rest))
            }
        }
        return lines.map { "if \($0.reasons.joined(separator: ", "))\($0.rest)" }
    }

    private struct Row {
        /// The reason as it stands after `if`: `encrypted (smime)`.
        let reason: String
        /// What follows it: ` on inbound`, or nothing.
        let directions: String
        /// As a sentence says it: `encrypted on inbound`.
        var words: String { reason + directions }
        let explanations: [String]
        let suggestion: String
    }

    /// What would answer everything missing, a row a reason.
    private static func answerRows(_ report: MissingAnswerReport) -> [Row] {
        let (cells, directions) = (report.cells, report.directions)
        return ReasonName.allCases.compactMap { name -> Row? in
            let all = name.reasons
            let missing = Direction.allCases.filter { !cells[$0].isDisjoint(with: all) }
            guard !missing.isEmpty else { return nil }
            let reasons = missing.reduce(into: Reasons()) { $0.formUnion(cells[$1].intersection(all)) }
            var reason = name.rawValue
            if name == .encrypted, reasons != all {
                let kinds = reasons.singles.compactMap { $0.encryptionKind?.rawValue }
                reason += " (\(kinds.joined(separator: ", ")))"
            }
            let isEveryDirection = missing.count == directions.names.count
            return Row(
                reason: reason,
                directions: isEveryDirection ? "" : " on \(missing.map(\.rawValue).joined(separator: ", "))",
                explanations: explanations(of: name, report), suggestion: suggestion(for: name))
        }
    }

    /// Why the rules can be unknown for a reason, by what they ask.
    private static func explanations(of reason: ReasonName, _ report: MissingAnswerReport) -> [String] {
        let subjects = report.causes.filter { !$0.reasons.isDisjoint(with: reason.reasons) }.map(\.subject)
        switch reason {
        case .ambiguous:
            let settings = Set(
                subjects.compactMap { if case .computed(let name) = $0 { name } else { nil } }
            ).intersection(report.undecided)
            let others = subjects.contains {
                if case .computed(let name) = $0 { !settings.contains(name) } else { true }
            }
            return settings.sorted().map {
                "ambiguous: two rows of `\($0)` may hold for one mail, and `take one` does not say which counts; "
                    + "add to one `and not (…)` of the other, or `take largest`"
            } + (others ? [explanation(of: reason)] : [])
        case .engineDown:
            let engines = Set(subjects.map(\.engine))
            return ["engine-down: \(engines.count == 1 ? engines.first ?? anyEngine : anyEngine) gave no answer"]
        default:
            return [explanation(of: reason)]
        }
    }

    private static let anyEngine = UnknownCause.Subject.pattern.engine

    private static func explanation(of reason: ReasonName) -> String {
        switch reason {
        case .encrypted: "encrypted: it is locked with a key or password that only the recipient has"
        case .damaged: "damaged: its format is broken, so that programs may read it differently or not at all"
        case .ambiguous: "ambiguous: mail programs would show different contents"
        case .unsupported: "unsupported: nothing here can read this format"
        case .overLimit: "over-limit: it is larger, deeper or slower to read than the limits allow"
        case .engineDown: "engine-down: \(anyEngine) gave no answer"
        }
    }

    private static func suggestion(for reason: ReasonName) -> String {
        switch reason {
        case .engineDown: "defer"
        case .encrypted: "quarantine sealed"
        case .damaged, .ambiguous, .unsupported, .overLimit: "quarantine unreadable"
        }
    }

    private static func fixIts(_ report: MissingAnswerReport, _ rows: [String]) -> [FixIt] {
        var fixes: [FixIt] = []
        let lines = rows.map { "    \($0)\n" }.joined()
        if let block = report.uninspectable, block.end > block.start {
            let brace = SourceSpan(file: block.file, start: block.end - 1, end: block.end - 1)
            fixes.append(FixIt("answer for every rule", replace: brace, with: lines))
        } else if let end = report.policyEnd {
            fixes.append(FixIt("answer for every rule", replace: end, with: "\n\nuninspectable {\n\(lines)}"))
        }
        if report.others.isEmpty, report.ruleEnd.end > report.ruleEnd.start {
            let brace = SourceSpan(
                file: report.ruleEnd.file, start: report.ruleEnd.end - 1, end: report.ruleEnd.end - 1)
            fixes.append(FixIt("answer for this rule alone", replace: brace, with: lines))
        }
        return fixes
    }

    // MARK: - Rows

    static func unknownReason(_ name: Name) -> Diagnostic {
        let names = ReasonName.allCases.map(\.rawValue)
        let nearest = Nearest.to(name.text, among: names)
        return make(
            .unknownReason, "nothing is unknown because it is `\(name.text)`", at: name.span,
            help: didYouMean(
                nearest,
                else: EncryptionKind(rawValue: name.text) != nil
                    ? "write `encrypted (\(name.text))`" : "the reasons are \(alternatives(names))"),
            fixIts: EncryptionKind(rawValue: name.text) != nil
                ? spelling(name.span, NearName("encrypted (\(name.text))", isSure: true)) : spelling(name.span, nearest)
        )
    }

    static func kindsOfOther(_ span: SourceSpan, reason: ReasonName) -> Diagnostic {
        make(
            .kindsOfOther, "only `encrypted` has kinds", at: span,
            fixIts: [FixIt("write `\(reason.rawValue)`", replace: span, with: reason.rawValue)])
    }

    static func equalRows(_ span: SourceSpan, first: SourceSpan) -> Diagnostic {
        make(
            .equalRows, "two rows answer the same", at: span, secondary: [DiagnosticLabel(first, "the other is here")],
            help: "keep one of them, or name kinds or directions in one, so that it is narrower")
    }

    static func overlappingRows(_ span: SourceSpan, first: SourceSpan) -> Diagnostic {
        make(
            .overlappingRows, "two rows answer some mail differently, and neither is the narrower", at: span,
            secondary: [DiagnosticLabel(first, "this row speaks of part of the same mail")],
            help: "split one of them, so that what both speak of is answered once")
    }

    static func weakAnswerOfMandatory(
        _ span: SourceSpan, rule: String, ruleSpan: SourceSpan, reasons: [String]
    ) -> Diagnostic {
        make(
            .weakAnswerOfMandatory,
            "the mandatory rule `\(rule)` would let mail pass unjudged: \(reasons.joined(separator: ", "))", at: span,
            label: "this row lets it pass", secondary: [DiagnosticLabel(ruleSpan, "mandatory here")],
            help:
                "answer with `defer` or something stronger, here or by `if \(reasons.joined(separator: ", ")) then defer` in the rule"
        )
    }

    static func stripInUninspectable(_ span: SourceSpan) -> Diagnostic {
        make(
            .stripInUninspectable, "`strip` takes away what a rule found, and here nothing has been found",
            at: span, help: "hold the mail instead: `quarantine NAME`")
    }
}

extension UnknownCause.Subject {
    /// Who was to answer, where that can fail.
    fileprivate var engine: String {
        guard case .fact(let reference) = self else { return "the antivirus or another engine" }
        return switch reference.fact {
        case .authSPF, .authDKIM, .authDMARC: "the DNS behind Authentication-Results"
        case .virus, .virusName, .virusEngines: "the antivirus"
        case .spamScore, .spamSymbols: "the spam filter"
        case .yara: "the search by YARA rules"
        case .bodyLanguage: "the guess of the language"
        default: "the antivirus or another engine"
        }
    }
}
