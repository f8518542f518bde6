import Bytecode
import Compiler
import Lexical
import PolicyDiff
import Semantics
import Suffixes
import Testing
import Vocabulary

/// Where the comparison of two policies says that no mail can do something, none of many made-up messages does it.
@Suite struct ComparisonSoundnessTests {
    @Test(arguments: 0..<6) func aNoIsNeverContradicted(_ block: Int) throws {
        var answers: [String: Int] = [:]
        for seed in (block * 10)..<(block * 10 + 10) { try compare(seed: UInt64(seed), &answers) }
        #expect(answers["no", default: 0] > 0 && answers["a case", default: 0] > 0, "\(answers)")
    }

    private func compare(seed: UInt64, _ answers: inout [String: Int]) throws {
        var generator = PolicyGenerator(seed: seed)
        let old = generator.policy()
        let new = generator.changed(old)
        var limits = ComparisonLimits()
        // Mostly with too few elements for some quantifiers, which must then be left free.
        limits.elements = seed.isMultiple(of: 5) ? 100 : 24
        // And with few of the rules that both policies have, the others being supposed.
        limits.companions = [0, 1, 24][Int(seed % 3)]
        limits.widenings = Int(seed % 2) * 2
        let comparison = PolicyComparison(
            old: try CodeGenerator.generate(old, limits: .generous),
            new: try CodeGenerator.generate(new, limits: .generous), limits: limits)
        var denied: Set<PassageQuestion> = []
        for question in PassageQuestion.allCases {
            let search = comparison.search(question)
            var result = search.next()
            // As if a mail had shown that rules of both policies speak.
            if case .found = result, search.consider(Set(new.rules.map(\.name))) { result = search.next() }
            switch result {
            case .none:
                denied.insert(question)
                answers["no", default: 0] += 1
            case .undecided: answers["undecided", default: 0] += 1
            case .found(let found):
                answers["a case", default: 0] += 1
                #expect(question.asksFor(old: found.old, new: found.new), "seed \(seed)")
            }
        }
        let references = try [old, new].map { policy in
            ReferenceInterpreter(
                policy: policy, patterns: PatternLibrary(),
                suffixes: try policy.suffixes.map { try SuffixLibrary().read($0) })
        }
        for _ in 0..<40 {
            let facts = generator.facts.honestFacts()
            var envelope = generator.facts.envelope()
            envelope.direction = nil
            facts.values[.init(fact: .authenticated, argument: nil, subject: .message)] = .known(
                .bool(envelope.authenticatedUser != nil))
            let decisions = references.map { $0.decide(facts: facts, envelope: envelope) }
            for (one, other) in zip(decisions[0], decisions[1]) {
                for question in denied where question.asksFor(old: one.disposition, new: other.disposition) {
                    Issue.record(
                        "seed \(seed), \(question): from \(one.disposition) to \(other.disposition) by \(one.rules.map(\.name)) and \(other.rules.map(\.name))"
                    )
                }
            }
        }
    }
}

extension FactsGenerator {
    /// Messages as inspection reads them: facts have as many values as they can have and are unknown for the reasons
    /// of the catalogue, and attachments are files, and files are parts.
    mutating func honestFacts() -> MadeUpFacts {
        let single: Set<Fact> = [
            .sender, .clientIP, .clientName, .declaredType, .contentID, .encryption, .signature,
        ]
        let settled: Set<Fact> = [
            .tls, .messageSize, .messageMalformed, .messageAmbiguous, .messageEncrypted, .messageSigned, .size, .depth,
            .path, .damaged, .sha256, .virus, .receivedAt, .receivedHour, .receivedWeekday,
        ]
        let facts = facts()
        for (key, value) in facts.values {
            let row = FactCatalogue.row(key.fact)
            var honest = value
            honest.missing.formIntersection(row.possibleReasons)
            if settled.contains(key.fact) {
                if honest.values.isEmpty, honest.missing.isEmpty {
                    honest.values = [self.value(of: row.type, symbols: row.symbols)]
                }
                honest.values = honest.missing.isEmpty ? [honest.values[0]] : []
            } else if single.contains(key.fact) {
                honest.values = Array(honest.values.prefix(1))
            }
            facts.values[key] = honest
        }
        let parts = facts.lists[.parts]?.elements ?? []
        let files = parts.filter { _ in random.below(4) > 0 }
        let attachments = files.filter { _ in random.below(3) > 0 }
        let missing = random.oneIn(4) ? reasons().intersection(ElementListName.files.possibleReasons) : []
        facts.lists[.parts] = ElementList(elements: parts, missing: missing)
        facts.lists[.files] = ElementList(elements: files, missing: missing)
        facts.lists[.attachments] = ElementList(elements: attachments, missing: random.oneIn(2) ? missing : [])
        if let urls = facts.lists[.urls] {
            let possible = urls.missing.intersection(ElementListName.urls.possibleReasons)
            facts.lists[.urls] = ElementList(elements: urls.elements, missing: possible)
        }
        return facts
    }
}

