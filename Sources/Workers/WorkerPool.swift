import Connections
import Foundation
import Glibc
import Synchronization
import Vocabulary

/// A pool of inspection processes.
///
/// Purpose: hostile bytes are parsed in other processes. Takes: mails as bytes, an envelope, what is asked. Gives:
/// reports and judgements. Fails: with a `WorkerError`; a message on which two workers die is *unprocessable*, and
/// says so. Limits: `WorkerLimits`. Must not import: anything that parses mail.
///
/// Calls block. A caller that wants `size` messages under way at once calls from as many threads; more callers than
/// workers wait their turn. Workers are started when they are first needed.
public final class WorkerPool: Sendable {
    public let executable: String
    public let size: Int
    let configuration: WorkerConfiguration
    private let bundle: [UInt8]?
    private let turn = NSCondition()
    private let state = Mutex(State())

    private struct State {
        var idle: [Conversation] = []
        /// Workers that exist, lent ones included.
        var count = 0
        /// Every living process, so that stopping ends also those that other threads are waiting for.
        var children: [ObjectIdentifier: ChildProcess] = [:]
        var isStopped = false
        var engines: [SignatureState] = []
        var walls: [String] = []
    }

    /// Prepares a pool; nothing is started yet.
    ///
    /// Makes this process ignore SIGPIPE, since a worker may die while it is written to.
    ///
    /// - Parameters:
    ///   - bundle: the compiled policy; `nil` for a pool that only inspects.
    public init(
        executable: String, size: Int, bundle: [UInt8]? = nil,
        configuration: WorkerConfiguration = WorkerConfiguration()
    ) {
        self.executable = executable
        self.size = max(1, size)
        self.bundle = bundle
        self.configuration = configuration
        signal(SIGPIPE, SIG_IGN)
    }

    deinit { stop() }

    /// Starts one worker now, so that a bad environment or bundle is known before the first mail.
    ///
    /// - Throws: `WorkerError` as a message would.
    public func warmUp() throws(WorkerError) {
        let worker = try lend()
        giveBack(worker)
    }

    /// The antivirus engines of the workers and the age of their signatures; empty until one was started.
    public var engines: [SignatureState] { state.withLock { $0.engines } }

    /// The walls around the workers: what they can no longer do; empty until one was started.
    public var walls: [String] { state.withLock { $0.walls } }

    /// What is in a mail.
    ///
    /// - Throws: `WorkerError`; `.unprocessable` when two workers failed on it.
    public func inspect(_ mail: [UInt8], withText: Bool) throws(WorkerError) -> InspectionReport {
        let request = Frame(
            kind: .inspect, json: Wire.encode(InspectRequest(withText: withText)), attachment: mail)
        return try exchange(request, for: .report, as: InspectionReport.self).value
    }

    /// What the policy says of a mail.
    ///
    /// - Throws: `WorkerError`; `.unprocessable` when two workers failed on it.
    public func decide(_ mail: [UInt8], _ request: DecideRequest) throws(WorkerError) -> Judgement {
        let frame = Frame(kind: .decide, json: Wire.encode(request), attachment: mail)
        return try exchange(frame, for: .judgement, as: Judgement.self).value
    }

    /// How the engines stand a trial, in a pool that was set up for one.
    ///
    /// - Throws: `WorkerError`; `.unprocessable` when two workers failed.
    public func tryEngines() throws(WorkerError) -> [TriedEngine] {
        try exchange(Frame(kind: .tryEngines, json: []), for: .trial, as: EngineTrialReply.self).value.engines
    }

    /// Ends all workers and returns when they are gone. Calls under way and later ones throw `cancelled`. Safe from any
    /// thread, and more than once.
    public func stop() {
        let children = state.withLock { state in
            state.isStopped = true
            state.idle = []
            return Array(state.children.values)
        }
        for child in children { child.kill() }
        state.withLock { $0.children = [:] }
        turn.lock()
        turn.broadcast()
        turn.unlock()
    }

    // MARK: One message

    /// What a worker answered.
    struct Reply<Value> {
        let value: Value
        /// Bytes beside the JSON.
        let attachment: [UInt8]
    }

    /// Asks one worker, and after its death a second one.
    ///
    /// - Parameters:
    ///   - replyBytes: the most that the reply may have; `nil` for the limit of replies without a message.
    /// - Throws: `WorkerError`; `.unprocessable` when two workers failed, or one says that it cannot.
    func exchange<Value: Decodable>(
        _ request: Frame, for kind: FrameKind, as type: Value.Type, replyBytes: Int? = nil
    ) throws(WorkerError) -> Reply<Value> {
        guard request.bodyBytes <= configuration.limits.requestBytes else {
            let limit = ByteCount(Int64(configuration.limits.requestBytes))
            throw WorkerError(.unprocessable, "larger than \(limit), the most a worker takes")
        }
        var failures: [String] = []
        while failures.count < 2 {
            let worker = try lend()
            let bound = replyBytes ?? configuration.limits.replyBytes
            switch attempt(request, on: worker, for: kind, as: type, replyBytes: bound) {
            case .success(.success(let reply)):
                giveBack(worker)
                return reply
            case .success(.failure(let fault)):
                giveBack(worker)
                throw WorkerError(.unprocessable, fault.reason)
            case .failure(let failure):
                discard(worker)
                if state.withLock({ $0.isStopped }) { throw Self.stopped }
                let complaint = worker.complaint
                failures.append(failure.reason + (complaint.isEmpty ? "" : " (it said: \(Excerpt.of(complaint)))"))
            }
        }
        throw WorkerError(
            .unprocessable, "two workers failed on it: the first \(failures[0]); the second \(failures[1])")
    }

