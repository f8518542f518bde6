import Testing

@testable import LanguageServer

/// The conversation's form, hostile forms too.
@Suite struct WireTests {
    private func frames(_ pieces: [String], limits: EditorLimits = EditorLimits()) throws -> [String] {
        var reader = FrameReader(limits: limits)
        var found: [String] = []
        for piece in pieces {
            reader.append(Array(piece.utf8))
            while let message = try reader.next() { found.append(String(decoding: message, as: UTF8.self)) }
        }
        return found
    }

    @Test func messagesAreCutWhereverTheStreamIs() throws {
        let stream = "Content-Length: 2\r\n\r\n{}content-length:4\r\nContent-Type: x; charset=utf-8\r\n\r\nnull"
        #expect(try frames([stream]) == ["{}", "null"])
        #expect(try frames(stream.map { String($0) }) == ["{}", "null"])
        #expect(try frames(["Content-Length: 3\n\n[1]"]) == ["[1]"])
        #expect(try frames(["Content-Length: 9\r\n\r\n{}"]).isEmpty)
    }

    @Test(arguments: [
        "Content-Length: -1\r\n\r\n", "Content-Length: x\r\n\r\n", "Content-Type: y\r\n\r\n{}",
        "Content-Length: 1\r\nContent-Length: 2\r\n\r\n{}", "Content-Length: 99999999999999999999\r\n\r\n",
        "Content-Length: 999999999999\r\n\r\n", String(repeating: "x", count: 5000),
    ])
    func framesThatCannotBeReadEndTheConversation(_ stream: String) {
        #expect(throws: FrameReader.Fault.self) { try frames([stream]) }
    }

    @Test func jsonIsReadAndWrittenAsItIs() throws {
        let text = #"{"a":[1,-2.5,true,false,null,"é😀\"\\\n\u0001"],"b":{}}"#
        let json = try JSONReader.read(Array(text.utf8), nesting: 8)
        #expect(String(decoding: json.bytes, as: UTF8.self) == text)
        #expect(try JSONReader.read(Array(#""\ud83d\ude00\u00e9\/""#.utf8), nesting: 8) == "😀é/")
        #expect(try JSONReader.read(Array(#""\ud83dx""#.utf8), nesting: 8) == "\u{FFFD}x")
    }

    @Test(arguments: [
        "", "{", "[1,]", "{\"a\"}", "{\"a\":1,}", "\"x", "\"\\x\"", "\"\\u12\"", "tru", "1 2", "--1", "[[[[[1]]]]]",
    ])
    func faultyJSONIsRefused(_ text: String) {
        #expect(throws: JSONReader.Fault.self) { try JSONReader.read(Array(text.utf8), nesting: 4) }
    }

    @Test func pathsAndURIs() {
        #expect(DocumentURI.path("file:///a%20b/./c/../d.lazaret") == "/a b/d.lazaret")
        #expect(DocumentURI.uri("/a b/é.lazaret") == "file:///a%20b/%C3%A9.lazaret")
        #expect(DocumentURI.path("untitled:Untitled-1") == "untitled:Untitled-1")
        #expect(DocumentURI.path("file://host/a") == "/a")
    }
}
