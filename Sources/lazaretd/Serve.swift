import Administration
import ArgumentParser
import Foundation
import Glibc
import Operation
import Settings

/// Runs the relay until it is told to stop.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Run the relay; what `lazaretd` does when it is given no command.",
        discussion: """
            SIGHUP reads the settings anew: faulty ones change nothing. SIGTERM ends what is under way, then the relay.

            Example: lazaretd --config /etc/lazaret/lazaretd.toml
            """)

    @OptionGroup var source: SettingsSource

    func run() async throws {
        let reading = source.read()
        guard let settings = reading.settings else {
            for fault in reading.faults { StandardStreams.complain("lazaretd: \(fault)") }
            throw DaemonFailure(.faulty)
        }
        let log = EventLog(settings.log) { StandardStreams.write($0, to: STDERR_FILENO) }
        for warning in reading.warnings { log.write(.warning, "settings", [("reason", "\(warning)")]) }
        // From here on a signal is ours: one that came earlier ends the process, which has done nothing yet.
        let signals = DaemonSignal.all()
        try await Daemon(source: source, log: log).run(settings, signals)
    }
}
