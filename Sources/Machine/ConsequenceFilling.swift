import Bytecode
import Vocabulary

extension Judging {
    /// A consequence with its texts filled in for the recipient judged now; notices that their `except when` excludes
    /// are left out of it and noted in the decision.
    mutating func fill(
        _ form: ConsequenceEntry, of rule: RuleEntry, unknown: Reasons, stripping parts: [StrippedPart] = [],
        _ decision: inout Decision
    ) throws(Trap) -> Consequence {
        let verdict = VerdictWords(rule: rule, unknown: unknown, areas: form.areas)
        var filled = Consequence(disposition: form.disposition, areas: form.areas)
        if let reason = form.reason {
            filled.reason = try text(reason, verdict, upTo: WrittenTextLimits.refusalBytes)
        }
        for action in form.actions {
            switch action {
            case .plain(let plain):
                filled.actions.append(plain)
            case .addHeader(let name, let value):
                let value = try text(value, verdict, upTo: WrittenTextLimits.fieldBytes)
                filled.actions.append(.addHeader(name: name, value: value))
            case .tagSubject(let tag):
                filled.actions.append(.tagSubject(try text(tag, verdict, upTo: WrittenTextLimits.tagBytes)))
            case .log(let line):
                filled.actions.append(.log(try text(line, verdict, upTo: WrittenTextLimits.logBytes)))
            case .strip:
                if !parts.isEmpty { filled.actions.append(.strip(parts)) }
            case .notify(let whom, let template, let even, let except):
                let notice = Action.notify(whom: whom, template: template, evenUnauthenticated: even)
                // An unknown does not leave it out: a notice too many is the lesser evil.
                guard try explainer.execution.truth(ofFormula: except, inquiry).isTrue else {
                    filled.actions.append(notice)
                    continue
                }
                let withheld = WithheldNotice(
                    rule: rule.name, notice: notice, evidence: try evidence(of: except, .yes))
                if !decision.withheld.contains(withheld) { decision.withheld.append(withheld) }
            }
        }
        return filled
    }

    /// - Throws: `Trap` where scores or settings in it are more than the budget suffices for.
    private mutating func text(
        _ form: TextForm<Int>, _ verdict: VerdictWords, upTo bytes: Int
    ) throws(Trap) -> String {
        var texts: [Int: String] = [:]
        for operand in form.operands { texts[operand] = text(ofOperand: operand) }
        if steps > loaded.limits.steps { throw Trap(text: "the policy took more than \(loaded.limits.steps) steps") }
        return form.filled(upTo: bytes, verdict: verdict.text) { texts[$0, default: ""] }
    }
}

extension Judging {
    /// What a rule that fired takes away, and why there may be more that it cannot tell.
    mutating func stripped(by rule: RuleEntry) throws(Trap) -> (parts: [StrippedPart], unknown: Reasons) {
        var parts: [StrippedPart] = []
        var unknown: Reasons = []
        var seen: Set<Int> = []
        for formula in rule.strips {
            let found = try elements(of: formula)
            unknown.formUnion(found.unknown)
            for part in found.elements where seen.insert(part).inserted {
                let stripped = inquiry.source.strippedPart(part)
                if !parts.contains(stripped) { parts.append(stripped) }
            }
        }
        return (parts, unknown)
    }

    /// The elements for which a formula is true; asked once for a message unless it depends on the recipient.
    private mutating func elements(of formula: Int) throws(Trap) -> FoundElements {
        if let known = foundElements[formula] { return known }
        let entry = loaded.program.formulas[formula]
        guard let head = entry.element else { return FoundElements() }
        let list = inquiry.elements(of: head.list)
        var found = FoundElements(unknown: list.missing)
        for element in list.elements {
            inquiry.bind(element, head)
            let truth = try explainer.execution.truth(ofElementFormula: formula, inquiry)
            found.unknown.formUnion(truth.reasons)
            if truth.isTrue { found.elements.append(element) }
        }
        if entry.level == .message { foundElements[formula] = found }
        return found
    }
}

/// Elements that satisfy a condition.
struct FoundElements {
    var elements: [Int] = []
    /// Why there may be more.
    var unknown: Reasons = []
}

/// What the verdict of one rule puts into its texts.
private struct VerdictWords {
    let rule: RuleEntry
    /// Why the rule is undetermined; empty for one that fired.
    let unknown: Reasons
    let areas: [String]

    func text(of word: VerdictWord) -> String {
        switch word {
        case .rule: rule.name
        case .title: rule.title ?? rule.name
        case .reason: unknown.isEmpty ? rule.title ?? rule.name : unknown.names.joined(separator: ", ")
        case .area: areas.isEmpty ? "none" : areas.joined(separator: ", ")
        }
    }
}
