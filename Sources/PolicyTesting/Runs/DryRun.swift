import Synchronization
import Vocabulary
import Workers

/// What a dry-run made of one mail.
public struct DryRunResult: Sendable {
    public enum Outcome: Sendable {
        case judged(Judgement)
        /// The file could not be read.
        case unreadable(String)
        /// Two workers failed on it.
        case unprocessable(String)
    }

    public let mail: String
    public let outcome: Outcome
    /// From reading the file to the last decision.
    public let elapsedMicroseconds: Int

    public init(mail: String, outcome: Outcome, elapsedMicroseconds: Int) {
        self.mail = mail
        self.outcome = outcome
        self.elapsedMicroseconds = elapsedMicroseconds
    }

    /// Whether the run may not end as if nothing had been wrong.
    public var isFault: Bool {
        switch outcome {
        case .judged(let judgement): judgement.decisions.contains { $0.trap != nil }
        case .unreadable, .unprocessable: true
        }
    }
}

/// A policy tried on stored mails: nothing is delivered, held or written but the results.
public final class DryRun: Sendable {
    private let pool: WorkerPool
    private let request: DecideRequest
    private let limits: MailLimits
    private let fatal = Mutex<WorkerError?>(nil)
    private let stop = Mutex<(@Sendable () -> Void)?>(nil)
    private let isStopped = Mutex(false)

    public init(pool: WorkerPool, request: DecideRequest, limits: MailLimits = MailLimits()) {
        self.pool = pool
        self.request = request
        self.limits = limits
    }

    /// Judges every mail of the walk, as many at once as the pool has workers, and hands out the results in the
    /// walk's order.
    ///
    /// - Throws: `WorkerError` when no worker can be started any more. A mail that cannot be read or judged is a
    ///   result, not an error, and so is the end by `cancel`.
    public func run(_ walk: MailWalk, emit: (DryRunResult) -> Void) throws(WorkerError) {
        var walk = walk
        let work = OrderedWork<MailItem, DryRunResult?>(
            window: pool.size * 16, next: { walk.next() }, work: { [self] in judge($0) })
        stop.withLock { $0 = { work.cancel() } }
        if isStopped.withLock({ $0 }) { work.cancel() }
        work.run(jobs: pool.size) { result in
            if let result { emit(result) } else { work.cancel() }
        }
        stop.withLock { $0 = nil }
        if let error = fatal.withLock({ $0 }), error.code != .cancelled { throw error }
    }

    /// Ends the run soon; what was done has been handed out. Safe from any thread.
    public func cancel() {
        isStopped.withLock { $0 = true }
        stop.withLock { $0 }?()
        pool.stop()
    }

    /// Whether `cancel` was called: mails may be left that nobody judged.
    public var isCancelled: Bool { isStopped.withLock { $0 } }

    /// `nil` when the run cannot go on.
    private func judge(_ item: MailItem) -> DryRunResult? {
        let clock = ContinuousClock()
        let start = clock.now
        let outcome: DryRunResult.Outcome
        switch item {
        case .unreadable(let fault): outcome = .unreadable(fault.reason)
        case .mail(let mail):
            do {
                outcome = .judged(try pool.decide(try mail.read(limits: limits), request))
            } catch let fault as FileFault {
                outcome = .unreadable(fault.reason)
            } catch let error as WorkerError where error.code == .unprocessable {
                outcome = .unprocessable(error.reason)
            } catch {
                fatal.withLock { $0 = $0 ?? error as? WorkerError }
                return nil
            }
        }
        return DryRunResult(
            mail: item.name, outcome: outcome,
            elapsedMicroseconds: (clock.now - start).wholeMicroseconds)
    }
}
