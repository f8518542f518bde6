import Synchronization
import Workers

/// Mails judged by pools of workers, as many at once as a pool has, with the results in the walk's order.
///
/// What dry-runs and comparisons share: how a run goes on, how it is ended early, and what ends it for good.
final class MailRun<Output: Sendable>: Sendable {
    private let pools: [WorkerPool]
    private let judge: @Sendable (MailItem) throws -> Output
    private let fatal = Mutex<WorkerError?>(nil)
    private let stop = Mutex<(@Sendable () -> Void)?>(nil)
    private let isStopped = Mutex(false)

    /// - Parameters:
    ///   - pools: all that `judge` asks; the first sets how many mails are judged at once.
    ///   - judge: makes a result of everything that goes wrong with one mail; what it throws ends the run.
    init(pools: [WorkerPool], judge: @escaping @Sendable (MailItem) throws -> Output) {
        self.pools = pools
        self.judge = judge
    }

    /// Judges every mail of the walk and hands out the results on the calling thread.
    ///
    /// - Throws: `WorkerError` when the run cannot go on; the end by `cancel` is none.
    func run(_ walk: MailWalk, emit: (Output) -> Void) throws(WorkerError) {
        var walk = walk
        let jobs = pools.first?.size ?? 1
        let work = OrderedWork<MailItem, Output?>(
            window: jobs * 16, next: { walk.next() }, work: { [self] in result(of: $0) })
        stop.withLock { $0 = { work.cancel() } }
        if isCancelled { work.cancel() }
        work.run(jobs: jobs) { result in
            if let result { emit(result) } else { work.cancel() }
        }
        stop.withLock { $0 = nil }
        if let error = fatal.withLock({ $0 }), error.code != .cancelled { throw error }
    }

    /// Ends the run soon; what was done has been handed out. Safe from any thread.
    func cancel() {
        isStopped.withLock { $0 = true }
        stop.withLock { $0 }?()
        for pool in pools { pool.stop() }
    }

    /// Whether `cancel` was called: mails may be left that nobody judged.
    var isCancelled: Bool { isStopped.withLock { $0 } }

    /// `nil` when the run cannot go on.
    private func result(of item: MailItem) -> Output? {
        do {
            return try judge(item)
        } catch {
            fatal.withLock { $0 = $0 ?? error as? WorkerError }
            return nil
        }
    }
}
