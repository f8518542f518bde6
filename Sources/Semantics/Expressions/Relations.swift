import Diagnostics
import Syntax
import Vocabulary

extension ExpressionChecker {
    func checkRelation(_ node: Syntax.Operand, _ relation: Relation, _ whole: Expression) -> Formula? {
        switch relation {
        case .exists: checkExists(node, whole)
        case .isIn(let container): checkMembership(node, container, whole)
        case .mentions(let path, let threshold, let inTotal):
            checkMentions(node, path, threshold, inTotal: inTotal, whole)
        case .matches(let patterns): checkMatches(node, patterns, whole)
        case .text(.under, let choice): checkUnder(node, choice, whole)
        case .text(.looksLike, let choice): checkLooksLike(node, choice, whole)
        case .text(let relation, let choice): checkText(node, relation, choice, whole)
        }
    }

    // MARK: - exists

    private func checkExists(_ node: Syntax.Operand, _ whole: Expression) -> Formula? {
        if case .fact(let fact) = node.kind, case .elementList(let list)? = lookUp(fact) {
            var isNegated = false
            if case .relation(_, let negated, _) = whole.kind { isNegated = negated }
            report(SemanticsDiagnostics.listExists(whole.span, list, negated: isNegated))
            return nil
        }
        guard let subject = self.subject(node, relation: "exists") else { return nil }
        guard case .fact(let reference) = subject else {
            report(SemanticsDiagnostics.existsWithOtherwise(node.span))
            return nil
        }
        return .atom(Atom(.exists(reference), at: context.place(whole.span)))
    }

    // MARK: - in

    private func checkMembership(_ node: Syntax.Operand, _ container: Container, _ whole: Expression) -> Formula? {
        let subject = self.subject(node, relation: "in")
        let place = context.place(whole.span)
        switch container {
        case .path(let path):
            // Behind a name of another kind another relation was meant, and another kind of name.
            let list = subject == nil && isOfOtherKind(node) ? context.muted { self.list(path) } : self.list(path)
            guard let subject, let list else { return nil }
            warnOfSubdomains(subject, in: list, at: path.span)
            return member(subject, list, path.span, place)
        case .values(let nodes, let span):
            guard let subject else { return nil }
            warnOfSubdomains(subject, nodes)
            warnOfPatterns(subject, nodes)
            return membership(subject, nodes, span, place)
        }
    }

    /// Whether an operand is the name of something that is no fact, define or list.
    private func isOfOtherKind(_ node: Syntax.Operand) -> Bool {
        guard case .fact(let fact) = node.kind else { return false }
        return switch context.names.symbol(fact.path.text, in: scope)?.kind {
        case .dictionary, .rule, .exemption, .template: true
        default: false
        }
    }

    /// The group or list of a name.
    private func list(_ path: Path) -> ResolvedList? {
        switch lookUp(WrittenFact(path)) {
        case .list(let list)?:
            return list
        case .failed?:
            return nil
        case nil:
            let names = context.names.visibleNames([.list], in: scope) + ["policy.networks", "policy.domains"]
            context.reportUnknown(
                "name", path.text, in: scope,
                SemanticsDiagnostics.unknownList(path, nearest: Nearest.to(path.text, amongDeclared: names)))
        case .reference, .condition, .literal, .computed, .elementList, .element:
            if !context.names.doubled.contains(scope.fullName(path.text)) {
                report(SemanticsDiagnostics.notAList(path))
            }
        }
        return nil
    }

    /// A look-up in a group or list, which must hold values of the operand's type.
    func member(_ subject: Operand, _ list: ResolvedList, _ span: SourceSpan, _ place: SourcePlace) -> Formula? {
        guard list.type == subject.type else {
            report(SemanticsDiagnostics.listOfOther(span, list, subject: subject.description, type: subject.type))
            return nil
        }
        guard let set = try? ValueSet(name: list.name, type: list.type, entries: list.entries) else { return nil }
        return .atom(Atom(.member(subject, set: context.sets.number(of: set)), at: place))
    }

