import Compiler
import Vocabulary

/// Coverage as people read it: each rule with its tests, and behind each test the marks of what was seen.
public enum CoverageText {
    /// The widest clause text that marks are aligned to.
    private static let widestClause = 72

    public static func lines(_ coverage: Coverage, build: PolicyBuild, paint: Paint) -> [String] {
        var lines: [String] = []
        var shown: Set<Int> = []
        for (index, owner) in coverage.policy.owners.enumerated() {
            let share = coverage.marks(of: owner).share
            var head = "\(owner.kind.rawValue) \(paint(owner.name, .bold))  \(share)"
            if owner.kind == .rule { head += "  " + paint(outcomes(coverage.rules[index]), .faint) }
            lines.append(head)
            for number in owner.clauses {
                lines.append(line(number, coverage, build, paint, isRepeated: !shown.insert(number).inserted))
            }
        }
        return lines + summary(coverage, paint: paint)
    }

    /// The totals alone.
    public static func summary(_ coverage: Coverage, paint: Paint) -> [String] {
        let total = coverage.total
        let fired = coverage.firedRules
        let tone: Paint.Tone = total.seen == total.owed ? .green : .yellow
        var lines = [
            paint("coverage \(total.share)", tone)
                + ": \(total.seen) of \(total.owed) values seen of \(noun(coverage.counts.count, "test")); "
                + "\(fired.seen) of \(noun(fired.owed, "rule")) fired; \(noun(coverage.mails, "mail"))"
        ]
        if coverage.incomplete > 0 {
            lines.append(
                "\(noun(coverage.incomplete, "mail")) had more to look at than the machine's bound (surveyVisits)")
        }
        return lines
    }

    private static func line(
        _ number: Int, _ coverage: Coverage, _ build: PolicyBuild, _ paint: Paint, isRepeated: Bool
    ) -> String {
        let clause = coverage.policy.clauses[number]
        let text = DryRunTable.shown(build.text(of: clause.place))
        let padding = String(repeating: " ", count: max(0, widestClause - text.count))
        let place = "\(build.shownPath(clause.place.file)):\(clause.place.line)"
        return "  " + marks(coverage.counts[number], clause, paint) + "  \(text)\(padding)  "
            + paint(DryRunTable.shown(place) + (isRepeated ? " (shared)" : ""), .faint)
    }

    /// `T F ?`: a letter for what was seen, a dot for what is owed, a space for what cannot be.
    private static func marks(_ count: Coverage.Count, _ clause: PolicyClause, _ paint: Paint) -> String {
        func mark(_ letter: String, _ number: Int) -> String {
            number > 0 ? paint(letter, .green) : paint("·", .red)
        }
        let unknown = clause.canBeUnknown || count.unknown > 0 ? mark("U", count.unknown) : " "
        return mark("T", count.yes) + mark("F", count.no) + unknown
    }

    static func outcomes(_ count: Coverage.RuleCount) -> String {
        "fired \(count.fires), quiet \(count.quiet), undetermined \(count.undetermined), exempted \(count.exempted)"
    }

    static func noun(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
}
