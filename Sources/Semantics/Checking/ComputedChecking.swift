import Diagnostics
import Syntax
import Vocabulary

/// A score or setting that has been checked by itself.
struct CheckedComputed {
    let kind: TypedComputed.Kind
    /// The conditions of its rows, with their places; of a faulty one none.
    var conditions: [(formula: Formula, place: SourcePlace)] = []
    /// Whether it has no fault.
    var isGood: Bool
    /// Levels of its conditions.
    var height = 0
}

extension CheckContext {
    /// Checks every score and setting, used or not, so that its faults are told once and where they are.
    func checkComputed() {
        for kind in [SymbolKind.score, .setting] {
            for symbol in names.all(kind) { _ = computed(symbol, from: symbol.span) }
        }
    }

    /// The score or setting of a symbol, checked when it is first asked for.
    func computed(_ symbol: Symbol, from use: SourceSpan) -> CheckedComputed {
        let faulty = CheckedComputed(kind: .score, isGood: false)
        if let known = checkedComputed[symbol.name] {
            return known.isGood && !isInRow(symbol, from: use) ? faulty : known
        }
        guard isFree(symbol, from: use) else { return faulty }
        var checked = inProgress(symbol) {
            switch symbol.declaration {
            case .score(let node): check(node, symbol.scope)
            case .setting(let node): check(node, symbol.scope)
            default: faulty
            }
        }
        if broken.contain(symbol.span) { checked.isGood = false }
        checkedComputed[symbol.name] = checked
        return checked
    }

    /// Looks into a define, score or setting, and learns how many use one another in a row from it on.
    func inProgress<Checked>(_ symbol: Symbol, _ check: () -> Checked) -> Checked {
        definesInProgress.append(symbol)
        rows.append(0)
        defer {
            definesInProgress.removeLast()
            let row = 1 + (rows.popLast() ?? 0)
            defineRows[symbol.name] = row
            noteUse(ofRow: row)
        }
        return check()
    }

    private func noteUse(ofRow row: Int) {
        if let last = rows.last { rows[rows.count - 1] = max(last, row) }
    }

    /// Whether what has been looked into already may be used here: those that it uses count as if they were looked into
    /// now, so that the order of declarations decides nothing, and whoever follows them all needs a bounded stack.
    func isInRow(_ symbol: Symbol, from use: SourceSpan) -> Bool {
        let row = defineRows[symbol.name] ?? 1
        guard definesInProgress.count + row <= limits.defineChain else {
            report(SemanticsDiagnostics.conditionTooDeep(at: use))
            return false
        }
        noteUse(ofRow: row)
        return true
    }

    /// Whether a define, score or setting can be looked into here: it does not stand in itself, nor too many others in
    /// a row.
    func isFree(_ symbol: Symbol, from use: SourceSpan) -> Bool {
        if let start = definesInProgress.firstIndex(where: { $0.name == symbol.name }) {
            let cycle = definesInProgress[start...]
            if cycle.allSatisfy({ $0.kind == .define }) {
                report(SemanticsDiagnostics.recursiveDefine(use, cycle.map(\.name), symbol))
            } else {
                report(SemanticsDiagnostics.recursiveValue(use, cycle.map(\.name), symbol))
            }
            return false
        }
        guard definesInProgress.count < limits.defineChain else {
            report(SemanticsDiagnostics.conditionTooDeep(at: use))
            return false
        }
        return true
    }

    // MARK: - Scores

    private func check(_ node: ScoreDeclaration, _ scope: ModuleScope) -> CheckedComputed {
        var checked = CheckedComputed(kind: .score, isGood: true)
        if node.lines.isEmpty {
            report(SemanticsDiagnostics.emptyScore(node.name))
            checked.isGood = false
        }
        checkCount(of: node.lines.count, node.name, &checked)
        for line in node.lines {
            if weight(line.weight, scope, else: SemanticsDiagnostics.badScoreWeight) == nil { checked.isGood = false }
            add(line.condition, line.span, scope, to: &checked)
        }
        return checked
    }

    private func checkCount(of rows: Int, _ name: Name, _ checked: inout CheckedComputed) {
        guard rows > limits.computedRows else { return }
        report(SemanticsDiagnostics.tooManyRows(name, limit: limits.computedRows))
        checked.isGood = false
    }

    private func add(
        _ expression: Expression, _ span: SourceSpan, _ scope: ModuleScope, to checked: inout CheckedComputed
    ) {
        guard let formula = condition(expression, scope, nil) else {
            checked.isGood = false
            return
        }
        checked.height = max(checked.height, formula.height)
        checked.conditions.append((formula, place(span)))
    }

    // MARK: - Settings

    private func check(_ node: SettingDeclaration, _ scope: ModuleScope) -> CheckedComputed {
        let kind = TypedComputed.Kind(rawValue: node.take.text)
        var checked = CheckedComputed(kind: kind ?? .one, isGood: true)
        if kind == nil || kind == .score {
            report(SemanticsDiagnostics.unknownTake(node.take))
            checked.isGood = false
        }
        checkCount(of: node.rows.count, node.name, &checked)
        let others = node.rows.filter { $0.condition == nil }
        if others.isEmpty {
            reportMissing(SemanticsDiagnostics.noOtherwise(node.name))
            checked.isGood = false
        } else if others.count > 1 {
            report(SemanticsDiagnostics.otherwiseTwice(others[1].span, first: others[0].span))
            checked.isGood = false
        }
        checkValues(of: node, scope, &checked)
        for row in node.rows {
            if let expression = row.condition { add(expression, row.span, scope, to: &checked) }
        }
        return checked
    }

