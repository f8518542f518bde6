import Diagnostics
import Syntax
import Vocabulary

/// Names in conditions: what they mean depends on the elements in sight and on what they are compared with.
extension IndexBuilder {
    mutating func add(_ expression: Expression) {
        switch expression.kind {
        case .and(let members), .or(let members), .anyOf(let members), .allOf(let members):
            for member in members { add(member) }
        case .atLeast(let bound, let members):
            add(bound)
            for member in members { add(member) }
        case .not(let inner), .group(let inner): add(inner)
        case .quantified(_, let elements): add(elements)
        case .inside(let choice): for value in choice.all { addContainer(value) }
        case .countOfMatches(_, let fact, _, let bound):
            add(fact)
            add(bound)
        case .count(_, let path, let condition, _, let bound), .sum(let path, let condition, _, let bound):
            addList(path, condition)
            add(bound)
        case .operand(let operand): add(operand)
        case .order(let left, _, let right):
            let fact = add(left)
            addValue(right, of: fact)
        case .equality(let left, _, let choice):
            let fact = add(left)
            for value in choice.all { addValue(value, of: fact) }
        case .relation(let left, _, let relation): add(relation, of: add(left))
        case .missing: break
        }
    }

    private mutating func add(_ relation: Relation, of left: Vocabulary.Fact?) {
        switch relation {
        case .exists, .matches: break
        case .isIn(.path(let path)): mention(path, .name)
        case .isIn(.values(let values, _)): for value in values { addValue(value, of: left) }
        case .mentions(let path, let threshold, _):
            mention(path, .name)
            if let threshold { add(threshold) }
        case .text(_, let choice): for value in choice.all { addValue(value, of: left) }
        }
    }

    private mutating func add(_ elements: Elements) {
        guard let list = Self.elements(elements.list.text) else {
            mention(elements.list, .name)
            return add(elements.condition)
        }
        mention(elements.list, .elements(list))
        if let binding = elements.binding { mention(binding, .binder(binding)) }
        binders.append(Binder(list: list, name: elements.binding))
        add(elements.condition)
        binders.removeLast()
    }

    /// `files`, `recipients.domain`, `attachments.size` behind `count of` and `sum of`.
    private mutating func addList(_ path: Path, _ condition: Expression?) {
        let list = Self.elements(path.text) ?? Self.elements(path.segments[0].text)
        if let list {
            mentions.append(
                Mention(
                    role: .elements(list),
                    segments: Self.elements(path.text) == nil ? [path.segments[0]] : path.segments,
                    span: Self.elements(path.text) == nil ? path.segments[0].span : path.span))
        } else {
            addFact(path)
        }
        guard let condition else { return }
        if let list { binders.append(Binder(list: list, name: nil)) }
        add(condition)
        if list != nil { binders.removeLast() }
    }

    private mutating func addContainer(_ operand: Operand) {
        guard case .fact(let fact) = operand.kind else { return }
        let first = fact.path.segments[0]
        if fact.path.segments.count == 1, let bound = binders.last(where: { $0.name?.text == first.text })?.name {
            mention(first, .binder(bound))
        } else {
            mention(fact.path, .fileType)
        }
    }

    /// Notes an operand and tells the fact it is.
    @discardableResult
    mutating func add(_ operand: Operand) -> Vocabulary.Fact? {
        var result: Vocabulary.Fact?
        if case .fact(let fact) = operand.kind { result = add(fact) }
        if case .operand(let fallback) = operand.otherwise { addValue(fallback, of: result) }
        return result
    }

    @discardableResult
    mutating func add(_ fact: Syntax.Fact) -> Vocabulary.Fact? { addFact(fact.path) }

    /// A value that a fact is compared with: a word of the fact's own, or whatever else.
    mutating func addValue(_ operand: Operand, of left: Vocabulary.Fact?) {
        guard case .fact(let fact) = operand.kind else { return }
        let path = fact.path
        if left == nil, Adjective.ofMessage.named(path.text) != nil {
            mention(path, .adjective(ofMessage: true))
        } else if let left {
            switch FactCatalogue.row(left).type {
            case .fileType where FileType.named(path.text) != nil: mention(path, .fileType)
            case .symbol where FactCatalogue.row(left).symbols.contains(path.text): mention(path, .symbol(of: left))
            case .encryption where EncryptionKind(rawValue: path.text) != nil: mention(path, .symbol(of: left))
            default: add(operand)
            }
        } else {
            add(operand)
        }
    }

    @discardableResult
    private mutating func addFact(_ path: Path) -> Vocabulary.Fact? {
        let segments = path.segments
        if let bound = binders.last(where: { $0.name?.text == segments[0].text }), let name = bound.name {
            mention(segments[0], .binder(name))
            guard segments.count > 1 else { return nil }
            if segments.count == 2, Adjective.ofPart.named(segments[1].text) != nil, bound.list.kind == .part {
                mention(segments[1], .adjective(ofMessage: false))
                return nil
            }
            return note(Array(segments.dropFirst()), in: [.element(bound.list.kind)], rest: path)
        }
        if let binder = binders.last {
            if segments.count == 1, Adjective.ofPart.named(path.text) != nil, binder.list.kind == .part {
                mention(path, .adjective(ofMessage: false))
                return nil
            }
            if segments.count == 1, let list = Self.elements(path.text), list.singular == path.text {
                mention(path, .elements(list))
                return nil
            }
            return note(segments, in: [.element(binder.list.kind), .message, .recipient], rest: path)
        }
        return note(segments, in: [.message, .recipient], rest: path)
    }

    private mutating func note(_ segments: [Name], in scopes: [FactScope], rest path: Path) -> Vocabulary.Fact? {
        if let found = FactNames.find(segments.map(\.text), in: scopes) {
            let span = segments[0].span.joined(to: segments[segments.count - 1].span)
            mentions.append(Mention(role: .fact(found.row.fact, found.members), segments: segments, span: span))
            return found.members.isEmpty ? found.row.fact : nil
        }
        if path.text == "message" { return nil }
        mention(path, .name)
        return nil
    }
}

extension Choice {
    var all: [Operand] {
        switch values {
        case .one(let value): [value]
        case .any(let values), .all(let values): values
        }
    }
}
