import PolicyDiff
import Vocabulary

/// The report for programs.
public enum ComparisonJSON {
    /// One object: `changes`, `answers`, and with `--mail` `mails`.
    public static func object(_ report: ComparisonReport) -> OrderedJSON {
        var members: [(String, OrderedJSON)] = [
            ("changes", .list(report.changes.changes.map(change))),
            ("answers", .list(report.answers.map { answer($0.question, $0.answer, report.saved[$0.question]) })),
        ]
        if let count = report.mailCount {
            members.append(("mailCount", .number(count)))
            members.append(("mails", .list(report.mails.map(mail))))
        }
        return .object(members)
    }

    private static func change(_ change: PolicyChange) -> OrderedJSON {
        .object([
            ("subject", .string(change.subject.rawValue)), ("kind", .string(change.kind.rawValue)),
            ("name", .string(change.name)), ("formerName", .optional(change.formerName)),
            ("old", place(change.oldPlace)), ("new", place(change.newPlace)),
            (
                "clauses",
                .list(
                    change.clauses.map {
                        .object([
                            ("name", .string($0.name)), ("old", .optional($0.old)), ("new", .optional($0.new)),
                        ])
                    })
            ),
        ])
    }

    private static func place(_ place: SourcePlace?) -> OrderedJSON {
        guard let place else { return .null }
        return .object([
            ("file", .string(place.file)), ("line", .number(place.line)), ("column", .number(place.column)),
            ("length", .number(place.length)),
        ])
    }

    private static func answer(_ question: PassageQuestion, _ answer: PassageAnswer, _ saved: String?) -> OrderedJSON {
        var old: String?
        var new: String?
        var reason: String?
        switch answer {
        case .no: break
        case .witness(let proven):
            old = proven.old.disposition.rawValue
            new = proven.new.disposition.rawValue
        case .cannotTell(let why, let found):
            reason = why
            old = found?.old.rawValue
            new = found?.new.rawValue
        }
        return .object([
            ("question", .string(question.rawValue)), ("answer", .string(answer.word)), ("reason", .optional(reason)),
            ("old", .optional(old)), ("new", .optional(new)),
            ("case", .strings(answer.abstractCase?.sentences ?? [])), ("witness", .optional(saved)),
        ])
    }

    private static func mail(_ result: MailComparisonResult) -> OrderedJSON {
        .object([
            ("mail", .string(result.mail)), ("error", .optional(result.fault)),
            (
                "recipients",
                .list(
                    result.differences.map {
                        .object([
                            ("recipient", .string($0.new.recipient.addrSpec)),
                            ("old", .string(ComparisonWords.outcome($0.old))),
                            ("new", .string(ComparisonWords.outcome($0.new))), ("gone", .strings($0.gone)),
                            ("added", .strings($0.added)), ("rules", .strings($0.rules)),
                        ])
                    })
            ),
        ])
    }
}

/// The report for a merge request: a short table, the rest folded away.
public enum ComparisonMarkdown {
    public static func lines(_ report: ComparisonReport) -> [String] {
        var lines: [String] = []
        if !report.answers.isEmpty {
            lines += ["| question | answer |", "|---|---|"]
            for (question, answer) in report.answers { lines.append("| \(question.sentence) | **\(answer.word)** |") }
        }
        let count = report.changes.changes.count
        lines += ["", count == 0 ? "No change of meaning." : "\(count) change\(count == 1 ? "" : "s") of meaning."]
        for (question, answer) in report.answers {
            let details = ComparisonWords.details(answer, saved: report.saved[question])
            if !details.isEmpty { lines += folded("\(question.sentence) \(answer.word)", details) }
        }
        for change in report.changes.changes {
            let former = change.formerName.map { ", before \($0)" } ?? ""
            let clauses = change.clauses.flatMap { clause in
                [clause.old.map { "- \(clause.name) \($0)" }, clause.new.map { "+ \(clause.name) \($0)" }]
                    .compactMap { $0 }
            }
            lines += folded("\(change.kind.rawValue): \(change.subject.rawValue) \(change.name)\(former)", clauses)
        }
        if let count = report.mailCount {
            let changed = report.mails.filter { !$0.differences.isEmpty }
            let sentences = report.mails.flatMap { result in
                (result.fault.map { ["\(result.mail): \($0)"] } ?? [])
                    + result.differences.map { ComparisonWords.sentence($0, mail: result.mail) }
            }
            lines += folded("\(changed.count) of \(count) mails fare differently", sentences)
        }
        return lines
    }

    /// A folded block whose lines are shown as they are: names and texts of policies are no markup.
    private static func folded(_ title: String, _ details: [String]) -> [String] {
        let shown = details.map { Shown.text($0) }
        // A fence longer than any run of back quotes in it cannot be ended by what it holds.
        let fence = String(repeating: "`", count: max(3, (shown.map(longestRun).max() ?? 0) + 1))
        return ["", "<details><summary>\(escaped(title))</summary>", "", fence + "diff"] + shown
            + [fence, "", "</details>"]
    }

    private static func longestRun(_ text: String) -> Int {
        text.split(whereSeparator: { $0 != "`" }).map(\.count).max() ?? 0
    }

    private static func escaped(_ text: String) -> String {
        Shown.text(text).replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}
