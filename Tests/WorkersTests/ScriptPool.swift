import TestSupport
import Workers

extension ScriptWorker {
    /// A pool of the script, with deadlines that a loaded machine does not reach.
    func pool(size: Int = 1, _ change: (inout WorkerLimits) -> Void = { _ in }) -> WorkerPool {
        var limits = WorkerLimits()
        limits.messageSeconds = 200
        limits.startSeconds = 300
        change(&limits)
        return WorkerPool(executable: path, size: size, configuration: WorkerConfiguration(limits: limits))
    }
}
