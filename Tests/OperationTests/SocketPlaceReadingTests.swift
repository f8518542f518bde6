import Operation
import Testing

@Suite struct SocketPlaceReadingTests {
    @Test(arguments: ["127.0.0.1:25", "[::1]:10025", "mail.acme.example:0", "unix:/run/a.sock", "host_1:65535"])
    func whatIsWrittenIsRead(_ text: String) {
        #expect(SocketPlace(text)?.description == text)
    }

    @Test(arguments: [
        "", "25", ":25", "a:", "a:65536", "a:-1", "a:+1", "::1:25", "[a]:25", "[127.0.0.1]:25", "unix:run", "a b:25",
        "a/b:25", "unix:/" + String(repeating: "a", count: 107),
    ])
    func anythingElseIsNone(_ text: String) {
        #expect(SocketPlace(text) == nil)
    }

    @Test func aPortAtEveryAddressReceivesWhatIsSentToTheMachine() throws {
        func receives(_ own: String, _ other: String) throws -> Bool {
            try #require(SocketPlace(own)).receives(#require(SocketPlace(other)))
        }
        #expect(try receives("0.0.0.0:25", "127.0.0.1:25"))
        #expect(try receives("[::]:25", "localhost:25"))
        #expect(try receives("mx.acme.example:25", "MX.acme.example.:25"))
        #expect(try receives("unix:/run/a", "unix:/run/a"))
        #expect(try !receives("0.0.0.0:25", "127.0.0.1:26"))
        #expect(try !receives("127.0.0.1:0", "127.0.0.1:0"))
        #expect(try !receives("127.0.0.1:25", "[::1]:25"))
        #expect(try !receives("0.0.0.0:25", "192.0.2.1:25"))
    }
}
