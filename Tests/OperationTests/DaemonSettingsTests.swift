import Operation
import Testing
import Vocabulary

@Suite struct DaemonSettingsTests {
    @Test func levelsAreInOrder() {
        #expect(LogSettings.Level.allCases.sorted() == [.debug, .info, .warning, .alarm])
    }

    @Test func whatIsSecretIsInNoDescription() {
        let settings = DaemonSettings(
            relay: RelaySettings(
                hostName: "mx.acme.example", listeners: [],
                nextHop: HopSettings(address: .network(host: "127.0.0.1", port: 10026)), organisations: []),
            store: StoreSettings(folder: "data", postgres: Secret("password=sesame")),
            administration: AdministrationSettings(tokens: [
                AdministrationToken(name: "ci", secret: Secret("sesame"))
            ]))
        var dumped = ""
        dump(settings, to: &dumped)
        #expect(dumped.contains("mx.acme.example"))
        #expect(!dumped.contains("sesame") && !"\(settings)".contains("sesame"))
    }
}
