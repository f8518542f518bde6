import Diagnostics
import Vocabulary

/// Something that is written in one way only, so that it can be sorted by that.
protocol CanonicallyWritten: Hashable {
    /// As a policy would write it.
    ///
    /// - Parameter exactly: with what people leave out, binders above all, so that different things read differently.
    func written(exactly: Bool) -> String
}

extension Sequence where Element: CanonicallyWritten {
    /// In an order that depends on the elements alone, not on where they came from.
    func canonicallySorted() -> [Element] {
        map { ($0.written(exactly: true), $0) }.sorted { $0.0 < $1.0 }.map(\.1)
    }
}

extension Condition: CanonicallyWritten {
    func written(exactly: Bool) -> String {
        switch self {
        case .constant(let value): return value ? "true" : "false"
        case .test(let question): return question.written(exactly: exactly)
        case .not(.test(.exists(let subject))): return "not (\(subject.written(exactly: exactly)) exists)"
        case .not(.some(let list, let binder, let body)):
            return quantifier("no", list, binder, body, exactly)
        case .not(.total(let total, let bound)):
            return total.bounded(by: bound, exactly, reaches: false)
        case .not(let inner): return "not (\(inner.written(exactly: exactly)))"
        case .all(let inner): return join(inner, "and", exactly)
        case .any(let inner): return join(inner, "or", exactly)
        case .atLeast(let number, let inner):
            return "at least \(number) of (" + inner.map { $0.written(exactly: exactly) }.joined(separator: ", ") + ")"
        case .some(let list, let binder, let body): return quantifier("any", list, binder, body, exactly)
        case .total(let total, let bound): return total.bounded(by: bound, exactly, reaches: true)
        }
    }

    private func join(_ operands: [Condition], _ word: String, _ exactly: Bool) -> String {
        operands.map { operand in
            let text = operand.written(exactly: exactly)
            switch operand {
            case .all, .any: return "(\(text))"
            default: return text
            }
        }.joined(separator: " \(word) ")
    }

    private func quantifier(
        _ word: String, _ list: ElementListName, _ binder: Int, _ body: Condition, _ exactly: Bool
    ) -> String {
        "\(word) \(list.singular)\(exactly ? "#\(binder)" : "") where (\(body.written(exactly: exactly)))"
    }
}

extension Total {
    /// Whole numbers above 100 are those from 101 on: people are shown the rounder of the two.
    fileprivate func bounded(by bound: Int64, _ exactly: Bool, reaches: Bool) -> String {
        let name = written(exactly: exactly)
        if !exactly, isWhole, bound > 0, bound.trailingZeros < (bound - 1).trailingZeros {
            return "\(name) \(reaches ? ">" : "<=") \(shown(bound - 1))"
        }
        return "\(name) \(reaches ? ">=" : "<") \(shown(bound))"
    }

    /// Whether it goes up by whole numbers; weights have thousandths.
    private var isWhole: Bool { if case .score = self { false } else { true } }

    fileprivate func written(exactly: Bool) -> String {
        switch self {
        case .elements(let list, let binder, let body):
            let whole = body == .constant(true) ? "" : " where (\(body.written(exactly: exactly)))"
            return "count of \(list.rawValue)\(exactly ? "#\(binder)" : "")\(whole)"
        case .values(let reference, let distinct):
            return "count of \(distinct ? "distinct " : "")\(Subject.fact(reference).written(exactly: exactly))"
        case .sum(let reference, let list, let binder, let body):
            let whole = body == .constant(true) ? "" : " where (\(body.written(exactly: exactly)))"
            return "sum of \(list.rawValue)\(exactly ? "#\(binder)" : "").\(reference)\(whole)"
        case .distinct(let reference, let list, let binder, let body):
            let whole = body == .constant(true) ? "" : " where (\(body.written(exactly: exactly)))"
            return "count of distinct \(list.rawValue)\(exactly ? "#\(binder)" : "").\(reference)\(whole)"
        case .matches(let pattern, let subject):
            return "count of matches \(pattern.written) in \(subject.written(exactly: exactly))"
        case .score(let rows):
            let shown = rows.map {
                "\(Value.number($0.weight).literal(as: .decimal)) \($0.when.written(exactly: exactly))"
            }
            return "score of (" + shown.joined(separator: "; ") + ")"
        }
    }

    fileprivate func shown(_ bound: Int64) -> String {
        switch self {
        case .sum(let reference, _, _, _): Value.number(bound).literal(as: reference.type)
        case .score: Value.number(bound).literal(as: .decimal)
        case .elements, .values, .distinct, .matches: String(bound)
        }
    }
}

extension Subject: CanonicallyWritten {
    func written(exactly: Bool) -> String {
        switch self {
        case .fact(let reference):
            return reference.description + (exactly ? reference.binder.map { "#\($0)" } ?? "" : "")
        case .constant(let value): return value.literal(as: value.naturalType)
        case .otherwise(let first, let second):
            return first.written(exactly: exactly) + " otherwise " + second.written(exactly: exactly)
        case .containers(let binder): return exactly ? "container#\(binder)" : "container"
        case .unfamiliar(let text): return text
        }
    }
}

