import Vocabulary

/// A dry-run as a page: totals with charts, then each mail that was held or changed with its reasons, grouped by what
/// became of it so that anchors and folds serve as filters without a script.
public struct ReportPage {
    /// The totals count every record, whatever is shown of it.
    public private(set) var totals = RunTotals()
    private let title: String
    private let clause: (SourcePlace) -> String?
    private let limits: ReportLimits
    private var details: [String: [MailRecord]] = [:]
    private var leftOut: [String: Int] = [:]

    /// - Parameters:
    ///   - title: of the page: the policy's path, or the files that were merged.
    ///   - clause: the policy's text at a place, where it is at hand.
    public init(title: String, limits: ReportLimits = ReportLimits(), clause: @escaping (SourcePlace) -> String?) {
        self.title = title
        self.limits = limits
        self.clause = clause
    }

    public mutating func add(_ record: MailRecord) {
        totals.add(record)
        guard record.isRemarkable else { return }
        let group = record.disposition ?? "error"
        if details[group, default: []].count < limits.mailsOfGroup {
            details[group, default: []].append(record)
        } else {
            leftOut[group, default: 0] += 1
        }
    }

    /// The whole page.
    public var text: String {
        Page.text(title: "Dry-run: \(title)") { page in
            page.element("main") { main in
                main.element("header") { header in
                    header.element("h1", "Dry-run")
                    header.element("p", title)
                }
                tiles(&main)
                navigation(&main)
                charts(&main)
                rules(&main)
                for group in groups { mails(of: group, &main) }
            }
        }
    }

    private var groups: [String] {
        let known = Disposition.allCases.reversed().map(\.rawValue)
        let others = details.keys.filter { !known.contains($0) }.sorted()
        return (known + others).filter { details[$0] != nil }
    }

    private func heading(of group: String) -> String {
        switch group {
        case "reject": "Refused"
        case "discard": "Discarded"
        case "quarantine": "Held in quarantine"
        case "defer": "Deferred"
        case "deliver": "Delivered, changed or noted"
        case "error": "Not judged"
        default: group
        }
    }

    // MARK: Totals

    private func tiles(_ main: inout Markup) {
        let delays = totals.delays
        main.element("div", [("class", "tiles")]) { tiles in
            for (number, words) in [
                (String(totals.mails), "mails"), (String(totals.decisions), "decisions, one for each recipient"),
                (
                    Shown.share(
                        totals.decisions - totals.dispositions["deliver", default: 0], of: totals.decisions),
                    "held, refused, deferred or discarded"
                ),
                (String(totals.errors), "could not be judged"),
                (Shown.milliseconds(delays.percentile(50)), "half of the mails took less (p50)"),
                (Shown.milliseconds(delays.percentile(99)), "99 of 100 took less (p99)"),
            ] {
                tiles.element("div", [("class", "tile")]) { tile in
                    tile.element("b", number.isEmpty ? "–" : number)
                    tile.element("span", words)
                }
            }
        }
        if totals.usesGuesses {
            main.element(
                "p", [("class", "soft")],
                "Envelopes were guessed from the mails' own fields where they were not given.")
        }
    }

    private func navigation(_ main: inout Markup) {
        main.element("nav", [("aria-label", "Sections")]) { nav in
            nav.element("a", [("href", "#totals")], "Totals")
            nav.element("a", [("href", "#rules")], "Rules")
            for group in groups {
                let count = (details[group]?.count ?? 0) + leftOut[group, default: 0]
                nav.element("a", [("href", "#group-\(group)")], "\(heading(of: group)) (\(count))")
            }
        }
    }

    private func charts(_ main: inout Markup) {
        main.element("h2", [("id", "totals")], "Totals")
        BarChart(
            title: "By disposition", heads: ("disposition", "decisions"),
            bars: totals.gravestFirst.map { .init(name: $0.name, count: $0.count, kind: $0.name) }
        ).write(to: &main)
        for (title, head, counts) in [
            ("By direction", "direction", totals.directions), ("By quarantine area", "area", totals.areas),
            ("By rule that fired", "rule", totals.rules.mapValues(\.fires)),
            ("Why rules could not tell", "reason", totals.reasons),
        ] {
            let bars = RunTotals.sorted(counts).filter { $0.count > 0 }
            BarChart(
                title: title, heads: (head, "decisions"), bars: bars.map { .init(name: $0.name, count: $0.count) }
            ).write(to: &main)
        }
        BarChart(
            title: "Time of a mail", heads: ("less than", "mails"),
            bars: totals.delays.byPowersOfTwo.map {
                .init(name: "< " + Shown.milliseconds($0.bound), count: $0.count)
            }
        ).write(to: &main)
    }

