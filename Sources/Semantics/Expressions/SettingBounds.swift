import Diagnostics
import Syntax
import Vocabulary

/// Settings in the place of the number that a count, a threshold or `at least` is compared with.
///
/// Such a comparison is written out: it holds if for one of the values that the setting may have it does, and the setting
/// asks for no more. So it is unknown only where the setting's values disagree, and the machine learns nothing new.
extension ExpressionChecker {
    /// What a count is compared with.
    enum Bound {
        case number(Int64)
        case setting(BoundingValues, SourceSpan)
    }

    /// The values that a setting may have, the least first.
    struct BoundingValues {
        let setting: Operand
        let numbers: [Int64]
    }

    /// The number or setting that a count or sum is compared with; `nil` after a fault.
    func bound(_ written: Syntax.Value, expecting expected: Expected) -> Bound? {
        if let symbol = boundingSetting(written) {
            return boundingValues(symbol, written.span, expected).map { .setting($0, written.span) }
        }
        switch context.value(written, scope).value {
        case .literal(let literal):
            guard case .number(let number)? = value(literal, expecting: expected) else { return nil }
            return .number(number)
        case .name(let name):
            let names = scope.parameters.keys.sorted() + context.names.visibleNames([.setting], in: scope)
            let fault = SemanticsDiagnostics.boundOfOther(name, nearest: Nearest.to(name.text, amongDeclared: names))
            // A name that nothing bears may be of a declaration that could not be read.
            if context.names.symbol(name.text, in: scope) == nil {
                context.reportMissing(fault)
            } else {
                report(fault)
            }
            return nil
        }
    }

    /// The comparison of a count with a bound.
    func compared(_ measure: Count.Measure, _ order: Order, _ bound: Bound, _ type: ValueType, _ whole: Expression)
        -> Formula?
    {
        let place = context.place(whole.span)
        func count(_ number: Int64) -> Formula {
            .count(Count(measure: measure, order: order, bound: number, type: type, place: place))
        }
        switch bound {
        case .number(let number): return count(number)
        case .setting(let values, let span): return reaching(values, span, place, order, count)
        }
    }

    /// The setting that is named in the place of a number.
    func boundingSetting(_ written: Syntax.Value) -> Symbol? {
        let (value, scope) = context.value(written, scope)
        guard case .name(let name) = value, let symbol = context.names.symbol(name.text, in: scope),
            symbol.kind == .setting
        else { return nil }
        return symbol
    }

    func boundingValues(_ symbol: Symbol, _ span: SourceSpan, _ expected: Expected) -> BoundingValues? {
        guard let setting = computed(symbol, span, expecting: expected) else { return nil }
        let numbers = context.values(of: setting).compactMap { value -> Int64? in
            if case .number(let number) = value { number } else { nil }
        }
        return BoundingValues(setting: setting, numbers: numbers.sorted())
    }

    /// A test that holds for all bounds up to some, or from some on (`order` tells which), with a setting as the bound.
    func reaching(
        _ values: BoundingValues, _ span: SourceSpan, _ place: SourcePlace, _ order: Order, _ test: (Int64) -> Formula
    ) -> Formula? {
        let isUpTo = order == .greater || order == .greaterOrEqual
        let numbers = isUpTo ? values.numbers : values.numbers.reversed()
        guard let last = numbers.last, depth + 2 <= context.limits.expressionDepth else {
            report(SemanticsDiagnostics.conditionTooDeep(at: span))
            return nil
        }
        let hardest = test(last)
        guard numbers.count > 1 else { return hardest }
        guard addTests((hardest.testCount + 1) * (numbers.count - 1), at: span) else { return nil }
        let asks: Order = isUpTo ? .lessOrEqual : .greaterOrEqual
        let others = numbers.dropLast().map { number -> Formula in
            let asksNoMore = Test.compare(values.setting, asks, .constant(.number(number)))
            return .and([.atom(Atom(asksNoMore, at: place)), test(number)])
        }
        return .or(others + [hardest])
    }

    // MARK: - At least

    /// `at least N of (…)`
    func checkAtLeast(_ bound: Syntax.Value, _ operands: [Expression], _ whole: Expression) -> Formula? {
        let formulas = checkAll(operands)
        let expected = Expected(type: .int, subject: "at least")
        let number = self.bound(bound, expecting: expected)
        guard let number else { return nil }
        let head = SourceSpan(file: whole.span.file, start: whole.span.start, end: bound.span.end)
        func isInRange(_ number: Int64) -> Bool { number >= 1 && number <= operands.count }
        func atLeast(_ number: Int64, _ formulas: [Formula]) -> Formula {
            .atLeast(Int(clamping: number), formulas, context.place(head))
        }
        switch number {
        case .number(let number) where isInRange(number):
            return formulas.map { atLeast(number, $0) }
        case .setting(let values, let span) where values.numbers.allSatisfy(isInRange):
            return formulas.flatMap { formulas in
                reaching(values, span, context.place(head), .greaterOrEqual) { atLeast($0, formulas) }
            }
        case .number, .setting:
            report(SemanticsDiagnostics.atLeastOutOfRange(bound.span, operands: operands.count))
            return nil
        }
    }
}

extension CheckContext {
    /// The values that a constant is or a setting may have, each once; none of a fact or a score.
    func values(of operand: Operand) -> [Vocabulary.Value] {
        switch operand {
        case .constant(let value): return [value]
        case .fact, .otherwise: return []
        case .computed(let reference):
            let key = ComputedKey(name: reference.name, type: reference.type)
            guard let computed = keptComputed[key]?.computed, computed.kind != .score else { return [] }
            return Array(Set((computed.rows + (computed.otherwise.map { [$0] } ?? [])).map(\.value)))
        }
    }
}
