import Testing
import Vocabulary

@Suite struct EngineAddressTests {
    @Test(arguments: [
        ("/run/clamd.ctl", "unix:/run/clamd.ctl"), ("unix:/run/clamd.ctl", "unix:/run/clamd.ctl"),
        ("127.0.0.1:3310", "127.0.0.1:3310"), ("[::1]:3310", "[::1]:3310"), ("av.acme.example:1", "av.acme.example:1"),
    ])
    func readsWhatItWrites(_ text: String, _ written: String) {
        #expect(EngineAddress(text)?.description == written)
        #expect(EngineAddress(written) == EngineAddress(text))
    }

    @Test(arguments: ["", "av", "av:", ":1", "av:0", "av:65536", "::1:3310", "unix:run", "a b:1", "a\r\n:1", "a/b:1"])
    func refusesWhatIsNone(_ text: String) {
        #expect(EngineAddress(text) == nil)
    }
}