    private func attempt<Value: Decodable>(
        _ request: Frame, on worker: Conversation, for kind: FrameKind, as type: Value.Type, replyBytes: Int
    ) -> Result<Result<Reply<Value>, WorkerFault>, ConversationFailure> {
        let reply: Frame
        do {
            reply = try worker.ask(
                request, within: configuration.limits.messageSeconds, replyBytes: replyBytes)
        } catch {
            return .failure(error)
        }
        if reply.kind == .fault, let fault = Wire.decode(WorkerFault.self, from: reply.json) {
            return .success(.failure(fault))
        }
        guard reply.kind == kind, let answer = Wire.decode(type, from: reply.json) else {
            return .failure(ConversationFailure(reason: "sent a reply that makes no sense"))
        }
        return .success(.success(Reply(value: answer, attachment: reply.attachment)))
    }

    // MARK: Lending

    private static let stopped = WorkerError(.cancelled, "the work was stopped")

    private enum Turn {
        case lent(Conversation)
        case mayStart
        case wait
        case stopped
    }

    /// An idle worker, or a new one while there are fewer than `size`; else waits for one.
    private func lend() throws(WorkerError) -> Conversation {
        turn.lock()
        var next = takeTurn()
        while case .wait = next {
            turn.wait()
            next = takeTurn()
        }
        turn.unlock()
        switch next {
        case .lent(let worker): return worker
        case .mayStart: return try start()
        case .wait, .stopped: throw Self.stopped
        }
    }

    private func takeTurn() -> Turn {
        state.withLock { state in
            if state.isStopped { return .stopped }
            if let worker = state.idle.popLast() { return .lent(worker) }
            guard state.count < size else { return .wait }
            state.count += 1
            return .mayStart
        }
    }

    private func giveBack(_ worker: Conversation) {
        if worker.isSpent { return discard(worker) }
        let isStopped = state.withLock { state in
            if !state.isStopped { state.idle.append(worker) }
            return state.isStopped
        }
        if isStopped { worker.child.kill() }
        wakeOne()
    }

    private func discard(_ worker: Conversation) {
        worker.child.kill()
        state.withLock { state in
            state.count -= 1
            state.children[ObjectIdentifier(worker.child)] = nil
        }
        wakeOne()
    }

    private func wakeOne() {
        turn.lock()
        turn.signal()
        turn.unlock()
    }

    /// Starts and configures one worker. A failure gives the place in the pool back.
    ///
    /// A worker that somebody kills while it starts (the kernel, when memory is short) says nothing of the next one, so
    /// a long run does not end with it.
    private func start() throws(WorkerError) -> Conversation {
        var attempts = 1
        while true {
            do throws(WorkerError) {
                return try startOne()
            } catch {
                if error.isKilledWorker, attempts < configuration.limits.startAttempts {
                    attempts += 1
                    continue
                }
                state.withLock { $0.count -= 1 }
                wakeOne()
                throw error
            }
        }
    }

    private func startOne() throws(WorkerError) -> Conversation {
        let child = try ChildProcess(executable: executable, broker: try broker())
        let isStopped = state.withLock { state in
            if !state.isStopped { state.children[ObjectIdentifier(child)] = child }
            return state.isStopped
        }
        guard !isStopped else { throw Self.stopped }
        let worker = Conversation(child: child, limits: configuration.limits)
        let request = ConfigureRequest(configuration: configuration, hasBundle: bundle != nil)
        let frame = Frame(kind: .configure, json: Wire.encode(request), attachment: bundle ?? [])
        var answer: Result<Frame, WorkerError>
        do throws(ConversationFailure) {
            answer = .success(
                try worker.ask(
                    frame, within: configuration.limits.startSeconds, replyBytes: configuration.limits.replyBytes))
        } catch {
            answer = .failure(failureToStart(error.reason, worker, isKilled: child.wasEndedBySignal))
        }
        if case .success(let reply) = answer, reply.kind == .ready {
            let readiness = Wire.decode(WorkerReadiness.self, from: reply.json)
            if readiness?.release == Release.identity {
                state.withLock {
                    $0.engines = readiness?.engines ?? []
                    $0.walls = readiness?.walls ?? []
                }
                return worker
            }
            answer = .failure(anotherRelease(readiness?.release))
        }
        child.kill()
        let wasStopped = state.withLock { state in
            state.children[ObjectIdentifier(child)] = nil
            return state.isStopped
        }
        if wasStopped { throw Self.stopped }
        let reply = try answer.get()
        if reply.kind == .fault, let fault = Wire.decode(WorkerFault.self, from: reply.json) {
            throw WorkerError(.refused, fault.reason)
        }
        throw failureToStart("did not say that it is ready", worker)
    }

    /// A broker for one worker; `nil` where no engine is in another process.
    private func broker() throws(WorkerError) -> Int32? {
        let servers = configuration.engines.addresses
        guard !servers.isEmpty else { return nil }
        do throws(ConnectionFault) {
            return try ConnectionBroker.start(servers)
        } catch {
            throw WorkerError(.unavailable, error.description)
        }
    }

    private func anotherRelease(_ release: String?) -> WorkerError {
        WorkerError(
            .unavailable,
            "the worker \(executable) belongs to \(release.map { "release \(Excerpt.of($0))" } ?? "an older release"), this "
                + "program to \(Release.identity); use the lazaret-worker that was built with it")
    }

    private func failureToStart(_ reason: String, _ worker: Conversation, isKilled: Bool = false) -> WorkerError {
        let complaint = worker.complaint
        return WorkerError(
            .unavailable,
            "the worker \(executable) \(reason) while starting"
                + (complaint.isEmpty ? "" : "; it said: \(Excerpt.of(complaint))"), isKilledWorker: isKilled)
    }
}