extension PolicyGenerator {
    /// The policy with one thing changed, as an author changes it.
    mutating func changed(_ policy: TypedPolicy) -> TypedPolicy {
        var new = policy
        let index = facts.random.below(new.rules.count)
        switch facts.random.below(16) {
        case 0: new.rules.remove(at: index)
        case 1: new.rules[index].consequence.disposition = facts.random.pick(Disposition.allCases)
        case 2: new.rules[index].unless.append(formula(depth: 1, bound: []))
        case 3: new.rules[index].when = .and([new.rules[index].when, formula(depth: 1, bound: [])])
        case 4: new.rules[index].when = .or([new.rules[index].when, formula(depth: 1, bound: [])])
        case 5: new.rules[index].when = new.rules[index].when.moved(by: facts.random.pick([-1, 1, 1000]))
        case 6: new.rules[index].directions = [.inbound]
        case 7: new.rules[index].isMandatory.toggle()
        case 8:
            let reason = facts.random.pick(Reasons.all.singles)
            new.rules[index].answers[reason, facts.random.pick(Direction.allCases)] = .ignore
        case 9 where new.rules[index].consequence.actions.contains(.strip):
            new.rules[index].consequence.actions.removeAll { $0 == .strip }
        case 9: new.rules[index].consequence.actions.append(.strip)
        default: changeAround(&new)
        }
        new.sets = sets
        return new
    }

    /// Changes what rules rest on: exemptions, scores and settings, the header, their order and names.
    private mutating func changeAround(_ new: inout TypedPolicy) {
        let exemption = new.exemptions.isEmpty ? nil : facts.random.below(new.exemptions.count)
        switch (facts.random.below(8), exemption) {
        case (0, let index?): new.exemptions[index].unknown.formUnion(facts.random.pick(Reasons.all.singles))
        case (1, let index?):
            new.exemptions[index].when = .or([new.exemptions[index].when, formula(depth: 1, bound: [])])
        case (2, _) where !new.computed.isEmpty:
            let number = facts.random.below(new.computed.count)
            guard case .number(let value)? = new.computed[number].rows.first?.value else { return }
            new.computed[number].rows[0].value = .number(value - 1500)
        case (3, _): new.organisation.authenticationServers = ["mx.other.example"]
        case (4, _): new.limits = [.files: 3000]
        case (5, _): new.organisation.domains = [OwnDomain("other.example")]
        case (6, _): new.organisation.networks = []
        default:
            // The same by other names and in another order.
            new.rules.reverse()
            for index in new.rules.indices where new.exemptions.isEmpty { new.rules[index].name += "-new" }
        }
    }
}

extension Formula {
    /// With every bound raised.
    fileprivate func moved(by step: Int64) -> Formula {
        switch self {
        case .constant: self
        case .atom(let atom):
            if case .compare(let left, let order, .constant(.number(let bound))) = atom.test {
                .atom(Atom(.compare(left, order, .constant(.number(bound + step))), at: atom.place))
            } else {
                self
            }
        case .not(let inner): .not(inner.moved(by: step))
        case .and(let inner): .and(inner.map { $0.moved(by: step) })
        case .or(let inner): .or(inner.map { $0.moved(by: step) })
        case .atLeast(let number, let inner, let place):
            .atLeast(number, inner.map { $0.moved(by: step) }, place)
        case .some(let some):
            .some(
                Quantification(
                    list: some.list, binder: some.binder, body: some.body.moved(by: step), place: some.place))
        case .count(let count):
            .count(
                Count(
                    measure: count.measure, order: count.order, bound: count.bound + step, type: count.type,
                    place: count.place))
        }
    }
}
