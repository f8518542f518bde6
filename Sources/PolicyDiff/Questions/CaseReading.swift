import Vocabulary

/// Reads the model that the solver has found as a case.
struct CaseReading {
    private let comparison: ComparisonCircuit
    private let model: SATModel
    /// Wires that hold in the model and together say what the rules do.
    private(set) var pattern: [Circuit.Literal] = []

    init(_ comparison: ComparisonCircuit, _ model: SATModel) {
        self.comparison = comparison
        self.model = model
        for side in Side.allCases {
            for (_, wires) in comparison.rules[side] ?? [] {
                pattern += ([wires.fires] + wires.undetermined).filter(holds)
            }
        }
        // What the facts say of it belongs to the pattern, or one case that no mail has would hide all that look alike.
        for (_, _, _, instance) in comparison.facts.all { pattern += instance.cells.filter(holds) }
        for (_, bounds) in comparison.encoder.totals.all { pattern += bounds.map(\.certain).filter(holds) }
        for (_, _, entries) in comparison.encoder.lexicons.all { pattern += entries.map(\.certain).filter(holds) }
        pattern += comparison.encoder.assumed.map(\.wires.isTrue).filter(holds)
    }

    private func holds(_ wire: Circuit.Literal) -> Bool {
        wire == comparison.circuit.yes || (wire != comparison.circuit.no && model.holds(wire))
    }

    /// The reasons that hold, those that can be if any of them can: a wire stands for a class of reasons that no rule
    /// tells apart. Never none where a wire holds, or what is unknown would be told as known.
    private func reasons(_ wires: [Circuit.Literal], among possible: Reasons) -> Reasons {
        let holding = zip(wires, comparison.classes.classes).reduce(into: Reasons()) {
            if holds($1.0) { $0.formUnion($1.1) }
        }
        let narrowed = holding.intersection(possible)
        return narrowed.isEmpty ? holding : narrowed
    }

    var abstractCase: AbstractCase {
        let directions = (
            old: comparison.directions[.old] ?? .inbound, new: comparison.directions[.new] ?? .inbound
        )
        return AbstractCase(
            directions: directions, organisation: comparison.organisation, old: disposition(.old),
            new: disposition(.new),
            oldVerdicts: verdicts(.old),
            newVerdicts: verdicts(.new), facts: facts, totals: totals,
            lexicons: lexicons, elements: elements, missing: missing, assumed: assumed)
    }

    private func disposition(_ side: Side) -> Disposition {
        Disposition.allCases.filter { holds(comparison.decision(side, atLeast: $0)) }.max() ?? .deliver
    }

    private func verdicts(_ side: Side) -> [AbstractCase.Verdict] {
        (comparison.rules[side] ?? []).compactMap { name, wires in
            guard wires.reaches.values.contains(where: holds) else { return nil }
            return AbstractCase.Verdict(
                rule: name, unknown: holds(wires.fires) ? [] : reasons(wires.undetermined, among: wires.possible))
        }
    }

    private var elements: [AbstractCase.Element] {
        comparison.elements.all.compactMap { element in
            let lists = ElementListName.allCases.filter { holds(element.isIn($0)) }
            return lists.isEmpty ? nil : AbstractCase.Element(number: element.number, lists: Set(lists))
        }
    }

    private var missing: [ElementListName: Reasons] {
        var found: [ElementListName: Reasons] = [:]
        for list in ElementListName.allCases {
            let reasons = reasons(comparison.elements.missing(from: list), among: list.possibleReasons)
            if !reasons.isEmpty { found[list] = reasons }
        }
        return found
    }

    private var facts: [AbstractCase.FactState] {
        let present = Set(elements.map(\.number))
        var states: [AbstractCase.FactState] = []
        for (subject, element, side, instance) in comparison.facts.all {
            if let element, !present.contains(element) { continue }
            let cells = comparison.facts.table(of: subject)?.cells ?? []
            states.append(
                AbstractCase.FactState(
                    subject: subject, element: element, side: side, exists: holds(instance.exists),
                    missing: reasons(instance.missing, among: FactKnowledge.reasons(subject)),
                    holding: zip(cells, instance.cells).filter { holds($0.1) }.map(\.0),
                    failing: zip(cells, instance.cells).filter { !holds($0.1) }.map(\.0)))
        }
        return states.sorted {
            ($0.element ?? -1, $0.subject.written(exactly: true)) < (
                $1.element ?? -1, $1.subject.written(exactly: true)
            )
        }
    }

    private var totals: [AbstractCase.TotalState] {
        comparison.encoder.totals.all.compactMap { total, bounds in
            guard let least = bounds.last(where: { holds($0.certain) })?.bound else { return nil }
            return .init(
                total: total, least: least, below: bounds.first { !holds($0.possible) }?.bound,
                counted: counted(by: total))
        }
    }

    /// The elements of the case that surely count, as far as the circuit says it of them.
    private func counted(by total: Total) -> [Int] {
        guard case .elements(let list, _, let body) = total else { return [] }
        return comparison.elements.elements(of: list).filter { element in
            holds(element.isIn(list))
                && Side.allCases.contains { side in
                    let place = EncodingPlace(element: element.number, side: side)
                    return comparison.encoder.knownTruth(of: body, at: place).map { holds($0.isTrue) } ?? false
                }
        }.map(\.number)
    }

    /// Of one dictionary with several thresholds the greatest that is reached.
    private var lexicons: [AbstractCase.LexiconState] {
        let present = Set(elements.map(\.number))
        return comparison.encoder.lexicons.all.flatMap { subject, element, entries -> [AbstractCase.LexiconState] in
            if let element, !present.contains(element) { return [] }
            return Dictionary(grouping: entries, by: \.lexicon).compactMap { lexicon, entries in
                let reached = entries.filter { holds($0.certain) }.map(\.threshold)
                guard let least = reached.max() else { return nil }
                let below = entries.filter { !holds($0.possible) }.map(\.threshold).min()
                return .init(subject: subject, element: element, lexicon: lexicon, least: least, below: below)
            }
        }
    }

    /// Whether the case needs a rule that is left out.
    var needsMoreRules: Bool { comparison.leftOut.values.contains(where: holds) }

    private var assumed: [String] {
        let leftOut = needsMoreRules ? ["one of the rules that did not change speaks"] : []
        return leftOut
            + comparison.encoder.assumed.compactMap { condition, wires in
                if holds(wires.isTrue) { return condition.written(exactly: false) }
                let reasons = reasons(wires.unknown, among: condition.possibleReasons)
                return reasons.isEmpty
                    ? nil : condition.written(exactly: false) + " is unknown (\(reasons.names.joined(separator: ", ")))"
            }.sorted()
    }
}
