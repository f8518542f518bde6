import NIOPosix
import Vocabulary
import Workers

/// The pool's calls wait for a worker, so they run on threads that may wait.
extension ActiveProgram {
    /// - Throws: `WorkerError`.
    func decide(
        _ mail: [UInt8], _ request: DecideRequest, on threads: NIOThreadPool
    ) async throws(WorkerError) -> Judgement {
        try await Self.run(on: threads) { [pool] in try pool.decide(mail, request) }
    }

    /// - Throws: `WorkerError`.
    func rewrite(
        _ mail: [UInt8], _ changes: MessageChanges, on threads: NIOThreadPool
    ) async throws(WorkerError) -> RewrittenMessage {
        try await Self.run(on: threads) { [pool] in try pool.rewrite(mail, changes) }
    }

    private static func run<Answer: Sendable>(
        on threads: NIOThreadPool, _ call: @escaping @Sendable () throws -> Answer
    ) async throws(WorkerError) -> Answer {
        do {
            return try await threads.runIfActive(call)
        } catch {
            throw error as? WorkerError ?? WorkerError(.cancelled, "the relay stops")
        }
    }
}
