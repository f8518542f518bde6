import Bytecode
import Compiler
import Lexical
import Machine
import Semantics
import Suffixes
import Testing
import Vocabulary

/// The machine and the reference interpreter say the same of made-up policies and messages.
@Suite struct AgreementTests {
    @Test(arguments: 0..<12) func machineAndReferenceAgree(_ block: Int) throws {
        for seed in (block * 100)..<(block * 100 + 100) {
            try agree(seed: UInt64(seed))
        }
    }

    private func agree(seed: UInt64) throws {
        var generator = PolicyGenerator(seed: seed)
        let policy = generator.policy()
        let program = try Bundle.read(Bundle.write(try CodeGenerator.generate(policy, limits: .generous)))
        var limits = MachineLimits()
        limits.leastIndexedAtoms = seed.isMultiple(of: 2) ? 1 : 1000
        let loaded = try LoadedProgram(program, patterns: PatternLibrary(), suffixes: SuffixLibrary(), limits: limits)
        let reference = ReferenceInterpreter(
            policy: policy, patterns: PatternLibrary(),
            suffixes: try policy.suffixes.map { try SuffixLibrary().read($0) })
        for _ in 0..<6 {
            let facts = generator.facts.facts()
            let envelope = generator.facts.envelope()
            let (decisions, steps) = loaded.judge(facts: facts, envelope: envelope)
            let expected = reference.decide(facts: facts, envelope: envelope)
            #expect(decisions == expected, "seed \(seed)")
            let recipients = UInt64(envelope.recipients.count)
            #expect(
                steps <= program.manifest.messageCost + recipients * program.manifest.recipientCost, "seed \(seed)")
            if decisions != expected { return }
        }
    }

    /// Knowing less never turns a condition that holds into one that does not, nor the other way: what was true or
    /// false stays so or becomes unknown, and is then answered; what was unknown stays so.
    @Test func knowingLessDecidesNothingElse() throws {
        var becameUnknown = 0
        for seed in 0..<200 {
            var generator = PolicyGenerator(seed: UInt64(seed))
            let program = try CodeGenerator.generate(generator.policy(), limits: .generous)
            let loaded = try LoadedProgram(program, patterns: PatternLibrary(), suffixes: SuffixLibrary())
            let facts = generator.facts.facts()
            let envelope = generator.facts.envelope()
            let before = loaded.explain(facts: facts, envelope: envelope)
            for key in facts.values.keys where program.manifest.facts.contains(key.fact) {
                let whole = facts.values.updateValue(.unknown(.damaged), forKey: key)
                for (old, new) in zip(before, loaded.explain(facts: facts, envelope: envelope)) {
                    for (oldRule, newRule) in zip(old.rules, new.rules) where oldRule.condition != newRule.condition {
                        #expect(newRule.condition.hasPrefix("unknown"), "seed \(seed), \(key)")
                        becameUnknown += 1
                    }
                }
                facts.values[key] = whole
            }
        }
        #expect(becameUnknown > 100)
    }

    @Test func madeUpPoliciesSayEverything() throws {
        var outcomes: [String: Int] = [:]
        for seed in 0..<150 {
            var generator = PolicyGenerator(seed: UInt64(seed))
            let program = try CodeGenerator.generate(generator.policy(), limits: .generous)
            let loaded = try LoadedProgram(program, patterns: PatternLibrary(), suffixes: SuffixLibrary())
            let facts = generator.facts.facts()
            for decision in loaded.decide(facts: facts, envelope: generator.facts.envelope()) {
                outcomes[decision.disposition.rawValue, default: 0] += 1
                for rule in decision.rules { outcomes[rule.verdict.rawValue, default: 0] += 1 }
                outcomes["exempted", default: 0] += decision.exempted.count
                outcomes["evidence", default: 0] += decision.rules.reduce(0) { $0 + $1.evidence.count }
                outcomes["actions", default: 0] += decision.actions.count
            }
        }
        for name in Disposition.allCases.map(\.rawValue) + ["fires", "undetermined", "exempted", "evidence", "actions"]
        {
            #expect(outcomes[name, default: 0] > 10, "\(name) hardly happens: \(outcomes)")
        }
    }

    @Test func theOrderOfDeclarationsLeavesNoTrace() throws {
        for seed in 0..<50 {
            var generator = PolicyGenerator(seed: UInt64(seed))
            let policy = generator.policy()
            var shuffled = policy
            shuffled.rules.shuffle(using: &generator.facts.random)
            shuffled.exemptions.shuffle(using: &generator.facts.random)
            shuffled.areas.reverse()
            #expect(
                Bundle.write(try CodeGenerator.generate(policy, limits: .generous))
                    == Bundle.write(try CodeGenerator.generate(shuffled, limits: .generous)))
        }
    }

    @Test func whatExplainsAgreesWithWhatDecides() throws {
        for seed in 0..<50 {
            var generator = PolicyGenerator(seed: UInt64(seed))
            let program = try CodeGenerator.generate(generator.policy(), limits: .generous)
            let loaded = try LoadedProgram(program, patterns: PatternLibrary(), suffixes: SuffixLibrary())
            let facts = generator.facts.facts()
            let envelope = generator.facts.envelope()
            let decisions = loaded.decide(facts: facts, envelope: envelope)
            for (explained, decision) in zip(loaded.explain(facts: facts, envelope: envelope), decisions) {
                let speaking = explained.rules.filter { $0.outcome == .fires || $0.outcome == .undetermined }
                #expect(speaking.map(\.name) == decision.rules.map(\.name))
                #expect(speaking.map(\.evidence) == decision.rules.map(\.evidence))
            }
        }
    }
}

extension CostLimits {
    /// So much budget that made-up policies always fit.
    static var generous: CostLimits {
        var limits = CostLimits()
        limits.budget = .max
        return limits
    }
}
