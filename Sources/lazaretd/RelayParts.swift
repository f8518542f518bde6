import Administration
import Operation

/// What the daemon runs: the relay with its store and programs.
protocol RelayParts: RelayStatus {
    /// Where mail comes in, by listener, with the ports that the system chose.
    var places: [String: SocketPlace] { get }

    /// What the administration port offers besides the state.
    func routes(_ settings: AdministrationSettings) -> AdministrationServer.Routes

    /// Takes over settings that can change while mail flows.
    ///
    /// - Throws: why they cannot be had; the old ones are then in force still.
    func adopt(_ settings: DaemonSettings) async throws

    /// Takes no new connection, ends what is under way, and returns.
    func stop() async
}

/// The one place where the relay is put together.
enum RelayStart {
    /// Starts it: once it returns, mail is taken.
    ///
    /// - Throws: why a port, the store or a program cannot be had.
    static func start(
        _ settings: DaemonSettings, sockets: InheritedSockets, log: EventLog
    ) async throws -> any RelayParts {
        try await RunningRelay.start(settings, sockets: sockets, log: log)
    }
}
