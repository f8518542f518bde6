import Acceptance
import Vocabulary

/// Test results as text, a table and JSON.
public enum PolicyTestReport {
    /// The lines of one result for people: failures with their places, drawn with what decided.
    public static func lines(
        _ result: PolicyTestResult, paint: Paint, drawing: FailureDrawing, shownPath: (String) -> String
    ) -> [String] {
        switch result.outcome {
        case .passed: [paint("ok", .green, width: 6) + Shown.text(result.name)]
        case .error:
            [paint("error", .magenta, width: 6) + Shown.text(result.name)]
                + details(result, drawing: drawing, shownPath: shownPath)
        case .failed:
            [paint("FAIL", .red, width: 6) + Shown.text(result.name)]
                + details(result, drawing: drawing, shownPath: shownPath)
        }
    }

    /// What is to be said of a result that is no pass, indented.
    public static func details(
        _ result: PolicyTestResult, drawing: FailureDrawing, shownPath: (String) -> String
    ) -> [String] {
        switch result.outcome {
        case .passed: return []
        case .error(let reason):
            return ["      " + Shown.text(place(result.place, shownPath) + ": " + reason)]
        case .failed(let failures):
            var lines: [String] = []
            for failure in failures {
                lines.append("      " + Shown.text(place(failure.place, shownPath) + ": " + failure.message))
                if let decision = result.judgement?.decisions.first(where: { $0.recipient == failure.recipient }) {
                    lines.append("      " + Shown.text(decision.states))
                }
                lines += drawing.lines(failure).map { "      " + $0 }
            }
            return lines
        }
    }

    static func place(_ place: SourcePlace, _ shownPath: (String) -> String) -> String {
        "\(shownPath(place.file)):\(place.line):\(place.column)"
    }

    /// `passed`, `failed` or `error`.
    static func status(_ result: PolicyTestResult) -> String {
        switch result.outcome {
        case .passed: "passed"
        case .failed: "failed"
        case .error: "error"
        }
    }

    /// One object of the list that `test --format json` prints.
    public static func object(
        _ result: PolicyTestResult, drawing: FailureDrawing, shownPath: (String) -> String
    ) -> OrderedJSON {
        var failures: [PolicyTestResult.Failure] = []
        var error: String?
        if case .failed(let list) = result.outcome { failures = list }
        if case .error(let reason) = result.outcome { error = reason }
        return .object([
            ("name", .string(result.name)),
            ("status", .string(status(result))),
            ("file", .string(shownPath(result.place.file))),
            ("line", .number(result.place.line)),
            ("failures", .list(failures.map { object($0, drawing, shownPath) })),
            ("error", .optional(error)),
            ("elapsedMicroseconds", .number(result.elapsedMicroseconds)),
        ])
    }

    private static func object(
        _ failure: PolicyTestResult.Failure, _ drawing: FailureDrawing, _ shownPath: (String) -> String
    ) -> OrderedJSON {
        .object([
            ("file", .string(shownPath(failure.place.file))), ("line", .number(failure.place.line)),
            ("column", .number(failure.place.column)), ("message", .string(failure.message)),
            ("recipient", .optional(failure.recipient?.addrSpec)),
            ("causes", .list(failure.causes.map { object($0, drawing, shownPath) })),
        ])
    }

    private static func object(
        _ cause: PolicyTestResult.Cause, _ drawing: FailureDrawing, _ shownPath: (String) -> String
    ) -> OrderedJSON {
        .object([
            ("rule", .string(cause.rule)), ("verdict", .string(cause.verdict)),
            (
                "tests",
                .list(
                    cause.findings.map { finding in
                        .object(
                            [("value", .string(drawing.value(of: finding)))]
                                + EvidenceJSON.members(finding.evidence, path: shownPath))
                    })
            ),
        ])
    }
}
