import Diagnostics
import Syntax
import Vocabulary

extension ExpressionChecker {
    /// The score or setting that an operand names; `nil` for everything else.
    func computedSymbol(_ node: Syntax.Operand) -> Symbol? {
        guard case .fact(let fact) = node.kind, fact.argument == nil, !fact.asNumber else { return nil }
        var symbol = context.names.symbol(fact.path.text, in: scope)
        if let parameter = scope.parameters[fact.path.text], case .name(let name) = parameter.value {
            symbol = context.names.symbol(name.text, in: scope.scope(of: parameter))
        }
        guard let symbol, symbol.kind == .score || symbol.kind == .setting,
            !context.broken.contain(symbol.span)
        else { return nil }
        // An element may bear the name within `where`.
        return binders.contains { $0.name == fact.path.text } ? nil : symbol
    }

    /// A comparison by order in which a score or setting takes part; `nil` within where there is a fault.
    func checkComputedOrder(
        _ left: Syntax.Operand, _ order: Order, _ right: Syntax.Operand, _ whole: Expression
    ) -> Formula?? {
        let leftSymbol = computedSymbol(left)
        let rightSymbol = computedSymbol(right)
        guard leftSymbol != nil || rightSymbol != nil else { return nil }
        guard let expected = expectation(left, leftSymbol, right, rightSymbol, relation: "a comparison") else {
            return .some(nil)
        }
        guard expected.type.isOrdered else {
            let span = leftSymbol == nil ? left.span : right.span
            report(
                SemanticsDiagnostics.notOrdered(span, context.text(span), type: expected.type, order.rawValue))
            return .some(nil)
        }
        guard let first = side(left, leftSymbol, expected), let second = side(right, rightSymbol, expected) else {
            return .some(nil)
        }
        return .some(.atom(Atom(.compare(first, order, second), at: context.place(whole.span))))
    }

    /// `score is VALUE`, `setting is VALUE`, each value by itself.
    func checkComputedEquality(
        _ left: Syntax.Operand, _ symbol: Symbol, _ choice: Choice, _ whole: Expression
    ) -> Formula? {
        var tests: [Formula] = []
        for node in choice.nodes {
            let other = computedSymbol(node)
            guard let expected = expectation(left, symbol, node, other, relation: "is") else { return nil }
            if choice.exactly, expected.type != .text {
                report(SemanticsDiagnostics.exactlyOfOther(choice.span, type: expected.type))
                return nil
            }
            guard let own = side(left, symbol, expected), let value = side(node, other, expected) else { return nil }
            tests.append(
                .atom(Atom(.equals(own, [value], exactly: choice.exactly), at: context.place(whole.span))))
        }
        if tests.count == 1 { return tests[0] }
        if case .all = choice.values { return .and(tests) }
        return .or(tests)
    }

    /// What both sides of a comparison are read as: the fact tells, else the score, else what the setting writes.
    private func expectation(
        _ left: Syntax.Operand, _ leftSymbol: Symbol?, _ right: Syntax.Operand, _ rightSymbol: Symbol?,
        relation: String
    ) -> Expected? {
        for (node, symbol) in [(left, leftSymbol), (right, rightSymbol)] where symbol == nil {
            guard case .fact(let fact) = node.kind, !isLiteralName(node) else { continue }
            if let words = leftSymbol ?? rightSymbol, context.naturalType(of: words) == nil, lookUp(fact) == nil {
                report(SemanticsDiagnostics.wordsCompared(node.span, words))
                return nil
            }
            return subject(node, relation: relation).map { Expected(of: $0) }
        }
        let symbols = [leftSymbol, rightSymbol].compactMap { $0 }
        // Nothing can be said of what a faulty one is compared with.
        guard let first = symbols.first, symbols.allSatisfy({ context.computed($0, from: left.span).isGood }) else {
            return nil
        }
        let types = symbols.map { context.naturalType(of: $0) }
        // Plain numbers are compared with a score as decimal numbers.
        let other = symbols.count == 1 ? (leftSymbol == nil ? left : right) : nil
        let isDecimal = types.contains(.decimal) || other.map(isDecimalNumber) == true
        guard let type = types[0] == .int && isDecimal ? .decimal : types[0] else {
            report(SemanticsDiagnostics.wordsCompared(left.span, first))
            return nil
        }
        return Expected(type: type, subject: first.name)
    }

    private func isDecimalNumber(_ node: Syntax.Operand) -> Bool {
        if case .literal(.quantity(let quantity)) = node.kind {
            quantity.unit == nil && quantity.number.scale > 0
        } else {
            false
        }
    }

    /// Whether a name is a parameter that stands for a literal.
    private func isLiteralName(_ node: Syntax.Operand) -> Bool {
        guard case .fact(let fact) = node.kind, case .literal? = scope.parameters[fact.path.text]?.value else {
            return false
        }
        return true
    }

