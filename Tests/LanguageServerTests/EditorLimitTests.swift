import Foundation
import Lexical
import Synchronization
import Testing

@testable import LanguageServer

/// Both sides of the bounds on the conversation with an editor.
@Suite struct EditorLimitTests {
    // MARK: Messages

    private func frames(_ stream: String, _ change: (inout EditorLimits) -> Void) throws -> Int {
        var limits = EditorLimits()
        change(&limits)
        var reader = FrameReader(limits: limits)
        reader.append(Array(stream.utf8))
        var count = 0
        while try reader.next() != nil { count += 1 }
        return count
    }

    @Test func bytesOfAHeaderSection() throws {
        let header = "Content-Length: 2\r\n\r\n"
        for most in [header.utf8.count, EditorLimits().frameHeaderBytes] {
            let padded = "X: " + String(repeating: "x", count: max(0, most - header.utf8.count - 5)) + "\r\n" + header
            let stream = (most == header.utf8.count ? header : padded) + "{}"
            #expect(try frames(stream) { $0.frameHeaderBytes = most } == 1)
            #expect(throws: FrameReader.Fault.self) { try frames(stream) { $0.frameHeaderBytes = most - 1 } }
        }
    }

    @Test func bytesOfAMessage() throws {
        #expect(try frames("Content-Length: 4\r\n\r\nnull") { $0.messageBytes = 4 } == 1)
        // It is refused by its header.
        #expect(throws: FrameReader.Fault.self) { try frames("Content-Length: 5\r\n\r\n") { $0.messageBytes = 4 } }
        let most = EditorLimits().messageBytes
        #expect(try frames("Content-Length: \(most)\r\n\r\n") { _ in } == 0)
        #expect(throws: FrameReader.Fault.self) { try frames("Content-Length: \(most + 1)\r\n\r\n") { _ in } }
    }

    @Test func levelsOfAMessage() throws {
        let most = EditorLimits().messageNesting
        func answer(_ levels: Int) throws -> JSON {
            let session = session("") { _ in }
            // The message itself is a level.
            let value = String(repeating: "[", count: levels - 1) + String(repeating: "]", count: levels - 1)
            let text = "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"shutdown\",\"params\":\(value)}"
            session.receive(Array(text.utf8))
            return try #require(session.takeOutbox().last)
        }
        #expect(try answer(most)["id"] == 7)
        // What cannot be read has no number.
        #expect(try answer(most + 1)["id"] == .null)
    }

    // MARK: Answers

    private func session(_ text: String, _ change: (inout EditorLimits) -> Void) -> Session {
        var limits = EditorLimits()
        change(&limits)
        let session = Session(
            files: FilesInMemory(), modulePaths: [], patterns: PatternLibrary(), version: "0", diagnosticsPage: nil,
            limits: limits)
        session.receive(.request(id: 0, method: "initialize", [:]))
        let document: JSON = ["uri": "file:///desk/p.lazaret", "version": 1, "text": .string(text)]
        session.receive(.notification(method: "textDocument/didOpen", ["textDocument": document]))
        _ = session.takeOutbox()
        return session
    }

    private func answer(_ session: Session, _ method: String, _ parameters: JSON) throws -> JSON {
        session.receive(.request(id: 1, method: method, parameters))
        return try #require(session.takeOutbox().first { $0["id"] == 1 }?["result"])
    }

    /// What may be written at the end of a text.
    private func completion(_ text: String, _ change: (inout EditorLimits) -> Void) throws -> JSON {
        let bytes = Array(text.utf8)
        let place = LineMap(bytes).position(of: bytes.count, in: bytes, .utf16)
        return try answer(
            session(text, change), "textDocument/completion",
            ["textDocument": ["uri": "file:///desk/p.lazaret"], "position": place.json])
    }

    @Test func entriesOfACompletion() throws {
        let text = "policy p { edition 1 }\nrule r {\n    when "
        let all = try completion(text) { _ in }
        let count = try #require(all["items"]?.array).count
        #expect(count > 20 && all["isIncomplete"] == false)
        let whole = try completion(text) { $0.completions = count }
        #expect(whole["items"]?.array?.count == count && whole["isIncomplete"] == false)
        let part = try completion(text) { $0.completions = count - 1 }
        #expect(part["items"]?.array?.count == count - 1 && part["isIncomplete"] == true)
    }

