import Administration
import Foundation
import Glibc
import Operation
import Settings

/// The life of the process: start, reloads, end.
struct Daemon: Sendable {
    let source: SettingsSource
    let log: EventLog

    func run(_ settings: DaemonSettings, _ signals: AsyncStream<DaemonSignal>) async throws {
        let sockets = InheritedSockets(environment: ProcessInfo.processInfo.environment, process: getpid())
        for name in sockets.strangers(to: settings.relay.listeners) {
            log.write(.warning, "socket for no listener", [("name", name)])
        }
        let parts: any RelayParts
        do {
            parts = try await RelayStart.start(settings, sockets: sockets, log: log)
        } catch {
            throw DaemonFailure(.environment, "the relay cannot start: \(error)")
        }
        announce(parts, settings)
        let administration = Task {
            try await AdministrationServer(
                settings: settings.administration, status: parts, routes: [parts.routes(settings.administration)]
            ).run { port in
                let place = SocketPlace.network(host: settings.administration.host, port: port)
                log.write(.info, "administration listens", [("address", place.description)])
                ServiceManager.tell(.ready, "taking mail")
            }
        }
        let ended = Task {
            // Without its port the relay could neither be watched nor be given a policy.
            do {
                try await administration.value
                return nil as String?
            } catch {
                kill(getpid(), SIGTERM)
                return "\(error)"
            }
        }
        await obey(signals, settings, parts)
        ServiceManager.tell(.stopping, "ending what is under way")
        log.write(.info, "stopping")
        await parts.stop()
        administration.cancel()
        if let reason = await ended.value {
            throw DaemonFailure(.environment, "the administration port cannot be had: \(reason)")
        }
        log.write(.info, "stopped")
    }

    private func announce(_ parts: any RelayParts, _ settings: DaemonSettings) {
        for (name, place) in parts.places.sorted(by: { $0.key < $1.key }) {
            log.write(.info, "listening", [("listener", name), ("address", place.description)])
        }
        log.write(
            .info, "started",
            [
                ("settings", source.name), ("store", settings.store.folder),
                ("next-hop", settings.relay.nextHop.address.description),
            ])
    }

    /// Until the first signal that ends the relay.
    private func obey(
        _ signals: AsyncStream<DaemonSignal>, _ settings: DaemonSettings, _ parts: any RelayParts
    ) async {
        var settings = settings
        for await signal in signals {
            switch signal {
            case .stop: return
            case .reload:
                ServiceManager.tell(.reloading, "reading the settings anew")
                settings = await reload(settings, parts)
                ServiceManager.tell(.ready, "taking mail")
            }
        }
    }

    /// - Returns: the settings that are in force from now on; the old ones where the new are faulty.
    private func reload(_ old: DaemonSettings, _ parts: any RelayParts) async -> DaemonSettings {
        let reading = source.read()
        guard let new = reading.settings else {
            for fault in reading.faults { log.write(.alarm, "settings refused", [("reason", "\(fault)")]) }
            return old
        }
        for warning in reading.warnings { log.write(.warning, "settings", [("reason", "\(warning)")]) }
        let change = SettingsChange.between(old, new)
        do {
            try await parts.adopt(change.inForce)
        } catch {
            log.write(.alarm, "settings refused", [("reason", "\(error)")])
            return old
        }
        log.adopt(change.inForce.log)
        log.write(
            .info, "settings read anew",
            [
                ("changed", change.live.joined(separator: ", ")),
                ("at-restart", change.atRestart.joined(separator: ", ")),
            ])
        return change.inForce
    }
}
