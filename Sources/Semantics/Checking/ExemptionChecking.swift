import Diagnostics
import Syntax
import Vocabulary

extension CheckContext {
    /// Types every exemption and resolves what it lifts.
    func checkExemptions(_ rules: RuleIndex) -> [TypedExemption] {
        names.all(.exemption).compactMap { symbol in
            guard case .exempt(let node) = symbol.declaration else { return nil }
            return check(node, symbol, rules)
        }
    }

    private func check(_ node: ExemptDeclaration, _ symbol: Symbol, _ rules: RuleIndex) -> TypedExemption? {
        var lifted: Set<String> = []
        var unknown: Reasons = []
        var isGood = true
        for target in node.targets {
            switch target {
            case .rule(let path):
                if let rule = rule(path, symbol.scope, rules) {
                    if rule.node.isMandatory {
                        report(SemanticsDiagnostics.mandatoryExempted(path, rule.node.name.span))
                        isGood = false
                    }
                    lifted.insert(rule.name)
                } else {
                    isGood = false
                }
            case .label(let label):
                if let names = labelled(label, rules) { lifted.formUnion(names) } else { isGood = false }
            case .unknown(let reason):
                if let reasons = reasons(reason) { unknown.formUnion(reasons) } else { isGood = false }
            }
        }
        let formula = condition(node.condition, symbol.scope, nil)
        if let formula {
            checkIdentity(formula, nil)
            checkAntivirus(node, lifted, rules)
        }
        guard isGood, let formula else { return nil }
        return TypedExemption(
            name: symbol.name, place: place(node.name.span), rules: lifted.sorted(), unknown: unknown, when: formula)
    }

    /// The rule of a name.
    func rule(_ path: Path, _ scope: ModuleScope, _ rules: RuleIndex) -> CheckedRule? {
        if let rule = rules.byName[scope.fullName(path.text)] { return rule }
        if let symbol = names.symbol(path.text, in: scope) {
            reportWrongKind(path, symbol, expected: "a rule")
            return nil
        }
        reportUnknown(
            "rule", path.text, in: scope,
            SemanticsDiagnostics.unknownRule(
                path, nearest: Nearest.to(path.text, amongDeclared: names.visibleNames([.rule], in: scope))))
        return nil
    }

    /// The rules that bear a label and can be exempted.
    private func labelled(_ label: Name, _ rules: RuleIndex) -> [String]? {
        guard let bearing = rules.byLabel[label.text] else {
            reportUnknown(
                "label", label.text, in: modules[0],
                SemanticsDiagnostics.unknownLabel(
                    label, nearest: Nearest.to(label.text, amongDeclared: rules.byLabel.keys.sorted())))
            return nil
        }
        let free = bearing.filter { !$0.node.isMandatory }
        guard !free.isEmpty else {
            report(SemanticsDiagnostics.labelOfMandatory(label, bearing[0].node.name.span))
            return nil
        }
        return free.map(\.name)
    }

    // MARK: - Doubtful exemptions

    /// An exemption that names a rule whose condition asks an engine switches it off for what it lets through.
    private func checkAntivirus(_ node: ExemptDeclaration, _ lifted: Set<String>, _ rules: RuleIndex) {
        var question = question(of: [.virus, .virusName, .virusEngines])
        let asking = lifted.sorted().lazy.compactMap { rules.byName[$0] }.first { rule in
            rule.typed.map { question.isAsked(by: $0.when) } ?? false
        }
        if let asking {
            warn(SemanticsDiagnostics.antivirusExempted(node.name, rule: asking.name, asking.node.name.span))
        }
    }

    /// An excuse that rests on who the mail says it is from, without proof.
    func checkIdentity(_ excuse: Formula, _ levels: WarningLevels?) {
        var analysis = excuseAnalysis
        for found in analysis.unprovenIdentities(in: excuse) {
            warn(
                SemanticsDiagnostics.unprovenIdentity(span(found.place), found.fact, row: found.row.map(span)),
                in: levels)
        }
    }

    private var excuseAnalysis: ExcuseAnalysis {
        ExcuseAnalysis(computed: { self.kept($0) }, doubtful: { self.doubtful($0) })
    }

    /// A score or setting with its doubtful rows alone.
    private func doubtful(_ reference: ComputedReference) -> TypedComputed? {
        guard var computed = kept(reference) else { return nil }
        if let known = doubtfulRows[reference] {
            computed.rows = known
        } else {
            computed.rows.removeAll { row in
                var analysis = excuseAnalysis
                return analysis.unprovenIdentities(in: row.when).isEmpty
            }
            doubtfulRows[reference] = computed.rows
        }
        return computed
    }

    /// The question whether conditions ask for one of the facts, themselves or through scores and settings.
    func question(of facts: Set<Vocabulary.Fact>) -> FactQuestion {
        FactQuestion(of: facts) { self.kept($0) }
    }

    /// The score or setting of a reference.
    private func kept(_ reference: ComputedReference) -> TypedComputed? {
        keptComputed[ComputedKey(name: reference.name, type: reference.type)]?.computed
    }
}
