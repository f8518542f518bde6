import Dispatch
import Glibc

/// What an operator asks of the running relay by signals.
enum DaemonSignal: Sendable {
    /// SIGHUP: read the settings anew.
    case reload
    /// SIGTERM or SIGINT: finish what is under way, and end.
    case stop

    private static let meanings: [(number: Int32, meaning: DaemonSignal)] = [
        (SIGHUP, .reload), (SIGTERM, .stop), (SIGINT, .stop),
    ]

    /// Signals from now on, one after another, until the stream is let go.
    static func all() -> AsyncStream<DaemonSignal> {
        AsyncStream { continuation in
            nonisolated(unsafe) let sources = meanings.map { number, meaning in
                signal(number, SIG_IGN)
                let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
                source.setEventHandler { continuation.yield(meaning) }
                source.resume()
                return source
            }
            continuation.onTermination = { _ in for source in sources { source.cancel() } }
        }
    }
}
