/// Why the pool has no answer.
public struct WorkerError: Error, Equatable, Sendable {
    public enum Code: String, Sendable {
        /// No worker could be started: the environment is at fault.
        case unavailable
        /// The worker refused its configuration, such as a bundle that does not verify.
        case refused
        /// Two workers failed on this message, or it is larger than a request may be.
        case unprocessable
        /// The pool was told to stop.
        case cancelled
    }

    public let code: Code
    /// In words, without a full stop.
    public let reason: String
    /// Somebody ended the worker by a signal while it started; the next may fare better.
    let isKilledWorker: Bool

    public init(_ code: Code, _ reason: String) { self.init(code, reason, isKilledWorker: false) }

    init(_ code: Code, _ reason: String, isKilledWorker: Bool) {
        self.code = code
        self.reason = reason
        self.isKilledWorker = isKilledWorker
    }

    /// Equal codes: the reason is for people.
    public static func == (left: WorkerError, right: WorkerError) -> Bool { left.code == right.code }
}

extension WorkerError: CustomStringConvertible {
    public var description: String { reason }
}
