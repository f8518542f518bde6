import Foundation
import Lexical
import Semantics
import Testing

@testable import LanguageServer

/// What the editor's helper reads of a disk.
@Suite struct DeskFilesTests {
    @Test func aListIsBoundedAsTheCheckerAsksAndATextByItself() throws {
        let place = FileManager.default.temporaryDirectory.appendingPathComponent("lazaret-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: place) }
        let path = place.appendingPathComponent("g.txt").path
        try Data("12345".utf8).write(to: URL(fileURLWithPath: path))
        #expect(DiskFiles(fileBytes: 5).read(path)?.count == 5)
        #expect(DiskFiles(fileBytes: 4).read(path) == nil)
        #expect(try DiskFiles(fileBytes: 4).list(path, atMost: 5).count == 5)
        #expect(throws: ListFault.tooLarge) { try DiskFiles().list(path, atMost: 4) }
        #expect(throws: ListFault.missing) { try DiskFiles().list(path + "x", atMost: 5) }
        #expect(throws: ListFault.unreadable("not a plain file")) { try DiskFiles().list(place.path, atMost: 5) }
    }
}

/// Modules are followed as deep as the checker follows them.
@Suite struct ModuleDepthTests {
    /// Whether a name of the innermost of some modules that import one another is found.
    private func isFound(_ modules: Int) throws -> Bool {
        var texts: [String: String] = [:]
        for number in 1...modules {
            texts["/desk/m/a\(number).lazaret"] =
                number < modules ? "import m.a\(number + 1)\n" : "rule inner { when tls then defer }\n"
        }
        let prefix = (1...modules).map { "a\($0)" }.joined(separator: ".")
        let text = "policy p { edition 1 }\nimport m.a1\nexempt e from \(prefix).inner { when tls }\n"
        let session = Session(
            files: FilesInMemory(texts: texts), modulePaths: [], patterns: PatternLibrary(), version: "0",
            diagnosticsPage: nil, limits: EditorLimits())
        session.receive(.request(id: 0, method: "initialize", [:]))
        let document: JSON = ["uri": "file:///desk/p.lazaret", "version": 1, "text": .string(text)]
        session.receive(.notification(method: "textDocument/didOpen", ["textDocument": document]))
        _ = session.takeOutbox()
        let place = EditorPosition(line: 2, character: prefix.count + 16).json
        session.receive(
            .request(
                id: 1, method: "textDocument/definition",
                ["textDocument": ["uri": "file:///desk/p.lazaret"], "position": place]))
        let found = try #require(session.takeOutbox().first { $0["id"] == 1 }?["result"])
        return found.array?.isEmpty == false
    }

    @Test func namesBehindAsManyPrefixesAsTheCheckerFollows() throws {
        let most = SemanticsLimits().importDepth
        #expect(try isFound(most))
        #expect(try !isFound(most + 1))
    }
}
