import Vocabulary

/// Tests as a table for people, what is wrong with them below it.
public enum PolicyTestTable {
    /// A result with what is drawn of it and where its policy lies.
    public struct Row {
        public let result: PolicyTestResult
        /// The lines of what is wrong; none for a pass.
        public let details: [String]
        public let file: String

        public init(_ result: PolicyTestResult, drawing: FailureDrawing, shownPath: (String) -> String) {
            self.result = result
            details = PolicyTestReport.details(result, drawing: drawing, shownPath: shownPath)
            file = "\(shownPath(result.place.file)):\(result.place.line)"
        }
    }

    /// The widest name that columns are aligned to; longer ones push their line out.
    private static let widestName = 60

    public static func lines(_ rows: [Row], paint: Paint) -> [String] {
        guard !rows.isEmpty else { return [] }
        let names = rows.map { Shown.text($0.result.name) }
        let width = min(widestName, max(4, names.map(\.count).max() ?? 0))
        var lines = [
            paint("status  \(padded("test", width))  \(right("expected", 8))  \(right("time", 10))  place", .faint)
        ]
        for (row, name) in zip(rows, names) {
            let status = PolicyTestReport.status(row.result)
            let tone: Paint.Tone = status == "passed" ? .green : status == "failed" ? .red : .magenta
            let time = Shown.milliseconds(row.result.elapsedMicroseconds)
            lines.append(
                paint(status, tone, width: 6) + "  \(padded(name, width))  "
                    + right(String(row.result.test.expectations.count), 8) + "  \(right(time, 10))  "
                    + paint(Shown.text(row.file), .faint))
        }
        for (row, name) in zip(rows, names) where !row.result.isPassed {
            lines += ["", paint(name, .bold)] + row.details
        }
        return lines + [""]
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    private static func right(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }
}
