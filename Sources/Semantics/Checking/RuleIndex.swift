/// The rules that have been checked, by name and by label, for exemptions and tests can name all of them over and over.
struct RuleIndex {
    let byName: [String: CheckedRule]
    /// Those of a label in the order of names.
    let byLabel: [String: [CheckedRule]]

    init(_ rules: [CheckedRule]) {
        byName = Dictionary(rules.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        var byLabel: [String: [CheckedRule]] = [:]
        for rule in rules {
            for label in Set(rule.labels) { byLabel[label, default: []].append(rule) }
        }
        self.byLabel = byLabel
    }
}
