import Diagnostics
import Syntax
import Vocabulary

/// A rule on its way to a `TypedRule`: its answers come last, when all rows are known.
struct CheckedRule {
    let symbol: Symbol
    let node: RuleDeclaration
    var levels = WarningLevels()
    var labels: [String] = []
    var directions = DirectionSet.all
    var rows: [AnswerRow] = []
    /// Whether its own `if` rows are without fault.
    var hasGoodRows = true
    /// `nil` after a fault in a clause.
    var typed: TypedRule?

    var name: String { symbol.name }
}

extension CheckContext {
    /// Types every rule; those with a fault stay in the list, so that exemptions and tests still find their names.
    func checkRules() -> [CheckedRule] {
        names.all(.rule).compactMap { symbol in
            guard case .rule(let node) = symbol.declaration else { return nil }
            return check(node, symbol)
        }
    }

    private func check(_ node: RuleDeclaration, _ symbol: Symbol) -> CheckedRule {
        var rule = CheckedRule(symbol: symbol, node: node)
        for case .level(let level) in node.clauses.map(\.kind) { rule.levels.add(level, self) }
        currentLevels = rule.levels
        defer { currentLevels = nil }
        checkRepeatedClauses(node)

        var when: Formula?
        var hasWhen = false
        var unless: [Formula] = []
        var consequence: TypedConsequence?
        var hasThen = false
        var isGood = true
        for clause in node.clauses {
            switch clause.kind {
            case .level:
                break
            case .on(let names):
                rule.directions = directions(names)
            case .label(let names):
                rule.labels += names.map(\.text)
            case .when(let expression):
                if hasWhen { continue }
                hasWhen = true
                when = condition(expression, rule)
                if when == nil { isGood = false }
            case .unless(let expression):
                if let formula = condition(expression, rule) {
                    unless.append(formula)
                    checkIdentity(formula, rule.levels)
                } else {
                    isGood = false
                }
            case .then(let actions):
                if hasThen { continue }
                hasThen = true
                consequence = self.consequence(of: actions, symbol.scope, at: clause.span, isAnswer: false)
                if consequence == nil { isGood = false }
            case .answer(let answer):
                if let row = self.row(answer, symbol.scope) {
                    rule.rows.append(row)
                } else {
                    rule.hasGoodRows = false
                }
            }
        }
        if !hasWhen { reportMissing(SemanticsDiagnostics.noWhen(node.name)) }
        if !hasThen { reportMissing(SemanticsDiagnostics.noThen(node.name)) }
        if let when, let consequence { checkStrip(node, when, consequence) }
        if let when, isGood { checkConstant(when, rule, node) }
        guard isGood, let when, let consequence else { return rule }
        rule.typed = TypedRule(
            name: symbol.name, title: node.title?.value, place: place(node.name.span), directions: rule.directions,
            labels: Array(Set(rule.labels)).sorted(), isMandatory: node.isMandatory, when: when, unless: unless,
            consequence: consequence, answers: AnswerTable(all: .quiet))
        return rule
    }

    private func checkRepeatedClauses(_ node: RuleDeclaration) {
        var seen: [String: SourceSpan] = [:]
        for clause in node.clauses {
            let word: String
            switch clause.kind {
            case .on: word = "on"
            case .when: word = "when"
            case .then: word = "then"
            case .level, .label, .unless, .answer: continue
            }
            if let first = seen[word] {
                report(SemanticsDiagnostics.clauseTwice(clause.span, word, first: first))
            } else {
                seen[word] = clause.span
            }
        }
    }

    /// The directions of some names; all where one is unknown, for it has been reported.
    func directions(_ names: [Name]) -> DirectionSet {
        var set: DirectionSet = []
        for name in names {
            guard let direction = Direction(rawValue: name.text) else {
                report(SemanticsDiagnostics.unknownDirection(name))
                return .all
            }
            if set.contains(direction.set) { report(SemanticsDiagnostics.directionTwice(name)) }
            set.insert(direction.set)
        }
        return set.isEmpty ? .all : set
    }

    /// A condition of a rule or exemption, typed and guarded.
    func condition(_ expression: Expression, _ rule: CheckedRule?) -> Formula? {
        condition(expression, rule?.symbol.scope ?? modules[0], rule?.levels)
    }

