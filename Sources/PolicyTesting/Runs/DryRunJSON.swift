import Vocabulary

/// The lines of `dry-run --format jsonl`: one object per mail and recipient. Other people's scripts read them: keys
/// may be added at the end, never renamed.
public enum DryRunJSON {
    /// The lines of one mail, without line ends; a mail that was not judged has one, without recipient.
    public static func lines(of result: DryRunResult) -> [String] {
        switch result.outcome {
        case .unreadable(let reason), .unprocessable(let reason):
            [line(result, decision: nil, error: reason, judgement: nil)]
        case .judged(let judgement):
            judgement.decisions.map {
                line(result, decision: $0, error: $0.trap, judgement: judgement)
            }
        }
    }

    /// One object for a mail with all of its lines, and what is written because of them where that was asked for.
    public static func whole(_ result: DryRunResult) -> String {
        switch result.outcome {
        case .unreadable(let reason), .unprocessable(let reason):
            return OrderedJSON.object([("mail", .string(result.mail)), ("error", .string(reason))]).compact
        case .judged(let judgement):
            let decisions = judgement.decisions.map {
                object(result, decision: $0, error: $0.trap, judgement: judgement)
            }
            var fields: [(String, OrderedJSON)] = [
                ("mail", .string(result.mail)), ("error", .null), ("decisions", .list(decisions)),
            ]
            if let correspondence = judgement.correspondence { fields += members(of: correspondence) }
            return OrderedJSON.object(fields).compact
        }
    }

    private static func line(
        _ result: DryRunResult, decision: Decision?, error: String?, judgement: Judgement?
    ) -> String {
        object(result, decision: decision, error: error, judgement: judgement).compact
    }

    private static func object(
        _ result: DryRunResult, decision: Decision?, error: String?, judgement: Judgement?
    ) -> OrderedJSON {
        OrderedJSON.object([
            ("mail", .string(result.mail)),
            ("recipient", .optional(decision?.recipient.addrSpec)),
            ("direction", .optional(decision?.direction.rawValue)),
            ("disposition", .optional(decision?.disposition.rawValue)),
            ("quarantine", .strings(decision?.areas ?? [])),
            ("reason", .optional(decision?.reason)),
            ("rules", .list((decision?.rules ?? []).map(rule))),
            ("exempted", .list((decision?.exempted ?? []).map(exempted))),
            ("actions", .list((decision?.actions ?? []).map(action))),
            ("error", .optional(error)),
            ("elapsedMicroseconds", .number(result.elapsedMicroseconds)),
            ("guessed", .strings(judgement?.envelope.guessed ?? [])),
            ("withheld", .list((decision?.withheld ?? []).map(withheld))),
            ("engines", EngineAccountLines.json(judgement?.engines ?? [])),
        ])
    }

    private static func rule(_ rule: RuleVerdict) -> OrderedJSON {
        .object([
            ("name", .string(rule.name)),
            ("verdict", .string(rule.verdict.rawValue)),
            ("unknown", .strings(rule.unknown.names)),
            ("evidence", .list(rule.evidence.map(evidence))),
        ])
    }

    private static func evidence(_ evidence: Evidence) -> OrderedJSON { .object(EvidenceJSON.members(evidence)) }

    private static func exempted(_ exempted: Exempted) -> OrderedJSON {
        .object([("rule", .string(exempted.rule)), ("by", .string(exempted.by))])
    }

    private static func withheld(_ withheld: WithheldNotice) -> OrderedJSON {
        .object([
            ("rule", .string(withheld.rule)), ("notice", .string(withheld.notice.summary)),
            ("evidence", .list(withheld.evidence.map(evidence))),
        ])
    }

    private static func action(_ planned: PlannedAction) -> OrderedJSON {
        var fields: [(String, OrderedJSON)] = [
            ("rule", .string(planned.rule)), ("action", .string(planned.action.summary)),
        ]
        if case .strip(let parts) = planned.action { fields.append(("parts", .list(parts.map(part)))) }
        return .object(fields)
    }

    private static func part(_ part: StrippedPart) -> OrderedJSON {
        .object([
            ("found", .string(part.found)), ("removed", .string(part.removed)), ("name", .optional(part.name)),
            ("sha256", .optional(part.sha256)),
        ])
    }
}