    private func rules(_ main: inout Markup) {
        main.element("h2", [("id", "rules")], "Rules")
        guard !totals.rules.isEmpty else { return main.element("p", [("class", "soft")], "No rule spoke.") }
        main.element("div", [("class", "scroll")]) { box in
            box.element("table") { table in
                table.element("thead") { head in
                    head.element("tr") { row in
                        row.element("th", [("scope", "col")], "rule")
                        for title in ["fired", "could not tell", "exempted"] {
                            row.element("th", [("class", "n"), ("scope", "col")], title)
                        }
                    }
                }
                table.element("tbody") { body in
                    for (name, count) in totals.rules.sorted(by: { $0.key < $1.key }) {
                        body.newline()
                        body.element("tr") { row in
                            row.element("td", name)
                            for number in [count.fires, count.undetermined, count.exempted] {
                                row.element("td", [("class", "n")], String(number))
                            }
                        }
                    }
                }
            }
        }
    }

    // MARK: Mails

    private func mails(of group: String, _ main: inout Markup) {
        let records = details[group] ?? []
        main.newline()
        main.element("h2", [("id", "group-\(group)")], heading(of: group))
        if let more = leftOut[group] {
            main.element(
                "p", [("class", "soft")],
                "The first \(records.count) are shown; \(more) more are counted in the totals and left out here.")
        }
        var order: [String] = []
        var byRule: [String: [MailRecord]] = [:]
        for record in records {
            let speaking = record.rules.first { $0.verdict == RuleOutcome.fires.rawValue } ?? record.rules.first
            let rule = speaking?.name ?? ""
            if byRule[rule] == nil { order.append(rule) }
            byRule[rule, default: []].append(record)
        }
        for rule in order.sorted() {
            let list = byRule[rule] ?? []
            if order.count > 1 {
                main.element("h3", (rule.isEmpty ? "without a rule" : rule) + " (\(list.count))")
            }
            for record in list { mail(record, &main) }
        }
    }

    private func mail(_ record: MailRecord, _ main: inout Markup) {
        main.newline()
        let kind = record.disposition ?? "error"
        main.element("details") { details in
            details.element("summary") { summary in
                summary.element("span", [("class", "pill \(kind)")], kind)
                summary.element("code", record.mail)
                if let recipient = record.recipient {
                    summary.element("span", [("class", "soft")], "  to \(recipient)")
                }
                if !record.quarantine.isEmpty { summary.words("  in " + record.quarantine.joined(separator: ", ")) }
            }
            details.element("div") { why(&$0, record) }
        }
    }

    private func why(_ box: inout Markup, _ record: MailRecord) {
        if let error = record.error { box.element("p", error) }
        if let reason = record.reason { box.element("p", "Refused with: \(reason)") }
        for rule in record.rules {
            box.element("h3", rule.name + words(of: rule))
            box.element("ul", [("class", "why")]) { list in
                for seen in rule.evidence { list.element("li") { evidence(&$0, seen) } }
            }
        }
        for excuse in record.exempted {
            let by = excuse.by == "unless" ? "its own unless" : "the exemption \(excuse.by)"
            box.element("p", [("class", "soft")], "\(excuse.rule) would have spoken, but is exempted by \(by).")
        }
        if !record.actions.isEmpty {
            box.element("p") { line in
                line.words("Then: " + record.actions.map { "\($0.action) (\($0.rule))" }.joined(separator: ", "))
            }
        }
        for left in record.withheld ?? [] {
            box.element("p", "Left out: \(left.notice) (\(left.rule)), because")
            box.element("ul", [("class", "why")]) { list in
                for seen in left.evidence { list.element("li") { evidence(&$0, seen) } }
            }
        }
        box.element(
            "p", [("class", "soft")],
            "\(record.direction ?? "no direction"), \(Shown.milliseconds(record.elapsedMicroseconds))")
    }

    private func words(of rule: MailRecord.Rule) -> String {
        rule.verdict == RuleOutcome.fires.rawValue
            ? " fires" : " cannot tell (\(rule.unknown.joined(separator: ", ")))"
    }

    private func evidence(_ item: inout Markup, _ seen: MailRecord.Seen) {
        item.words(seen.fact)
        if let part = seen.part { item.words(" of part \(part)") }
        item.words(": ")
        item.element("b", seen.excerpt)
        item.void("br")
        let span = seen.span
        let text = clause(span.place)
        item.element(
            "span", [("class", "soft mono")],
            "\(span.file):\(span.line):\(span.column)" + (text.map { "  \($0)" } ?? ""))
    }
}
