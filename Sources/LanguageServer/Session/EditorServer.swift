import Dispatch
import Foundation
import Synchronization
import Vocabulary

/// The language server at work: a reader, the conversation, and checks beside it.
///
/// One thread reads, one answers, one checks. What the conversation holds is touched by its thread only; checks are
/// values that go out and come back through the queue.
public final class EditorServer: Sendable {
    private enum Event: Sendable {
        case message([UInt8])
        case checked(CheckOutcome)
        case closed
        /// The stream is no conversation any more.
        case broken
    }

    private struct Queue {
        private var events: [Event] = []
        /// Where the events that wait begin; moved up once for many.
        private var start = 0
        private(set) var waitingBytes = 0
        var cancelled: Set<String> = []
        var waiting: [String: Int] = [:]

        mutating func append(_ event: Event) {
            events.append(event)
            if case .message(let bytes) = event { waitingBytes += bytes.count }
        }

        mutating func next() -> Event? {
            guard start < events.count else { return nil }
            let event = events[start]
            if case .message(let bytes) = event { waitingBytes -= bytes.count }
            events[start] = .closed
            start += 1
            if start == events.count || start > 1024 && start > events.count / 2 {
                events.removeFirst(start)
                start = 0
            }
            return event
        }
    }

    private let files: any DeskFiles
    private let modulePaths: [String]
    private let patterns: any PatternChecker
    private let suffixes: (any PublicSuffixReader)?
    private let version: String
    private let diagnosticsPage: String?
    private let limits: EditorLimits
    private let queue = Mutex(Queue())
    private let signal = DispatchSemaphore(value: 0)
    /// Signalled when what waits falls below its bound.
    private let room = DispatchSemaphore(value: 0)

    /// Makes a server; nothing is read before `run`.
    public init(
        files: any DeskFiles, modulePaths: [String], patterns: any PatternChecker,
        suffixes: (any PublicSuffixReader)? = nil, version: String,
        diagnosticsPage: String? = nil, limits: EditorLimits = EditorLimits()
    ) {
        self.files = files
        self.modulePaths = modulePaths
        self.patterns = patterns
        self.suffixes = suffixes
        self.version = version
        self.diagnosticsPage = diagnosticsPage
        self.limits = limits
    }

    /// Converses until the editor says `exit` or goes away; gives the exit status: 0 after a `shutdown`, else 1.
    /// `read` gives what has arrived and nil at the end, `write` is called from one thread at a time.
    public func run(read: @escaping @Sendable () -> [UInt8]?, write: ([UInt8]) -> Void) -> Int32 {
        Thread.detachNewThread { self.readAll(read) }
        let session = Session(
            files: files, modulePaths: modulePaths, patterns: patterns, suffixes: suffixes, version: version,
            diagnosticsPage: diagnosticsPage, limits: limits)
        var isChecking = false
        var waiting: [CheckRun] = []
        var dueAt: DispatchTime?
        while true {
            let isInTime = signal.wait(timeout: isChecking ? .distantFuture : dueAt ?? .distantFuture) == .success
            let event = isInTime ? next() : nil
            switch event {
            case .message(let bytes):
                take(bytes, session)
                if !session.due.isEmpty { dueAt = .now() + .milliseconds(limits.checkDelay) }
            case .checked(let outcome):
                isChecking = false
                session.finish(outcome)
                if !session.due.isEmpty { dueAt = dueAt ?? .now() + .milliseconds(limits.checkDelay) }
            case .closed: return session.state == .shutDown ? 0 : 1
            case .broken:
                write(FrameWriter.frame(ServerMessage.fault(.parseError, of: .null)))
                return 1
            case nil: break
            }
            if !isChecking, let time = dueAt, time <= .now() {
                waiting = session.takeDueChecks()
                dueAt = nil
            }
            if !isChecking, !waiting.isEmpty {
                isChecking = true
                start(waiting.removeFirst())
            }
            for message in session.takeOutbox() { write(FrameWriter.frame(message)) }
            if let status = session.exitStatus { return status }
        }
    }

    /// Checks on a thread of its own, with a stack for deep conditions.
    private func start(_ check: CheckRun) {
        let thread = Thread { [patterns, suffixes] in
            let outcome = check.run(patterns, suffixes)
            self.put(.checked(outcome))
        }
        thread.stackSize = 16 << 20
        thread.start()
    }

    private func put(_ event: Event) {
        queue.withLock { $0.append(event) }
        signal.signal()
    }

    private func next() -> Event? {
        let (event, isRoomAgain) = queue.withLock { queue in
            let wasFull = queue.waitingBytes > limits.waitingBytes
            let event = queue.next()
            return (event, wasFull && queue.waitingBytes <= limits.waitingBytes)
        }
        if isRoomAgain { room.signal() }
        return event
    }

    private func waitForRoom() {
        while queue.withLock({ $0.waitingBytes > limits.waitingBytes }) { room.wait() }
    }

    private func readAll(_ read: () -> [UInt8]?) {
        var frames = FrameReader(limits: limits)
        while let bytes = read() {
            frames.append(bytes)
            do {
                while let message = try frames.next() {
                    waitForRoom()
                    arrived(message)
                }
            } catch {
                return put(.broken)
            }
        }
        put(.closed)
    }

    /// Cancellations overtake the requests they mean.
    private func arrived(_ bytes: [UInt8]) {
        if bytes.count < 512, let json = try? JSONReader.read(bytes, nesting: limits.messageNesting),
            json["method"]?.string == "$/cancelRequest", let id = json["params"]?["id"]
        {
            let key = Self.key(id)
            return queue.withLock { if $0.waiting[key] != nil { $0.cancelled.insert(key) } }
        }
        if let id = Self.requestID(bytes) { queue.withLock { $0.waiting[id, default: 0] += 1 } }
        put(.message(bytes))
    }

    /// The id of a small message; the large ones carry texts and are no requests.
    private static func requestID(_ bytes: [UInt8]) -> String? {
        guard bytes.count < 8192, let json = try? JSONReader.read(bytes, nesting: 64), let id = json["id"] else {
            return nil
        }
        return key(id)
    }

    private static func key(_ id: JSON) -> String { String(decoding: id.bytes, as: UTF8.self) }

    private func take(_ bytes: [UInt8], _ session: Session) {
        guard let key = Self.requestID(bytes) else { return session.receive(bytes) }
        let isCancelled = queue.withLock { queue in
            queue.waiting[key] = nil
            return queue.cancelled.remove(key) != nil
        }
        if isCancelled, let json = try? JSONReader.read(bytes, nesting: limits.messageNesting),
            case .request(let id, _, _) = ProtocolMessage(json)
        {
            return session.refuseCancelled(id)
        }
        session.receive(bytes)
    }
}
