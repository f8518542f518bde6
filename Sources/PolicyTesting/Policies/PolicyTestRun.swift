import Compiler
import Vocabulary
import Workers

/// Runs a policy's `test` blocks through workers, as real mail would go.
public struct PolicyTestRun: Sendable {
    private let pool: WorkerPool
    private let limits: MailLimits

    public init(pool: WorkerPool, limits: MailLimits = MailLimits()) {
        self.pool = pool
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
        let outcome: PolicyTestResult.Outcome
        do {
            let mail = try StoredMail(path: test.mail).read(limits: limits)
            let request = DecideRequest(
                envelope: test.envelope, guess: guesses(test.envelope), assumptions: test.assumptions)
            outcome = judge(test, try pool.decide(mail, request))
        } catch {
            outcome = .error("\(error)")
        }
        return PolicyTestResult(
            name: test.name, place: test.place, outcome: outcome,
            elapsedMicroseconds: (clock.now - start).wholeMicroseconds)
    }

    /// A test that names no sender or recipient takes those of the mail's own fields.
    private func guesses(_ envelope: Envelope) -> EnvelopeGuesses {
        var guesses: EnvelopeGuesses = []
        if envelope.sender == nil { guesses.insert(.sender) }
        if envelope.recipients.isEmpty { guesses.insert(.recipients) }
        return guesses
    }

    private func judge(_ test: PolicyTest, _ judgement: Judgement) -> PolicyTestResult.Outcome {
        if let fact = judgement.missingEngines.first {
            let name = FactCatalogue.row(fact).writtenName
            return .error(
                "the policy reads \(name), which no engine here answers; assume it (assume \(name) is …) "
                    + "or name the engine's data (--signatures)")
        }
        let failures = ExpectationCheck.failures(of: test, in: judgement)
        return failures.isEmpty ? .passed : .failed(failures)
    }
}

/// Test results as text and JSON.
public enum PolicyTestReport {
    /// The lines of one result for people: failures with their places.
    public static func lines(_ result: PolicyTestResult, paint: Paint, shownPath: (String) -> String) -> [String] {
        switch result.outcome {
        case .passed: return [paint("ok", .green, width: 6) + result.name]
        case .error(let reason):
            return [
                paint("error", .magenta, width: 6) + result.name,
                "      " + place(result.place, shownPath) + ": " + reason,
            ]
        case .failed(let failures):
            return [paint("FAIL", .red, width: 6) + result.name]
                + failures.map { "      " + place($0.place, shownPath) + ": " + $0.message }
        }
    }

    private static func place(_ place: SourcePlace, _ shownPath: (String) -> String) -> String {
        "\(shownPath(place.file)):\(place.line):\(place.column)"
    }

    /// One object of the list that `test --format json` prints.
    public static func object(_ result: PolicyTestResult, shownPath: (String) -> String) -> OrderedJSON {
        var failures: [PolicyTestResult.Failure] = []
        var error: String?
        let status: String
        switch result.outcome {
        case .passed: status = "passed"
        case .failed(let list):
            status = "failed"
            failures = list
        case .error(let reason):
            status = "error"
            error = reason
        }
        return .object([
            ("name", .string(result.name)),
            ("status", .string(status)),
            ("file", .string(shownPath(result.place.file))),
            ("line", .number(result.place.line)),
            (
                "failures",
                .list(
                    failures.map {
                        .object([
                            ("file", .string(shownPath($0.place.file))), ("line", .number($0.place.line)),
                            ("column", .number($0.place.column)), ("message", .string($0.message)),
                        ])
                    })
            ),
            ("error", .optional(error)),
            ("elapsedMicroseconds", .number(result.elapsedMicroseconds)),
        ])
    }
}