    func condition(_ expression: Expression, _ scope: ModuleScope, _ levels: WarningLevels?) -> Formula? {
        let checker = ExpressionChecker(self, scope)
        checker.levels = levels
        guard let formula = checker.check(expression) else { return nil }
        let unguarded = GuardAnalysis.unguardedUses(in: formula)
        for use in unguarded {
            let span = span(use.place)
            // A test that a rule asks may stand in a define.
            let placement =
                GuardPlacement(of: use, at: span, in: expression)
                ?? definedConditions.element(at: span).flatMap { GuardPlacement(of: use, at: span, in: $0) }
            let fixIts = placement?.fixIts(use, written: text(span)) ?? []
            report(SemanticsDiagnostics.unguarded(span, use.reference, fixIts: fixIts))
        }
        return unguarded.isEmpty ? formula : nil
    }

    // MARK: - strip

    /// `strip` takes away what an `any file where (…)` found; it must be reached by `and` and `or` alone.
    private func checkStrip(_ node: RuleDeclaration, _ when: Formula, _ consequence: TypedConsequence) {
        guard consequence.actions.contains(.strip), when.strippedElements.isEmpty else { return }
        for case .then(let actions) in node.clauses.map(\.kind) {
            for action in actions {
                if case .strip = action.kind { report(SemanticsDiagnostics.stripWithoutFiles(action.span)) }
            }
        }
    }

    // MARK: - Conditions that are settled

    private func checkConstant(_ when: Formula, _ rule: CheckedRule, _ node: RuleDeclaration) {
        // A condition that is `true` in so many words is meant.
        if case .constant = when { return }
        let settled = when.settledTests()
        for (place, value) in settled {
            warn(SemanticsDiagnostics.settledCondition(span(place), value: value), in: rule.levels)
        }
        // What a module's parameters settle is the importer's will.
        if settled.isEmpty, rule.symbol.scope.isPolicy, let value = when.constantValue {
            for case .when(let expression) in node.clauses.map(\.kind) {
                warn(SemanticsDiagnostics.settledCondition(expression.span, value: value), in: rule.levels)
            }
        }
        for found in when.settledTogether(directions: rule.directions) {
            let place = span(found.place)
            // A define serves rules of other directions too.
            if found.kind == .foreignDirection, !node.span.contains(place) { continue }
            warn(
                SemanticsDiagnostics.settledTogether(
                    found, place, found.other.map { span($0) }, directions: rule.directions.names), in: rule.levels)
        }
        for place in when.everyOverEmpty() {
            warn(SemanticsDiagnostics.everyOverEmpty(span(place)), in: rule.levels)
        }
    }

    // MARK: - Routes

    /// Rules that may fire together must not send the message two ways.
    func checkRoutes(_ rules: [CheckedRule]) {
        // Of a rule with a fault of syntax the directions may be missing.
        let routed = rules.filter { !broken.contain($0.symbol.span) }.compactMap { rule in
            rule.firstRoute.map { (rule, $0) }
        }
        for (index, (rule, route)) in routed.enumerated() {
            for (other, otherRoute) in routed[(index + 1)...]
            where !rule.directions.isDisjoint(with: other.directions) {
                report(
                    SemanticsDiagnostics.routesOfTwoRules(
                        otherRoute, other.name, first: route, firstRule: rule.name,
                        directions: rule.directions.intersection(other.directions)))
                break
            }
        }
    }
}

extension SourceSpan {
    fileprivate func contains(_ other: SourceSpan) -> Bool {
        file == other.file && start <= other.start && other.end <= end
    }
}

extension CheckedRule {
    /// The first action of any clause that sends the message elsewhere.
    fileprivate var firstRoute: SourceSpan? {
        for clause in node.clauses {
            let actions: [Syntax.Action]
            switch clause.kind {
            case .then(let all): actions = all
            case .answer(let answer): actions = answer.actions
            default: continue
            }
            if let route = actions.first(where: \.isRoute) { return route.span }
        }
        return nil
    }
}

extension Formula {
    /// The `every` that mail without a single element satisfies: those without an `any` or a count beside them.
    func everyOverEmpty(isGuarded: Bool = false) -> [SourcePlace] {
        switch self {
        case .not(.some(let quantification)):
            if case .not = quantification.body, !isGuarded { return [quantification.place] }
            return []
        case .and(let operands):
            let hasGuard = operands.contains { operand in
                switch operand {
                case .some, .count: true
                default: false
                }
            }
            return operands.flatMap { $0.everyOverEmpty(isGuarded: isGuarded || hasGuard) }
        case .or(let operands):
            return operands.flatMap { $0.everyOverEmpty(isGuarded: isGuarded) }
        case .constant, .atom, .not, .atLeast, .some, .count:
            return []
        }
    }
}
