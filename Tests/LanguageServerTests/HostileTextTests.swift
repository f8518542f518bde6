import Lexical
import Testing

@testable import LanguageServer

/// Broken texts and changes that make no sense: every request is answered, whatever the text.
@Suite struct HostileTextTests {
    private static let policy = """
        policy acme { edition 1 domains "acme.example" }
        import standard.media as clips with (largest 5 MB)
        group partners { "a@b.example" }
        dictionary secret { threshold 10 10 phrase "top secret" 5 regex /x{2}/i }
        define vouched for file = size > 2 MB and from in partners
        rule large "Too 😀 large" {
            on inbound label size
            when any file as outer where (type is any of (video, zip) and any part where (inside outer and not (encrypted)))
            unless from.domain under "x" or subject mentions secret at 5
            then quarantine media notify admin, "a@b.example" using held except when tls
            if encrypted (archive) on inbound then ignore
        }
        template held { en { subject "Held: {subject}" body "See {rule}." } }
        exempt one from large, label size, unknown damaged { when tls }
        test "t" { mail "m.eml" inbound from "a" to "b" assume virus is unknown because damaged expect large fires }
        """

    private func session(_ text: String) -> Session {
        let session = Session(
            files: FilesInMemory(), modulePaths: [], patterns: PatternLibrary(), version: "0", diagnosticsPage: nil,
            limits: EditorLimits())
        session.receive(.request(id: 0, method: "initialize", [:]))
        let document: JSON = ["uri": "file:///desk/p.lazaret", "version": 1, "text": .string(text)]
        session.receive(.notification(method: "textDocument/didOpen", ["textDocument": document]))
        return session
    }

    /// Asks everything at a place; what matters is that each is answered.
    private func askEverything(_ session: Session, _ place: EditorPosition) {
        let parameters: JSON = [
            "textDocument": ["uri": "file:///desk/p.lazaret"], "position": place.json, "newName": "new-name",
            "query": "a", "range": ["start": place.json, "end": place.json],
        ]
        for method in SessionMethods.all { session.receive(.request(id: 1, method: method, parameters)) }
        #expect(session.takeOutbox().filter { $0["id"] == 1 }.count == SessionMethods.all.count)
    }

    @Test func textsThatEndAnywhereAreAnswered() {
        let bytes = Array(Self.policy.utf8)
        for end in stride(from: 0, to: bytes.count, by: 7) {
            let session = session(String(decoding: bytes[..<end], as: UTF8.self))
            let lines = LineMap(Array(bytes[..<end]))
            askEverything(session, lines.position(of: end, in: Array(bytes[..<end]), .utf16))
        }
    }

    @Test func placesOfAWholeTextAreAnswered() {
        let session = session(Self.policy)
        session.settle()
        let lines = LineMap(Array(Self.policy.utf8))
        for offset in stride(from: 0, to: Self.policy.utf8.count, by: 11) {
            askEverything(session, lines.position(of: offset, in: Array(Self.policy.utf8), .utf16))
        }
    }

    @Test func rangesThatMakeNoSenseAreMovedInside() {
        let session = session("rule a { }\n")
        let ranges: [(Int, Int, Int, Int)] = [(9, 9, 0, 0), (0, 99, 5, 1), (1, 0, 1, 0), (0, 5, 0, 2)]
        for (index, range) in ranges.enumerated() {
            let change: JSON = [
                "range": [
                    "start": EditorPosition(line: range.0, character: range.1).json,
                    "end": EditorPosition(line: range.2, character: range.3).json,
                ], "text": "é",
            ]
            session.receive(
                .notification(
                    method: "textDocument/didChange",
                    [
                        "textDocument": ["uri": "file:///desk/p.lazaret", "version": .int(index + 2)],
                        "contentChanges": [change, ["text": 5], ["range": 7, "text": "x"]],
                    ]))
        }
        session.settle()
        askEverything(session, EditorPosition(line: 0, character: 0))
    }

    @Test func documentsBeyondTheBoundAreNotOpened() {
        var limits = EditorLimits()
        limits.openDocuments = 1
        let desk = Desk(files: FilesInMemory(), modulePaths: [], limits: limits)
        #expect(desk.open(TextDocument(uri: "file:///a.lazaret", version: 1, text: "")))
        #expect(!desk.open(TextDocument(uri: "file:///b.lazaret", version: 1, text: "")))
        #expect(desk.open(TextDocument(uri: "file:///a.lazaret", version: 2, text: "x")))
    }
}
