import Bytecode
import Compiler
import Lexical
import Machine
import Testing
import Vocabulary

/// Policy text to decision, without mail.
@Suite struct DecisionTests {
    private func load(_ text: String, limits: MachineLimits = MachineLimits()) throws -> LoadedProgram {
        let result = PolicyCompiler(patterns: PatternLibrary()).compile(PolicyInMemory(text))
        let bundle = try #require(result.bundle, "\(result.diagnostics.map(\.message))")
        return try LoadedProgram(try Bundle.read(bundle), patterns: PatternLibrary(), limits: limits)
    }

    private let policy = """
        policy acme { edition 1 domains "acme.example" }
        rule clips {
            when any file where (type is video and size > 2 MB)
            then quarantine media
            if encrypted, damaged, ambiguous, unsupported, over-limit then quarantine sealed
        }
        rule tagged { when subject contains "urgent" then tag subject "[!] " }
        """

    private func facts() -> MadeUpFacts {
        let facts = MadeUpFacts()
        facts.lists[.files] = ElementList(elements: [4, 9])
        for (part, name, size) in [(4, "pdf", 3_000_000), (9, "mp4", 3_000_000)] {
            facts.values[.init(fact: .type, subject: .part(part))] = FileType.named(name).map { .known(.fileType($0)) }
            facts.values[.init(fact: .size, subject: .part(part))] = .known(.number(Int64(size)))
        }
        facts.values[.init(fact: .subject, subject: .message)] = .known(.text("Very URGENT"))
        return facts
    }

    private let envelope = Envelope(recipients: [Address("bob@acme.example"), Address("ann@acme.example")])

    @Test func aRuleFiresWithItsEvidence() throws {
        let decisions = try load(policy).decide(facts: facts(), envelope: envelope)
        #expect(decisions.map(\.recipient.addrSpec) == ["bob@acme.example", "ann@acme.example"])
        #expect(decisions[0].disposition == .quarantine)
        #expect(decisions[0].areas == ["media"])
        #expect(decisions[0].rules.map(\.name) == ["clips", "tagged"])
        #expect(decisions[0].rules[0].evidence.map(\.excerpt) == ["mp4", "3 MB"])
        #expect(decisions[0].rules[0].evidence.map(\.part) == ["1.9", "1.9"])
        #expect(decisions[0].rules[1].evidence.map(\.excerpt) == ["URGENT"])
        #expect(decisions[0].actions.map(\.action) == [.tagSubject("[!] ")])
    }

    @Test func whatCannotBeReadIsAnswered() throws {
        let facts = facts()
        facts.values[.init(fact: .type, subject: .part(9))] = .unknown(.encryptedArchive)
        let decision = try load(policy).decide(facts: facts, envelope: envelope)[0]
        #expect(decision.areas == ["sealed"])
        #expect(decision.rules[0].verdict == .undetermined)
        #expect(decision.rules[0].unknown == .encryptedArchive)
    }

    @Test func aMessageThatTakesTooManyStepsIsDeferred() throws {
        var limits = MachineLimits()
        limits.steps = 10
        let decisions = try load(policy, limits: limits).decide(facts: facts(), envelope: envelope)
        #expect(decisions.map(\.disposition) == [.defer, .defer])
        #expect(decisions[0].trap == "the policy took more than 10 steps")
        #expect(decisions[0].rules.isEmpty && decisions[0].actions.isEmpty)
    }

    @Test func moreRecipientsThanReckonedWithAreJudgedAllTheSame() throws {
        let few = policy.replacing("edition 1", with: "edition 1 limits (recipients 2)", maxReplacements: 1)
        let many = Envelope(recipients: (0..<5).map { Address("user\($0)@acme.example") })
        let decisions = try load(few).decide(facts: facts(), envelope: many)
        #expect(decisions.count == 5)
        #expect(decisions == (try load(policy).decide(facts: facts(), envelope: many)))
    }

    @Test func aListBeyondItsLimitIsCutAndUnknown() throws {
        let result = PolicyCompiler(patterns: PatternLibrary()).compile(PolicyInMemory(policy))
        var limits = CostLimits()
        limits.files = 1
        let small = PolicyCompiler(patterns: PatternLibrary(), limits: limits).compile(PolicyInMemory(policy))
        #expect(result.bundle != small.bundle)
        let loaded = try LoadedProgram(
            try Bundle.read(try #require(small.bundle)), patterns: PatternLibrary())
        let decision = loaded.decide(facts: facts(), envelope: envelope)[0]
        #expect(decision.rules[0].unknown == .overLimit)
    }

    @Test func nobodyToJudge() throws {
        #expect(try load(policy).decide(facts: facts(), envelope: Envelope()).isEmpty)
    }

    @Test func aPatternTheLibraryRefusesIsToldWhenLoading() throws {
        let program = try Bundle.read(
            try #require(PolicyCompiler(patterns: PatternLibrary()).compile(PolicyInMemory(policy)).bundle))
        #expect(throws: LoadFault.pattern(PatternFault(message: "none today"))) {
            try LoadedProgram(program, patterns: Refusing())
        }
    }
}

private struct Refusing: PatternChecker {
    func skeletons(of value: Value) -> [[UInt32]] {
        value.searchableText.map { [$0.string.unicodeScalars.filter { $0 != " " }.map(\.value)].filter { !$0.isEmpty } }
            ?? []
    }

    func folded(_ character: UInt32, _ folding: TextFolding) -> [UInt32] { [CaseFolding.fold(character)] }

    func fault(of pattern: TextPattern) -> PatternFault? { nil }

    func makeScanner(_ patterns: [TextPattern]) throws(PatternFault) -> any TextScanner {
        throw PatternFault(message: "none today")
    }
}