    /// `in ("a", "b", finance)`: literals become one set, facts are compared, lists are looked up.
    private func membership(
        _ subject: Operand, _ nodes: [Syntax.Operand], _ span: SourceSpan, _ place: SourcePlace
    ) -> Formula? {
        let expected = Expected(of: subject)
        guard subject.type != .bool else {
            report(SemanticsDiagnostics.listOfBool(span))
            return nil
        }
        var entries: [String] = []
        var facts: [Operand] = []
        var tests: [Formula] = []
        var isGood = true
        for node in nodes {
            if case .literal(.text(let text)) = node.kind, let entry = setEntry(text, subject.type) {
                entries.append(entry)
                continue
            }
            switch operand(node, expecting: expected) {
            case .failed: isGood = false
            case .list(let list):
                if let test = member(subject, list, node.span, place) { tests.append(test) } else { isGood = false }
            case .operand(.constant(let value)):
                entries.append(Self.entry(of: value))
            case .operand(let fact):
                if fact.type == subject.type {
                    facts.append(fact)
                } else {
                    report(
                        SemanticsDiagnostics.typesDiffer(
                            node.span, left: subject.type, right: fact.type, relation: "in"))
                    isGood = false
                }
            }
        }
        guard isGood else { return nil }
        if !facts.isEmpty {
            tests.insert(anyOf(facts) { .atom(Atom(.equals(subject, $0, exactly: false), at: place)) }, at: 0)
        }
        if !entries.isEmpty {
            let sorted = Array(Set(entries)).sorted()
            guard let set = try? ValueSet(name: nil, type: subject.type, entries: sorted) else { return nil }
            tests.insert(.atom(Atom(.member(subject, set: context.sets.number(of: set)), at: place)), at: 0)
        }
        return tests.count == 1 ? tests[0] : .or(tests)
    }

    private func network(_ text: TextLiteral) -> String? {
        guard Network(text.value) != nil else { return nil }
        context.warnOfHostBits(text)
        return text.value
    }

    /// A text that stands for more than one value: a pattern of addresses, a network.
    private func setEntry(_ text: TextLiteral, _ type: ValueType) -> String? {
        switch type {
        case .address: DomainSyntax.isAddressPattern(text.value) ? text.value : nil
        case .ip: network(text)
        default: nil
        }
    }

    /// How a set writes a value.
    private static func entry(of value: Vocabulary.Value) -> String {
        if case .number(let number) = value { return String(number) }
        return value.described(as: value.naturalType)
    }

    // MARK: - under

    private func checkUnder(_ node: Syntax.Operand, _ choice: Choice, _ whole: Expression) -> Formula? {
        guard let subject = self.subject(node, relation: "under") else { return nil }
        guard subject.type == .domain else {
            report(SemanticsDiagnostics.underOfOther(node.span, subject.description, type: subject.type))
            return nil
        }
        if choice.exactly {
            report(SemanticsDiagnostics.exactlyOfOther(choice.span, type: .domain))
            return nil
        }
        let place = context.place(whole.span)
        let nodes = choice.nodes
        warnOfSubdomains(subject, nodes, below: true)
        guard let (operands, lists) = self.operands(nodes, expecting: Expected(of: subject)) else { return nil }
        var domains = operands
        for (list, span) in lists {
            guard list.type == .domain else {
                report(SemanticsDiagnostics.listOfOther(span, list, subject: subject.description, type: .domain))
                return nil
            }
            domains += list.entries.map { .constant(.domain(OwnDomain($0).domain)) }
        }
        if case .all = choice.values, domains.count > 1 {
            return .and(domains.map { .atom(Atom(.under(subject, [$0]), at: place)) })
        }
        return anyOf(domains) { .atom(Atom(.under(subject, $0), at: place)) }
    }

    // MARK: - inside

    func checkInside(_ choice: Choice, _ whole: Expression) -> Formula? {
        guard let binder = binders.last else {
            report(SemanticsDiagnostics.insideOutside(whole.span))
            return nil
        }
        if choice.exactly {
            report(SemanticsDiagnostics.exactlyOfOther(choice.span, type: .fileType))
            return nil
        }
        let nodes = choice.nodes
        let place = context.place(whole.span)
        var types: [FileType] = []
        var tests: [Formula] = []
        var isGood = true
        for node in nodes {
            guard case .fact(let fact) = node.kind else {
                if case .literal(let literal) = node.kind {
                    _ = value(literal, expecting: Expected(type: .fileType, subject: "inside"))
                }
                isGood = false
                continue
            }
            if fact.path.segments.count == 1, let type = FileType.named(fact.path.text) {
                types.append(type)
            } else if case .element(let index)? = lookUp(fact), binders[index].number != binder.number {
                guard binders[index].list.kind == .part else {
                    report(SemanticsDiagnostics.insideLink(fact.span))
                    isGood = false
                    continue
                }
                tests.append(
                    .atom(Atom(.insideElement(binder: binder.number, container: binders[index].number), at: place)))
            } else {
                let names = FileType.all.map(\.name) + binders.dropLast().compactMap(\.name)
                report(SemanticsDiagnostics.unknownValueName(fact.path, type: .fileType, names: names))
                isGood = false
            }
        }
        guard isGood else { return nil }
        if case .all = choice.values {
            let all = types.map { Formula.atom(Atom(.insideType(binder: binder.number, [$0]), at: place)) } + tests
            return all.count == 1 ? all[0] : .and(all)
        }
        if !types.isEmpty { tests.insert(.atom(Atom(.insideType(binder: binder.number, types), at: place)), at: 0) }
        return tests.count == 1 ? tests[0] : .or(tests)
    }
}
