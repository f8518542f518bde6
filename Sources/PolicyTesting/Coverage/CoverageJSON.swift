import Compiler
import Vocabulary

/// Coverage for programs. Keys may be added, never renamed.
public enum CoverageJSON {
    public static func object(_ coverages: [(policy: String, coverage: Coverage, build: PolicyBuild)]) -> OrderedJSON {
        .object([
            ("policies", .list(coverages.map { object($0.policy, $0.coverage, $0.build) }))
        ])
    }

    private static func object(_ policy: String, _ coverage: Coverage, _ build: PolicyBuild) -> OrderedJSON {
        .object([
            ("policy", .string(policy)),
            ("mails", .number(coverage.mails)),
            ("incompleteMails", .number(coverage.incomplete)),
            ("seen", .number(coverage.total.seen)),
            ("owed", .number(coverage.total.owed)),
            ("permille", .number(coverage.total.permille)),
            ("tests", .list(coverage.counts.indices.map { test($0, coverage, build) })),
            ("owners", .list(coverage.policy.owners.indices.map { owner($0, coverage, build) })),
            ("answers", .list(coverage.answers.indices.map { answer($0, coverage, build) })),
        ])
    }

    private static func test(_ number: Int, _ coverage: Coverage, _ build: PolicyBuild) -> OrderedJSON {
        let clause = coverage.policy.clauses[number]
        let count = coverage.counts[number]
        return .object([
            ("file", .string(build.shownPath(clause.place.file))),
            ("line", .number(clause.place.line)),
            ("column", .number(clause.place.column)),
            ("length", .number(clause.place.length)),
            ("text", .string(build.text(of: clause.place))),
            ("true", .number(count.yes)),
            ("false", .number(count.no)),
            ("unknown", .number(count.unknown)),
            ("canBeUnknown", .bool(clause.canBeUnknown)),
            ("hasTruth", .bool(clause.hasTruth)),
        ])
    }

    private static func answer(_ number: Int, _ coverage: Coverage, _ build: PolicyBuild) -> OrderedJSON {
        let place = coverage.policy.answers[number]
        return .object([
            ("file", .string(build.shownPath(place.file))),
            ("line", .number(place.line)),
            ("column", .number(place.column)),
            ("length", .number(place.length)),
            ("text", .string(build.text(of: place))),
            ("given", .number(coverage.answers[number])),
        ])
    }

    private static func owner(_ number: Int, _ coverage: Coverage, _ build: PolicyBuild) -> OrderedJSON {
        let owner = coverage.policy.owners[number]
        let isRule = owner.kind == .rule
        let count = coverage.rules[number]
        return .object([
            ("kind", .string(owner.kind.rawValue)),
            ("name", .string(owner.name)),
            ("file", .string(build.shownPath(owner.place.file))),
            ("line", .number(owner.place.line)),
            ("fires", isRule ? .number(count.fires) : .null),
            ("quiet", isRule ? .number(count.quiet) : .null),
            ("undetermined", isRule ? .number(count.undetermined) : .null),
            ("exempted", isRule ? .number(count.exempted) : .null),
            ("tests", .list(owner.clauses.map { .number($0) })),
        ])
    }
}
