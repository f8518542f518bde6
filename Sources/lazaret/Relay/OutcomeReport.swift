import Acceptance
import PolicyTesting

/// What a relay did with a policy, for people and for programs.
enum OutcomeReport {
    static func lines(_ outcome: PolicyOutcome, paint: Paint) -> [String] {
        var lines = [Shown.text(outcome.organisation) + ": " + headline(outcome, paint)]
        if let digest = outcome.digest { lines.append("  digest \(Shown.text(digest))") }
        if let signer = outcome.signer { lines.append("  signed with the key \(Shown.text(signer))") }
        if outcome.testsRun > 0 { lines.append("  \(Shown.count(outcome.testsRun, "test")) run") }
        return lines + outcome.refusals.map { "  " + Shown.text($0.description) }
    }

    private static func headline(_ outcome: PolicyOutcome, _ paint: Paint) -> String {
        let version = outcome.version.map { "version \($0)" } ?? "it"
        let before = outcome.previous.map { " (before: version \($0))" } ?? ""
        switch outcome.result {
        case .activated: return paint("\(version) judges mail now\(before)", .green)
        case .rolledBack: return paint("\(version) judges mail again\(before)", .green)
        case .unchanged: return "\(version) is this very program, and judges mail already"
        case .shadowed:
            let active = outcome.previous.map { "version \($0)" } ?? "no version"
            return paint("\(version) judges beside as a shadow; \(active) decides", .green)
        case .refused:
            let active = outcome.previous.map { "; version \($0) goes on judging" } ?? "; nothing has changed"
            return paint("refused\(active)", .red)
        }
    }

    static func object(_ outcome: PolicyOutcome) -> OrderedJSON {
        .object([
            ("result", .string(outcome.result.rawValue)), ("organisation", .string(outcome.organisation)),
            ("version", .optional(outcome.version)), ("previous", .optional(outcome.previous)),
            ("digest", .optional(outcome.digest)), ("signer", .optional(outcome.signer)),
            ("testsRun", .number(outcome.testsRun)),
            (
                "refusals",
                .list(
                    outcome.refusals.map {
                        .object([
                            ("kind", .string($0.kind.rawValue)), ("test", .optional($0.test)),
                            ("reason", .string($0.reason)),
                        ])
                    })
            ),
        ])
    }

    /// - Throws: `CommandFailure` when it was refused, after that was told.
    static func show(_ outcome: PolicyOutcome, _ format: RelayFormat, paint: Paint) throws(CommandFailure) {
        switch format {
        case .text: Output.standard.lines(lines(outcome, paint: paint))
        case .json: Output.standard.line(object(outcome).pretty)
        }
        guard outcome.result == .refused else { return }
        let isEnvironment = !outcome.refusals.isEmpty && outcome.refusals.allSatisfy { $0.kind == .worker }
        throw CommandFailure(isEnvironment ? .environment : .faulty)
    }
}
