import Lexical
import TestSupport
import Testing

@testable import LanguageServer

/// Work grows with the texts and not faster, however they are laid out.
@Suite(.serialized) struct GrowthTests {
    private func session() -> Session {
        let session = Session(
            files: FilesInMemory(), modulePaths: [], patterns: PatternLibrary(), version: "0", diagnosticsPage: nil,
            limits: EditorLimits())
        session.receive(.request(id: 0, method: "initialize", [:]))
        return session
    }

    private func open(_ path: String, _ text: String, in session: Session) {
        let document: JSON = ["uri": .string("file://" + path), "version": 1, "text": .string(text)]
        session.receive(.notification(method: "textDocument/didOpen", ["textDocument": document]))
    }

    @Test func placesFarIntoALineCostNoMore() throws {
        let growth = try Effort.growth(250) { size in
            let session = session()
            let tests = [String](repeating: "message.size > 1 MB", count: size).joined(separator: " or ")
            open("/desk/p.lazaret", "rule a \"é😀\" { when \(tests) then defer }\n", in: session)
            session.receive(
                .request(
                    id: 1, method: "textDocument/semanticTokens/full",
                    ["textDocument": ["uri": "file:///desk/p.lazaret"]]))
            let answer = try #require(session.takeOutbox().last)
            #expect((answer["result"]?["data"]?.array?.count ?? 0) > size * 10)
        }
        #expect(growth < Effort.linear)
    }

    @Test func manyOpenFilesCostTheirNumber() {
        for layout in ["/desk/f%.lazaret", "/desk/f%/p.lazaret"] {
            let growth = Effort.growth(60, rounds: 3) { size in
                let session = session()
                for number in 0..<size {
                    open(
                        layout.replacing("%", with: "\(number)"),
                        (number == 0 ? "policy p { edition 1 }\n" : "")
                            + "rule r\(number) \"t\" { when message.size > 1 MB then reject \"x\" }\n", in: session)
                }
                session.settle()
                session.receive(.request(id: 1, method: "workspace/symbol", ["query": "r1"]))
                #expect(session.takeOutbox().count > size)
            }
            #expect(growth < Effort.linear, "\(layout)")
        }
    }

    @Test func charactersAreCountedAlikeWithAndWithoutTable() {
        let bytes = Array((String(repeating: "aé€😀", count: 200) + "\n" + String(repeating: "x", count: 300)).utf8)
        let (lines, counts) = (LineMap(bytes), CharacterCounts(bytes))
        for encoding in [PositionEncoding.utf8, .utf16, .utf32] {
            for offset in 0...bytes.count {
                #expect(
                    lines.position(of: offset, in: bytes, encoding, counts: counts)
                        == lines.position(of: offset, in: bytes, encoding))
            }
        }
    }
}
