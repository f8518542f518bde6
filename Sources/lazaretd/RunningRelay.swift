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
    private let startedAt = Int64(Date().timeIntervalSince1970)

    private init(_ service: RelayService, _ store: SQLiteMailStore, _ places: [String: SocketPlace], _ log: EventLog) {
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
        let store = try SQLiteMailStore(folder: settings.store.folder)
        let programs = ActivePrograms()
        for organisation in settings.relay.organisations {
            guard let path = organisation.policy else {
                log.write(.alarm, "no policy", [("organisation", organisation.name)])
                continue
            }
            programs.activate(try program(organisation.name, at: path, settings))
            log.write(.info, "policy in force", [("organisation", organisation.name), ("bundle", path)])
        }
        let service = try RelayService(settings.relay, store: store, programs: programs) { event in
            log.write(LogSettings.Level(rawValue: event.level.rawValue) ?? .info, event.name, event.fields)
        }
        let places = try await service.start(inherited: sockets.descriptors)
        return RunningRelay(service, store, places, log)
    }

    private static func program(
        _ organisation: String, at path: String, _ settings: DaemonSettings
    ) throws -> ActiveProgram {
        let bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
        return try ActiveProgram(
            organisation: organisation, bundle: bytes,
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

    func adopt(_ settings: DaemonSettings) async throws { try service.adopt(settings.relay) }

    func stop() async {
        await service.stop(within: Self.stopSeconds)
        try? await store.flush()
    }
}
