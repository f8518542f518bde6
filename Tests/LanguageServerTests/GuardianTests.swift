import Testing

@testable import LanguageServer

/// What goes on when the process that serves an editor ends.
@Suite struct GuardianTests {
    private func message(_ text: String) -> [UInt8] { Array(text.utf8) }

    private func texts(_ frames: [[UInt8]]) -> [String] {
        frames.compactMap { String(decoding: $0, as: UTF8.self).components(separatedBy: "\r\n\r\n").last }
    }

    private func opening(_ name: String, _ text: String) -> [UInt8] {
        message(
            #"{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"file:///\#(name)","version":1,"text":"\#(text)"}}}"#
        )
    }

    private func change(_ name: String, _ text: String) -> [UInt8] {
        message(
            #"{"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":{"uri":"file:///\#(name)","version":2},"contentChanges":[{"range":{"start":{"line":0,"character":0},"end":{"line":0,"character":1}},"text":"\#(text)"}]}}"#
        )
    }

    @Test func anotherProcessGoesOnWhereTheFirstEnded() {
        var guardian = Guardian()
        let initialize = message(#"{"id":1,"jsonrpc":"2.0","method":"initialize","params":{}}"#)
        #expect(texts(guardian.fromEditor(initialize).toServer) == [String(decoding: initialize, as: UTF8.self)])
        let answer = message(#"{"id":1,"jsonrpc":"2.0","result":{"capabilities":{"positionEncoding":"utf-16"}}}"#)
        #expect(guardian.fromServer(answer).toEditor.count == 1)
        _ = guardian.fromEditor(message(#"{"jsonrpc":"2.0","method":"initialized","params":{}}"#))
        _ = guardian.fromEditor(opening("a", "abc"))
        _ = guardian.fromEditor(change("a", "x"))
        _ = guardian.fromEditor(opening("b", "def"))
        _ = guardian.fromEditor(
            message(
                #"{"id":7,"jsonrpc":"2.0","method":"textDocument/hover","params":{"textDocument":{"uri":"file:///b"}}}"#
            ))

        let step = guardian.serverEnded()
        let editor = texts(step.toEditor)
        #expect(editor.count == 2)
        #expect(editor[0].contains(#""id":7"#) && editor[0].contains("-32603"))
        #expect(editor[1].contains("b rests until it is changed"))
        let server = texts(step.toServer)
        #expect(server.count == 3)
        #expect(server[0].contains("initialize"))
        #expect(server[2].contains("xbc"))
        // The second answer to `initialize` is not the editor's.
        #expect(guardian.fromServer(answer).toEditor.isEmpty)
        // The text that rested is shown again once it is another.
        let changed = texts(guardian.fromEditor(change("b", "y")).toServer)
        #expect(changed.count == 1)
        #expect(changed[0].contains("didOpen") && changed[0].contains("yef"))
    }

    @Test func anEndBeforeTheBeginningIsOnlyAnswered() {
        var guardian = Guardian()
        #expect(guardian.serverEnded() == Guardian.Step())
        #expect(guardian.fromEditor(message("no json")).toServer.count == 1)
        #expect(!guardian.isExiting)
        _ = guardian.fromEditor(message(#"{"jsonrpc":"2.0","method":"exit"}"#))
        #expect(guardian.isExiting)
    }
}
