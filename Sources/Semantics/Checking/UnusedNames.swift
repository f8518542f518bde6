import Diagnostics
import Syntax
import Vocabulary

extension CheckContext {
    /// Warns of what the policy declares and nothing names. A module's names are there for whoever imports it.
    func checkUnused(templates: [MessageTemplate]) {
        if hasErrors { return }
        for symbol in names.all(.list) where isUnused(symbol) {
            warn(SemanticsDiagnostics.unusedList(symbol.name, symbol.span))
        }
        for symbol in names.all(.template) where isUnused(symbol) {
            warn(SemanticsDiagnostics.unused(.unusedTemplate, symbol.name, symbol.span, use: "using \(symbol.name)"))
        }
        for symbol in names.all(.define) where isUnused(symbol) {
            warn(SemanticsDiagnostics.unused(.unusedDefine, symbol.name, symbol.span, use: "when \(symbol.name)"))
        }
        for case .area(let node) in modules[0].declarations where !usedAreas.contains(node.name.text) {
            let name = node.name.text
            warn(SemanticsDiagnostics.unused(.unusedArea, name, node.name.span, use: "quarantine \(name)"))
        }
    }

    private func isUnused(_ symbol: Symbol) -> Bool {
        symbol.scope.isPolicy && !names.used.contains(symbol.name)
    }

    // MARK: - Authentication-Results

    /// Without servers to believe, every `auth.…` is `none`, whatever the mail says.
    func checkAuthenticationServers(_ rules: [CheckedRule], _ exemptions: [TypedExemption]) {
        if hasErrors || !organisation.authenticationServers.isEmpty { return }
        let conditions =
            rules.compactMap(\.typed).flatMap { rule in rule.formulas.map { (rule.place, $0) } }
            + exemptions.map { ($0.place, $0.when) }
        // Once: one line in the header settles it for all.
        let facts: Set<Vocabulary.Fact> = [.authSPF, .authDKIM, .authDMARC]
        var question = question(of: facts)
        let first = conditions.filter { question.isAsked(by: $0.1) }
            .min { ($0.0.file, $0.0.line, $0.0.column) < ($1.0.file, $1.0.line, $1.0.column) }
        if let (place, formula) = first {
            warn(SemanticsDiagnostics.noAuthServers(span(formula.firstTest(of: facts) ?? place)))
        }
    }

    // MARK: - Exemptions

    /// Warns of exemptions that no mail can ever need.
    func checkIdle(_ rules: [CheckedRule], _ exemptions: [TypedExemption]) {
        if hasErrors { return }
        let typed = rules.compactMap(\.typed)
        var possible: Reasons = []
        for rule in typed where !rule.isMandatory {
            for cause in rule.when.unknownCauses(dictionaries: dictionaries) { possible.formUnion(cause.reasons) }
        }
        for exemption in exemptions {
            if exemption.when.constantValue == false {
                warn(
                    SemanticsDiagnostics.idleExemption(
                        span(exemption.place), exemption.name, why: "its condition can never hold"))
            } else if exemption.rules.isEmpty, exemption.unknown.isDisjoint(with: possible) {
                warn(
                    SemanticsDiagnostics.idleExemption(
                        span(exemption.place), exemption.name, why: "no rule can be undetermined for what it names"))
            }
        }
    }
}
