import Operation
import Testing
import Vocabulary

@Suite struct SettingsChangeTests {
    private static let old = DaemonSettings(
        relay: RelaySettings(
            hostName: "mx.acme.example",
            listeners: [
                ListenerSettings(
                    name: "proxy", address: .network(host: "127.0.0.1", port: 10_025), scheme: .smtp, role: .inbound)
            ], nextHop: HopSettings(address: .network(host: "127.0.0.1", port: 10_026)),
            organisations: [OrganisationSettings(name: "acme", domains: ["acme.example"])]),
        store: StoreSettings(folder: "/var/lib/lazaret"))

    @Test func nothingChangedIsNothingToDo() {
        let change = SettingsChange.between(Self.old, Self.old)
        #expect(change.isEmpty && change.inForce == Self.old)
    }

    private static let liveChanges: [(String, @Sendable (inout DaemonSettings) -> Void)] = [
        ("host-name", { $0.relay.hostName = "a.example" }),
        ("split-organisations", { $0.relay.splitsOrganisations = true }),
        ("next-hop", { $0.relay.nextHop.security = .verified }),
        ("routes", { $0.relay.routes["a"] = HopSettings(address: .local(path: "/run/a")) }),
        ("organisation", { $0.relay.organisations[0].domains = [] }),
        ("limits", { $0.relay.limits.sessions = 3 }),
        ("engines", { $0.engines.engines = [EngineSettings(name: "a", kind: .yara(files: []))] }),
        ("workers.count", { $0.workers.count = 9 }),
        ("administration.token", { $0.administration.tokens = [AdministrationToken(name: "a", secret: Secret("b"))] }),
        ("log", { $0.log.level = .debug }),
    ]

    @Test func whatCanChangeLiveDoes() {
        for (name, alter) in Self.liveChanges {
            var new = Self.old
            alter(&new)
            let change = SettingsChange.between(Self.old, new)
            #expect(change.live == [name] && change.atRestart == [], "\(name)")
            #expect(change.inForce == new, "\(name)")
        }
    }

    private static let fixedChanges: [(String, @Sendable (inout DaemonSettings) -> Void)] = [
        ("listener", { $0.relay.listeners = [] }),
        ("store", { $0.store.key = Secret("0f") }),
        ("workers.executable", { $0.workers.executable = "/bin/worker" }),
        ("administration", { $0.administration.port = 9 }),
        ("administration", { $0.administration.tls = TLSIdentity(certificates: "a", key: "b") }),
    ]

    @Test func whatNeedsARestartStaysAsItWas() {
        for (name, alter) in Self.fixedChanges {
            var new = Self.old
            alter(&new)
            new.log.level = .debug
            let change = SettingsChange.between(Self.old, new)
            #expect(change.live == ["log"] && change.atRestart == [name], "\(name)")
            var expected = Self.old
            expected.log.level = .debug
            #expect(change.inForce == expected, "\(name)")
        }
    }
}
