/// A bar chart as an inline SVG, the same numbers as a table beneath it.
struct BarChart {
    struct Bar {
        let name: String
        let count: Int
        /// The class that gives its colour.
        var kind = "bar"
    }

    let title: String
    /// What the names are, and what is counted: the heads of the table.
    let heads: (name: String, count: String)
    let bars: [Bar]

    /// More bars tell no more: the rest is in the table.
    private static let mostBars = 16
    private static let width = 1000
    private static let nameWidth = 210
    private static let row = 26
    private static let longestName = 28

    func write(to page: inout Markup) {
        guard !bars.isEmpty else { return }
        page.element("figure") { figure in
            figure.element("h3", title)
            draw(to: &figure)
            table(to: &figure)
        }
    }

    private func draw(to figure: inout Markup) {
        let shown = bars.prefix(Self.mostBars)
        let height = shown.count * Self.row + 4
        let most = max(1, shown.map(\.count).max() ?? 1)
        let room = Self.width - Self.nameWidth - 80
        figure.element(
            "svg",
            [
                ("viewBox", "0 0 \(Self.width) \(height)"), ("width", String(Self.width)), ("height", String(height)),
                ("role", "img"), ("aria-label", "Bar chart: \(title). The numbers stand in the table below."),
            ]
        ) { svg in
            for (index, bar) in shown.enumerated() {
                let y = index * Self.row + 2
                let length = max(bar.count > 0 ? 2 : 0, bar.count * room / most)
                let name =
                    bar.name.count > Self.longestName ? bar.name.prefix(Self.longestName - 1) + "…" : bar.name[...]
                svg.element(
                    "text", [("x", String(Self.nameWidth - 10)), ("y", String(y + 16)), ("text-anchor", "end")],
                    String(name))
                svg.element(
                    "rect",
                    [
                        ("x", String(Self.nameWidth)), ("y", String(y + 3)), ("width", String(length)),
                        ("height", String(Self.row - 8)), ("rx", "2"), ("class", bar.kind),
                    ]
                ) { _ in }
                svg.element(
                    "text",
                    [("x", String(Self.nameWidth + length + 7)), ("y", String(y + 16)), ("class", "soft")],
                    String(bar.count))
            }
        }
    }

    private func table(to figure: inout Markup) {
        let sum = bars.reduce(0) { $0 + $1.count }
        figure.element("details") { details in
            details.element("summary", "Numbers")
            details.element("div") { box in
                box.element("table") { table in
                    table.element("thead") { head in
                        head.element("tr") { row in
                            row.element("th", [("scope", "col")], heads.name)
                            row.element("th", [("class", "n"), ("scope", "col")], heads.count)
                            row.element("th", [("class", "n"), ("scope", "col")], "share")
                        }
                    }
                    table.element("tbody") { body in
                        for bar in bars {
                            body.element("tr") { row in
                                row.element("td", bar.name)
                                row.element("td", [("class", "n")], String(bar.count))
                                row.element("td", [("class", "n")], Shown.share(bar.count, of: sum))
                            }
                        }
                    }
                }
            }
        }
    }
}
