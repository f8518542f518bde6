import Message
import Testing

@Suite struct StructureTests {
    private let mixed = message(
        "From: Alice <alice@example.org>", "To: bob@example.net", "Subject: =?utf-8?q?caf=C3=A9?=",
        "MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=\"XX\"", "", "preamble",
        "--XX", "Content-Type: text/plain; charset=utf-8", "", "hello",
        "--XX", "Content-Type: multipart/alternative; boundary=YY", "",
        "--YY", "", "plain", "--YY", "Content-Type: text/html", "", "<p>html</p>", "--YY--",
        "--XX", "Content-Type: application/octet-stream; name=\"a.bin\"",
        "Content-Disposition: attachment; filename*=utf-8''caf%C3%A9.bin",
        "Content-Transfer-Encoding: base64", "", "aGVsbG8=", "--XX", "Content-Type: message/rfc822", "",
        "Subject: inner", "", "nested", "--XX--", "epilogue")

    @Test func partsHavePathsAndTypes() {
        #expect(
            outline(mixed) == [
                "1 multipart/mixed", "1.1 text/plain", "1.2 multipart/alternative", "1.2.1 text/plain",
                "1.2.2 text/html", "1.3 application/octet-stream", "1.4 message/rfc822", "1.4.1 text/plain",
            ])
        #expect(names(mixed).isEmpty)
        #expect(!mixed.isMalformed && !mixed.isAmbiguous)
        #expect(mixed.view.part(at: "1.2.2")?.contentType.mediaType == "text/html")
        #expect(mixed.view.part(at: "1.9") == nil)
        #expect(mixed.view.part(at: "1.4.1")?.isMessageRoot == true)
    }

    @Test func rangesAreTheRawBytes() {
        let bodies = mixed.view.parts.filter(\.isLeaf).map { String(decoding: $0.rawBody, as: UTF8.self) }
        #expect(bodies == ["hello", "plain", "<p>html</p>", "aGVsbG8=", "nested"])
        #expect(mixed.root.preamble.map { mixed.bytes.text($0) } == "preamble")
        #expect(mixed.root.epilogue.map { mixed.bytes.text($0) } == "epilogue\r\n")
        #expect(mixed.root.range == 0..<mixed.bytes.count)
    }

    @Test func contentIsDecoded() throws {
        let part = try #require(mixed.view.part(at: "1.3"))
        #expect(part.decoded(limit: 100).bytes == Array("hello".utf8))
        #expect(!part.decoded(limit: 3).isComplete)
        #expect(part.name == "café.bin")
        #expect(part.names.map(\.value).contains("a.bin"))
        #expect(mixed.header.subject == "café")
    }

    @Test func bodiesAreWhatAReaderShows() {
        #expect(mixed.view.bodies.map(\.part.path) == ["1.1", "1.2.1", "1.2.2"])
        #expect(mixed.view.bodies.map(\.form) == [.plain, .plain, .html])
    }
}
