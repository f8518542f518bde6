import Synchronization
import Vocabulary
import Workers

/// What two policies make of one mail.
public struct MailComparisonResult: Sendable {
    /// One recipient for whom the outcome differs.
    public struct Difference: Sendable {
        public let old: Decision
        public let new: Decision

        /// Rules that speak under one policy only.
        public var rules: [String] {
            let (one, other) = (Set(old.rules.map(\.name)), Set(new.rules.map(\.name)))
            return one.symmetricDifference(other).sorted()
        }
    }

    public let mail: String
    public let differences: [Difference]
    /// Why it could not be read or judged.
    public let fault: String?
}

/// Two policies run over the same stored mails.
public final class MailComparison: Sendable {
    private let pools: (old: WorkerPool, new: WorkerPool)
    private let request: DecideRequest
    private let limits: MailLimits
    private let fatal = Mutex<WorkerError?>(nil)
    private let stop = Mutex<(@Sendable () -> Void)?>(nil)
    private let isStopped = Mutex(false)

    public init(old: WorkerPool, new: WorkerPool, request: DecideRequest, limits: MailLimits = MailLimits()) {
        pools = (old, new)
        self.request = request
        self.limits = limits
    }

    /// Judges every mail under both policies and hands out the results in the walk's order.
    ///
    /// - Throws: `WorkerError` when no worker can be started any more.
    public func run(_ walk: MailWalk, emit: (MailComparisonResult) -> Void) throws(WorkerError) {
        var walk = walk
        let work = OrderedWork<MailItem, MailComparisonResult?>(
            window: pools.old.size * 16, next: { walk.next() }, work: { [self] in compare($0) })
        stop.withLock { $0 = { work.cancel() } }
        if isStopped.withLock({ $0 }) { work.cancel() }
        work.run(jobs: pools.old.size) { result in
            if let result { emit(result) } else { work.cancel() }
        }
        stop.withLock { $0 = nil }
        if let error = fatal.withLock({ $0 }), error.code != .cancelled { throw error }
    }

    /// Ends the run soon. Safe from any thread.
    public func cancel() {
        isStopped.withLock { $0 = true }
        stop.withLock { $0 }?()
        pools.old.stop()
        pools.new.stop()
    }

    /// Whether `cancel` was called.
    public var isCancelled: Bool { isStopped.withLock { $0 } }

    private func compare(_ item: MailItem) -> MailComparisonResult? {
        guard case .mail(let mail) = item else {
            if case .unreadable(let fault) = item { return failed(item, fault.reason) }
            return failed(item, "unreadable")
        }
        do {
            let bytes = try mail.read(limits: limits)
            let old = try pools.old.decide(bytes, request)
            let new = try pools.new.decide(bytes, request)
            let differences = zip(old.decisions, new.decisions).filter { !Self.areAlike($0, $1) }
            return MailComparisonResult(
                mail: item.name,
                differences: differences.map { MailComparisonResult.Difference(old: $0, new: $1) }, fault: nil)
        } catch let fault as FileFault {
            return failed(item, fault.reason)
        } catch let error as WorkerError where error.code == .unprocessable {
            return failed(item, error.reason)
        } catch {
            fatal.withLock { $0 = $0 ?? error as? WorkerError }
            return nil
        }
    }

    private func failed(_ item: MailItem, _ reason: String) -> MailComparisonResult {
        MailComparisonResult(mail: item.name, differences: [], fault: reason)
    }

    /// What becomes of the mail, whoever asked for it.
    private static func areAlike(_ old: Decision, _ new: Decision) -> Bool {
        old.disposition == new.disposition && old.areas == new.areas && old.reason == new.reason
            && old.actions.map(\.action) == new.actions.map(\.action)
    }
}
