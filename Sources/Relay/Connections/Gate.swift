import NIOConcurrencyHelpers
import NIOCore

/// So many permits; who finds none waits its turn, first come, first served.
final class Gate: Sendable {
    private struct Waiter {
        var number: Int
        var permits: Int
        var promise: EventLoopPromise<Void>
    }

    private struct State {
        var free: Int
        var waiters: [Waiter] = []
        var next = 0
    }

    private let state: NIOLockedValueBox<State>
    private let loops: any EventLoopGroup
    /// Who waits beside them is turned away.
    private let waitingLimit: Int

    struct Closed: Error {}

    init(permits: Int, waitingLimit: Int, loops: any EventLoopGroup) {
        state = NIOLockedValueBox(State(free: permits))
        self.loops = loops
        self.waitingLimit = waitingLimit
    }

    /// Takes permits, all or none.
    ///
    /// - Returns: whether they were had in time.
    func enter(_ permits: Int = 1, until deadline: NIODeadline) async -> Bool {
        let promise = loops.any().makePromise(of: Void.self)
        let number: Int? = state.withLockedValue { state in
            if state.waiters.isEmpty, state.free >= permits {
                state.free -= permits
                promise.succeed()
                return nil
            }
            guard state.waiters.count < waitingLimit else {
                promise.fail(Closed())
                return nil
            }
            state.next += 1
            state.waiters.append(Waiter(number: state.next, permits: permits, promise: promise))
            return state.next
        }
        var timer: Scheduled<Void>?
        if let number {
            timer = promise.futureResult.eventLoop.scheduleTask(deadline: deadline) { [self] in giveUp(number) }
        }
        defer { timer?.cancel() }
        return (try? await promise.futureResult.get()) != nil
    }

    func leave(_ permits: Int = 1) {
        let ready: [Waiter] = state.withLockedValue { state in
            state.free += permits
            var ready: [Waiter] = []
            while let first = state.waiters.first, first.permits <= state.free {
                state.free -= first.permits
                ready.append(state.waiters.removeFirst())
            }
            return ready
        }
        for waiter in ready { waiter.promise.succeed() }
    }

    private func giveUp(_ number: Int) {
        let waiter: Waiter? = state.withLockedValue { state in
            guard let index = state.waiters.firstIndex(where: { $0.number == number }) else { return nil }
            return state.waiters.remove(at: index)
        }
        waiter?.promise.fail(Closed())
    }
}

/// Bytes of messages in memory.
final class MemoryBudget: Sendable {
    private let free: NIOLockedValueBox<Int>

    init(bytes: Int) { free = NIOLockedValueBox(bytes) }

    /// - Returns: whether there was room.
    func take(_ bytes: Int) -> Bool {
        free.withLockedValue { free in
            guard free >= bytes else { return false }
            free -= bytes
            return true
        }
    }

    func giveBack(_ bytes: Int) { free.withLockedValue { $0 += bytes } }
}
