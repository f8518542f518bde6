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
    public let meters = RelayMeters()
    private let store: any MailStore
    private let log: RelayLog
    private let group: MultiThreadedEventLoopGroup
    private let threads: NIOThreadPool
    private let sessions = SessionRegister()
    private let assembly: NIOLockedValueBox<Assembly>

    /// What follows from the settings; each session and each message asks once.
    private struct Assembly {
        var contexts: [String: ListenerContext]
        var runner: QueueRunner
        var sessionLimit: Int
    }

    /// Prepares everything; nothing listens yet.
    ///
    /// - Throws: why a certificate cannot be read.
    public init(
        _ settings: RelaySettings, store: any MailStore, programs: ActivePrograms, log: @escaping RelayLog
    ) throws {
        self.store = store
        self.programs = programs
        self.log = log
        group = MultiThreadedEventLoopGroup(numberOfThreads: System.coreCount)
        threads = NIOThreadPool(numberOfThreads: max(2, settings.limits.messagesUnderWay))
        threads.start()
        assembly = NIOLockedValueBox(
            try Self.assemble(
                settings, store: store, programs: programs, log: log, group: group, threads: threads, meters: meters,
                sessions: sessions))
    }

    private static func assemble(
        _ settings: RelaySettings, store: any MailStore, programs: ActivePrograms, log: @escaping RelayLog,
        group: MultiThreadedEventLoopGroup, threads: NIOThreadPool, meters: RelayMeters, sessions: SessionRegister
    ) throws -> Assembly {
        let limits = settings.limits
        let deliberator = Deliberator(programs: programs, threads: threads, limits: limits)
        let hops = HopDirectory(
            usual: settings.nextHop, routes: settings.routes, hostName: settings.hostName,
            sockets: Sockets(group: group), limits: limits)
        let lanes = Lanes(
            all: Gate(permits: limits.messagesUnderWay, waitingLimit: limits.sessions, loops: group),
            slow: Gate(permits: limits.slowLane, waitingLimit: limits.sessions, loops: group))
        let desk = MessageDesk(
            deliberator: deliberator, hops: hops, store: store, limits: limits, log: log, lanes: lanes, meters: meters)
        let memory = MemoryBudget(bytes: limits.memoryBytes)
        let directory = OrganisationDirectory(settings.organisations)
        let contexts = try settings.listeners.map { listener in
            try ListenerContext(listener, relay: settings, directory: directory, desk: desk, memory: memory)
        }
        let runner = QueueRunner(
            store: store, deliberator: deliberator, hops: hops, limits: limits, log: log,
            isStopping: { sessions.isStopping })
        return Assembly(
            contexts: Dictionary(contexts.map { ($0.settings.name, $0) }, uniquingKeysWith: { $1 }), runner: runner,
            sessionLimit: limits.sessions)
    }

    /// Listens everywhere and starts on the queues.
    ///
    /// - Parameter inherited: descriptors of sockets that are open already, by listener.
    /// - Returns: where it listens: with the ports that the system chose where the settings leave them open.
    /// - Throws: why a place cannot be had; nothing is left running then.
    public func start(inherited: [String: Int32] = [:]) async throws -> [String: SocketPlace] {
        var places: [String: SocketPlace] = [:]
        do {
            for context in assembly.withLockedValue({ Array($0.contexts.values) }) {
                places[context.settings.name] = try await listen(
                    context.settings, descriptor: inherited[context.settings.name])
            }
        } catch {
            await stop(within: 0)
            throw error
        }
        let assembly = assembly
        let sessions = sessions
        sessions.keep(
            Task {
                while !sessions.isStopping, !Task.isCancelled {
                    await assembly.withLockedValue { $0.runner }.turnOrRest()
                }
            })
        return places
    }

    /// Takes over settings for what begins from now on: other listeners need a restart.
    ///
    /// - Throws: why a certificate cannot be read; the old settings are then in force still.
    public func adopt(_ settings: RelaySettings) throws {
        let made = try Self.assemble(
            settings, store: store, programs: programs, log: log, group: group, threads: threads, meters: meters,
            sessions: sessions)
        let old = assembly.withLockedValue { assembly in
            let old = assembly
            assembly = made
            return old
        }
        for context in old.contexts.values { context.retire() }
    }

    private func listen(_ settings: ListenerSettings, descriptor: Int32?) async throws -> SocketPlace {
        let name = settings.name
        let channel = try await Sockets(group: group).listen(at: settings.address, descriptor: descriptor) {
            [self] wire in
            admit(wire, at: name)
        }
        sessions.keep(channel)
        if case .network(let host, _) = settings.address, let port = channel.localAddress?.port {
            return .network(host: host, port: port)
        }
        return settings.address
    }

    private func admit(_ wire: Wire, at listener: String) {
        let (context, limit) = assembly.withLockedValue { ($0.contexts[listener], $0.sessionLimit) }
        guard let context, sessions.begin(upTo: limit) else {
            meters.sessionRefused()
            let reply = Reply(421, EnhancedStatus(4, 3, 2), "too many connections; try again later")
            let busy = ByteBuffer(bytes: reply.wire)
            wire.channel.eventLoop.execute {
                wire.channel.writeAndFlush(busy).whenComplete { _ in wire.close() }
            }
            return
        }
        meters.sessionBegan(listener)
        Task {
            var session = MailSession(wire, context, isStopping: { [sessions] in sessions.isStopping })
            await session.run()
            sessions.end()
            meters.sessionEnded(listener)
        }
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