    @Test func symbolsOfTheWorkspace() throws {
        let text = "policy p { edition 1 }\n" + (0..<5).map { "rule r\($0) { when tls then defer }\n" }.joined()
        func symbols(_ most: Int) throws -> Int {
            let session = session(text) { $0.workspaceSymbols = most }
            session.settle()
            _ = session.takeOutbox()
            return try #require(try answer(session, "workspace/symbol", ["query": "r"]).array).count
        }
        #expect(try symbols(5) == 5)
        #expect(try symbols(4) == 4)
    }

    /// The word that says where the cursor stands must not lie farther back.
    @Test func textBeforeTheCursor() throws {
        let text = "policy p { edition 1 }\nrule r {\n    when "
        let start = text.utf8.count - "rule r {\n    when ".utf8.count
        func offers(_ bytes: Int) throws -> Bool {
            let items = try completion(text) { $0.contextBytes = bytes }["items"]?.array ?? []
            return items.contains { $0["label"] == "subject" }
        }
        #expect(try offers(text.utf8.count - start))
        #expect(try !offers(4))
    }

    /// Text that has changed since the last check.
    @Test func textThatIsCheckedAtOnceForCorrections() throws {
        let text = "policy p { edition 1 }\nrule r { when tsl then defer }\n"
        func corrections(_ bytes: Int) throws -> Int {
            let session = session(text) { $0.immediateCheckBytes = bytes }
            let range: JSON = [
                "start": ["line": 1, "character": 0], "end": ["line": 1, "character": 30],
            ]
            let parameters: JSON = [
                "textDocument": ["uri": "file:///desk/p.lazaret"], "range": range, "context": ["diagnostics": []],
            ]
            return try answer(session, "textDocument/codeAction", parameters).array?.count ?? 0
        }
        #expect(try corrections(text.utf8.count) > 0)
        #expect(try corrections(text.utf8.count - 1) == 0)
    }

    // MARK: Times

    /// Seconds from an open document until what is wrong with it is said; `nil` where the editor asks something else, has
    /// its answer and goes, and nothing was said of the document.
    private func secondsUntilSaid(delay: Int, waits: Bool) -> Double? {
        var limits = EditorLimits()
        limits.checkDelay = delay
        let server = EditorServer(
            files: FilesInMemory(), modulePaths: [], patterns: PatternLibrary(), version: "0", limits: limits)
        let text = "policy p { edition 1 }\\nrule r { when tsl then defer }\\n"
        let messages = [
            #"{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"capabilities":{}}}"#,
            #"{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"file:///desk/p.lazaret","#
                + #""version":1,"text":"\#(text)"}}}"#,
            #"{"jsonrpc":"2.0","id":77,"method":"workspace/symbol","params":{"query":"r"}}"#,
        ]
        let isOver = DispatchSemaphore(value: 0)
        let place = Mutex(0)
        let start = ContinuousClock.now
        var elapsed: Double?
        _ = server.run(
            read: {
                let next = place.withLock { place in
                    place += 1
                    return place - 1
                }
                if next < messages.count { return FrameWriter.frame(Array(messages[next].utf8)) }
                isOver.wait()
                return nil
            },
            write: { bytes in
                let message = String(decoding: bytes, as: UTF8.self)
                if message.contains("publishDiagnostics"), elapsed == nil {
                    let passed = ContinuousClock.now - start
                    elapsed = Double(passed.components.seconds) + Double(passed.components.attoseconds) * 1e-18
                    if waits { isOver.signal() }
                }
                if !waits, message.contains("\"id\":77") { isOver.signal() }
            })
        return elapsed
    }

    @Test func timeWithoutAKeystroke() throws {
        #expect(try #require(secondsUntilSaid(delay: 0, waits: true)) >= 0)
        #expect(try #require(secondsUntilSaid(delay: 300, waits: true)) >= 0.3)
        #expect(secondsUntilSaid(delay: 600_000, waits: false) == nil)
        #expect(EditorLimits().checkDelay == 200)
    }
}
