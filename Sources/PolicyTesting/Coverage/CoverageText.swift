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
        return lines + answers(coverage, build, paint) + summary(coverage, paint: paint)
    }

    /// The totals alone.
    public static func summary(_ coverage: Coverage, paint: Paint) -> [String] {
        let total = coverage.total
        let fired = coverage.firedRules
        let given = coverage.givenAnswers
        let tone: Paint.Tone = total.seen == total.owed ? .green : .yellow
        var lines = [
            paint("coverage \(total.share)", tone)
                + ": \(total.seen) of \(total.owed) values seen of \(Shown.count(coverage.counts.count, "test")); "
                + "\(fired.seen) of \(Shown.count(fired.owed, "rule")) fired; "
                + (given.owed == 0 ? "" : "\(given.seen) of \(Shown.count(given.owed, "answer")) given; ")
                + Shown.count(coverage.mails, "mail")
        ]
        if coverage.incomplete > 0 {
            lines.append(
                "\(Shown.count(coverage.incomplete, "mail")) had more to look at than the machine's bound (surveyVisits)"
            )
        }
        return lines
    }

    /// `A` for an answer that some mail was given, a dot for one that none was.
    private static func answers(_ coverage: Coverage, _ build: PolicyBuild, _ paint: Paint) -> [String] {
        guard !coverage.answers.isEmpty else { return [] }
        let head = "\(paint("answers", .bold)) to what cannot be read  \(coverage.givenAnswers.share)"
        return [head]
            + coverage.policy.answers.enumerated().map { number, place in
                let mark = coverage.answers[number] > 0 ? paint("A", .green) : paint("·", .red)
                return "  \(mark)    " + clause(at: place, build, paint)
            }
    }

    private static func clause(at place: SourcePlace, _ build: PolicyBuild, _ paint: Paint, behind: String = "")
        -> String
    {
        let text = Shown.text(build.text(of: place))
        let padding = String(repeating: " ", count: max(0, widestClause - text.count))
        return "\(text)\(padding)  "
            + paint(Shown.text("\(build.shownPath(place.file)):\(place.line)") + behind, .faint)
    }

    private static func line(
        _ number: Int, _ coverage: Coverage, _ build: PolicyBuild, _ paint: Paint, isRepeated: Bool
    ) -> String {
        let clause = coverage.policy.clauses[number]
        return "  " + marks(coverage.counts[number], clause, paint) + "  "
            + self.clause(at: clause.place, build, paint, behind: isRepeated ? " (shared)" : "")
    }

    /// `T F ?`: a letter for what was seen, a dot for what is owed, a space for what cannot be.
    private static func marks(_ count: Coverage.Count, _ clause: PolicyClause, _ paint: Paint) -> String {
        func mark(_ letter: String, _ number: Int) -> String {
            number > 0 ? paint(letter, .green) : paint("·", .red)
        }
        let unknown = clause.canBeUnknown || count.unknown > 0 ? mark("U", count.unknown) : " "
        return clause.hasTruth ? mark("T", count.yes) + mark("F", count.no) + unknown : "  " + unknown
    }

    static func outcomes(_ count: Coverage.RuleCount) -> String {
        "fired \(count.fires), quiet \(count.quiet), undetermined \(count.undetermined), exempted \(count.exempted)"
    }
}
