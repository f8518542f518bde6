import Diagnostics
import Syntax
import Vocabulary

/// What a rule can be unknown for and nothing answers.
struct MissingAnswer {
    let rule: CheckedRule
    var cells: AnswerCells
    var causes: [UnknownCause]
}

extension CheckContext {
    /// Gives every rule its table of answers and demands one for every reason its condition can be unknown for.
    func resolveAnswers(of rules: inout [CheckedRule]) {
        let (policyRows, isSound) = policyRows()
        var missing: [MissingAnswer] = []
        answerRows = policyRows.map(\.place)
        for index in rules.indices {
            guard let typed = rules[index].typed else { continue }
            let ownRowsGood = rules[index].hasGoodRows && checkOverlaps(rules[index].rows)
            let causes = typed.when.unknownCauses(dictionaries: dictionaries)
            let possible = causes.reduce(into: Reasons()) { $0.formUnion($1.reasons) }
            var table = AnswerTable<TypedConsequence>(all: .quiet)
            var rows = AnswerTable<SourcePlace>(all: .quiet)
            var unanswered = AnswerCells()
            for direction in Direction.allCases {
                for reason in Reasons.all.singles {
                    let isPossible = possible.contains(reason) && typed.directions.contains(direction.set)
                    if let row = answeringRow(reason, direction, rules[index], typed, policyRows) {
                        table[reason, direction] = row.answer
                        rows[reason, direction] = .consequence(row.place)
                    } else if typed.consequence.isMarking {
                        table[reason, direction] = .quiet
                    } else {
                        // What the catalogue says cannot happen is held back if it happens all the same.
                        table[reason, direction] = .consequence(TypedConsequence(disposition: .defer))
                        if isPossible { unanswered[direction].insert(reason) }
                    }
                }
            }
            rules[index].typed?.answers = table
            rules[index].typed?.answerRows = rows
            answerRows += rules[index].rows.map(\.place)
            if typed.isMandatory, ownRowsGood, isSound {
                checkMandatory(rules[index], typed, possible: possible, policyRows)
            }
            if !unanswered.isEmpty, ownRowsGood {
                missing.append(MissingAnswer(rule: rules[index], cells: unanswered, causes: causes))
            }
        }
        if isSound, isComplete { reportMissing(missing) }
    }

    /// The rows of every `uninspectable` block, and whether all are without fault.
    private func policyRows() -> (rows: [AnswerRow], isSound: Bool) {
        var rows: [AnswerRow] = []
        var isSound = true
        for case .uninspectable(let node) in modules[0].declarations {
            for answer in node.answers {
                if let row = row(answer, modules[0]) { rows.append(row) } else { isSound = false }
            }
        }
        return (rows, checkOverlaps(rows) && isSound)
    }

    private func answeringRow(
        _ reason: Reasons, _ direction: Direction, _ rule: CheckedRule, _ typed: TypedRule, _ policy: [AnswerRow]
    ) -> AnswerRow? {
        if let own = rule.rows.row(for: reason, direction) { return own }
        return typed.consequence.isMarking ? nil : policy.row(for: reason, direction)
    }

    // MARK: - Mandatory rules

    /// What a mandatory rule may not be answered with when nothing could be read.
    private func checkMandatory(
        _ rule: CheckedRule, _ typed: TypedRule, possible: Reasons, _ policy: [AnswerRow]
    ) {
        if typed.consequence.isMarking { return }
        let strict: Reasons = [.engineDown, .damaged, .ambiguous, .overLimit]
        var weak: [(row: SourceSpan, reason: ReasonName)] = []
        for direction in Direction.allCases where typed.directions.contains(direction.set) {
            for reason in possible.intersection(strict).singles {
                guard let name = reason.name,
                    let row = rule.rows.row(for: reason, direction) ?? policy.row(for: reason, direction),
                    row.answer.isWeakerThanDefer
                else { continue }
                if !weak.contains(where: { $0 == (row.span, name) }) { weak.append((row.span, name)) }
            }
        }
        guard let first = weak.first else { return }
        report(
            SemanticsDiagnostics.weakAnswerOfMandatory(
                first.row, rule: rule.name, ruleSpan: rule.node.name.span,
                reasons: Array(Set(weak.filter { $0.row == first.row }.map(\.reason.rawValue))).sorted()))
    }