extension Question: CanonicallyWritten {
    func written(exactly: Bool) -> String {
        switch self {
        case .exists(let subject): return subject.written(exactly: exactly) + " exists"
        case .oneOf(let subject, let alternatives): return oneOf(subject, alternatives, exactly)
        case .mentions(let subject, let lexicon, let threshold, let inTotal):
            let entries = lexicon.entries.map { $0.written(exactly: exactly) }.joined(separator: ", ")
            let total = inTotal ? " in total" : ""
            let least = Value.number(threshold).literal(as: .decimal)
            return "\(subject.written(exactly: exactly)) mentions (\(entries)) at \(least)\(total)"
        case .related(let first, let relation, let second):
            return "\(first.written(exactly: exactly)) \(relation) \(second.written(exactly: exactly))"
        case .inside(let binder, let container):
            return exactly ? "inside #\(binder) #\(container)" : "inside the outer one"
        case .unfamiliar(let text): return text
        }
    }

    /// Alternatives of one relation share its words; a list of many is cut for people.
    private func oneOf(_ subject: Subject, _ alternatives: [Alternative], _ exactly: Bool) -> String {
        let name = subject.written(exactly: exactly)
        let type = subject.type ?? .text
        if alternatives == [.same(.bool(true), exactly: false)] { return name }
        var groups: [(relation: String, operands: [String])] = []
        for alternative in alternatives {
            let (relation, operand) = alternative.written(as: type)
            if let index = groups.firstIndex(where: { $0.relation == relation }) {
                groups[index].operands.append(operand)
            } else {
                groups.append((relation, [operand]))
            }
        }
        if groups.isEmpty { return "\(name) in ()" }
        let tests = groups.map { relation, operands in
            let shown = exactly ? operands[...] : operands.prefix(8)
            let more = operands.count > shown.count ? ", and \(operands.count - shown.count) more" : ""
            let list = operands.count == 1 ? operands[0] : "any of (" + shown.joined(separator: ", ") + more + ")"
            if case .containers = subject { return "inside \(list)" }
            return "\(name) \(relation) \(list)"
        }
        return tests.count == 1 ? tests[0] : "(" + tests.joined(separator: " or ") + ")"
    }
}

extension Alternative: CanonicallyWritten {
    func written(exactly: Bool) -> String {
        let (relation, operand) = written(as: .text)
        return relation + " " + operand
    }

    /// The relation and what stands behind it.
    func written(as type: ValueType) -> (relation: String, operand: String) {
        switch self {
        case .same(let value, let exactly): (exactly ? "is exactly" : "is", value.literal(as: type))
        case .ordered(let order, let bound): (order.rawValue, Value.number(bound).literal(as: type))
        case .contains(let text, let exactly):
            (exactly ? "contains exactly" : "contains", PolicyText.quoted(text.string))
        case .starts(let text, let exactly):
            (exactly ? "starts with exactly" : "starts with", PolicyText.quoted(text.string))
        case .ends(let text, let exactly): (exactly ? "ends with exactly" : "ends with", PolicyText.quoted(text.string))
        case .under(let domain): ("under", PolicyText.quoted(domain.name.string))
        case .glob(let pattern): ("in", PolicyText.quoted(String(decoding: pattern, as: UTF8.self)))
        case .network(let network): ("in", PolicyText.quoted(network.description))
        case .pattern(let pattern): ("matches", pattern.written)
        case .alike(let value): ("looks like", value.literal(as: type))
        case .entry(_, let entry): ("in", PolicyText.quoted(entry))
        }
    }
}

extension ScoreRow: CanonicallyWritten {
    func written(exactly: Bool) -> String { "\(weight) \(when.written(exactly: exactly))" }
}

extension Lexicon.Entry: CanonicallyWritten {
    func written(exactly: Bool) -> String {
        "\(Value.number(weight).literal(as: .decimal)) \(pattern.written)" + (times == 1 ? "" : " up to \(times) times")
    }
}

extension Int64 {
    /// Zeros at the end of its decimal digits.
    fileprivate var trailingZeros: Int {
        var rest = self
        var count = 0
        while rest != 0, rest % 10 == 0 {
            rest /= 10
            count += 1
        }
        return count
    }
}

extension TextPattern {
    var written: String {
        var text =
            switch kind {
            case .regex: "/\(source.string)/\(ignoresCase ? "i" : "")"
            default: "\(kind.rawValue) \(PolicyText.quoted(source.string))"
            }
        if let neighbour {
            text += " within \(neighbour.distance) words of \(PolicyText.quoted(neighbour.text.string))"
        }
        if let check { text += " checked by \(check.rawValue)" }
        let names = TextFolding.named.filter { folding.contains($0.folding) }.map(\.name)
        return names.isEmpty ? text : text + " (folding \(names.joined(separator: ", ")))"
    }
}

extension Value {
    /// As a policy writes it as the value of a fact of this type: texts in quotation marks, numbers exact with their
    /// unit.
    public func literal(as type: ValueType) -> String {
        switch self {
        case .number: written(as: type)
        case .bool, .fileType, .encryption, .symbol: described(as: type)
        case .text, .address, .domain, .ip, .hash: PolicyText.quoted(described(as: type))
        }
    }
}
