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
            return [paint("error", .red, width: 10) + "  \(Self.shown(result.mail))  \(Self.shown(reason))"]
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
            paint(decision.disposition.rawValue, Self.tone(decision.disposition), width: 10), Self.shown(mail),
            paint(Self.shown(decision.recipient.addrSpec), .faint),
        ]
        if !decision.areas.isEmpty { words.append("→ " + Self.shown(decision.areas.joined(separator: ", "))) }
        words += decision.rules.filter { $0.verdict == .fires }.map { paint(Self.shown($0.name), .bold) }
        words += doubts(decision)
        words += decision.exempted.map { paint(Self.shown("\($0.rule) excused by \($0.by)"), .faint) }
        if let trap = decision.trap { words.append(paint(Self.shown(trap), .red)) }
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
            return paint("cannot tell: \(Self.shown(who))", .magenta) + " (\(reasons.names.joined(separator: ", ")))"
        }
    }

    /// The totals, after all results.
    public func summary() -> [String] {
        let decisions = dispositions.values.reduce(0, +)
        var lines = ["", paint("\(Self.number(mails, "mail")), \(Self.number(decisions, "decision"))", .bold)]
        for disposition in Disposition.allCases.reversed() {
            guard let count = dispositions[disposition] else { continue }
            lines.append(
                "  " + paint(disposition.rawValue, Self.tone(disposition), width: 10)
                    + Self.right(count, 8) + "  " + Self.share(count, of: decisions))
        }
        lines += Self.counted("rules that fired", fired)
        lines += Self.counted("rules that could not tell", undetermined)
        if undeterminedMails > 0 {
            lines.append("  in \(Self.number(undeterminedMails, "mail")) (\(Self.share(undeterminedMails, of: mails)))")
        }
        if !faults.isEmpty {
            lines.append(paint("\(faults.count) could not be judged", .red))
            lines += faults.prefix(20).map { "  \(Self.shown($0.mail)): \(Self.shown($0.reason))" }
            if faults.count > 20 { lines.append("  … and \(faults.count - 20) more") }
        }
        if !microseconds.isEmpty {
            let sorted = microseconds.sorted()
            lines.append(
                "time of a mail: half under \(Self.milliseconds(sorted[sorted.count / 2])), longest "
                    + Self.milliseconds(sorted[sorted.count - 1]))
        }
        if lacksAntivirus { lines.append(paint(MissingAntivirus.advice, .yellow)) }
        if usesGuesses { lines.append("envelopes were guessed where they were not given (--from, --to, --direction)") }
        return lines
    }

    static func counted(_ title: String, _ counts: [String: Int]) -> [String] {
        guard !counts.isEmpty else { return [] }
        let sorted = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        return [title] + sorted.map { "  " + right($0.value, 8) + "  " + shown($0.key) }
    }

    static func tone(_ disposition: Disposition) -> Paint.Tone {
        switch disposition {
        case .deliver: .green
        case .defer: .cyan
        case .quarantine: .yellow
        case .discard, .reject: .red
        }
    }

    /// Names of files, addresses and a bundle's names come from outside: nothing of them may steer the terminal.
    public static func shown(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { scalar in
                    switch scalar.properties.generalCategory {
                    case .control, .format, .lineSeparator, .paragraphSeparator: "\u{FFFD}"
                    default: scalar
                    }
                }))
    }

    static func right(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: " ", count: max(0, width - digits.count)) + digits
    }

    private static func number(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

    static func share(_ part: Int, of whole: Int) -> String {
        guard whole > 0 else { return "" }
        let tenths = (part * 1000 + whole / 2) / whole
        return "\(tenths / 10).\(tenths % 10) %"
    }

    static func milliseconds(_ microseconds: Int) -> String {
        "\(microseconds / 1000).\(microseconds % 1000 / 100) ms"
    }
}
