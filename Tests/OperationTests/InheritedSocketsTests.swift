import Operation
import Testing

@Suite struct InheritedSocketsTests {
    @Test func socketsAreKnownByTheNamesOfTheirUnits() {
        let sockets = InheritedSockets(
            environment: ["LISTEN_PID": "7", "LISTEN_FDS": "3", "LISTEN_FDNAMES": "proxy:people:proxy"], process: 7)
        #expect(sockets.descriptors == ["proxy": 3, "people": 4])
        let listener = ListenerSettings(
            name: "proxy", address: .local(path: "/run/a"), scheme: .smtp, role: .inbound)
        #expect(sockets.strangers(to: [listener]) == ["people"])
    }

    @Test(arguments: [
        [:], ["LISTEN_PID": "8", "LISTEN_FDS": "1"], ["LISTEN_PID": "7"], ["LISTEN_PID": "7", "LISTEN_FDS": "0"],
        ["LISTEN_PID": "7", "LISTEN_FDS": "-1"], ["LISTEN_PID": "7", "LISTEN_FDS": "100000"],
        ["LISTEN_PID": "x", "LISTEN_FDS": "1"],
    ])
    func whatIsNotMeantForUsIsNotOurs(_ environment: [String: String]) {
        #expect(InheritedSockets(environment: environment, process: 7).descriptors == [:])
    }
}
