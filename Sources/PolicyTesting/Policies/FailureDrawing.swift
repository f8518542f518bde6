import Compiler
import Diagnostics
import Vocabulary

/// Draws a failed expectation as a diagnostic is drawn: the expectation underlined, and below it the clauses of the
/// policy with what they saw.
public struct FailureDrawing {
    private let build: PolicyBuild
    private let renderer: TextRenderer
    private let negated: Set<SourcePlace>

    public init(_ build: PolicyBuild, coloured: Bool) {
        self.build = build
        renderer = TextRenderer(sources: build.sources, coloured: coloured)
        negated = Set(build.clauses.clauses.filter(\.isNegated).map(\.place))
    }

    /// The lines, without indentation.
    func lines(_ failure: PolicyTestResult.Failure) -> [String] {
        let labels = [DiagnosticLabel(build.span(of: failure.place))]
        return renderer.draw(labels + failure.causes.flatMap(self.labels), severity: .error)
            + failure.causes.map { "  rule \($0.rule): \($0.verdict)" }
    }

    private func labels(_ cause: PolicyTestResult.Cause) -> [DiagnosticLabel] {
        var order: [SourcePlace] = []
        var words: [SourcePlace: [String]] = [:]
        for finding in cause.findings {
            let place = finding.evidence.span
            if words[place] == nil { order.append(place) }
            let text = self.words(of: finding)
            if words[place]?.contains(text) != true { words[place, default: []].append(text) }
        }
        return order.map { DiagnosticLabel(build.span(of: $0), (words[$0] ?? []).joined(separator: "; ")) }
    }

    /// `false for 1.2/clip.mp3: 20.1 KB`.
    private func words(of finding: ClauseFinding) -> String {
        let part = finding.evidence.part.map { " for \($0.isEmpty ? "the message" : $0)" } ?? ""
        let excerpt = finding.evidence.excerpt
        return value(of: finding) + part + (excerpt.isEmpty ? "" : ": \(excerpt)")
    }

    /// The value of the clause as it is written: that of `X is not V` is not that of its test.
    func value(of finding: ClauseFinding) -> String {
        let seen = negated.contains(finding.evidence.span) ? finding.seen.negated : finding.seen
        return seen == .yes ? "true" : seen == .no ? "false" : "unknown"
    }
}
