import Diagnostics

/// What a walk found, as a policy, and which line of it is whose.
struct SievePolicyText {
    let text: String
    /// The rule that a line belongs to, by its number in the walk; several for the line of an area.
    private(set) var rulesOfLine: [Int: [Int]] = [:]

    init(_ walk: SieveWalk, name: String, administrator: String) {
        var lines = [
            "# Made of a Sieve script. Order has no meaning here: what it did there stands behind `unless`.",
            "# A script sees the mail that is delivered to the organisation, so its rules are `on inbound`. Name your",
            "# `domains` in the header, and change `on` where a rule is for mail that goes out, too.", "",
            "policy \(name) {", "edition 1", "admin \(PolicyText.quoted(administrator))", "}", "",
            "# The answers for what could not be read; Sieve has none, so look at these first.",
            "uninspectable {",
            "if encrypted, damaged, ambiguous, unsupported, over-limit then quarantine unreadable",
            "if engine-down then defer", "}",
        ]
        for area in walk.areas.sorted() {
            lines += ["", "quarantine \(area) {}"]
            rulesOfLine[lines.count] = walk.rules.indices.filter {
                walk.rules[$0].actions.contains("quarantine \(area)")
            }
        }
        var names: [String: Int] = [:]
        for (number, rule) in walk.rules.enumerated() {
            let start = lines.count
            let base = "line-\(rule.line)"
            names[base, default: 0] += 1
            let suffix = names[base].map { $0 > 1 ? "-\($0)" : "" } ?? ""
            lines += ["", "rule \(base)\(suffix) {", "on inbound"]
            let condition = PolicyCondition.and(rule.conditions)
            lines.append("when " + (rule.conditions.count == 1 ? rule.conditions[0] : condition).written())
            for excuse in rule.excuses { lines.append("unless " + excuse.written()) }
            let actions = Self.unique(rule.actions)
            lines += actions.enumerated().map { $0 == 0 ? "then " + $1 : $1 } + ["}"]
            for line in start..<lines.count { rulesOfLine[line + 1] = [number] }
        }
        if !walk.remarks.isEmpty {
            lines += ["", "# Not in this policy:"]
            for remark in walk.remarks.sorted(by: { ($0.line, $0.what) < ($1.line, $1.what) }) {
                lines.append("# line \(remark.line): \(Self.plain(remark.what)): \(Self.plain(remark.why))")
            }
        }
        text = lines.joined(separator: "\n") + "\n"
    }

    /// Several refusals of one block are one: the first.
    private static func unique(_ actions: [String]) -> [String] {
        var seen: Set<String> = []
        var hasRefusal = false
        return actions.filter { action in
            if action.hasPrefix("reject ") {
                if hasRefusal { return false }
                hasRefusal = true
            }
            return seen.insert(action).inserted
        }
    }

    /// A remark holds the script's words; none of them may end the comment.
    private static func plain(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7f }))
    }
}
