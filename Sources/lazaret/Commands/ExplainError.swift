import ArgumentParser
import Compiler
import Diagnostics

struct ExplainError: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain-error", abstract: "Explain a code of `lazaret check`, with an example.",
        discussion: """
            The code stands in the first line of each diagnostic; its name does as well. Without an argument all \
            codes are listed.

            Example: lazaret explain-error LZ0447
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text
        case json
    }

    @Argument(
        help: ArgumentHelp("A code such as LZ0447, or its name.", valueName: "code"),
        completion: .list(ErrorPages.codes.map(\.id)))
    var code: String?

    @Option(help: "text for people, json for programs.")
    var format: Format = .text

    func run() throws {
        guard let code else {
            switch format {
            case .text: Output.standard.lines(Self.table(ErrorPages.all))
            case .json: Output.standard.line(Self.json(ErrorPages.all))
            }
            return
        }
        let found = ErrorPages.named(code)
        guard !found.isEmpty else {
            let proposal =
                ErrorPages.nearest(to: code).map { "did you mean `\($0)`?" }
                ?? "`lazaret explain-error` lists all codes"
            throw CommandFailure(.usage, "there is no code `\(code)`; \(proposal)")
        }
        switch format {
        case .text: Output.standard.line(found.map(Self.text).joined(separator: "\n\n"))
        case .json: Output.standard.line(Self.json(found))
        }
    }

    private static func table(_ entries: [ExplainedCode]) -> [String] {
        let width = entries.map(\.code.name.count).max() ?? 0
        return entries.map { entry in
            let gap = String(repeating: " ", count: width - entry.code.name.count)
            return "\(entry.code.id)  \(entry.code.name)\(gap)  \(entry.page.title)"
        }
    }

    private static func text(_ entry: ExplainedCode) -> String {
        let page = entry.page
        var parts = ["\(entry.code.id) \(entry.code.name): \(page.title)", page.text]
        if page.isWarning { parts.append("It is a warning: `allow \(entry.code.name) \"reason\"` silences it.") }
        parts += ["Wrong:", shown(page.wrong), "Right:", shown(page.right)]
        return parts.map { $0.trimmingLineEnds }.joined(separator: "\n\n")
    }

    /// An example, indented; other files than the policy's are told by a comment.
    private static func shown(_ example: String) -> String {
        example.trimmingLineEnds.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            let words = line.split(separator: " ")
            guard words.first == "===", words.count == 3 else { return line.isEmpty ? "" : "    " + line }
            return "\n    # in the \(words[1] == "list" ? "file" : words[1]) \(words[2]):"
        }.joined(separator: "\n")
    }

    private static func json(_ entries: [ExplainedCode]) -> String {
        let objects = entries.map { entry in
            let fields = [
                ("code", entry.code.id), ("name", entry.code.name), ("title", entry.page.title),
                ("text", entry.page.text.trimmingLineEnds), ("wrong", entry.page.wrong.trimmingLineEnds),
                ("right", entry.page.right.trimmingLineEnds),
            ]
            return "{" + fields.map { "\"\($0.0)\":" + JSONText.quoted($0.1) }.joined(separator: ",") + "}"
        }
        return "[" + objects.joined(separator: ",\n ") + "]"
    }
}

extension String {
    /// Without the line ends behind it.
    fileprivate var trimmingLineEnds: String {
        var text = self
        while text.last == "\n" { text.removeLast() }
        return text
    }
}