    /// One side of a comparison, read as what is expected.
    ///
    /// - Parameter symbol: the score or setting that it names, where it names one.
    func side(_ node: Syntax.Operand, _ symbol: Symbol?, _ expected: Expected) -> Operand? {
        if let symbol { return computed(symbol, node.span, expecting: expected) }
        switch operand(node, expecting: expected) {
        case .failed: return nil
        case .list(let list):
            report(SemanticsDiagnostics.listInsteadOfValue(node.span, list, fix: nil))
            return nil
        case .operand(let operand):
            guard isConstant(operand) || operand.type == expected.type else {
                report(
                    SemanticsDiagnostics.typesDiffer(
                        node.span, left: expected.type, right: operand.type, relation: "a comparison"))
                return nil
            }
            return operand
        }
    }

    // MARK: - Scores and settings as operands

    /// A score or setting read as values of the expected type.
    func computed(_ symbol: Symbol, _ span: SourceSpan, expecting expected: Expected) -> Operand? {
        context.names.usedComputed.insert(symbol.name)
        let checked = context.computed(symbol, from: span)
        guard checked.isGood else { return nil }
        guard depth + checked.height <= context.limits.expressionDepth else {
            report(SemanticsDiagnostics.conditionTooDeep(at: span))
            return nil
        }
        let use = ComputedUse(
            name: symbol.name, type: expected.type, symbols: expected.symbols, fact: expected.fact)
        if let known = context.readComputed[use] { return .computed(known) }
        let natural = context.naturalType(of: symbol)
        guard natural.map({ $0.canBeRead(as: expected.type) }) ?? (expected.names != nil) else {
            let type = natural ?? .symbol
            report(
                SemanticsDiagnostics.typesDiffer(span, left: expected.type, right: type, relation: "a comparison"))
            return nil
        }
        guard let typed = typed(symbol, checked, expected) else { return nil }
        let reference = context.keep(typed)
        context.readComputed[use] = reference
        return .computed(reference)
    }

    private func typed(_ symbol: Symbol, _ checked: CheckedComputed, _ expected: Expected) -> TypedComputed? {
        let place = context.place(symbol.span)
        var conditions = checked.conditions[...]
        func row(_ value: Vocabulary.Value) -> TypedComputed.Row? {
            conditions.popFirst().map { TypedComputed.Row(when: $0.formula, value: value, place: $0.place) }
        }
        switch symbol.declaration {
        case .score(let node):
            let rows = node.lines.compactMap { line -> TypedComputed.Row? in
                let weight = context.weight(
                    line.weight, symbol.scope, else: SemanticsDiagnostics.badScoreWeight)
                return weight.flatMap { row(.number($0)) }
            }
            return TypedComputed(name: symbol.name, type: .decimal, kind: .score, rows: rows, place: place)
        case .setting(let node):
            var rows: [TypedComputed.Row] = []
            var otherwise: TypedComputed.Row?
            let subject = Expected(
                type: expected.type, symbols: expected.symbols, subject: expected.subject, fact: expected.fact)
            for one in node.rows {
                guard let value = value(one.value, symbol.scope, subject) else { return nil }
                if one.condition == nil {
                    otherwise = .init(when: .constant(true), value: value, place: context.place(one.span))
                } else if let row = row(value) {
                    rows.append(row)
                }
            }
            return TypedComputed(
                name: symbol.name, type: expected.type, kind: checked.kind, rows: rows, otherwise: otherwise,
                place: place)
        default: return nil
        }
    }

    /// The value of a row of a setting.
    private func value(_ written: Syntax.Value, _ scope: ModuleScope, _ expected: Expected) -> Vocabulary.Value? {
        switch context.value(written, scope).value {
        case .literal(let literal): return value(literal, expecting: expected)
        case .name(let name):
            if let value = namedValue(name.text, expected) { return value }
            report(
                SemanticsDiagnostics.unknownValueName(name, type: expected.type, names: expected.names ?? []))
            return nil
        }
    }

    /// A test with one of several values. Each setting is tried by itself, so that only its own values are where it is
    /// not known.
    func anyOf(_ operands: [Operand], _ test: ([Operand]) -> Formula) -> Formula {
        let known = operands.filter { $0.computed == nil }
        let tests = (known.isEmpty ? [] : [test(known)]) + operands.filter { $0.computed != nil }.map { test([$0]) }
        return tests.isEmpty ? .constant(false) : tests.count == 1 ? tests[0] : .or(tests)
    }

    /// Refuses a score or setting where only facts and constants can stand.
    func rejectsComputed(_ operand: Operand, _ span: SourceSpan) -> Bool {
        guard let reference = operand.computed else { return false }
        report(SemanticsDiagnostics.computedElsewhere(span, reference.name))
        return true
    }
}

extension ValueType {
    /// Whether what a setting writes as a value of this type can be read as one of another: texts by what they are
    /// compared with, plain numbers as decimal ones.
    fileprivate func canBeRead(as other: ValueType) -> Bool {
        switch (self, other) {
        case (.text, .address), (.text, .domain), (.text, .ip), (.text, .hash), (.int, .decimal): true
        default: self == other
        }
    }
}
