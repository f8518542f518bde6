import Operation
import Testing

@Suite struct SocketPlaceTests {
    @Test func aPlaceIsWrittenAsItIsRead() {
        #expect(SocketPlace.network(host: "::1", port: 25).description == "[::1]:25")
        #expect(SocketPlace.local(path: "/run/a").description == "unix:/run/a")
    }
}
