import Acceptance
import Compiler
import Vocabulary
import Workers

/// Runs a policy's `test` blocks through workers, as real mail would go.
public struct PolicyTestRun: Sendable {
    private let pool: WorkerPool
    private let limits: MailLimits
    private let withCoverage: Bool

    public init(pool: WorkerPool, withCoverage: Bool = false, limits: MailLimits = MailLimits()) {
        self.pool = pool
        self.withCoverage = withCoverage
        self.limits = limits
    }

    /// Runs the tests and hands out the results in their order.
    ///
    /// - Throws: `WorkerError` when no worker can be started; a test that fails is a result.
    public func run(_ tests: [PolicyTest], emit: (PolicyTestResult) -> Void) throws(WorkerError) {
        try pool.warmUp()
        var waiting = tests[...]
        let work = OrderedWork<PolicyTest, PolicyTestResult>(
            window: pool.size * 16, next: { waiting.popFirst() }, work: { [self] in result(of: $0) })
        work.run(jobs: pool.size, emit: emit)
    }

    private func result(of test: PolicyTest) -> PolicyTestResult {
        let clock = ContinuousClock()
        let start = clock.now
        var outcome: PolicyTestResult.Outcome
        var judgement: Judgement?
        do {
            let mail = try StoredMail(path: test.mail).read(limits: limits)
            var request = DecideRequest(
                envelope: test.envelope, guess: ExpectationCheck.guesses(test.envelope), assumptions: test.assumptions,
                observation: withCoverage ? ObservationRequest(withCoverage: true) : nil)
            let judged = try pool.decide(mail, request)
            judgement = judged
            outcome = judge(test, judged)
            if case .failed(let failures) = outcome {
                // Asked only now: a test that passes has nothing to explain.
                let rules = FailureCauses.rulesInQuestion(failures, of: test)
                request.observation = ObservationRequest(rules: rules)
                let findings = rules.isEmpty ? [] : try pool.decide(mail, request).observation?.rules ?? []
                outcome = .failed(FailureCauses.added(to: failures, of: test, judged, findings))
            }
        } catch {
            outcome = .error("\(error)")
        }
        return PolicyTestResult(
            test: test, outcome: outcome, judgement: judgement,
            elapsedMicroseconds: (clock.now - start).wholeMicroseconds)
    }

    private func judge(_ test: PolicyTest, _ judgement: Judgement) -> PolicyTestResult.Outcome {
        if let reason = ExpectationCheck.missingEngine(in: judgement) {
            return .error(reason + " or name the engine's data (--signatures)")
        }
        let failures = ExpectationCheck.failures(of: test.carriedExpectations, in: judgement)
        return failures.isEmpty ? .passed : .failed(failures.map(PolicyTestResult.Failure.init))
    }
}
