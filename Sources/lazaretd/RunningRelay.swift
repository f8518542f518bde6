import Administration
import Cryptography
import Foundation
import Operation
import Quarantine
import Relay
import Workers

/// The relay with its store and programs, as the daemon runs it.
final class RunningRelay: RelayParts {
    let places: [String: SocketPlace]
    private let service: RelayService
    private let store: SQLiteMailStore
    private let log: EventLog
    /// For which messages under way are waited for.
    private static let stopSeconds = 90
    private let startedAt: Int64
    /// What the routes for policies talk to.
    private let register: PolicyKeeper

    private init(
        _ service: RelayService, _ store: SQLiteMailStore, _ register: PolicyKeeper, _ places: [String: SocketPlace],
        _ log: EventLog, startedAt: Int64
    ) {
        self.register = register
        self.startedAt = startedAt
        self.service = service
        self.store = store
        self.places = places
        self.log = log
    }

    /// Opens the store, starts the workers of each program, then listens.
    ///
    /// - Throws: why a port, the store or a program cannot be had.
    static func start(
        _ settings: DaemonSettings, sockets: InheritedSockets, log: EventLog
    ) async throws -> RunningRelay {
        if let reason = missing(settings) { throw DaemonFailure(.faulty, reason) }
        let store = try SQLiteMailStore(folder: settings.store.folder)
        let programs = ActivePrograms()
        let startedAt = Int64(Date().timeIntervalSince1970)
        let register = PolicyKeeper(
            try settings.relay.organisations.map { organisation in
                PolicyKeeper.Organisation(
                    name: organisation.name,
                    trustedKeys: try organisation.trustedKeys.map { try KeyText.verifyingKey(bytes(of: $0)) })
            },
            archive: PolicyArchive(folder: settings.store.folder + "/policies"), programs: programs,
            release: Release.version, startedAt: startedAt
        ) { try program($0, $1, settings) }
        for organisation in settings.relay.organisations {
            // What was pushed is newer than the bundle of the settings, which is for the first start.
            let pushed = try await register.pushed(to: organisation.name)
            guard let bundle = try pushed ?? organisation.policy.map({ try bytes(of: $0) }) else {
                log.write(.alarm, "no policy", [("organisation", organisation.name)])
                continue
            }
            let active = try program(organisation.name, bundle, settings)
            programs.activate(active)
            log.write(
                .info, "policy in force", [("organisation", organisation.name), ("digest", active.digest)])
        }
        let service = try RelayService(settings.relay, store: store, programs: programs) { event in
            log.write(LogSettings.Level(rawValue: event.level.rawValue) ?? .info, event.name, event.fields)
        }
        let places = try await service.start(inherited: sockets.descriptors)
        return RunningRelay(service, store, register, places, log, startedAt: startedAt)
    }

    /// What the settings promise and this edition does not keep: better no relay than one that stores in the clear.
    private static func missing(_ settings: DaemonSettings) -> String? {
        if settings.store.key != nil { return "the store does not encrypt yet; take `key-file` out of [store]" }
        if settings.store.postgres != nil { return "PostgreSQL is not served yet; take `postgres` out of [store]" }
        let milter = settings.relay.listeners.first { $0.scheme == .milter }
        return milter.map { "milter is not served yet; give the listener \($0.name) another scheme" }
    }

    private static func bytes(of path: String) throws -> [UInt8] {
        try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
    }

    private static func program(
        _ organisation: String, _ bundle: [UInt8], _ settings: DaemonSettings
    ) throws -> ActiveProgram {
        try ActiveProgram(
            organisation: organisation, bundle: bundle,
            executable: try settings.workers.executable ?? WorkerLocation.find(),
            workers: settings.workers.count ?? ProcessInfo.processInfo.activeProcessorCount,
            configuration: WorkerConfiguration(engines: settings.engines))
    }

    func readiness() async -> [ReadinessCheck] {
        [
            ReadinessCheck("store", fault: store.isReady ? nil : "the store takes nothing: a write to the disk failed"),
            ReadinessCheck("policies", fault: service.programs.all.isEmpty ? "no organisation has a policy" : nil),
        ]
    }

    func figures() async -> RelayFigures {
        var figures = service.meters.figures
        figures.startedAt = startedAt
        figures.alarms = log.alarms
        for program in service.programs.all {
            figures.workers[program.organisation] = RelayFigures.Workers(
                busy: 0, size: program.pool.size, replaced: 0, program: program.digest)
        }
        return figures
    }

    func routes(_ settings: AdministrationSettings) -> AdministrationServer.Routes {
        let tokens = AccessTokens(settings: settings.tokens)
        let register = register
        return { router in addPolicyRoutes(to: router, register: register, tokens: tokens) }
    }

    func adopt(_ settings: DaemonSettings) async throws { try service.adopt(settings.relay) }

    func stop() async {
        await service.stop(within: Self.stopSeconds)
        try? await store.flush()
    }
}
