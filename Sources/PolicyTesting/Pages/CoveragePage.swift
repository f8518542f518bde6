import Compiler
import Diagnostics
import Vocabulary

/// Coverage as a page: the policy's text with its tests marked, a word behind each mark for whoever does not see colours.
public enum CoveragePage {
    public static func text(_ coverages: [(policy: String, coverage: Coverage, build: PolicyBuild)]) -> String {
        let total = coverages.reduce(Coverage.Marks()) { $0.adding($1.coverage.total) }
        return Page.text(title: "Coverage of \(coverages.map(\.policy).joined(separator: ", "))") { page in
            page.element("main") { main in
                main.element("header") { header in
                    header.element("h1", "Clause coverage")
                    header.element("p", coverages.map(\.policy).joined(separator: ", "))
                }
                tiles(coverages.map(\.coverage), total, &main)
                legend(&main)
                for (policy, coverage, build) in coverages {
                    if coverages.count > 1 { main.element("h2", policy) }
                    rules(coverage, build, &main)
                    answers(coverage, build, &main)
                    for file in coverage.files { source(file, coverage, build, &main) }
                }
            }
        }
    }

    private static func tiles(_ coverages: [Coverage], _ total: Coverage.Marks, _ main: inout Markup) {
        let fired = coverages.reduce(Coverage.Marks()) { $0.adding($1.firedRules) }
        let tests = coverages.reduce(0) { $0 + $1.counts.count }
        let mails = coverages.reduce(0) { $0 + $1.mails }
        main.element("div", [("class", "tiles")]) { tiles in
            for (number, words) in [
                (total.share, "of the values that tests can take were seen"),
                ("\(total.seen) / \(total.owed)", "values of \(Shown.count(tests, "test"))"),
                ("\(fired.seen) / \(fired.owed)", "rules fired"), (String(mails), "mails judged"),
            ] {
                tiles.element("div", [("class", "tile")]) { tile in
                    tile.element("b", number)
                    tile.element("span", words)
                }
            }
        }
    }

    private static func legend(_ main: inout Markup) {
        main.element("p", [("class", "soft")]) { line in
            line.element("mark", [("class", "all")], "every value seen")
            line.words(" ")
            line.element("mark", [("class", "part")], "some seen")
            line.words(" ")
            line.element("mark", [("class", "none")], "none seen")
            line.words(
                " Behind each test stands what was seen: T true, F false, U unknown; what is missing stands after a minus."
            )
        }
    }

    private static func rules(_ coverage: Coverage, _ build: PolicyBuild, _ main: inout Markup) {
        main.element("h2", "Rules")
        main.element("div", [("class", "scroll")]) { box in
            box.element("table") { table in
                table.element("thead") { head in
                    head.element("tr") { row in
                        row.element("th", [("scope", "col")], "rule, exemption, score or setting")
                        for title in ["fired", "quiet", "undetermined", "exempted", "tests' values seen"] {
                            row.element("th", [("class", "n"), ("scope", "col")], title)
                        }
                    }
                }
                table.element("tbody") { body in
                    for (number, owner) in coverage.policy.owners.enumerated() {
                        body.newline()
                        body.element("tr") { row in
                            row.element("td") { cell in
                                cell.element(
                                    "a", [("href", "#" + anchor(owner.place.file, owner.place.line, build))],
                                    owner.name)
                            }
                            let count = coverage.rules[number]
                            let numbers = [count.fires, count.quiet, count.undetermined, count.exempted]
                            for value in numbers {
                                row.element("td", [("class", "n")], owner.kind == .rule ? String(value) : "")
                            }
                            let marks = coverage.marks(of: owner)
                            row.element("td", [("class", "n")], "\(marks.share) (\(marks.seen)/\(marks.owed))")
                        }
                    }
                }
            }
        }
    }

