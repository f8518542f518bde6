import NIOConcurrencyHelpers
import NIOCore

/// What is open: listeners, sessions, the runner of the queues.
final class SessionRegister: Sendable {
    private struct State {
        var listeners: [any Channel] = []
        var tasks: [Task<Void, Never>] = []
        var count = 0
        var isStopping = false
    }

    private let state = NIOLockedValueBox(State())

    var isStopping: Bool { state.withLockedValue { $0.isStopping } }

    func keep(_ channel: any Channel) { state.withLockedValue { $0.listeners.append(channel) } }

    func keep(_ task: Task<Void, Never>) { state.withLockedValue { $0.tasks.append(task) } }

    /// - Returns: whether there was a place.
    func begin(upTo limit: Int) -> Bool {
        state.withLockedValue { state in
            guard !state.isStopping, state.count < limit else { return false }
            state.count += 1
            return true
        }
    }

    func end() { state.withLockedValue { $0.count -= 1 } }

    func stop(within seconds: Int) async {
        let (listeners, tasks) = state.withLockedValue { state in
            state.isStopping = true
            return (state.listeners, state.tasks)
        }
        for listener in listeners { try? await listener.close() }
        for task in tasks { task.cancel() }
        for task in tasks { await task.value }
        let end = ContinuousClock.now + .seconds(seconds)
        while ContinuousClock.now < end, state.withLockedValue({ $0.count }) > 0 {
            try? await Task.sleep(for: .milliseconds(20))
        }
    }
}
