import Bytecode
import Compiler
import Diagnostics
import Lexical
import Machine
import Semantics
import Suffixes
import Testing
import Vocabulary

/// What is told of conditions beside the decisions.
@Suite struct ObservingTests {
    private static let everything = ObservationRequest(withCoverage: true)

    /// What the checker calls a test is what the machine looks at.
    @Test func onlyTestsOfThePolicyAreSeen() throws {
        var values: TruthsSeen = []
        for seed in 0..<150 {
            var generator = PolicyGenerator(seed: UInt64(seed))
            let policy = generator.policy()
            let loaded = try LoadedProgram(
                try CodeGenerator.generate(policy, limits: .generous), patterns: PatternLibrary(),
                suffixes: SuffixLibrary())
            let known = Set(PolicyClauses(policy, in: SourceSet()).clauses.map(\.place))
            let observation = loaded.observe(
                facts: generator.facts.facts(), envelope: generator.facts.envelope(), Self.everything,
                absentEngines: { [] })
            #expect(observation.isComplete)
            for sighting in observation.clauses {
                #expect(known.contains(sighting.place), "seed \(seed), \(sighting.place)")
                #expect(!sighting.seen.isEmpty)
                values.formUnion(sighting.seen)
            }
        }
        #expect(values == [.yes, .no, .unknown])
    }

    @Test func lookingChangesNoDecision() throws {
        for seed in 0..<50 {
            var generator = PolicyGenerator(seed: UInt64(seed))
            let loaded = try LoadedProgram(
                try CodeGenerator.generate(generator.policy(), limits: .generous), patterns: PatternLibrary(),
                suffixes: SuffixLibrary())
            let facts = generator.facts.facts()
            let envelope = generator.facts.envelope()
            let before = loaded.decide(facts: facts, envelope: envelope)
            _ = loaded.observe(facts: facts, envelope: envelope, Self.everything, absentEngines: { [] })
            #expect(loaded.decide(facts: facts, envelope: envelope) == before)
        }
    }

    private func loaded(_ rules: String, visits: Int? = nil) throws -> LoadedProgram {
        let text = "policy p { edition 1 }\nuninspectable { if unknown then ignore }\n" + rules
        let result = PolicyCompiler(patterns: PatternLibrary()).compile(PolicyInMemory(text))
        let bundle = try #require(result.bundle, "\(result.diagnostics.map(\.message))")
        var limits = MachineLimits()
        if let visits { limits.surveyVisits = visits }
        return try LoadedProgram(
            Bundle.read(bundle), patterns: PatternLibrary(), suffixes: SuffixLibrary(), limits: limits)
    }

    private let envelope = Envelope(sender: Address("eve@x.example"), recipients: [Address("bob@y.example")])

    @Test func aTestBehindOneThatDecidesIsLookedAtToo() throws {
        let program = try loaded("rule r { when subject contains \"a\" and subject contains \"b\" then defer }")
        let facts = FixedFacts([.subject: .known(.text(Text("xb")))])
        let observation = program.observe(facts: facts, envelope: envelope, Self.everything, absentEngines: { [] })
        #expect(observation.clauses.map(\.seen) == [.no, .yes])
    }

    @Test func rowsOfScoresAndWhatLeavesANoticeOutAreLookedAtToo() throws {
        let program = try loaded(
            """
            score s { 5 when subject contains "a" }
            rule r { when s >= 5 then notify "x@y.example" except when subject contains "b" }
            """)
        let facts = FixedFacts([.subject: .known(.text(Text("b")))])
        let observation = program.observe(facts: facts, envelope: envelope, Self.everything, absentEngines: { [] })
        #expect(observation.clauses.map(\.seen) == [.no, .no, .yes])
        let findings = program.observe(
            facts: facts, envelope: envelope, ObservationRequest(rules: ["r"]), absentEngines: { [] })
        #expect(findings.rules.first?.findings.map(\.seen) == [.no, .yes, .no])
    }

    @Test func ofAnEngineThatIsNotThereNothingWasSeen() throws {
        let program = try loaded("rule r { when virus or subject contains \"b\" then quarantine q }")
        let facts = FixedFacts([.virus: .unknown(.engineDown), .subject: .absent])
        let all = program.observe(facts: facts, envelope: envelope, Self.everything, absentEngines: { [] })
        #expect(all.clauses.map(\.seen) == [.unknown, .no])
        let without = program.observe(facts: facts, envelope: envelope, Self.everything, absentEngines: { [.virus] })
        #expect(without.clauses.map(\.seen) == [.no])
    }

    @Test func aRuleThatIsAskedForTellsEveryTestWithWhatItSaw() throws {
        let program = try loaded(
            "rule r { when subject exists and not (subject contains \"xb\") unless virus then quarantine q }")
        let facts = FixedFacts([.subject: .known(.text(Text("xbc"))), .virus: .unknown(.engineDown)])
        let observation = program.observe(
            facts: facts, envelope: envelope, ObservationRequest(rules: ["r"]), absentEngines: { [] })
        let findings = try #require(observation.rules.first).findings
        #expect(findings.map(\.seen) == [.yes, .yes, .unknown])
        #expect(findings.map(\.evidence.excerpt) == ["xbc", "xb", "engine-down"])
        #expect(observation.clauses.isEmpty)
    }

    @Test func beyondTheBoundTheCoverageSaysThatItIsNotComplete() throws {
        let program = try loaded("rule r { when subject contains \"a\" and virus then defer }", visits: 2)
        let observation = program.observe(
            facts: FixedFacts([:]), envelope: envelope, Self.everything, absentEngines: { [] })
        #expect(!observation.isComplete)
    }
}

/// Facts of a message, all others absent.
private final class FixedFacts: FactSource {
    let values: [Fact: FactValue]

    init(_ values: [Fact: FactValue]) { self.values = values }

    func value(of fact: Fact, argument: String?, subject: FactSubject) -> FactValue { values[fact] ?? .absent }

    func elements(of list: ElementListName) -> ElementList { ElementList(elements: []) }

    func ancestors(ofPart part: Int) -> [Int] { [] }

    func path(ofPart part: Int) -> String { "" }

    func part(ofURL url: Int) -> Int { 0 }
}
