import Foundation

/// Runs what blocks on a thread of its own: the few threads that async functions share belong to the code under test.
func onOwnThread<Result: Sendable>(
    _ body: @escaping @Sendable () throws -> Result
) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread { continuation.resume(with: Swift.Result { try body() }) }
    }
}

/// Waits until something holds.
///
/// - Parameter what: names it in the error.
/// - Throws: `WireFault.timedOut`.
public func wait(
    for what: String, seconds: Double = 20, _ holds: @Sendable () throws -> Bool
) async throws {
    let deadline = Deadline(seconds)
    while try !holds() {
        guard !deadline.isOver else { throw WireFault.timedOut(what) }
        try await Task.sleep(for: .milliseconds(10))
    }
}
