import TestSupport
import Workers

extension ScriptWorker {
    /// A pool of the script, with deadlines for tests.
    func pool(size: Int = 1, _ change: (inout WorkerLimits) -> Void = { _ in }) -> WorkerPool {
        var limits = WorkerLimits()
        limits.messageSeconds = 20
        limits.startSeconds = 60
        change(&limits)
        return WorkerPool(executable: path, size: size, configuration: WorkerConfiguration(limits: limits))
    }
}
