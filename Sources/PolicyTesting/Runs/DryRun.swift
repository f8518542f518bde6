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
    private let mails: MailRun<DryRunResult>

    public init(pool: WorkerPool, request: DecideRequest, limits: MailLimits = MailLimits()) {
        mails = MailRun(pools: [pool]) { item in
            let clock = ContinuousClock()
            let start = clock.now
            let outcome = try Self.judge(item, pool, request, limits)
            return DryRunResult(
                mail: item.name, outcome: outcome, elapsedMicroseconds: (clock.now - start).wholeMicroseconds)
        }
    }

    /// Judges every mail of the walk, as many at once as the pool has workers, and hands out the results in the
    /// walk's order.
    ///
    /// - Throws: `WorkerError` when no worker can be started any more. A mail that cannot be read or judged is a
    ///   result, not an error, and so is the end by `cancel`.
    public func run(_ walk: MailWalk, emit: (DryRunResult) -> Void) throws(WorkerError) {
        try mails.run(walk, emit: emit)
    }

    /// Ends the run soon; what was done has been handed out. Safe from any thread.
    public func cancel() { mails.cancel() }

    /// Whether `cancel` was called: mails may be left that nobody judged.
    public var isCancelled: Bool { mails.isCancelled }

    private static func judge(
        _ item: MailItem, _ pool: WorkerPool, _ request: DecideRequest, _ limits: MailLimits
    ) throws -> DryRunResult.Outcome {
        switch item {
        case .unreadable(let fault): return .unreadable(fault.reason)
        case .mail(let mail):
            do {
                return .judged(try pool.decide(try mail.read(limits: limits), request))
            } catch let fault as FileFault {
                return .unreadable(fault.reason)
            } catch let error as WorkerError where error.code == .unprocessable {
                return .unprocessable(error.reason)
            }
        }
    }
}
