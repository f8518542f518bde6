import Foundation
import Vocabulary

/// Chooses values for one fact, so that what a case says of it and of its members comes true.
///
/// A guess that a run has to confirm: nothing here needs to be complete, and no claim rests on it.
struct ValueChoice {
    /// States of one fact, with different members.
    let states: [AbstractCase.FactState]

    /// Values of the fact; `nil` where none were found that agree with the case.
    func values() -> [Value]? {
        guard states.contains(where: \.exists) else { return [] }
        let candidates = candidates
        func breaks(_ value: Value) -> Bool {
            states.contains { state in state.failing.contains { Self.meets($0, state, value) } }
        }
        let good = candidates.filter { !breaks($0) }
        let wanted = states.flatMap { state in state.holding.map { (state, $0) } }
        if wanted.isEmpty { return good.first.map { [$0] } }
        if let all = good.first(where: { value in wanted.allSatisfy { Self.meets($0.1, $0.0, value) } }) {
            return [all]
        }
        guard let first = states.first, !FactKnowledge.isSingle(first.base) else { return nil }
        var chosen: [Value] = []
        for (state, cell) in wanted where !chosen.contains(where: { Self.meets(cell, state, $0) }) {
            guard let value = good.first(where: { Self.meets(cell, state, $0) }) else { return nil }
            chosen.append(value)
        }
        return chosen
    }

    static func meets(_ cell: [Alternative], _ state: AbstractCase.FactState, _ value: Value) -> Bool {
        guard let seen = state.member(of: value) else { return false }
        return cell.contains { likelyHolds($0, seen) }
    }

    static func likelyHolds(_ alternative: Alternative, _ value: Value) -> Bool {
        if let known = AlternativeLogic.holds(alternative, for: value) { return known }
        switch alternative {
        case .pattern(let pattern):
            guard let text = value.searchableText?.string else { return false }
            if pattern.kind == .regex {
                let options: NSRegularExpression.Options = pattern.ignoresCase ? [.caseInsensitive] : []
                guard let expression = try? NSRegularExpression(pattern: pattern.source.string, options: options) else {
                    return false
                }
                return expression.firstMatch(in: text, range: NSRange(text.startIndex..., in: text)) != nil
            }
            return text.lowercased().contains(pattern.source.string.lowercased())
        case .alike(let other): return value == other
        case .entry(_, let entry): return value.described(as: value.naturalType).lowercased() == entry.lowercased()
        default: return false
        }
    }

    // MARK: Candidates

    var candidates: [Value] {
        guard let first = states.first else { return [] }
        let type = first.base.type ?? .text
        var found: [Value] = []
        for state in states {
            let memberType = state.subject.type ?? .text
            for alternative in (state.holding + state.failing).flatMap({ $0.prefix(16) }) {
                for value in Self.examples(of: alternative, memberType) {
                    found += state.wholes(with: value, type)
                }
            }
            let texts = state.holding.compactMap { $0.first.flatMap(Self.text) }
            if texts.count > 1, memberType == .text {
                let order = ["starts", "contains", "ends"]
                let sorted = texts.sorted {
                    (order.firstIndex(of: $0.place) ?? 1) < (order.firstIndex(of: $1.place) ?? 1)
                }
                found += state.wholes(with: .text(Text(sorted.map(\.text).joined(separator: " "))), type)
            }
        }
        return found + Self.neutral(type)
    }

    private static func text(_ alternative: Alternative) -> (place: String, text: String)? {
        switch alternative {
        case .starts(let text, _): ("starts", text.string)
        case .contains(let text, _): ("contains", text.string)
        case .ends(let text, _): ("ends", text.string)
        case .pattern(let pattern): ("contains", pattern.kind == .regex ? sample(of: pattern) : pattern.source.string)
        default: nil
        }
    }

