import Foundation

/// The sources of the project as text.
struct SourceTree {
    struct File {
        /// Relative to the package: `Sources/Workers/Frame.swift`.
        var path: String
        var room: String
        var lines: [String]
    }

    let package: URL
    let files: [File]
    /// The folders under `Sources`, C libraries left out.
    let rooms: [String]

    static let shared = SourceTree()

    private init() {
        let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        self.package = package
        let sources = package.appendingPathComponent("Sources")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: sources.path)) ?? []
        rooms = names.filter { $0 != "C" && !$0.hasPrefix(".") }.sorted()
        files = rooms.flatMap { Self.files(of: $0, in: sources) }
    }

    private static func files(of room: String, in sources: URL) -> [File] {
        let folder = sources.appendingPathComponent(room)
        let paths = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        return paths.filter { $0.hasSuffix(".swift") }.sorted().map { path in
            let text = (try? String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8)) ?? ""
            return File(
                path: "Sources/\(room)/\(path)", room: room,
                lines: text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
        }
    }
}

extension SourceTree.File {
    /// Modules that the file imports, with the number of the line.
    var imports: [(module: String, line: Int)] {
        code.enumerated().compactMap { index, line in
            var words = line.split(separator: " ").map(String.init)
            while let first = words.first, first.hasPrefix("@") || Self.modifiers.contains(first) {
                words.removeFirst()
            }
            guard words.first == "import", words.count > 1 else { return nil }
            // `import struct Foundation.Data` and `import Foundation.NSLock` both name Foundation.
            let kinds: Set = ["struct", "class", "enum", "func", "protocol", "typealias", "var", "let"]
            let name = kinds.contains(words[1]) && words.count > 2 ? words[2] : words[1]
            return (String(name.split(separator: ".").first ?? ""), index + 1)
        }
    }

    private static let modifiers: Set = ["public", "package", "internal", "private", "fileprivate", "open"]

    /// The lines with comments and the insides of one-line texts taken out.
    var code: [String] {
        var isInText = false
        return lines.map { line in
            if line.components(separatedBy: "\"\"\"").count % 2 == 0 { isInText.toggle() }
            return isInText ? "" : Self.withoutTextAndComment(line)
        }
    }

    private static func withoutTextAndComment(_ line: String) -> String {
        var result = ""
        var isInText = false
        var previous: Character = " "
        for character in line {
            if character == "\"", previous != "\\" {
                isInText.toggle()
                result.append(character)
            } else if !isInText {
                if character == "/", previous == "/" { return String(result.dropLast()) }
                result.append(character)
            }
            previous = previous == "\\" && character == "\\" ? " " : character
        }
        return result
    }
}
