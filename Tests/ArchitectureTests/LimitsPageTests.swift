import Foundation
import Testing

/// `docs/limits.md` has every bound that the sources declare, with its value, and no other; and each has a test.
@Suite struct LimitsPageTests {
    private struct Row {
        var names: [String]
        var value: String
        var beyond: String
        /// The files that the section names.
        var files: [String]
    }

    private static func text(_ path: String) throws -> String {
        try String(contentsOf: SourceTree.shared.package.appendingPathComponent(path), encoding: .utf8)
    }

    /// What stands between back quotes.
    private static func quoted(_ text: String) -> [String] {
        text.components(separatedBy: "`").enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
    }

    private static func rows() throws -> [Row] {
        var rows: [Row] = []
        var files: [String] = []
        for line in try text("docs/limits.md").components(separatedBy: "\n") {
            if line.hasPrefix("## ") { files = quoted(line).filter { $0.hasPrefix("Sources/") } }
            guard line.hasPrefix("| `") else { continue }
            let cells = line.components(separatedBy: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            rows.append(
                Row(names: quoted(cells[1]), value: cells[2], beyond: cells.count > 4 ? cells[3] : "", files: files))
        }
        return rows
    }

    /// `64 KiB of one field's value` and `64 << 10` are the same number.
    private static func number(_ value: String) -> Int? {
        let words = value.split(separator: " ")
        guard let number = words.first.flatMap({ Int($0.filter { $0 != "," }) }) else { return nil }
        let units = ["KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30]
        return number * (words.count > 1 ? units[String(words[1])] ?? 1 : 1)
    }

    @Test func everyLimitOfTheSourcesIsOnThePage() throws {
        let rows = try Self.rows()
        #expect(DeclaredLimit.all.count > 150)
        for limit in DeclaredLimit.all {
            let row = rows.first { $0.files.contains(limit.file) && $0.names.contains(limit.name) }
            guard let row else {
                Issue.record("the page lacks \(limit.name) of \(limit.file), which is \(limit.value)")
                continue
            }
            #expect(Self.number(row.value) == limit.value, "\(limit.name): the page says \(row.value)")
        }
    }

    @Test func everyLimitOfThePageIsInTheSources() throws {
        let declared = Set(DeclaredLimit.all.map { $0.file + " " + $0.name })
        for row in try Self.rows() {
            for name in row.names where !row.files.contains(where: { declared.contains($0 + " " + name) }) {
                Issue.record("\(name) is in none of \(row.files)")
            }
        }
    }

    /// What stands in back quotes as what happens beyond a bound is a word of the program: a reason, an anomaly.
    @Test func whatHappensBeyondABoundIsAWordOfTheProgram() throws {
        let sources = SourceTree.shared.files.map { $0.lines.joined(separator: "\n") }.joined(separator: "\n")
        let limits = Set(DeclaredLimit.all.map(\.name))
        for row in try Self.rows() {
            for word in Self.quoted(row.beyond) where word.wholeMatch(of: #/[a-zA-Z-]+/#) != nil {
                #expect(limits.contains(word) || sources.contains("\"\(word)"), "beyond \(row.names): \(word)")
            }
        }
    }

    // MARK: Tests

    /// What the tests of each room name as a bound: `ArchiveLimits.zipEnds`, and of `limits.depth` the latter part.
    private static let named: (types: Set<String>, values: [String: Set<String>]) = {
        var types: Set<String> = []
        var values: [String: Set<String>] = [:]
        let folder = SourceTree.shared.package.appendingPathComponent("Tests")
        let paths = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        for path in paths where path.hasSuffix(".swift") && !path.hasPrefix("ArchitectureTests") {
            guard let text = try? text("Tests/" + path) else { continue }
            let room = String(path.prefix { $0 != "/" })
            let dotted = #"(\w*Limits|\w*limits|\$0|limits\(\\)(?:\(\))?\.(?:standard\.)?(\w+)"#
            for found in matches(of: dotted, in: text) {
                types.insert(found[1] + "." + found[2])
                if !found[1].hasSuffix("Limits") { values[room, default: []].insert(found[2]) }
            }
            for found in matches(of: #"(\w*Limits|contents\(\.init|limits: \.init)\(([^)]*)\)"#, in: text) {
                for label in matches(of: #"(\w+):"#, in: found[2]) {
                    types.insert(found[1] + "." + label[1])
                    values[room, default: []].insert(label[1])
                }
            }
        }
        return (types, values)
    }()

    private static func matches(of pattern: String, in text: String) -> [[String]] {
        guard let expression = try? NSRegularExpression(pattern: pattern) else { return [] }
        let whole = text as NSString
        return expression.matches(in: text, range: NSRange(location: 0, length: whole.length)).map { match in
            (0..<match.numberOfRanges).map { whole.substring(with: match.range(at: $0)) }
        }
    }

    /// By its type in any test, or by a value in a test of its room where no other type of the room has such a name.
    private static func isNamed(_ limit: DeclaredLimit) -> Bool {
        if named.types.contains("\(limit.type).\(limit.name)") { return true }
        let others = DeclaredLimit.all.filter { $0.name == limit.name && $0.room == limit.room }
        return others.count == 1 && named.values[limit.room + "Tests"]?.contains(limit.name) == true
    }

    @Test func everyLimitIsNamedByATest() {
        for limit in DeclaredLimit.all {
            #expect(Self.isNamed(limit), "\(limit.type).\(limit.name) needs a test on both sides")
        }
    }
}
