import Foundation
import Testing
import Vocabulary

/// `docs/facts.md` says what the catalogue says. `RECORD_GOLDEN=1` writes it anew, and fails the run.
@Suite("The page of facts")
struct FactsPageTests {
    private let file = URL(filePath: #filePath).appending(path: "../../../docs/facts.md").standardizedFileURL

    @Test("docs/facts.md is written from the catalogue")
    func pageMatchesCatalogue() throws {
        let page = FactsPage.text
        if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] != nil {
            try page.write(to: file, atomically: true, encoding: .utf8)
            Issue.record("recorded \(file.path)")
            return
        }
        #expect(try String(contentsOf: file, encoding: .utf8) == page)
    }
}

/// The catalogue as a page of Markdown.
private enum FactsPage {
    static var text: String {
        let head = """
            # Facts

            Everything a policy can test. This page is written from the catalogue in `Sources/Vocabulary/Facts/FactRows.swift`;
            a test holds the two together.

            *Absent*: a message can simply not have it, so a test in a negative place needs a guard. *Unknown for*: the
            reasons why it may not be known; a rule that tests it needs an answer to each. Facts of a header section that
            is over its [limits](limits.md) are `over-limit` as well: a rule need not answer that, and defers where it
            does not. The types of files have [a page of their own](file-types.md).

            """
        return ([head] + sections.map(section) + [lists]).joined(separator: "\n")
    }

    private static var sections: [(title: String, holds: (FactRow) -> Bool)] {
        [
            ("Of the envelope", { $0.costClass == .envelope }),
            ("Of the header", { $0.costClass == .header }),
            ("Of the message's structure", { $0.costClass == .structure && $0.scope == .message }),
            ("Of a file, attachment or part", { $0.scope == .element(.part) }),
            ("Of a link", { $0.scope == .element(.url) }),
            ("Of the content", { $0.costClass == .content && $0.scope == .message }),
            ("Of the engines", { $0.costClass == .engine }),
        ]
    }

    private static func section(_ section: (title: String, holds: (FactRow) -> Bool)) -> String {
        let rows = FactCatalogue.rows.filter { section.holds($0) }
        let lines = rows.map { row in
            let name = row.takesArgument ? row.writtenName + " \"…\"" : row.writtenName
            let symbols = row.symbols.isEmpty ? "" : ": " + row.symbols.map { "`\($0)`" }.joined(separator: " ")
            return "| `\(name)` | \(row.type.rawValue) | \(row.canBeAbsent ? "yes" : "") | \(reasons(row)) "
                + "| \(row.documentation)\(symbols) |"
        }
        return "## \(section.title)\n\n| fact | type | absent | unknown for | is |\n|---|---|---|---|---|\n"
            + lines.joined(separator: "\n") + "\n"
    }

    private static func reasons(_ row: FactRow) -> String {
        if row.reasons == .all { return "any reason" }
        return row.reasons.singles.compactMap { $0.name?.rawValue }.reduce(into: [String]()) { names, name in
            if !names.contains(name) { names.append(name) }
        }.joined(separator: ", ")
    }

    private static var lists: String {
        let lines = ElementListName.allCases
            .map { "| `\($0.rawValue)` | `any \($0.singular) where (…)` | \($0.documentation) |" }
        return "## Lists\n\n| list | quantified | is |\n|---|---|---|\n" + lines.joined(separator: "\n") + "\n"
    }
}
