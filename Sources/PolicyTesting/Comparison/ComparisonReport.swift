import PolicyDiff
import Vocabulary

/// Everything that comparing two policies found.
public struct ComparisonReport: Sendable {
    public var changes: PolicyChanges
    public var answers: [(question: PassageQuestion, answer: PassageAnswer)] = []
    /// Mails whose outcome differs, and those that could not be judged.
    public var mails: [MailComparisonResult] = []
    /// How many stored mails were run; `nil` where none were asked for.
    public var mailCount: Int?
    /// Where the witness of a question was saved.
    public var saved: [PassageQuestion: String] = [:]

    public init(changes: PolicyChanges) { self.changes = changes }

    /// Whether the question is not answered with a proven no.
    public func isOpen(_ question: PassageQuestion) -> Bool {
        answers.contains { one in
            guard one.question == question else { return false }
            if case .no = one.answer { return false }
            return true
        }
    }
}

extension PassageQuestion {
    /// As a person asks it.
    public var sentence: String {
        switch self {
        case .passesNow: "Can a mail pass now that was held before?"
        case .weakened: "Can a mail be treated less gravely now, and still not pass?"
        case .heldNow: "Can a mail be held now that passed before?"
        }
    }
}

extension PassageAnswer {
    /// In one or two words.
    public var word: String {
        switch self {
        case .no: "no"
        case .witness: "yes"
        case .cannotTell: "cannot tell"
        }
    }

    var abstractCase: AbstractCase? {
        switch self {
        case .no: nil
        case .witness(let witness): witness.abstractCase
        case .cannotTell(_, let found): found
        }
    }
}

/// The report for people at a terminal.
public struct ComparisonText {
    private let paint: Paint
    private let shownPaths: (old: (String) -> String, new: (String) -> String)

    public init(paint: Paint, oldPath: @escaping (String) -> String, newPath: @escaping (String) -> String) {
        self.paint = paint
        shownPaths = (oldPath, newPath)
    }

    public func lines(_ report: ComparisonReport) -> [String] {
        var lines: [String] = []
        for change in report.changes.changes { lines += self.lines(change) }
        if report.changes.isEmpty { lines.append("no change of meaning") }
        for (question, answer) in report.answers { lines += [""] + self.lines(question, answer, report) }
        if let count = report.mailCount {
            let changed = report.mails.filter { !$0.differences.isEmpty }
            lines += ["", paint("\(changed.count) of \(count) mails fare differently", .bold)]
            for result in report.mails { lines += self.lines(result) }
        }
        return lines
    }

    private func lines(_ change: PolicyChange) -> [String] {
        let tone: Paint.Tone = change.kind == .gone ? .red : change.kind == .added ? .green : .yellow
        var head =
            paint(change.kind.rawValue, tone, width: 9) + Shown.text("\(change.subject.rawValue) \(change.name)")
        if let former = change.formerName { head += ", before \(former)" }
        let places = [
            change.oldPlace.map { place($0, shownPaths.old) }, change.newPlace.map { place($0, shownPaths.new) },
        ].compactMap { $0 }
        if !places.isEmpty { head += paint("  " + places.joined(separator: " → "), .faint) }
        return [head] + change.clauses.flatMap(lines)
    }

    private func lines(_ clause: PolicyChange.Clause) -> [String] {
        [
            clause.old.map { "  " + paint("- \(clause.name)", .red) + " " + Shown.text($0) },
            clause.new.map { "  " + paint("+ \(clause.name)", .green) + " " + Shown.text($0) },
        ].compactMap { $0 }
    }

    private func place(_ place: SourcePlace, _ shown: (String) -> String) -> String {
        "\(shown(place.file)):\(place.line):\(place.column)"
    }

    private func lines(
        _ question: PassageQuestion, _ answer: PassageAnswer, _ report: ComparisonReport
    ) -> [String] {
        let tone: Paint.Tone
        switch answer {
        case .no: tone = .green
        case .witness: tone = .red
        case .cannotTell: tone = .yellow
        }
        return [paint(question.sentence, .bold) + " " + paint(answer.word, tone)]
            + ComparisonWords.details(answer, saved: report.saved[question]).map { "  " + Shown.text($0) }
    }

    private func lines(_ result: MailComparisonResult) -> [String] {
        if let fault = result.fault {
            return ["  " + paint("error", .red) + Shown.text(" \(result.mail): \(fault)")]
        }
        return result.differences.map { "  " + Shown.text(ComparisonWords.sentence($0, mail: result.mail)) }
    }
}

/// Sentences that every form of the report shares.
enum ComparisonWords {
    static func details(_ answer: PassageAnswer, saved: String?) -> [String] {
        switch answer {
        case .no: return []
        case .witness(let proven):
            var lines = [
                "\(outcome(proven.old)) → \(outcome(proven.new)), \(proven.new.direction.rawValue), shown by running a mail"
            ]
            lines += ["before: " + rules(proven.old), "now: " + rules(proven.new)]
            lines += proven.abstractCase.sentences
            if let saved { lines.append("saved in \(saved)") }
            return lines
        case .cannotTell(let reason, let found):
            guard let found else { return [reason] }
            return ["\(reason); the case would be: \(found.old.rawValue) → \(found.new.rawValue)"]
                + ["before: " + verdicts(found.oldVerdicts), "now: " + verdicts(found.newVerdicts)] + found.sentences
        }
    }

    static func outcome(_ decision: Decision) -> String {
        ([decision.disposition.rawValue] + decision.areas).joined(separator: " ")
    }

    static func rules(_ decision: Decision) -> String {
        let speaking = decision.rules.map { rule in
            rule.verdict == .fires
                ? "\(rule.name) fires" : "\(rule.name) is undetermined (\(rule.unknown.names.joined(separator: ", ")))"
        }
        let excused = decision.exempted.map { "\($0.rule) exempted by \($0.by)" }
        let all = speaking + excused
        return all.isEmpty ? "no rule speaks" : all.joined(separator: "; ")
    }

    private static func verdicts(_ verdicts: [AbstractCase.Verdict]) -> String {
        let all = verdicts.map { verdict in
            verdict.unknown.isEmpty
                ? "\(verdict.rule) fires"
                : "\(verdict.rule) is undetermined (\(verdict.unknown.names.joined(separator: ", ")))"
        }
        return all.isEmpty ? "no rule speaks" : all.joined(separator: "; ")
    }

    static func sentence(_ difference: MailComparisonResult.Difference, mail: String) -> String {
        let (old, new) = (outcome(difference.old), outcome(difference.new))
        var words = "\(mail) for \(difference.new.recipient.addrSpec): \(old) → \(new)"
        for (time, asked) in [("before", difference.gone), ("now", difference.added)] where !asked.isEmpty {
            words += "; \(time) \(asked.joined(separator: ", "))"
        }
        if old == new, difference.gone.isEmpty, difference.added.isEmpty { words += "; the same in another order" }
        return words + "; by " + difference.rules.joined(separator: ", ")
    }
}
