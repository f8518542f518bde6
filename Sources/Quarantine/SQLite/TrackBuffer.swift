/// Collects tracking records, so that many of them cost one commit. One task writes them.
actor TrackBuffer {
    private let limits: StoreLimits
    private let write: @Sendable ([TrackingRecord]) async throws(StoreFault) -> Void
    private var waiting: [TrackingRecord] = []
    /// Waits for more, then writes. Cancelled it doesn't wait.
    private var writer: Task<Void, Never>?
    private var fault: StoreFault?

    init(_ limits: StoreLimits, write: @escaping @Sendable ([TrackingRecord]) async throws(StoreFault) -> Void) {
        self.limits = limits
        self.write = write
    }

    /// The newest records are dropped where too many wait: no promise rests on them.
    func add(_ records: [TrackingRecord]) {
        waiting += records.prefix(max(0, limits.waitingTracks - waiting.count))
        start()
        if waiting.count >= limits.trackBatch, fault == nil { writer?.cancel() }
    }

    func flush() async throws(StoreFault) {
        while let writer {
            writer.cancel()
            await writer.value
            if let fault { throw fault }
        }
    }

    private func start() {
        guard writer == nil, !waiting.isEmpty else { return }
        writer = Task { [milliseconds = limits.trackMilliseconds] in
            try? await Task.sleep(for: .milliseconds(milliseconds))
            await drain()
        }
    }

    private func drain() async {
        let batch = waiting
        waiting = []
        do throws(StoreFault) {
            try await write(batch)
            fault = nil
        } catch {
            fault = error
            waiting = batch + waiting.prefix(max(0, limits.waitingTracks - batch.count))
        }
        writer = nil
        start()
    }
}
