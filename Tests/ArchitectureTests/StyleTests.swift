import Foundation
import Testing

/// Habits that a reader of one file cannot see but that wear the house down when they go.
@Suite struct StyleTests {
    private let tree = SourceTree.shared

    private static let linesOfFile = 500
    private static let linesOfFunction = 60

    @Test func filesStaySmall() {
        for file in tree.files where !Self.isListOfData(file) {
            #expect(
                file.lines.count <= Self.linesOfFile,
                "\(file.path) has \(file.lines.count) lines; a file holds one idea, \(Self.linesOfFile) at most")
        }
    }

    @Test func functionsStaySmall() {
        for file in tree.files {
            var starts: [(line: Int, indentation: Int)] = []
            for (index, line) in file.lines.enumerated() {
                let indentation = line.prefix { $0 == " " }.count
                let words = line.split(separator: " ")
                let isOpen = line.hasSuffix("{") || line.hasSuffix("(")
                if isOpen, words.contains("func") || words.contains(where: { $0.hasPrefix("init(") }) {
                    starts.append((index, indentation))
                } else if line.trimmingCharacters(in: .whitespaces) == "}",
                    let last = starts.last, last.indentation == indentation
                {
                    starts.removeLast()
                    let length = index - last.line + 1
                    if length > Self.linesOfFunction, !Self.isDispatchLoop(file) {
                        Issue.record("\(file.path):\(last.line + 1): a function of \(length) lines")
                    }
                }
                starts.removeAll { $0.indentation > indentation && !words.isEmpty }
            }
        }
    }

    @Test func nothingThatTrapsOrWaits() {
        let banned: [(pattern: String, sentence: String)] = [
            (#"\btry!"#, "an error that cannot happen still needs words for when it does"),
            (#"\bas!"#, "a cast that fails must not end the process"),
            (#"\bfatalError\b"#, "use precondition with the invariant's name"),
            (
                #"(^\s*|\bfor\b.*\b)where\b[^:]*\btry\b"#,
                "Swift 6.3's optimiser releases twice what a loop's `where` throws past"
            ),
            (#"[A-Za-z0-9_\)\]]!(\.|\)|,|\s*$|\[)"#, "no forced unwrapping"),
        ]
        for file in tree.files {
            for (index, line) in file.code.enumerated() {
                for (pattern, sentence) in banned where line.range(of: pattern, options: .regularExpression) != nil {
                    Issue.record("\(file.path):\(index + 1): \(sentence)")
                }
            }
            for (index, line) in file.lines.enumerated() where line.contains("TO" + "DO") || line.contains("FIX" + "ME")
            {
                Issue.record("\(file.path):\(index + 1): finish it, or write an issue")
            }
        }
    }

    @Test func noTypeBearsItsModulesName() {
        for file in tree.files {
            let pattern = #"\b(struct|class|enum|actor|protocol|typealias)\s+"# + file.room + #"\b"#
            for (index, line) in file.code.enumerated() {
                #expect(
                    line.range(of: pattern, options: .regularExpression) == nil,
                    "\(file.path):\(index + 1): a type with its module's name hides the module's other names")
            }
        }
    }

    @Test func noPlaceholderIsLeft() {
        let tests = tree.package.appendingPathComponent("Tests")
        let paths = FileManager.default.enumerator(atPath: tests.path)?.compactMap { $0 as? String } ?? []
        for path in tree.files.map(\.path) + paths {
            #expect(!path.hasSuffix("Placeholder.swift"), "\(path) holds a place that a real file should take")
        }
    }

    @Test func publicFunctionsThatThrowSayWhen() {
        for file in tree.files {
            for (index, line) in file.lines.enumerated() {
                let code = line.trimmingCharacters(in: .whitespaces)
                let signature = Self.signature(file.lines, from: index)
                // What is rethrown is the caller's own.
                guard Self.isPublicFunction(code), signature.contains("throws"), !signature.contains("rethrows") else {
                    continue
                }
                let documentation = Self.documentation(file.lines, above: index)
                let isStandard = code.contains("init(from decoder") || code.contains("encode(to encoder")
                #expect(
                    isStandard || documentation.contains("- Throws:"),
                    "\(file.path):\(index + 1): a public function that throws says what and when (- Throws:)")
            }
        }
    }

    // MARK: Reading code

    /// Tables may be longer than code.
    private static func isListOfData(_ file: SourceTree.File) -> Bool {
        file.path.hasSuffix("Table.swift") || file.path.hasSuffix("Rows.swift")
            || file.path.hasSuffix("Catalogue.swift")
    }

    /// The machine's loop: one short case for each opcode.
    private static func isDispatchLoop(_ file: SourceTree.File) -> Bool {
        file.path == "Sources/Machine/Execution.swift"
    }

    private static func isPublicFunction(_ code: String) -> Bool {
        guard code.hasPrefix("public ") else { return false }
        return code.contains(" func ") || code.contains(" init(") || code.hasPrefix("public init")
    }

    /// From the line to the brace that opens the body, or to the end of a requirement.
    private static func signature(_ lines: [String], from index: Int) -> String {
        var text = ""
        for line in lines[index...].prefix(12) {
            text += line + "\n"
            if line.contains("{") { break }
        }
        return String(text.prefix { $0 != "{" })
    }

    private static func documentation(_ lines: [String], above index: Int) -> String {
        var text = ""
        for line in lines[..<index].reversed() {
            let trimmed = line.trimmingCharacters(in: .whitespaces)
            guard trimmed.hasPrefix("///") || trimmed.hasPrefix("@") else { break }
            text += trimmed + "\n"
        }
        return text
    }
}