    /// The rows of answers, with how many decisions had each.
    private static func answers(_ coverage: Coverage, _ build: PolicyBuild, _ main: inout Markup) {
        guard !coverage.answers.isEmpty else { return }
        main.element("h2", "Answers to what cannot be read")
        main.element("div", [("class", "scroll")]) { box in
            box.element("table") { table in
                table.element("tbody") { body in
                    for (number, place) in coverage.policy.answers.enumerated() {
                        let given = coverage.answers[number]
                        body.newline()
                        body.element("tr") { row in
                            row.element("td") { cell in
                                cell.element("a", [("href", "#" + anchor(place.file, place.line, build))]) { link in
                                    link.element("mark", [("class", given > 0 ? "all" : "none")], build.text(of: place))
                                }
                            }
                            row.element("td", [("class", "n")], given > 0 ? "given \(given)" : "never given")
                        }
                    }
                }
            }
        }
    }

    private static func anchor(_ file: String, _ line: Int, _ build: PolicyBuild) -> String {
        "\(build.shownPath(file)):\(line)"
    }

    // MARK: Source

    private static func source(_ path: String, _ coverage: Coverage, _ build: PolicyBuild, _ main: inout Markup) {
        let numbers = coverage.numbers(inFile: path)
        guard let file = build.file(path) else { return }
        main.element("h2") { $0.element("code", build.shownPath(path)) }
        var marks = numbers.map { (number: $0, span: build.span(of: coverage.policy.clauses[$0].place)) }[...]
        // Those that began on a line so far and have not ended, in the order in which they stand.
        var open: [(number: Int, span: SourceSpan)] = []
        main.element("pre", [("class", "source")]) { pre in
            for line in file.lineStarts.indices {
                let range = file.lineRange(line)
                if line == file.lineStarts.count - 1, range.isEmpty { break }
                pre.element("span", [("class", "l"), ("id", anchor(path, line + 1, build))]) { text in
                    text.element("span", [("class", "g")], String(line + 1))
                    let begun = marks.prefix { $0.span.start < range.upperBound }
                    marks = marks.dropFirst(begun.count)
                    open += begun
                    open.removeAll { $0.span.end <= range.lowerBound }
                    write(range, of: file, open[...], coverage, &text)
                }
            }
        }
    }

    /// A stretch of a line with its marks, which lie within one another as tests do; a mark over several lines is
    /// drawn on each.
    private static func write(
        _ range: Range<Int>, of file: SourceFile, _ marks: ArraySlice<(number: Int, span: SourceSpan)>,
        _ coverage: Coverage, _ text: inout Markup
    ) {
        var place = range.lowerBound
        var rest = marks
        while let (number, span) = rest.popFirst() {
            let shown = span.range.clamped(to: range)
            guard shown.lowerBound >= place, !shown.isEmpty else { continue }
            let within = rest.prefix { $0.span.start < shown.upperBound }
            rest = rest.dropFirst(within.count)
            text.words(file.text(place..<shown.lowerBound))
            let (kind, title) = kind(number, coverage)
            text.element("mark", [("class", kind), ("title", title)]) { mark in
                write(shown, of: file, within, coverage, &mark)
            }
            if span.end <= range.upperBound { text.element("sup", letters(number, coverage)) }
            place = shown.upperBound
        }
        text.words(file.text(place..<range.upperBound))
    }

    private static func kind(_ number: Int, _ coverage: Coverage) -> (String, String) {
        let marks = coverage.marks(of: number)
        let count = coverage.counts[number]
        let unknown = coverage.policy.clauses[number].canBeUnknown ? ", unknown \(count.unknown)" : ""
        let title =
            coverage.policy.clauses[number].hasTruth
            ? "true \(count.yes), false \(count.no)\(unknown) mails" : "unknown of itself \(count.unknown) mails"
        return (marks.seen == marks.owed ? "all" : marks.seen == 0 ? "none" : "part", title)
    }

    /// `TF−U`: what was seen, then what is missing.
    private static func letters(_ number: Int, _ coverage: Coverage) -> String {
        let count = coverage.counts[number]
        var values = coverage.policy.clauses[number].hasTruth ? [("T", count.yes), ("F", count.no)] : []
        if coverage.policy.clauses[number].canBeUnknown { values.append(("U", count.unknown)) }
        let seen = values.filter { $0.1 > 0 }.map(\.0).joined()
        let missing = values.filter { $0.1 == 0 }.map(\.0).joined()
        return seen + (missing.isEmpty ? "" : "−" + missing)
    }
}