    // MARK: - Missing answers

    /// Reports what is not answered: rules that lack an answer to the same reason lack it for one fault, the row that
    /// the policy does not have.
    private func reportMissing(_ missing: [MissingAnswer]) {
        var groups: [(reasons: Reasons, members: [MissingAnswer])] = []
        let byPlace = missing.sorted {
            ($0.rule.node.span.file, $0.rule.node.span.start) < ($1.rule.node.span.file, $1.rule.node.span.start)
        }
        for one in byPlace {
            var merged: (reasons: Reasons, members: [MissingAnswer]) = (one.cells.allReasons, [])
            for index in groups.indices.reversed() where !groups[index].reasons.isDisjoint(with: one.cells.allReasons) {
                let group = groups.remove(at: index)
                merged = (merged.reasons.union(group.reasons), group.members + merged.members)
            }
            merged.members.append(one)
            groups.append(merged)
        }
        for group in groups { report(missingAnswer(group.members)) }
    }

    private func missingAnswer(_ group: [MissingAnswer]) -> Diagnostic {
        let first = group[0]
        var lacking = AnswerCells()
        for one in group { lacking.formUnion(one.cells) }
        // The expression that is unknown for the most of what is missing, then those that add to it.
        var uncovered = first.cells.allReasons
        var causes: [(cause: UnknownCause, adds: Reasons)] = []
        while !uncovered.isEmpty {
            let best = first.causes.enumerated().max { left, right in
                let leftAdds = left.element.reasons.intersection(uncovered).rawValue.nonzeroBitCount
                let rightAdds = right.element.reasons.intersection(uncovered).rawValue.nonzeroBitCount
                return (leftAdds, -left.offset) < (rightAdds, -right.offset)
            }
            guard let best, !best.element.reasons.isDisjoint(with: uncovered) else { break }
            causes.append((best.element, best.element.reasons.intersection(uncovered)))
            uncovered.subtract(best.element.reasons)
        }
        let cause = causes.first?.cause
        let further = causes.dropFirst().map { cause, adds in
            let names = Set(adds.singles.compactMap(\.name))
            return (
                span: span(cause.place), subject: cause.subject.description,
                reasons: ReasonName.allCases.filter(names.contains).map(\.rawValue).joined(separator: ", ")
            )
        }
        var block: UninspectableDeclaration?
        for case .uninspectable(let node) in modules[0].declarations where block == nil { block = node }
        return SemanticsDiagnostics.missingAnswer(
            MissingAnswerReport(
                rule: first.rule.name, ruleSpan: first.rule.node.name.span,
                causeSpan: cause.map { span($0.place) } ?? first.rule.node.name.span,
                subject: cause?.subject, causes: group.flatMap(\.causes), undecided: undecidedSettings,
                furtherCauses: further, cells: lacking, directions: first.rule.directions,
                others: group.dropFirst().map { ($0.rule.name, $0.rule.node.name.span) },
                ruleEnd: first.rule.node.span, uninspectable: block?.span, policyEnd: policyEnd()))
    }

    /// The settings that are `ambiguous` for nothing but two rows that hold at once.
    private var undecidedSettings: Set<String> {
        Set(
            usedComputed.filter { computed in
                computed.kind == .one && computed.rows.canContradict
                    && computed.rows.allSatisfy {
                        !$0.when.possibleReasons(dictionaries: dictionaries).contains(.ambiguous)
                    }
            }.map(\.name))
    }

    /// The end of the policy's header, after which a new `uninspectable` block can stand.
    private func policyEnd() -> SourceSpan? {
        for case .policy(let node) in modules[0].declarations { return node.span.after }
        return nil
    }
}

extension TypedAnswer {
    /// Whether mail that could not be judged would go on its way.
    fileprivate var isWeakerThanDefer: Bool {
        switch self {
        case .quiet, .ignore: true
        case .consequence(let consequence): consequence.disposition < .defer
        }
    }
}
