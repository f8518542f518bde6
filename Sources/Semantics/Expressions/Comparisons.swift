import Diagnostics
import Syntax
import Vocabulary

extension ExpressionChecker {
    // MARK: - Order

    func checkOrder(
        _ left: Syntax.Operand, _ ordering: Ordering, _ right: Syntax.Operand, _ whole: Expression
    ) -> Formula? {
        guard let order = Order(rawValue: ordering.rawValue) else { return nil }
        if let formula = checkComputedOrder(left, order, right, whole) { return formula }
        // `2 MB < size`: the fact tells the type, wherever it stands.
        if case .literal = left.kind {
            guard case .fact = right.kind else {
                report(
                    SemanticsDiagnostics.literalOnTheLeft(left.span, context.text(left.span), relation: "a comparison"))
                return nil
            }
            guard let subject = self.subject(right, relation: "a comparison"), isOrdered(subject, right.span, order),
                case .operand(let bound) = operand(left, expecting: Expected(of: subject))
            else { return nil }
            return .atom(Atom(.compare(bound, order, subject), at: context.place(whole.span)))
        }
        guard let subject = self.subject(left, relation: "a comparison"), isOrdered(subject, left.span, order) else {
            return nil
        }
        return side(right, nil, Expected(of: subject)).map { bound in
            .atom(Atom(.compare(subject, order, bound), at: context.place(whole.span)))
        }
    }

    private func isOrdered(_ operand: Operand, _ span: SourceSpan, _ order: Order) -> Bool {
        if operand.type.isOrdered { return true }
        report(SemanticsDiagnostics.notOrdered(span, context.text(span), type: operand.type, order.rawValue))
        return false
    }

    // MARK: - Equality

    func checkEquality(
        _ left: Syntax.Operand, _ choice: Choice, negated: Bool, _ whole: Expression
    ) -> Formula? {
        if let formula = checkAdjectives(left, choice, whole) { return formula }
        if let symbol = computedSymbol(left) { return checkComputedEquality(left, symbol, choice, whole) }
        guard let subject = self.subject(left, relation: "is") else { return nil }
        let expected = Expected(of: subject)
        if choice.exactly, expected.type != .text {
            report(SemanticsDiagnostics.exactlyOfOther(choice.span, type: expected.type))
            return nil
        }
        let place = context.place(whole.span)
        if reportsAbsence(left, subject, choice, negated: negated, whole) { return nil }
        warnOfSubdomains(subject, choice.nodes)
        warnOfPatterns(subject, choice.nodes)
        switch choice.values {
        case .one(let node):
            guard let (operands, lists) = self.operands([node], expecting: expected) else { return nil }
            if let (list, span) = lists.first {
                let verb = SourceEdit(verbSpan(left, choice), negated ? "not in" : "in")
                let fix = choice.exactly ? nil : verb
                report(SemanticsDiagnostics.listInsteadOfValue(span, list, fix: fix))
                return nil
            }
            return equality(subject, operands, choice.exactly, place)
        case .any(let nodes):
            guard let (operands, lists) = self.operands(nodes, expecting: expected) else { return nil }
            var tests = operands.isEmpty ? [] : [equality(subject, operands, choice.exactly, place)]
            for (list, span) in lists {
                guard let member = member(subject, list, span, place) else { return nil }
                tests.append(member)
            }
            return tests.count == 1 ? tests[0] : .or(tests)
        case .all(let nodes):
            guard let (operands, lists) = self.operands(nodes, expecting: expected) else { return nil }
            if let (list, span) = lists.first {
                report(SemanticsDiagnostics.listInAllOf(span, list))
                return nil
            }
            let tests = operands.map { equality(subject, [$0], choice.exactly, place) }
            return tests.count == 1 ? tests[0] : .and(tests)
        }
    }

    /// Where the `is` or `is not` stands.
    private func verbSpan(_ left: Syntax.Operand, _ choice: Choice) -> SourceSpan {
        let gap = SourceSpan(file: left.span.file, start: left.span.end, end: choice.span.start)
        let text = context.text(gap)
        let leading = text.utf8.prefix { $0 <= 0x20 }.count
        let trailing = text.utf8.reversed().prefix { $0 <= 0x20 }.count
        return SourceSpan(file: gap.file, start: gap.start + leading, end: max(gap.start + leading, gap.end - trailing))
    }

    /// Equality with operands; with `true` and `false` a condition by itself.
    private func equality(_ subject: Operand, _ operands: [Operand], _ exactly: Bool, _ place: SourcePlace) -> Formula {
        if subject.type == .bool, operands.count == 1, case .constant(.bool(let value)) = operands[0] {
            let holds = Formula.atom(Atom(.holds(subject), at: place))
            return value ? holds : .not(holds)
        }
        return anyOf(operands) { .atom(Atom(.equals(subject, $0, exactly: exactly), at: place)) }
    }

    /// `message is encrypted`, `outer is signed`: an adjective behind the message or an element.
    ///
    /// `nil` where the left side is neither, `.some(nil)` after a fault.
    private func checkAdjectives(_ left: Syntax.Operand, _ choice: Choice, _ whole: Expression) -> Formula?? {
        guard case .fact(let fact) = left.kind, fact.argument == nil, !fact.asNumber else { return nil }
        let element: Binder?
        if fact.path.text == "message" {
            element = nil
        } else if fact.path.segments.count == 1, case .element(let index)? = lookUp(fact) {
            element = binders[index]
        } else {
            return nil
        }
        let place = context.place(whole.span)
        var isGood = true
        func formula(_ node: Syntax.Operand) -> Formula? {
            guard case .fact(let word) = node.kind, word.path.segments.count == 1 else {
                report(SemanticsDiagnostics.adjectiveExpected(node.span, of: fact.path.text))
                return nil
            }
            if let element {
                if let formula = adjective(word.path.text, element, at: whole.span) { return formula }
            } else if let adjective = Adjective.ofMessage.named(word.path.text) {
                return .atom(Atom(.holds(.fact(FactReference(adjective.fact))), at: place))
            }
            report(
                SemanticsDiagnostics.unknownAdjective(
                    word.path, of: fact.path.text, isMessage: element == nil))
            return nil
        }
        func all(_ nodes: [Syntax.Operand]) -> [Formula] {
            let formulas = nodes.map(formula)
            isGood = !formulas.contains { $0 == nil }
            return formulas.compactMap { $0 }
        }
        let result: Formula?
        switch choice.values {
        case .one(let node): result = formula(node)
        case .any(let nodes): result = .or(all(nodes))
        case .all(let nodes): result = .and(all(nodes))
        }
        return .some(isGood ? result : nil)
    }
}
