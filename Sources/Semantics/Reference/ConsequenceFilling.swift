import Vocabulary

/// Fills in the texts of a consequence for one message and one recipient, and leaves out the notices that their
/// `except when` excludes.
struct ConsequenceFilling {
    let evaluation: FormulaEvaluation
    let rule: TypedRule
    /// Why the rule is undetermined; empty for one that fired.
    let unknown: Reasons

    func fill(_ form: TypedConsequence) -> (consequence: Consequence, withheld: [WithheldNotice]) {
        var consequence = Consequence(disposition: form.disposition, areas: form.areas)
        var withheld: [WithheldNotice] = []
        consequence.reason = form.reason.map { text($0, form, upTo: WrittenTextLimits.refusalBytes) }
        for action in form.actions {
            switch action {
            case .plain(let plain):
                consequence.actions.append(plain)
            case .addHeader(let name, let value):
                let value = text(value, form, upTo: WrittenTextLimits.fieldBytes)
                consequence.actions.append(.addHeader(name: name, value: value))
            case .tagSubject(let tag):
                consequence.actions.append(.tagSubject(text(tag, form, upTo: WrittenTextLimits.tagBytes)))
            case .log(let line):
                consequence.actions.append(.log(text(line, form, upTo: WrittenTextLimits.logBytes)))
            case .strip:
                // An answer found nothing to take away.
                let parts = unknown.isEmpty ? stripped().parts : []
                if !parts.isEmpty { consequence.actions.append(.strip(parts)) }
            case .notify(let whom, let template, let even, let except):
                let notice = Action.notify(whom: whom, template: template, evenUnauthenticated: even)
                // An unknown does not leave it out: a notice too many is the lesser evil.
                if evaluation.truth(of: except).isTrue {
                    let evidence = EvidenceFinder(evaluation: evaluation).evidence(for: except, value: .yes)
                    withheld.append(WithheldNotice(rule: rule.name, notice: notice, evidence: evidence))
                } else {
                    consequence.actions.append(notice)
                }
            }
        }
        return (consequence, withheld)
    }

    /// What the rule takes away, and why there may be more that it cannot tell.
    func stripped() -> (parts: [StrippedPart], unknown: Reasons) {
        var parts: [StrippedPart] = []
        var unknown: Reasons = []
        for quantification in rule.when.strippedElements {
            let list = evaluation.facts.elements(of: quantification.list)
            unknown.formUnion(list.missing)
            for element in list.elements {
                let truth = evaluation.binding(.part(element)).truth(of: quantification.body)
                unknown.formUnion(truth.reasons)
                let part = evaluation.facts.strippedPart(element)
                if truth.isTrue, !parts.contains(part) { parts.append(part) }
            }
        }
        return (parts, unknown)
    }

    private func text(_ form: TextForm<Operand>, _ consequence: TypedConsequence, upTo bytes: Int) -> String {
        form.filled(upTo: bytes) { word in
            switch word {
            case .rule: rule.name
            case .title: rule.title ?? rule.name
            case .reason: unknown.isEmpty ? rule.title ?? rule.name : unknown.names.joined(separator: ", ")
            case .area: consequence.areas.isEmpty ? "none" : consequence.areas.joined(separator: ", ")
            }
        } value: { operand in
            evaluation.text(of: operand)
        }
    }
}
