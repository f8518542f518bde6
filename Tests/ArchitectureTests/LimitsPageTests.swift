import Foundation
import Testing

/// `docs/limits.md` names every bound as the sources do, with the value it has there.
@Suite struct LimitsPageTests {
    private struct Row {
        var names: [String]
        var value: String
        var sources: String
    }

    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
    }

    /// What stands between back quotes.
    private static func quoted(_ text: String) -> [String] {
        text.components(separatedBy: "`").enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
    }

    private static func rows() throws -> [Row] {
        var rows: [Row] = []
        var sources = ""
        for line in try text("docs/limits.md").components(separatedBy: "\n") {
            if line.hasPrefix("## ") {
                sources = try quoted(line).filter { $0.hasPrefix("Sources/") }.map(text).joined(separator: "\n")
            }
            guard line.hasPrefix("| `") else { continue }
            let cells = line.components(separatedBy: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            rows.append(Row(names: quoted(cells[1]), value: cells[2], sources: sources))
        }
        return rows
    }

    /// `64 KiB of one field's value` and `64 << 10` are the same number.
    private static func number(page value: String) -> Int? {
        let words = value.split(separator: " ")
        guard let number = words.first.flatMap({ Int($0.filter { $0 != "," }) }) else { return nil }
        let units = ["KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30]
        return number * (words.count > 1 ? units[String(words[1])] ?? 1 : 1)
    }

    private static func number(source expression: Substring) -> Int? {
        let words = expression.split(separator: " ")
        let numbers = words.compactMap { Int($0.filter { $0 != "_" }) }
        guard let first = numbers.first else { return nil }
        return words.contains("<<")
            ? numbers.dropFirst().reduce(first) { $0 << $1 } : numbers.dropFirst().reduce(first) { $0 * $1 }
    }

    @Test func namesAndValuesAreThoseOfTheSources() throws {
        let rows = try Self.rows()
        #expect(rows.count > 40)
        for row in rows {
            for name in row.names {
                #expect(row.sources.contains(name), "no limit is called \(name)")
                let declaration = try Regex("\\b\(name)(?:: [A-Za-z]+)? = ([0-9_]+(?: (?:<<|\\*) [0-9_]+)*)")
                guard let match = row.sources.firstMatch(of: declaration), let written = match.output[1].substring,
                    let actual = Self.number(source: written)
                else { continue }
                if row.names.count > 1, !row.value.contains("of each") { continue }
                #expect(Self.number(page: row.value) == actual, "\(name): the page says \(row.value)")
            }
        }
    }
}
