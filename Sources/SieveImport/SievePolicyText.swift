import Diagnostics

/// What a walk found, as a policy, and which line of it is whose.
struct SievePolicyText {
    private(set) var text = ""
    /// The rule that a line belongs to, by its number in the walk; several for the line of an area.
    private(set) var rulesOfLine: [Int: [Int]] = [:]
    /// The excuse of a rule that a line is.
    private(set) var excuseOfLine: [Int: RuleExcuse] = [:]
    /// The row of a setting that a line is; of a setting's first line the first.
    private(set) var rowOfLine: [Int: StopRow] = [:]

    /// - Throws: `SieveFault` where it would be larger than the bound.
    init(_ walk: SieveWalk, name: String, administrator: String, limits: SieveLimits) throws(SieveFault) {
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
        var rulesOfAction: [String: [Int]] = [:]
        for (number, rule) in walk.rules.enumerated() {
            for action in Set(rule.actions) { rulesOfAction[action, default: []].append(number) }
        }
        for area in walk.areas.sorted() {
            lines += ["", "quarantine \(area) {}"]
            rulesOfLine[lines.count] = rulesOfAction["quarantine \(area)"]
        }
        var bytes = 0
        try add(walk.ledger, to: &lines, &bytes, asked: Self.lastRows(walk), limits)
        var names: [String: Int] = [:]
        for (number, rule) in walk.rules.enumerated() {
            let start = lines.count
            let base = "line-\(rule.line)"
            names[base, default: 0] += 1
            let suffix = names[base].map { $0 > 1 ? "-\($0)" : "" } ?? ""
            lines += ["", "rule \(base)\(suffix) {", "on inbound"]
            let condition = PolicyCondition.and(rule.conditions)
            lines.append("when " + (rule.conditions.count == 1 ? rule.conditions[0] : condition).written())
            let excuses = (lines.count + 1)..<(lines.count + 1 + rule.excuses.count)
            for (index, line) in excuses.enumerated() { excuseOfLine[line] = RuleExcuse(rule: number, number: index) }
            for excuse in rule.excuses { lines.append("unless " + excuse.written()) }
            let actions = Self.unique(rule.actions)
            lines += actions.enumerated().map { $0 == 0 ? "then " + $1 : $1 } + ["}"]
            for line in start..<lines.count where !excuses.contains(line + 1) { rulesOfLine[line + 1] = [number] }
            bytes += lines[start...].reduce(0) { $0 + $1.utf8.count }
            if bytes > limits.policyBytes { throw Self.tooLarge(rule.line, limits) }
        }
        if !walk.remarks.isEmpty {
            lines += ["", "# Not in this policy:"]
            for remark in walk.remarks.sorted(by: { ($0.line, $0.what) < ($1.line, $1.what) }) {
                lines.append("# line \(remark.line): \(Self.plain(remark.what)): \(Self.plain(remark.why))")
            }
        }
        text = lines.joined(separator: "\n") + "\n"
    }

    private static func tooLarge(_ line: Int, _ limits: SieveLimits) -> SieveFault {
        SieveFault(
            line: line, reason: "what stands before and around it makes a policy of over \(limits.policyBytes) bytes")
    }

    /// The last row of each setting that a rule asks for, itself or through other settings. Rows behind it say nothing.
    private static func lastRows(_ walk: SieveWalk) -> [Int: Int] {
        var last: [Int: Int] = [:]
        for rule in walk.rules {
            for condition in rule.conditions + rule.excuses { condition.addLastRows(to: &last) }
        }
        var seen: [Int: Int] = [:]
        while seen != last {
            let open = last.filter { $0.value > seen[$0.key] ?? 0 }
            for (setting, row) in open {
                for condition in walk.ledger.settings[setting][(seen[setting] ?? 0)..<row] {
                    condition.addLastRows(to: &last)
                }
                seen[setting] = row
            }
        }
        return last
    }

    private mutating func add(
        _ ledger: StopLedger, to lines: inout [String], _ bytes: inout Int, asked: [Int: Int], _ limits: SieveLimits
    ) throws(SieveFault) {
        for (setting, last) in asked.sorted(by: { $0.key < $1.key }) {
            lines += [
                "", "# The place of the first of these that holds; rules ask for those before them in the script.",
                "setting \(StopLedger.name(setting)) take smallest {", "otherwise \(ledger.otherwise)",
            ]
            for line in [lines.count - 1, lines.count] { rowOfLine[line] = StopRow(setting: setting, number: 1) }
            for (index, condition) in ledger.settings[setting].prefix(last).enumerated() {
                lines.append("when \(condition.written()) then \(index + 1)")
                rowOfLine[lines.count] = StopRow(setting: setting, number: index + 1)
                bytes += lines.last?.utf8.count ?? 0
                if bytes > limits.policyBytes { throw Self.tooLarge(1, limits) }
            }
            lines.append("}")
        }
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

/// An excuse of a rule, both by their number.
struct RuleExcuse: Hashable, Comparable {
    let rule: Int
    let number: Int

    static func < (left: RuleExcuse, right: RuleExcuse) -> Bool {
        (left.rule, left.number) < (right.rule, right.number)
    }
}
