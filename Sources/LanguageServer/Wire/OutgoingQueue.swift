import Foundation

/// What is to be written to one reader, in order, by a thread of its own: whoever has something to say never waits for
/// the reader. Those that read on its behalf wait for room before they take more in.
public final class OutgoingQueue: @unchecked Sendable {
    private let bound: Int
    private let write: @Sendable ([UInt8]) -> Bool
    private let whenClosed: @Sendable (_ isWhole: Bool) -> Void
    /// Guards all that follows; signalled by every change.
    private let condition = NSCondition()
    private var frames: [[UInt8]] = []
    private var waitingBytes = 0
    private var isEnding = false
    /// Nothing can be written any more.
    private var isClosed = false

    /// Makes a queue, and its thread.
    ///
    /// - Parameters:
    ///   - bound: bytes waiting above which there is no room.
    ///   - write: writes one frame and waits for the reader; false when that one has gone.
    ///   - whenClosed: called once on the writing thread behind the last frame, with whether all were written.
    public init(
        bound: Int, write: @escaping @Sendable ([UInt8]) -> Bool,
        whenClosed: @escaping @Sendable (_ isWhole: Bool) -> Void
    ) {
        self.bound = bound
        self.write = write
        self.whenClosed = whenClosed
        Thread.detachNewThread { self.writeAll() }
    }

    /// Puts frames behind those that wait, at once. What is said to a reader that has gone is lost.
    public func put(_ frames: [[UInt8]]) {
        condition.withLock {
            guard !isClosed, !isEnding, !frames.isEmpty else { return }
            self.frames += frames
            waitingBytes += frames.reduce(0) { $0 + $1.count }
            condition.broadcast()
        }
    }

    /// Waits until there is room, or until nobody reads any more.
    public func waitForRoom() {
        condition.withLock {
            while waitingBytes > bound, !isClosed { condition.wait() }
        }
    }

    /// Nothing comes after what was put. The reader sees the end when it has read all that.
    public func end() {
        condition.withLock {
            isEnding = true
            condition.broadcast()
        }
    }

    /// Ends, and waits until all is written; false where it was not in that time.
    public func drain(within seconds: Int) -> Bool {
        end()
        let deadline = Date(timeIntervalSinceNow: TimeInterval(seconds))
        return condition.withLock {
            while !isClosed, condition.wait(until: deadline) {}
            return isClosed && waitingBytes == 0
        }
    }

    private func writeAll() {
        while let batch = next() {
            for frame in batch {
                guard write(frame) else { return close(isWhole: false) }
                condition.withLock {
                    waitingBytes -= frame.count
                    condition.broadcast()
                }
            }
        }
        close(isWhole: true)
    }

    /// What is waiting, once there is anything; nil at the end.
    private func next() -> [[UInt8]]? {
        condition.withLock {
            while frames.isEmpty, !isEnding { condition.wait() }
            defer { frames = [] }
            return frames.isEmpty ? nil : frames
        }
    }

    private func close(isWhole: Bool) {
        condition.withLock {
            frames = []
            isClosed = true
            condition.broadcast()
        }
        whenClosed(isWhole)
    }
}
