import Foundation
import Testing
import Vocabulary

/// `docs/file-types.md` says what the table says. `RECORD_GOLDEN=1` writes it anew, and fails the run.
@Suite("The page of file types")
struct FileTypesPageTests {
    private let file = URL(filePath: #filePath).appending(path: "../../../docs/file-types.md").standardizedFileURL

    @Test("docs/file-types.md is written from the table")
    func pageMatchesTable() throws {
        let page = FileTypesPage.text
        if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] != nil {
            try page.write(to: file, atomically: true, encoding: .utf8)
            Issue.record("recorded \(file.path)")
            return
        }
        #expect(try String(contentsOf: file, encoding: .utf8) == page)
    }
}

/// The lattice of file types as a page of Markdown.
private enum FileTypesPage {
    static var text: String {
        let lines = FileType.all.map { type in
            let parents = type.parents.map { "`\($0.name)`" }.joined(separator: " ")
            return "| `\(type.name)` | \(parents) | \(type.extensions.joined(separator: " ")) | \(type.documentation) |"
        }
        return """
            # File types

            What `type is …` can ask for: `any attachment where (type is executable)`. A type is told from the bytes of a
            file. It is of every kind that it lies under, and of those that they lie under: `type is media` is true of an
            `mp3`. What is opened and read of each, [formats](formats.md) says. This page is written from the table in
            `Sources/Vocabulary`; a test holds the two together.

            | type | lies under | usual extensions | is |
            |---|---|---|---|
            \(lines.joined(separator: "\n"))

            """
    }
}
