import Foundation
import Vocabulary

/// A dry-run as people read it: a line for each mail and recipient, and totals at the end.
public struct DryRunTable {
    private let paint: Paint
    private var mails = 0
    private var dispositions: [Disposition: Int] = [:]
    private var fired: [String: Int] = [:]
    private var undetermined: [String: Int] = [:]
    private var undeterminedMails = 0
    private var faults: [(mail: String, reason: String)] = []
    private var microseconds: [Int] = []
    private var usesGuesses = false
    private var lacksAntivirus = false

    public init(paint: Paint) { self.paint = paint }

    /// Counts a result in and gives its lines.
    public mutating func add(_ result: DryRunResult) -> [String] {
        mails += 1
        switch result.outcome {
        case .unreadable(let reason), .unprocessable(let reason):
            faults.append((result.mail, reason))
            return [paint("error", .red, width: 10) + "  \(Shown.text(result.mail))  \(Shown.text(reason))"]
        case .judged(let judgement):
            microseconds.append(result.elapsedMicroseconds)
            usesGuesses = usesGuesses || !judgement.envelope.guessed.isEmpty
            lacksAntivirus =
                lacksAntivirus
                || (judgement.engines.isEmpty && judgement.decisions.contains(where: MissingAntivirus.isBehind))
            if judgement.decisions.contains(where: { $0.rules.contains { $0.verdict == .undetermined } }) {
                undeterminedMails += 1
            }
            return judgement.decisions.map { line(result.mail, $0) }
        }
    }

    private mutating func line(_ mail: String, _ decision: Decision) -> String {
        dispositions[decision.disposition, default: 0] += 1
        for rule in decision.rules {
            switch rule.verdict {
            case .fires: fired[rule.name, default: 0] += 1
            case .undetermined: undetermined[rule.name, default: 0] += 1
            }
        }
        if let trap = decision.trap { faults.append((mail, trap)) }
        var words = [
            paint(decision.disposition.rawValue, Paint.Tone.of(decision.disposition), width: 10), Shown.text(mail),
            paint(Shown.text(decision.recipient.addrSpec), .faint),
        ]
        if !decision.areas.isEmpty { words.append("→ " + Shown.text(decision.areas.joined(separator: ", "))) }
        words += decision.rules.filter { $0.verdict == .fires }.map { paint(Shown.text($0.name), .bold) }
        words += doubts(decision)
        words += decision.exempted.map { paint(Shown.text("\($0.rule) exempted by \($0.by)"), .faint) }
        if let trap = decision.trap { words.append(paint(Shown.text(trap), .red)) }
        return words.joined(separator: "  ")
    }

    /// Undetermined rules by what kept them from knowing: a locked archive leaves many rules in the same doubt, so a few
    /// are named and more are counted.
    private func doubts(_ decision: Decision) -> [String] {
        var names: [Reasons: [String]] = [:]
        for rule in decision.rules where rule.verdict == .undetermined {
            names[rule.unknown, default: []].append(rule.name)
        }
        return names.sorted { $0.key.rawValue < $1.key.rawValue }.map { reasons, rules in
            let who = rules.count > 2 ? "\(rules.count) rules" : rules.joined(separator: ", ")
            return paint("cannot tell: \(Shown.text(who))", .magenta) + " (\(reasons.names.joined(separator: ", ")))"
        }
    }

    /// The totals, after all results.
    public func summary() -> [String] {
        let decisions = dispositions.values.reduce(0, +)
        var lines = ["", paint("\(Shown.count(mails, "mail")), \(Shown.count(decisions, "decision"))", .bold)]
        for disposition in Disposition.allCases.reversed() {
            guard let count = dispositions[disposition] else { continue }
            lines.append(
                "  " + paint(disposition.rawValue, Paint.Tone.of(disposition), width: 10)
                    + Shown.right(count, 8) + "  " + Shown.share(count, of: decisions))
        }
        lines += Shown.counted("rules that fired", fired)
        lines += Shown.counted("rules that could not tell", undetermined)
        if undeterminedMails > 0 {
            lines.append(
                "  in \(Shown.count(undeterminedMails, "mail")) (\(Shown.share(undeterminedMails, of: mails)))")
        }
        if !faults.isEmpty {
            lines.append(paint("\(faults.count) could not be judged", .red))
            lines += faults.prefix(20).map { "  \(Shown.text($0.mail)): \(Shown.text($0.reason))" }
            if faults.count > 20 { lines.append("  … and \(faults.count - 20) more") }
        }
        if !microseconds.isEmpty {
            let sorted = microseconds.sorted()
            lines.append(
                "time of a mail: half under \(Shown.milliseconds(sorted[sorted.count / 2])), longest "
                    + Shown.milliseconds(sorted[sorted.count - 1]))
        }
        if lacksAntivirus { lines.append(paint(MissingAntivirus.advice, .yellow)) }
        if usesGuesses { lines.append("envelopes were guessed where they were not given (--from, --to, --direction)") }
        return lines
    }
}
