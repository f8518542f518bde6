import Bytecode
import Compiler
import Lexical
import Machine
import Semantics
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
        let loaded = try LoadedProgram(program, patterns: PatternLibrary())
        let reference = ReferenceInterpreter(policy: policy, patterns: PatternLibrary())
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
            let loaded = try LoadedProgram(program, patterns: PatternLibrary())
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
