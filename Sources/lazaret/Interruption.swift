import Dispatch
import Glibc

/// Ctrl-C during a long run: the first ends it with what was done, the second at once.
final class Interruption {
    private var sources: [any DispatchSourceSignal] = []

    /// - Parameters:
    ///   - stop: called once, on another thread.
    init(_ stop: @escaping @Sendable () -> Void) {
        for number in [SIGINT, SIGTERM] {
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            let isFirst = Counter()
            source.setEventHandler {
                if isFirst.isFirst() { stop() } else { _exit(CommandStatus.faulty.rawValue) }
            }
            source.resume()
            sources.append(source)
        }
    }

    deinit { for source in sources { source.cancel() } }

    /// Touched only on the source's own handler, which never runs twice at once.
    private final class Counter: @unchecked Sendable {
        private var count = 0

        func isFirst() -> Bool {
            count += 1
            return count == 1
        }
    }
}