    /// All values are of one kind, and of one with an order where the greatest or least is taken.
    private func checkValues(of node: SettingDeclaration, _ scope: ModuleScope, _ checked: inout CheckedComputed) {
        let values = node.rows.map { (shape: self.value($0.value, scope).value.shape, span: $0.value.span) }
        let usual = Dictionary(grouping: values, by: \.shape).values
            .max { ($0.count, $1[0].span.start) < ($1.count, $0[0].span.start) }
        guard let first = usual?.first else { return }
        if let other = values.first(where: { $0.shape != first.shape }) {
            let fault = SemanticsDiagnostics.valuesOfTwoKinds(other.span, first: first.span)
            // A name may be of a parameter that could not be read.
            if [first.shape, other.shape].contains(.name) { reportMissing(fault) } else { report(fault) }
            checked.isGood = false
        } else if checked.kind != .one, checked.isGood, !first.shape.isOrdered {
            report(SemanticsDiagnostics.takesUnordered(node.take, node.take.text, value: first.span))
            checked.isGood = false
        }
    }

    /// A value with parameters replaced, and the scope whose names it uses.
    func value(_ value: Syntax.Value, _ scope: ModuleScope) -> (value: Syntax.Value, scope: ModuleScope) {
        if case .name(let name) = value, let parameter = scope.parameters[name.text] {
            return (parameter.value, scope.scope(of: parameter))
        }
        return (value, scope)
    }

    /// The rows of a setting as written, and its `otherwise`.
    private func shape(of node: SettingDeclaration, _ scope: ModuleScope) -> ValueShape? {
        node.rows.first.map { value($0.value, scope).value.shape }
    }

    // MARK: - Types

    /// The type of a score or setting where nothing else tells it; `nil` for words, which only a fact gives a meaning.
    func naturalType(of symbol: Symbol) -> ValueType? {
        guard case .setting(let node) = symbol.declaration else { return .decimal }
        if let known = naturalTypes[symbol.name] { return known }
        let type = naturalType(of: node, symbol.scope)
        naturalTypes[symbol.name] = .some(type)
        return type
    }

    private func naturalType(of node: SettingDeclaration, _ scope: ModuleScope) -> ValueType? {
        switch shape(of: node, scope) {
        case .text: return .text
        case .bool: return .bool
        case .date: return .time
        case .size: return .size
        case .duration: return .duration
        case .number:
            let numbers = node.rows.compactMap { row -> Int? in
                if case .literal(.quantity(let quantity)) = value(row.value, scope).value {
                    quantity.number.scale
                } else {
                    nil
                }
            }
            return numbers.allSatisfy { $0 == 0 } ? .int : .decimal
        case .name, nil: return nil
        }
    }

    /// Keeps a score or setting for the policy and gives how conditions refer to it.
    func keep(_ computed: TypedComputed) -> ComputedReference {
        let key = ComputedKey(name: computed.name, type: computed.type)
        if let known = keptComputed[key] { return known.reference }
        let reference = computed.reference(dictionaries: dictionaries)
        let used = computed.rows.flatMap { $0.when.computedReferences }
        let depth = used.map { (keptComputed[ComputedKey(name: $0.name, type: $0.type)]?.depth ?? 0) + 1 }.max() ?? 0
        keptComputed[key] = KeptComputed(computed: computed, reference: reference, depth: depth)
        return reference
    }

    /// The scores and settings that something uses, each behind those it uses itself, else by name.
    var usedComputed: [TypedComputed] {
        keptComputed.values
            .sorted {
                ($0.depth, $0.computed.name, $0.computed.type.rawValue)
                    < ($1.depth, $1.computed.name, $1.computed.type.rawValue)
            }
            .map(\.computed)
    }

    /// Warns of the policy's own scores and settings that nothing uses. A module's may be meant for other policies.
    func checkUnusedComputed() {
        if hasErrors { return }
        for kind in [SymbolKind.score, .setting] {
            for symbol in names.all(kind) where symbol.scope.isPolicy && !names.usedComputed.contains(symbol.name) {
                warn(SemanticsDiagnostics.unusedComputed(symbol))
            }
        }
    }
}

/// What tells a score or setting from the others: a setting has one for each type that its values are read as.
struct ComputedKey: Hashable {
    let name: String
    let type: ValueType
}

/// A score or setting read in one way. Whatever uses it in this way again gets what was read: a setting has a thousand
/// rows, and a policy can ask for it in each of its rules.
struct ComputedUse: Hashable {
    let name: String
    let type: ValueType
    let symbols: [String]
    let fact: Vocabulary.Fact?
}

/// A score or setting that something uses.
struct KeptComputed {
    var computed: TypedComputed
    let reference: ComputedReference
    /// How many others it uses in a row.
    let depth: Int
}

/// What kind of value is written, before it is known what it is compared with.
enum ValueShape {
    case name
    case text
    case bool
    case date
    case size
    case duration
    case number

    var isOrdered: Bool {
        switch self {
        case .name, .text, .bool: false
        case .date, .size, .duration, .number: true
        }
    }
}

extension Syntax.Value {
    /// What kind of value it is.
    var shape: ValueShape {
        switch self {
        case .name: .name
        case .literal(.text): .text
        case .literal(.bool): .bool
        case .literal(.date): .date
        case .literal(.quantity(let quantity)):
            quantity.unit?.bytes != nil ? .size : quantity.unit != nil ? .duration : .number
        }
    }
}

extension Formula {
    /// The scores and settings that its tests mention.
    var computedReferences: [ComputedReference] {
        var found: [ComputedReference] = []
        _ = mappingTests { test in
            found += test.operands.compactMap(\.computed)
            return test
        }
        return found
    }
}
