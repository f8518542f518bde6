import Bytecode
import Dispatch
import Synchronization
import Vocabulary
import Workers

/// Runs the tests that a bundle carries, as many at once as there are workers.
struct CarriedTestRun {
    /// What came of one test.
    struct Result {
        var wasRun = false
        /// Why it did not pass; empty when it did.
        var refusals: [PolicyRefusal]
    }

    let pool: WorkerPool
    /// For all tests together; what is under way then is waited for, no further one begins.
    let seconds: Double

    /// The results, in the order of the tests.
    func run(_ tests: CarriedTests) -> [Result] {
        let end = ContinuousClock.now + .seconds(seconds)
        let next = Mutex(0)
        let results = Mutex([Result?](repeating: nil, count: tests.tests.count))
        let threads = min(pool.size, tests.tests.count)
        DispatchQueue.concurrentPerform(iterations: threads) { _ in
            while let index = next.withLock({ next -> Int? in
                guard next < tests.tests.count else { return nil }
                next += 1
                return next - 1
            }) {
                let test = tests.tests[index]
                let result = ContinuousClock.now < end ? result(of: test, tests.mail(of: test)) : late(test)
                results.withLock { $0[index] = result }
            }
        }
        return results.withLock { results in results.compactMap { $0 } }
    }

    private func late(_ test: CarriedTest) -> Result {
        let reason = "it was not run: the tests together took more than \(Int(seconds)) seconds"
        return Result(refusals: [PolicyRefusal(.test, test: test.name, reason)])
    }

    private func result(of test: CarriedTest, _ mail: [UInt8]) -> Result {
        let request = DecideRequest(
            envelope: test.envelope, guess: ExpectationCheck.guesses(test.envelope), assumptions: test.assumptions)
        do throws(WorkerError) {
            let judgement = try pool.decide(mail, request)
            if let reason = ExpectationCheck.missingEngine(in: judgement) {
                return Result(wasRun: true, refusals: [PolicyRefusal(.test, test: test.name, reason)])
            }
            let failures = ExpectationCheck.failures(of: test.expectations, in: judgement)
            return Result(
                wasRun: true,
                refusals: failures.map { failure in
                    let place = "\(failure.place.file):\(failure.place.line)"
                    return PolicyRefusal(.test, test: test.name, "\(failure.message) (\(place))")
                })
        } catch {
            return Result(wasRun: true, refusals: [PolicyRefusal(.test, test: test.name, error.reason)])
        }
    }
}
