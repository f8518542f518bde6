import Diagnostics
import Vocabulary
import Workers

/// What two policies make of one mail.
public struct MailComparisonResult: Sendable {
    /// One recipient for whom the outcome differs.
    public struct Difference: Sendable {
        public let old: Decision
        public let new: Decision

        /// Rules that speak under one policy only, or ask for something under one only; else, as where a refusal has
        /// another text, all that speak.
        public var rules: [String] {
            let (one, other) = (Set(old.rules.map(\.name)), Set(new.rules.map(\.name)))
            var differing = one.symmetricDifference(other)
            for (mine, others) in [(old, new), (new, old)] {
                differing.formUnion(mine.actions.filter { !others.has($0.action) }.map(\.rule))
            }
            return (differing.isEmpty ? one.union(other) : differing).sorted()
        }

        /// What is said or done under the old policy only, as the policy writes it.
        public var gone: [String] { Self.asked(by: old, notBy: new) }

        /// What is said or done under the new policy only.
        public var added: [String] { Self.asked(by: new, notBy: old) }

        private static func asked(by one: Decision, notBy other: Decision) -> [String] {
            let refusal = one.reason == other.reason ? nil : one.reason
            return (refusal.map { ["reject \(PolicyText.quoted($0))"] } ?? [])
                + one.actions.filter { !other.has($0.action) }.map(\.action.summary)
        }
    }

    public let mail: String
    public let differences: [Difference]
    /// Why it could not be read or judged.
    public let fault: String?
}

/// Two policies run over the same stored mails.
public final class MailComparison: Sendable {
    private let mails: MailRun<MailComparisonResult>

    public init(old: WorkerPool, new: WorkerPool, request: DecideRequest, limits: MailLimits = MailLimits()) {
        mails = MailRun(pools: [old, new]) { try Self.compare($0, old, new, request, limits) }
    }

    /// Judges every mail under both policies and hands out the results in the walk's order.
    ///
    /// - Throws: `WorkerError` when no worker can be started any more.
    public func run(_ walk: MailWalk, emit: (MailComparisonResult) -> Void) throws(WorkerError) {
        try mails.run(walk, emit: emit)
    }

    /// Ends the run soon. Safe from any thread.
    public func cancel() { mails.cancel() }

    /// Whether `cancel` was called.
    public var isCancelled: Bool { mails.isCancelled }

    private static func compare(
        _ item: MailItem, _ old: WorkerPool, _ new: WorkerPool, _ request: DecideRequest, _ limits: MailLimits
    ) throws -> MailComparisonResult {
        func failed(_ reason: String) -> MailComparisonResult {
            MailComparisonResult(mail: item.name, differences: [], fault: reason)
        }
        switch item {
        case .unreadable(let fault): return failed(fault.reason)
        case .mail(let mail):
            do {
                let bytes = try mail.read(limits: limits)
                let decisions = try (old.decide(bytes, request).decisions, new.decide(bytes, request).decisions)
                let differences = zip(decisions.0, decisions.1).filter { !areAlike($0, $1) }
                return MailComparisonResult(
                    mail: item.name,
                    differences: differences.map { MailComparisonResult.Difference(old: $0, new: $1) }, fault: nil)
            } catch let fault as FileFault {
                return failed(fault.reason)
            } catch let error as WorkerError where error.code == .unprocessable {
                return failed(error.reason)
            }
        }
    }

    /// What becomes of the mail, whoever asked for it.
    private static func areAlike(_ old: Decision, _ new: Decision) -> Bool {
        old.disposition == new.disposition && old.areas == new.areas && old.reason == new.reason
            && old.actions.map(\.action) == new.actions.map(\.action)
    }
}

extension Decision {
    fileprivate func has(_ action: Action) -> Bool { actions.contains { $0.action == action } }
}
