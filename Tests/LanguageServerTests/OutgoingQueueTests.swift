import Dispatch
import Foundation
import Lexical
import Synchronization
import Testing

@testable import LanguageServer

/// Messages on their way to somebody who reads when it pleases them.
@Suite struct OutgoingQueueTests {
    /// A reader that takes nothing until it is told to.
    private final class SlowReader: Sendable {
        let gate = DispatchSemaphore(value: 0)
        let taken = Mutex<[[UInt8]]>([])
        let hasGone = Mutex(false)
        let ends = Mutex<[Bool]>([])

        func queue(bound: Int) -> OutgoingQueue {
            OutgoingQueue(
                bound: bound,
                write: { frame in
                    self.gate.wait()
                    if self.hasGone.withLock({ $0 }) { return false }
                    self.taken.withLock { $0.append(frame) }
                    return true
                },
                whenClosed: { isWhole in self.ends.withLock { $0.append(isWhole) } })
        }
    }

    private func isDone(within milliseconds: Int, _ work: @escaping @Sendable () -> Void) -> Bool {
        let done = DispatchSemaphore(value: 0)
        Thread.detachNewThread {
            work()
            done.signal()
        }
        return done.wait(timeout: .now() + .milliseconds(milliseconds)) == .success
    }

    @Test func thereIsRoomUpToTheBoundAndNoneBeyondIt() {
        let reader = SlowReader()
        let queue = reader.queue(bound: 4)
        queue.put([[1, 2], [3, 4]])
        #expect(isDone(within: 60_000) { queue.waitForRoom() })
        queue.put([[5]])
        #expect(!isDone(within: 200) { queue.waitForRoom() })
        // What leads to one message may lead to more: nobody who puts ever waits.
        #expect(isDone(within: 60_000) { queue.put([[6], [7]]) })
        for _ in 0..<2 { reader.gate.signal() }
        #expect(isDone(within: 60_000) { queue.waitForRoom() })
        for _ in 0..<3 { reader.gate.signal() }
        #expect(queue.drain(within: 60))
        #expect(reader.taken.withLock { $0 } == [[1, 2], [3, 4], [5], [6], [7]])
    }

    @Test func aReaderThatHasGoneHoldsNobodyUp() {
        let reader = SlowReader()
        let queue = reader.queue(bound: 0)
        queue.put([[1], [2]])
        reader.hasGone.withLock { $0 = true }
        reader.gate.signal()
        #expect(isDone(within: 60_000) { queue.waitForRoom() })
        queue.put([[3]])
        #expect(!queue.drain(within: 60))
        #expect(reader.taken.withLock { $0 }.isEmpty)
    }

    @Test func whoeverEndsWaitsForTheReaderOnlySoLong() {
        let reader = SlowReader()
        let queue = reader.queue(bound: 9)
        queue.put([[1]])
        #expect(!queue.drain(within: 0))
        queue.put([[2]])
        reader.gate.signal()
        #expect(queue.drain(within: 60))
        #expect(reader.taken.withLock { $0 } == [[1]])
    }

    /// An editor that reads on has its time; one that does not is left at its end.
    @Test func anEditorHasTimeToReadWhatIsLeft() {
        func isRead(within seconds: Int) -> Bool {
            let queue = OutgoingQueue(
                bound: 100,
                write: { _ in
                    usleep(300_000)
                    return true
                }, whenClosed: { _ in })
            queue.put([[1]])
            return queue.drain(within: seconds)
        }
        #expect(isRead(within: EditorLimits().drainSeconds))
        #expect(!isRead(within: 0))
        #expect(EditorLimits().drainSeconds == 10)
    }

    @Test func theServerReadsNoMoreThanItsBoundWhileNobodyReadsIt() {
        var limits = EditorLimits()
        limits.waitingBytes = 10_000
        let reads = Mutex(0)
        let gate = DispatchSemaphore(value: 0)
        let written = Mutex(0)
        let server = EditorServer(
            files: DiskFiles(), modulePaths: [], patterns: PatternLibrary(), version: "1", limits: limits)
        let request = Array(#"{"jsonrpc":"2.0","id":1,"method":"workspace/symbol","params":{}}"#.utf8)
        let last = 1000
        let ended = DispatchSemaphore(value: 0)
        Thread.detachNewThread {
            _ = server.run(
                read: {
                    let count = reads.withLock { reads in
                        reads += 1
                        return reads
                    }
                    return count <= last ? FrameWriter.frame(request) : nil
                },
                write: { _ in
                    gate.wait()
                    written.withLock { $0 += 1 }
                })
            ended.signal()
        }
        Thread.sleep(forTimeInterval: 0.5)
        let most = limits.waitingBytes / request.count + 4
        #expect(reads.withLock { $0 } <= most)
        for _ in 0..<last { gate.signal() }
        #expect(ended.wait(timeout: .now() + 60) == .success)
        #expect(written.withLock { $0 } == last)
    }
}
