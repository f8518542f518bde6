import Foundation
import PolicyTesting
import Synchronization
import Testing

@Suite struct OrderedWorkTests {
    @Test(arguments: [1, 2, 8]) func resultsComeInTheOrderOfTheItems(_ jobs: Int) {
        var next = 0
        let work = OrderedWork<Int, Int>(
            window: 5,
            next: {
                next += 1
                return next <= 200 ? next : nil
            },
            work: { item in
                usleep(UInt32(item * 7919 % 500))
                return item * 2
            })
        var seen: [Int] = []
        work.run(jobs: jobs) { seen.append($0) }
        #expect(seen == (1...200).map { $0 * 2 })
    }

    @Test func noMoreThanTheWindowIsUnderWay() {
        let most = Mutex((under: 0, most: 0))
        var next = 0
        let work = OrderedWork<Int, Int>(
            window: 3,
            next: {
                next += 1
                most.withLock { state in
                    state.under += 1
                    state.most = max(state.most, state.under)
                }
                return next <= 50 ? next : nil
            },
            work: { item in
                if item % 10 == 0 { usleep(5000) }
                return item
            })
        work.run(jobs: 8) { _ in most.withLock { $0.under -= 1 } }
        // One more item may be fetched while the last result is on its way out.
        #expect(most.withLock { $0.most } <= 4)
    }

    @Test func cancellingEndsTheRunWithWhatWasDone() {
        var next = 0
        let work = OrderedWork<Int, Int>(
            window: 4,
            next: {
                next += 1
                return next
            }, work: { $0 })
        var seen: [Int] = []
        work.run(jobs: 2) { result in
            seen.append(result)
            if result == 10 { work.cancel() }
        }
        #expect(seen.count >= 10)
        #expect(seen == Array(1...seen.count))
    }
}