    private static func examples(of alternative: Alternative, _ type: ValueType) -> [Value] {
        switch alternative {
        case .same(.fileType(let kind), _): return FileType.all.filter { $0.isSubtype(of: kind) }.map { .fileType($0) }
        case .same(.text(let text), exactly: _): return parse(text.string, type) + parse(text.string.uppercased(), type)
        case .same(let value, _): return [value]
        case .ordered(_, let bound):
            return [bound, bound + 1, max(bound - 1, 0), 1].filter { $0 >= 0 }.map { .number($0) }
        case .contains(let text, _): return parse(text.string, type) + parse(text.string.uppercased(), type)
        case .starts(let text, _): return parse(text.string, type) + parse(text.string + "witness", type)
        case .ends(let text, _): return parse(text.string, type) + parse("witness" + text.string, type)
        case .under(let domain): return [.domain(domain), .domain(Domain("witness." + domain.name.string))]
        case .glob(let pattern):
            return parse(
                String(decoding: pattern, as: UTF8.self).replacingOccurrences(of: "*", with: "witness")
                    .replacingOccurrences(of: "?", with: "w"), type)
        case .network(let network): return [.ip(network.address)]
        case .pattern(let pattern):
            guard pattern.kind == .regex else { return parse(pattern.source.string, type) }
            return (0..<ComparisonLimits.sampleBranches).flatMap { branch in
                parse(RegexSample(pattern.source.string, branch: branch).text, type)
            }
        case .alike(let value): return [value] + parse(value.described(as: value.naturalType), type)
        case .entry(_, let entry): return parse(entry, type)
        }
    }

    private static func parse(_ text: String, _ type: ValueType) -> [Value] {
        switch type {
        case .text: [.text(Text(text))]
        case .address:
            [
                .address(Address(text.contains("@") ? text : text + "@witness.example")),
                .address(Address("witness@" + text)),
            ]
        case .domain: [.domain(Domain(text))]
        case .symbol: [.symbol(text)]
        default: []
        }
    }

    private static func neutral(_ type: ValueType) -> [Value] {
        switch type {
        case .bool: [.bool(false), .bool(true)]
        case .int, .decimal, .size, .duration, .time: [.number(1), .number(100), .number(0)]
        case .text: [.text("witness"), .text("Lunch on Thursday")]
        case .address: [.address(Address("witness@witness.example")), .address(Address("zoe@client.example"))]
        case .domain: [.domain(Domain("witness.example"))]
        case .ip:
            [IPAddress("203.0.113.7").map { .ip($0) }, IPAddress("2001:db8:ffff::7").map { .ip($0) }]
                .compactMap { $0 }
        case .fileType: ["text", "png", "pdf", "zip"].compactMap { FileType.named($0).map { .fileType($0) } }
        case .encryption, .hash: []
        case .symbol: ["none", "pass", "fail"].map { .symbol($0) }
        }
    }

    /// A text in which a regular expression is likely to match: the first way through it.
    static func sample(of pattern: TextPattern) -> String { RegexSample(pattern.source.string).text }
}

extension AbstractCase.FactState {
    /// The fact without members.
    var base: Subject {
        guard case .fact(let reference) = subject else { return subject }
        return .fact(FactReference(reference.fact, argument: reference.argument, binder: reference.binder))
    }

    /// What the state's members make of a value of the fact.
    fileprivate func member(of value: Value) -> Value? {
        guard case .fact(let reference) = subject else { return value }
        let seen = reference.members.reduce(Optional(value)) { whole, member in whole.flatMap(member.of) }
        guard reference.asNumber, let seen else { return seen }
        return seen.searchableText.flatMap { DecimalNumber.parse($0.utf8) }.map { .number($0) }
    }

    /// Values of the fact whose member is this value.
    fileprivate func wholes(with value: Value, _ type: ValueType) -> [Value] {
        guard case .fact(let reference) = subject, !reference.members.isEmpty || reference.asNumber else {
            return [value]
        }
        switch (type, value) {
        case (.address, .domain(let domain)): return [.address(Address("witness@" + domain.name.string))]
        case (.address, .text(let text)):
            return [
                .address(Address(text.string + "@witness.example")),
                .address(Address("witness+" + text.string + "@witness.example")),
                .address(Address("witness@witness.example", displayName: text.string)),
            ]
        case (.text, .number(let number)): return [.text(Text(Value.number(number).described(as: .decimal)))]
        case (.text, .text): return [value]
        default: return []
        }
    }
}
