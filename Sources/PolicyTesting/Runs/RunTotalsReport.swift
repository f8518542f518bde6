import Vocabulary

/// The totals of dry-runs as a table and as JSON.
public enum RunTotalsReport {
    public static func lines(_ totals: RunTotals, paint: Paint) -> [String] {
        var lines = [
            paint(
                "\(Shown.count(totals.mails, "mail")), \(Shown.count(totals.decisions, "decision"))", .bold)
        ]
        for (name, count) in totals.gravestFirst {
            let tone = Disposition(rawValue: name).map(Paint.Tone.of) ?? .bold
            lines.append(
                "  " + paint(Shown.text(name), tone, width: 10) + Shown.right(count, 8) + "  "
                    + Shown.share(count, of: totals.decisions))
        }
        let parts = [
            ("directions", totals.directions), ("areas", totals.areas),
            ("rules that fired", totals.rules.mapValues(\.fires)),
            ("rules that could not tell", totals.rules.mapValues(\.undetermined)),
            ("rules that were exempted", totals.rules.mapValues(\.exempted)), ("reasons", totals.reasons),
        ]
        for (title, counts) in parts { lines += Shown.counted(title, counts.filter { $0.value > 0 }) }
        if totals.errors > 0 { lines.append(paint("\(totals.errors) could not be judged", .red)) }
        if totals.delays.count > 0 {
            lines.append(
                "time of a mail: p50 \(Shown.milliseconds(totals.delays.percentile(50))), p99 "
                    + "\(Shown.milliseconds(totals.delays.percentile(99))), longest "
                    + Shown.milliseconds(totals.delays.longest))
        }
        return lines
    }

    public static func object(_ totals: RunTotals) -> OrderedJSON {
        func counts(_ counts: [String: Int]) -> OrderedJSON {
            .object(counts.sorted { $0.key < $1.key }.map { ($0.key, .number($0.value)) })
        }
        return .object([
            ("mails", .number(totals.mails)),
            ("decisions", .number(totals.decisions)),
            ("errors", .number(totals.errors)),
            ("dispositions", counts(totals.dispositions)),
            ("directions", counts(totals.directions)),
            ("areas", counts(totals.areas)),
            (
                "rules",
                .object(
                    totals.rules.sorted { $0.key < $1.key }.map { name, count in
                        (
                            name,
                            .object([
                                ("fires", .number(count.fires)), ("undetermined", .number(count.undetermined)),
                                ("exempted", .number(count.exempted)),
                            ])
                        )
                    })
            ),
            ("reasons", counts(totals.reasons)),
            (
                "elapsedMicroseconds",
                .object([
                    ("p50", .number(totals.delays.percentile(50))), ("p99", .number(totals.delays.percentile(99))),
                    ("longest", .number(totals.delays.longest)),
                ])
            ),
        ])
    }
}
