import Vocabulary

/// A report as `inspect --format json` prints it. Other people's scripts read it: keys may be added, never renamed.
public enum InspectionJSON {
    public static func object(_ report: InspectionReport, mail: String, withText: Bool) -> OrderedJSON {
        .object([
            ("mail", .string(mail)),
            ("encrypted", .optional(report.encrypted)),
            ("signed", .optional(report.signed)),
            ("malformed", .bool(report.malformed)),
            ("ambiguous", .bool(report.ambiguous)),
            ("root", node(report.root, withText: withText)),
            ("urls", .list(report.urls.map(url))),
            ("urlCount", .number(report.urlCount)),
            ("urlsUnread", .strings(report.urlsUnread.names)),
        ])
    }

    private static func url(_ url: ReportedURL) -> OrderedJSON {
        .object([
            ("part", .string(url.part)),
            ("url", .string(url.url)),
            ("host", .optional(url.host)),
            ("shownText", .optional(url.shownText)),
            ("shownDomain", .optional(url.shownDomain)),
        ])
    }

    /// The tree's depth is bounded by inspection.
    private static func node(_ node: InspectionNode, withText: Bool) -> OrderedJSON {
        var members: [(String, OrderedJSON)] = [
            ("path", .string(node.path)),
            ("name", .optional(node.name)),
            ("names", .strings(node.names)),
            ("declaredType", .optional(node.declaredType)),
            ("type", .optional(node.type)),
            ("kinds", .strings(node.kinds)),
            ("size", .optional(node.size)),
            ("depth", .number(node.depth)),
            ("sha256", .optional(node.sha256)),
            ("encryption", .optional(node.encryption?.rawValue)),
            ("signature", .optional(node.signature)),
            ("macros", .optional(node.macros)),
            ("anomalies", .list(node.anomalies.map(anomaly))),
            ("unread", .strings(node.unread.names)),
            ("virus", .object(node.virus.map { ($0.engine, finding($0)) })),
            ("children", .list(node.children.map { Self.node($0, withText: withText) })),
        ]
        if withText { members.append(("text", .optional(node.text))) }
        return .object(members)
    }

    private static func anomaly(_ anomaly: ReportedAnomaly) -> OrderedJSON {
        .object([
            ("name", .string(anomaly.name)),
            (
                "range",
                anomaly.range.map { .list([.number($0.lowerBound), .number($0.upperBound)]) } ?? .null
            ),
            ("sentence", .string(anomaly.sentence)),
        ])
    }

    private static func finding(_ finding: EngineFinding) -> OrderedJSON {
        .object([
            ("infected", .optional(finding.infected)),
            ("names", .strings(finding.names)),
            ("unknown", .strings(finding.unknown.names)),
            ("explanation", .optional(finding.explanation)),
            ("elapsedMicroseconds", .number(finding.elapsedMicroseconds)),
        ])
    }
}
