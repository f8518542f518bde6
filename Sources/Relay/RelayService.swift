import Foundation
import MailProtocols
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import Operation
import Quarantine
import Workers

/// The relay: listens, judges, sends, and works off its queues until it is stopped.
///
/// Purpose: lose nothing, let nothing pass unjudged. Takes: settings, a store, the programs in force. Fails: when no
/// listener can be had. Limits: `RelayLimits`. Must not import: anything that parses mail.
public final class RelayService: Sendable {
    public let programs: ActivePrograms
    private let settings: RelaySettings
    private let store: any MailStore
    private let log: RelayLog
    private let group: MultiThreadedEventLoopGroup
    private let threads: NIOThreadPool
    private let sessions = SessionRegister()

    public init(
        _ settings: RelaySettings, store: any MailStore, programs: ActivePrograms, workers: Int,
        log: @escaping RelayLog
    ) {
        self.settings = settings
        self.store = store
        self.programs = programs
        self.log = log
        group = MultiThreadedEventLoopGroup(numberOfThreads: System.coreCount)
        threads = NIOThreadPool(numberOfThreads: max(2, settings.limits.messagesUnderWay))
        threads.start()
    }

    /// Listens everywhere and starts on the queues.
    ///
    /// - Returns: where it listens: with the ports that the system chose where the settings leave them open.
    /// - Throws: why a place cannot be had, or a certificate not be read; nothing is left running then.
    public func start() async throws -> [String: SocketPlace] {
        let limits = settings.limits
        let deliberator = Deliberator(
            programs: programs, threads: threads, limits: limits, hostName: settings.hostName)
        let hops = HopDirectory(
            usual: settings.nextHop, routes: settings.routes, hostName: settings.hostName,
            sockets: Sockets(group: group), limits: limits)
        let lanes = Lanes(
            all: Gate(permits: limits.messagesUnderWay, waitingLimit: limits.sessions, loops: group),
            slow: Gate(permits: limits.slowLane, waitingLimit: limits.sessions, loops: group))
        let desk = MessageDesk(
            deliberator: deliberator, hops: hops, store: store, limits: limits, log: log, lanes: lanes)
        let memory = MemoryBudget(bytes: limits.memoryBytes)
        let directory = OrganisationDirectory(settings.organisations)
        var places: [String: SocketPlace] = [:]
        do {
            for listener in settings.listeners {
                let context = try ListenerContext(
                    listener, relay: settings, directory: directory, desk: desk, memory: memory)
                places[listener.name] = try await listen(context)
            }
        } catch {
            await stop(within: 0)
            throw error
        }
        let sessions = sessions
        let runner = QueueRunner(
            store: store, deliberator: deliberator, directory: directory, hops: hops, limits: limits, log: log,
            isStopping: { sessions.isStopping })
        sessions.keep(Task { await runner.run() })
        return places
    }

    private func listen(_ context: ListenerContext) async throws -> SocketPlace {
        let sessions = sessions
        let limit = settings.limits.sessions
        let channel = try await Sockets(group: group).listen(at: context.settings.address) { wire in
            guard sessions.begin(upTo: limit) else {
                var busy = wire.channel.allocator.buffer(capacity: 64)
                busy.writeBytes(Reply(421, EnhancedStatus(4, 3, 2), "too many connections; try again later").wire)
                wire.channel.writeAndFlush(busy).whenComplete { _ in wire.close() }
                return
            }
            Task {
                var session = MailSession(wire, context)
                await session.run()
                sessions.end()
            }
        }
        sessions.keep(channel, context)
        if case .network(let host, _) = context.settings.address, let port = channel.localAddress?.port {
            return .network(host: host, port: port)
        }
        return context.settings.address
    }

    /// Takes no new connection, lets each session end its message, and ends.
    ///
    /// - Parameter seconds: for which messages under way are waited for. What is cut off is the sender's still.
    public func stop(within seconds: Int) async {
        await sessions.stop(within: seconds)
        try? await threads.shutdownGracefully()
        try? await group.shutdownGracefully()
    }
}

/// What is open: listeners, sessions, the runner of the queues.
private final class SessionRegister: Sendable {
    private struct State {
        var listeners: [(channel: any Channel, context: ListenerContext)] = []
        var tasks: [Task<Void, Never>] = []
        var count = 0
        var isStopping = false
    }

    private let state = NIOLockedValueBox(State())

    var isStopping: Bool { state.withLockedValue { $0.isStopping } }

    func keep(_ channel: any Channel, _ context: ListenerContext) {
        state.withLockedValue { $0.listeners.append((channel, context)) }
    }

    func keep(_ task: Task<Void, Never>) { state.withLockedValue { $0.tasks.append(task) } }

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
        for (channel, context) in listeners {
            context.stop()
            try? await channel.close()
        }
        for task in tasks { task.cancel() }
        for task in tasks { await task.value }
        let end = ContinuousClock.now + .seconds(seconds)
        while ContinuousClock.now < end, state.withLockedValue({ $0.count }) > 0 {
            try? await Task.sleep(for: .milliseconds(20))
        }
    }
}
