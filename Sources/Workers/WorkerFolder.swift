import Foundation
import Glibc

/// The folder for one worker's temporary files, removed with all that is in it when the worker is gone.
///
/// The worker may be killed at any moment, so the cleaning is ours. Nothing in it is followed: a link that a worker
/// left there is removed, not what it names.
final class WorkerFolder: Sendable {
    let path: String

    /// - Throws: `WorkerError.unavailable` when no folder can be made.
    init() throws(WorkerError) {
        let parent = ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"
        var template = Array((parent + "/lazaret-worker-XXXXXX").utf8CString)
        guard mkdtemp(&template) != nil else {
            throw WorkerError(
                .unavailable, "no folder for temporary files in \(parent): \(String(cString: strerror(errno)))")
        }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
