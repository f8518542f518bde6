import Foundation
import Operation
import Settings
import TestSupport
import Testing

/// The sample and the manual's page tell of every key, with its default, and of no other.
@Suite struct RelayPagesTests {
    private static let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    private static var sections: [(header: String, keys: [RelayKey])] {
        var sections: [(header: String, keys: [RelayKey])] = []
        for key in RelayKey.all {
            if sections.last?.header == key.section {
                sections[sections.count - 1].keys.append(key)
            } else {
                sections.append((key.section, [key]))
            }
        }
        return sections
    }

    private static func plain(_ text: String) -> String { text.replacingOccurrences(of: "`", with: "") }

    private static func wrapped(_ text: String) -> [String] {
        var lines = ["#"]
        for word in text.split(separator: " ") {
            if lines[lines.count - 1].count + word.count > 100 { lines.append("#") }
            lines[lines.count - 1] += " " + word
        }
        return lines
    }

    /// What the sample must be.
    private static var sample: String {
        var lines = [
            "# The settings of lazaretd, every key with its default. Check a change before it counts:",
            "#   lazaretd check-config --config /etc/lazaret/lazaretd.toml",
            "#   systemctl reload lazaretd",
            "# Paths are relative to this file's folder. All of it: docs/settings.md.",
        ]
        for (header, keys) in sections {
            lines.append("")
            if !header.isEmpty { lines.append("#" + header) }
            for key in keys {
                let text = Self.plain(key.text)
                switch key.standing {
                case .usual: lines += wrapped(text)
                case .depends(let phrase, _):
                    lines += wrapped(text + " Default: " + Self.plain(phrase) + "; for example:")
                case .required: lines += wrapped(text + " Needed in each table:")
                }
                lines.append("#\(key.name) = \(key.shown)")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    @Test func theSampleHasEveryKeyWithItsDefault() {
        let golden = GoldenDirectory("../../share")
        let difference = golden.difference("lazaretd.sample.toml", from: Self.sample)
        #expect(difference == nil, "\(difference ?? "")")
    }

    @Test func theSampleIsReadAsTheDefaults() throws {
        let sample = try String(
            contentsOf: Self.package.appendingPathComponent("share/lazaretd.sample.toml"), encoding: .utf8)
        let folder = try RelayFileFolder(sample)
        let usual = try #require(RelayFile.withoutFile(in: folder.folder.path).settings)
        #expect(folder.read().settings == usual)
        // Without the mark before every key that has a default, they still are the defaults.
        var section = ""
        let defaults = sample.split(separator: "\n", omittingEmptySubsequences: false).map { line -> String in
            let text = String(line.dropFirst())
            if line.hasPrefix("#[") { section = text }
            if ["[next-hop]", "[limits]", "[log]", "[workers]", "[store]", "[administration]"].contains(text) {
                return text
            }
            let key = RelayKey.all.first { $0.section == section && text.hasPrefix($0.name + " = ") }
            guard line.hasPrefix("#"), let key, case .usual = key.standing, !section.contains("[["),
                !section.contains("NAME")
            else { return String(line) }
            return text
        }
        let written = try RelayFileFolder(defaults.joined(separator: "\n"))
        let reading = written.read()
        #expect(reading.faults == [])
        #expect(reading.settings?.relay == usual.relay)
        #expect(reading.settings?.log == usual.log)
        #expect(defaults.contains("message-bytes = \"60 MiB\""))
    }

    /// The reader asks for every key of the table, in its section, and for no other.
    @Test func theReaderKnowsTheKeysOfTheTable() throws {
        for (header, keys) in Self.sections {
            let opening = header == "[routes.NAME]" ? "[routes.x]" : header
            // A misspelt key is answered with all keys of its place, or with the nearest.
            let faults = try RelayFileFolder.faults(opening + "\nzzzzzzzzzzzzzzzzzzzz = 1\n")
            let listed = try #require(faults.first { $0.contains("`zzzzzzzzzzzzzzzzzzzz`") }, "\(header): \(faults)")
            let asked = Set(listed.matches(of: /`([a-z-]+)`/).map { String($0.output.1) })
                .subtracting(["zzzzzzzzzzzzzzzzzzzz"])
            let inner: Set<String> =
                switch header {
                case "":
                    [
                        "organisation", "listener", "next-hop", "routes", "limits", "store", "administration",
                        "workers", "engine", "log",
                    ]
                case "[administration]": ["token"]
                default: []
                }
            #expect(asked.subtracting(inner) == Set(keys.map(\.name)), "\(header)")
        }
    }

    @Test func thePageHasEveryKeyWithItsDefault() throws {
        let page = try String(contentsOf: Self.package.appendingPathComponent("docs/settings.md"), encoding: .utf8)
        var section = ""
        var rows: [String: [String]] = [:]
        for line in page.components(separatedBy: "\n") {
            if line.hasPrefix("## ") { section = line.components(separatedBy: "`").dropFirst().first ?? "" }
            if line.hasPrefix("| `") { rows[section, default: []].append(line) }
        }
        for (header, keys) in Self.sections {
            let expected = keys.map { key in
                let standing =
                    switch key.standing {
                    case .usual(let value): "`\(value)`"
                    case .depends(let phrase, _): phrase
                    case .required: "–"
                    }
                return "| `\(key.name)` | \(standing) | \(key.text) |"
            }
            #expect(rows[header] == expected, "\(header) is to have\n\(expected.joined(separator: "\n"))")
            rows[header] = nil
        }
        #expect(rows.isEmpty, "\(rows.keys)")
    }
}
