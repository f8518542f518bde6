import Foundation

/// Work on many items with several threads, whose results come out in the order the items went in.
///
/// Bounded: at most `window` items are finished or under way before the oldest of them is handed out, so that one slow
/// mail does not gather the results of a whole archive in memory.
public final class OrderedWork<Item: Sendable, Output: Sendable>: @unchecked Sendable {
    // Unchecked: `next` is called under `source` alone, everything that changes is touched under `condition` alone.
    private let source = NSLock()
    private let condition = NSCondition()
    private let next: () -> Item?
    private let work: @Sendable (Item) -> Output
    private var isAtEnd = false
    private var isCancelled = false
    private var taken = 0
    private var handedOut = 0
    private var finished: [Int: Output] = [:]
    private let window: Int

    /// - Parameters:
    ///   - next: called on one thread at a time.
    ///   - work: called on several threads at once.
    public init(window: Int, next: @escaping () -> Item?, work: @escaping @Sendable (Item) -> Output) {
        self.window = max(1, window)
        self.next = next
        self.work = work
    }

    /// Runs with `jobs` threads and hands each result to `emit` on the calling thread, in order.
    ///
    /// Returns when all is done, or soon after `cancel`: then what was finished in unbroken order has been handed out.
    public func run(jobs: Int, emit: (Output) -> Void) {
        for _ in 0..<max(1, jobs) {
            let thread = Thread { [self] in drudge() }
            // Decoding nested JSON of a large tree takes more than the half megabyte of a secondary thread.
            thread.stackSize = 8 << 20
            thread.start()
        }
        while let output = waitForNext() { emit(output) }
    }

    /// No further item is begun. Safe from any thread.
    public func cancel() {
        condition.lock()
        isCancelled = true
        condition.broadcast()
        condition.unlock()
    }

    private func waitForNext() -> Output? {
        condition.lock()
        defer { condition.unlock() }
        while true {
            if let output = finished.removeValue(forKey: handedOut) {
                handedOut += 1
                condition.broadcast()
                return output
            }
            if isCancelled || (isAtEnd && handedOut == taken) { return nil }
            condition.wait()
        }
    }

    private func drudge() {
        while let (index, item) = take() {
            let output = work(item)
            condition.lock()
            finished[index] = output
            condition.broadcast()
            condition.unlock()
        }
    }

    /// `next` may wait long (paths typed on a pipe), so it is called without the lock that results need.
    private func take() -> (Int, Item)? {
        source.lock()
        defer { source.unlock() }
        condition.lock()
        while !isCancelled, !isAtEnd, taken - handedOut >= window { condition.wait() }
        let isOver = isCancelled || isAtEnd
        condition.unlock()
        guard !isOver else { return nil }
        let item = next()
        condition.lock()
        defer { condition.unlock() }
        guard let item else {
            isAtEnd = true
            condition.broadcast()
            return nil
        }
        taken += 1
        return (taken - 1, item)
    }
}
