import Compiler
import Foundation
import Lexical
import Operation
import Quarantine
import RelaySupport
import Semantics
import Synchronization
import Workers

@testable import Relay

/// A relay between a test's client and a scripted hop, with real workers. Stopped by `withRelay`.
final class RelayBench: Sendable {
    let hop: ScriptedHop
    let store: MemoryMailStore
    let service: RelayService
    let log: LogBook
    private let places: [String: SocketPlace]

    /// A policy of one organisation that owns `ours.example`; rules follow.
    static func policy(_ rules: String, domain: String = "ours.example") -> String {
        """
        policy bench {
            edition      1
            domains      "\(domain)"
            networks     "10.0.0.0/8"
            admin        "postmaster@\(domain)"
            language     en
        }
        uninspectable { if unknown then ignore }
        \(rules)
        """
    }

    static func bundle(_ policy: String) throws -> [UInt8] {
        let result = PolicyCompiler(patterns: PatternLibrary()).compile(PolicyInMemory(policy))
        guard let bundle = result.bundle else {
            throw BadPolicy(diagnostics: result.diagnostics.map { "\($0.code) \($0.message)" }.joined(separator: "; "))
        }
        return bundle
    }

    struct BadPolicy: Error { var diagnostics: String }

    static var worker: String {
        let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        let bundle = ProcessInfo.processInfo.arguments.first { $0.hasSuffix(".xctest") } ?? own
        return URL(fileURLWithPath: bundle).deletingLastPathComponent().appendingPathComponent("lazaret-worker").path
    }

    /// - Parameter policies: for each organisation its policy.
    init(
        _ policies: [String: String], hop script: HopScript, _ configure: (inout RelaySettings) -> Void
    ) async throws {
        hop = ScriptedHop(script)
        store = MemoryMailStore()
        log = LogBook()
        let peers = ["127.0.0.0/8"]
        func listener(
            _ name: String, _ scheme: ListenerSettings.Scheme, _ role: ListenerSettings.Role, trusted: [String]
        ) -> ListenerSettings {
            ListenerSettings(
                name: name, address: .network(host: "127.0.0.1", port: 0), scheme: scheme, role: role,
                trustedPeers: trusted)
        }
        var settings = RelaySettings(
            hostName: "relay.test.example",
            listeners: [
                listener("proxy", .smtp, .inbound, trusted: peers),
                listener("submission", .smtp, .submission, trusted: peers),
                listener("direct", .smtp, .inbound, trusted: []), listener("lmtp", .lmtp, .inbound, trusted: peers),
            ],
            nextHop: HopSettings(address: .network(host: "127.0.0.1", port: hop.port), security: .opportunistic),
            organisations: policies.keys.sorted().map {
                OrganisationSettings(name: $0, domains: ["\($0).example"], isDefault: policies.count == 1)
            })
        configure(&settings)
        let programs = ActivePrograms()
        for (organisation, policy) in policies {
            programs.activate(
                try ActiveProgram(
                    organisation: organisation, bundle: try Self.bundle(policy), executable: Self.worker, workers: 1,
                    configuration: WorkerConfiguration()))
        }
        let log = log
        service = try RelayService(settings, store: store, programs: programs) { log.note($0) }
        places = try await service.start()
    }

    func port(_ listener: String) -> Int {
        if case .network(_, let port)? = places[listener] { return port }
        return 0
    }

    /// A client that has greeted.
    func client(_ listener: String = "proxy") async throws -> MailClient {
        let client = try await MailClient.connect(port: port(listener), isLMTP: listener == "lmtp")
        try await client.hello()
        return client
    }
}

/// What the relay told its log.
final class LogBook: Sendable {
    private let events = Mutex<[RelayEvent]>([])

    func note(_ event: RelayEvent) { events.withLock { $0.append(event) } }

    var names: [String] { events.withLock { $0.map(\.name) } }

    var text: String {
        events.withLock { events in
            events.map { "\($0.level) \($0.name) \($0.fields.map { "\($0.name)=\($0.value)" })" }
                .joined(separator: "\n")
        }
    }
}

/// Runs a relay around a test's body, and stops it whatever happens.
func withRelay(
    _ rules: String = "", hop: HopScript = HopScript(), _ configure: (inout RelaySettings) -> Void = { _ in },
    _ body: (RelayBench) async throws -> Void
) async throws {
    try await withRelay(policies: ["ours": RelayBench.policy(rules)], hop: hop, configure, body)
}

/// As above, for several organisations: `name` owns `name.example`.
func withRelay(
    policies: [String: String], hop: HopScript = HopScript(), _ configure: (inout RelaySettings) -> Void = { _ in },
    _ body: (RelayBench) async throws -> Void
) async throws {
    let bench = try await RelayBench(policies, hop: hop, configure)
    do {
        try await body(bench)
    } catch {
        await bench.service.stop(within: 1)
        bench.hop.stop()
        throw error
    }
    await bench.service.stop(within: 5)
    bench.hop.stop()
}

/// A small honest mail.
func mail(subject: String = "Hello", _ body: String = "Good morning.", extra: String = "") -> String {
    "From: Ann <ann@else.example>\r\nTo: bob@ours.example\r\nSubject: \(subject)\r\n"
        + "Date: Wed, 25 Nov 2026 10:00:00 +0000\r\nMessage-ID: <1@else.example>\r\n\(extra)\r\n\(body)\r\n"
}
