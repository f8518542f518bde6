import Vocabulary

extension Decision {
    /// Who excused a rule.
    package func excuses(of rule: String) -> [String] { exempted.filter { $0.rule == rule }.map(\.by) }

    /// What became of a rule: `fires`, `quiet`, `undetermined (REASONS)`, `exempted by NAMES`.
    package func state(of rule: String) -> String {
        if let verdict = rules.first(where: { $0.name == rule }) {
            return verdict.verdict == .fires
                ? "fires" : "undetermined (\(verdict.unknown.names.joined(separator: ", ")))"
        }
        let excuses = excuses(of: rule)
        return excuses.isEmpty ? "quiet" : "exempted by \(excuses.joined(separator: ", "))"
    }

    /// The rules that are not quiet, by what became of them: `fired: a; cannot tell: b (encrypted)`.
    package var states: String {
        let fired = rules.filter { $0.verdict == .fires }.map(\.name)
        let undetermined = rules.filter { $0.verdict == .undetermined }
            .map { "\($0.name) (\($0.unknown.names.joined(separator: ", ")))" }
        let excused = exempted.map { "\($0.rule) by \($0.by)" }
        let words = [("fired", fired), ("cannot tell", undetermined), ("exempted", excused)]
            .filter { !$0.1.isEmpty }.map { "\($0.0): \($0.1.joined(separator: ", "))" }
        return words.isEmpty ? "every rule is quiet" : words.joined(separator: "; ") + "; quiet: the others"
    }
}
