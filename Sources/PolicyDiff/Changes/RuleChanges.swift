import Diagnostics
import Vocabulary

/// Changes of rules: by name, and where a name has gone and another has come, by content.
struct RuleChanges {
    private(set) var changes: [PolicyChange] = []

    init(_ old: CanonicalPolicy, _ new: CanonicalPolicy) {
        let olds = Dictionary(old.rules.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
        let news = Dictionary(new.rules.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
        let gone = olds.keys.filter { news[$0] == nil }.sorted()
        // By content, those that come first last: each is taken from the end.
        var former = Dictionary(grouping: gone.reversed().compactMap { olds[$0] }, by: RuleContent.init)
        var renamed: Set<String> = []
        for name in Set(olds.keys).union(news.keys).sorted() {
            switch (olds[name], news[name]) {
            case (let one?, let other?):
                let clauses = Self.clauses(one, other)
                if !clauses.isEmpty { add(.changed, name, one, other, clauses) }
            case (nil, let other?):
                if let same = former[RuleContent(other)]?.popLast() {
                    renamed.insert(same.name)
                    add(.renamed, name, same, other, [], formerly: same.name)
                } else {
                    add(.added, name, nil, other, Self.whole(other, isNew: true))
                }
            default: break
            }
        }
        for name in gone where !renamed.contains(name) {
            add(.gone, name, olds[name], nil, olds[name].map { Self.whole($0, isNew: false) } ?? [])
        }
        changes.sort { $0.name < $1.name }
    }

    private mutating func add(
        _ kind: PolicyChange.Kind, _ name: String, _ old: CanonicalRule?, _ new: CanonicalRule?,
        _ clauses: [PolicyChange.Clause], formerly: String? = nil
    ) {
        var change = PolicyChange(.rule, kind, name)
        change.formerName = formerly
        change.oldPlace = old?.place
        change.newPlace = new?.place
        change.clauses = clauses
        changes.append(change)
    }

    /// What a rule that has come or gone says.
    private static func whole(_ rule: CanonicalRule, isNew: Bool) -> [PolicyChange.Clause] {
        func clause(_ name: String, _ text: String) -> PolicyChange.Clause {
            .init(name, old: isNew ? nil : text, new: isNew ? text : nil)
        }
        return [
            clause("when", rule.when.written(exactly: false)), clause("then", rule.consequence.written),
        ]
    }

    private static func clauses(_ old: CanonicalRule, _ new: CanonicalRule) -> [PolicyChange.Clause] {
        var found = ClauseDifferences()
        found.compare("title", old.title, new.title)
        found.compare("mandatory", old.isMandatory ? "mandatory" : nil, new.isMandatory ? "mandatory" : nil)
        found.compare("on", old.directions.names, new.directions.names)
        found.compare("label", old.labels, new.labels)
        found.compare("when", old.when, new.when) { $0.written(exactly: false) }
        found.compare("unless", Set(old.unless), Set(new.unless)) { conditions in
            conditions.isEmpty
                ? nil : conditions.canonicallySorted().map { $0.written(exactly: false) }.joined(separator: "; ")
        }
        found.compare("then", old.consequence.canonical, new.consequence.canonical) { $0.written }
        return found.clauses + answers(old, new)
    }

    /// Answers to reasons that the rule can be undetermined for, those that changed alike together.
    private static func answers(_ old: CanonicalRule, _ new: CanonicalRule) -> [PolicyChange.Clause] {
        let possible = old.when.possibleReasons.union(new.when.possibleReasons)
        var changed: [(old: String, new: String, reasons: [String: DirectionSet])] = []
        for direction in Direction.allCases where old.directions.union(new.directions).contains(direction.set) {
            for reason in possible.singles {
                let (one, other) = (old.answers[reason, direction], new.answers[reason, direction])
                guard one.canonical != other.canonical, let name = reason.names.first else { continue }
                let words = (one.written, other.written)
                if let index = changed.firstIndex(where: { $0.old == words.0 && $0.new == words.1 }) {
                    changed[index].reasons[name, default: []].formUnion(direction.set)
                } else {
                    changed.append((words.0, words.1, [name: direction.set]))
                }
            }
        }
        return changed.map { change in
            let reasons = change.reasons.keys.sorted().joined(separator: ", ")
            let directions = change.reasons.values.reduce(into: DirectionSet()) { $0.formUnion($1) }
            let place = directions == .all ? "" : " on " + directions.names.joined(separator: ", ")
            return .init("if \(reasons)\(place)", old: change.old, new: change.new)
        }
    }
}

/// What a rule says but for its name: alike where no clause has changed. Its hash finds the rule that was renamed among
/// all that have gone.
private struct RuleContent: Hashable {
    let title: String?
    let isMandatory: Bool
    let directions: DirectionSet
    let labels: Set<String>
    let when: Condition
    let unless: Set<Condition>
    let consequence: CanonicalConsequence
    /// To each reason that the rule can be undetermined for, in each of its directions.
    let answers: [Answer<CanonicalConsequence>]

    init(_ rule: CanonicalRule) {
        title = rule.title
        isMandatory = rule.isMandatory
        directions = rule.directions
        labels = Set(rule.labels)
        when = rule.when
        unless = Set(rule.unless)
        consequence = rule.consequence.canonical
        answers = Direction.allCases.filter { rule.directions.contains($0.set) }.flatMap { direction in
            rule.when.possibleReasons.singles.map { rule.answers[$0, direction].canonical }
        }
    }
}

extension ConsequenceForm where Operand == Subject, Condition == PolicyDiff.Condition {
    /// Without what its order leaves no trace of: areas are a set, and actions go by phases.
    var canonical: Self {
        var same = self
        same.areas = Set(areas).sorted()
        same.actions = actions.enumerated().sorted {
            ($0.element.phase, $0.offset) < ($1.element.phase, $1.offset)
        }.map(\.element)
        return same
    }

    /// As a policy writes it.
    var written: String {
        var parts: [String] = []
        switch disposition {
        case .deliver: if actions.isEmpty { parts.append("deliver") }
        case .quarantine: break
        case .reject:
            parts.append("reject " + PolicyText.quoted(reason?.description { $0.written(exactly: false) } ?? ""))
        case .defer, .discard: parts.append(disposition.rawValue)
        }
        parts += areas.sorted().map { "quarantine \($0)" }
        if disposition == .quarantine, areas.isEmpty { parts.append("quarantine") }
        let done = actions.map { action in
            action.summary({ $0.written(exactly: false) }, { $0.written(exactly: false) })
        }
        return (parts + done).joined(separator: "; ")
    }
}

extension ActionForm {
    /// When it is carried out, as `Action` has it.
    fileprivate var phase: Int {
        switch self {
        case .plain(let action): action.phase
        case .addHeader(let name, _): Action.addHeader(name: name, value: "").phase
        case .tagSubject: Action.tagSubject("").phase
        case .log: Action.log(nil).phase
        case .strip: Action.strip([]).phase
        case .notify(let whom, _, let even, _):
            Action.notify(whom: whom, template: nil, evenUnauthenticated: even).phase
        }
    }
}

extension Answer where Consequence == CanonicalConsequence {
    var canonical: Self {
        if case .consequence(let consequence) = self { return .consequence(consequence.canonical) }
        return self
    }

    var written: String {
        switch self {
        case .quiet: "quiet"
        case .ignore: "ignore"
        case .consequence(let consequence): consequence.written
        }
    }
}
