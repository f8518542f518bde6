import Bytecode
import Compiler
import Lexical
import Machine
import Testing
import Vocabulary

/// What scores and settings come to, from policy text to decision.
@Suite struct ScoreTests {
    private func load(_ text: String) throws -> LoadedProgram {
        let result = PolicyCompiler(patterns: PatternLibrary()).compile(
            PolicyInMemory(
                """
                policy acme { edition 1 domains "acme.example" }
                uninspectable { if unknown then quarantine doubt }

                """ + text))
        let bundle = try #require(result.bundle, "\(result.diagnostics.map(\.message))")
        return try LoadedProgram(try Bundle.read(bundle), patterns: PatternLibrary())
    }

    private let envelope = Envelope(recipients: [Address("bob@acme.example")])

    private func facts(_ values: [Fact: FactValue]) -> MadeUpFacts {
        let facts = MadeUpFacts()
        for (fact, value) in values { facts.values[.init(fact: fact, subject: .message)] = value }
        return facts
    }

    private let score = """
        score suspicion {
            5 when virus
            2.5 when subject contains "urgent"
            -4 when list-id exists
        }
        rule held { when suspicion >= 5 then quarantine held }
        """

    @Test func aScoreIsTheSumOfWhatHolds() throws {
        let program = try load(score)
        let urgent = FactValue.known(.text("Urgent"))
        let both = program.decide(facts: facts([.virus: .known(.bool(true)), .subject: urgent]), envelope: envelope)[0]
        #expect(both.areas == ["held"])
        #expect(both.rules[0].evidence.map(\.excerpt) == ["7.5, threshold 5", "+5", "+2.5", "true", "Urgent"])
        #expect(both.rules[0].evidence.map(\.fact) == ["suspicion", "suspicion", "suspicion", "virus", "subject"])
        #expect(both.rules[0].evidence[1].span.line == 4)
        let one = program.decide(facts: facts([.subject: urgent]), envelope: envelope)[0]
        #expect(one.disposition == .deliver)
        let less = [.virus: .known(.bool(true)), .listID: .known(.text("a.example"))] as [Fact: FactValue]
        #expect(program.decide(facts: facts(less), envelope: envelope)[0].disposition == .deliver)
    }

    @Test func aScoreIsUnknownOnlyWhereItMatters() throws {
        let program = try load(score)
        let down = FactValue.unknown(.engineDown)
        // 0 to 5: the bound is reached or not.
        let open = program.decide(facts: facts([.virus: down]), envelope: envelope)[0]
        #expect(open.areas == ["doubt"])
        #expect(open.rules[0].unknown == .engineDown)
        let shown = ["0+, threshold 5 (engine-down)", "+5 (engine-down)", "engine-down"]
        #expect(open.rules[0].evidence.map(\.excerpt) == shown)
        // -4 to 1: it is not, whatever the engine would have said.
        let listed = [.virus: down, .listID: .known(.text("a.example"))] as [Fact: FactValue]
        #expect(program.decide(facts: facts(listed), envelope: envelope)[0].rules.isEmpty)
    }

    @Test(arguments: [(Int64(15_000_000), false), (30_000_000, true), (60_000_000, false)])
    func aSettingTakesTheLargest(_ size: Int64, _ isOpen: Bool) throws {
        let program = try load(
            """
            setting limit take largest {
                otherwise 20 MB
                when subject exists then 10 MB
                when virus then 50 MB
            }
            rule large { when message.size > limit then quarantine large }
            """)
        func decide(_ virus: FactValue) -> Decision {
            program.decide(
                facts: facts([.messageSize: .known(.number(size)), .virus: virus]), envelope: envelope)[0]
        }
        #expect(decide(.known(.bool(false))).areas == (size > 20_000_000 ? ["large"] : []))
        #expect(decide(.known(.bool(true))).areas == (size > 50_000_000 ? ["large"] : []))
        let unknown = decide(.unknown(.engineDown))
        #expect(unknown.areas == (isOpen ? ["doubt"] : size > 50_000_000 ? ["large"] : []))
    }

    @Test func aSettingStandsAmongElements() throws {
        let program = try load(
            """
            setting limit take smallest { otherwise 4 MB  when subject exists then 1 MB }
            rule large { when any file where (type is video and limit < size and name exists) then quarantine large }
            """)
        let facts = facts([.subject: .known(.text("x"))])
        facts.lists[.files] = ElementList(elements: [4, 9])
        for (part, size) in [(4, 500_000), (9, 2_000_000)] {
            facts.values[.init(fact: .type, subject: .part(part))] = FileType.named("mp4").map { .known(.fileType($0)) }
            facts.values[.init(fact: .size, subject: .part(part))] = .known(.number(Int64(size)))
            facts.values[.init(fact: .name, subject: .part(part))] = .known(.text("a"))
        }
        let decision = program.decide(facts: facts, envelope: envelope)[0]
        #expect(decision.areas == ["large"])
        #expect(decision.rules[0].evidence.map(\.excerpt).contains("1 MB"))
        #expect(decision.rules[0].evidence.first { $0.fact == "size" || $0.part == "1.9" } != nil)
    }

    @Test func rowsOfOneThatContradictAreAmbiguous() throws {
        let program = try load(
            """
            setting partner take one {
                otherwise "a.example"
                when subject exists then "b.example"
                when list-id exists then "c.example"
            }
            rule theirs { when from.domain is partner then quarantine theirs }
            """)
        let from = FactValue.known(.address(Address("eve@b.example")))
        let one = [.from: from, .subject: .known(.text("x"))] as [Fact: FactValue]
        #expect(program.decide(facts: facts(one), envelope: envelope)[0].areas == ["theirs"])
        let two = one.merging([.listID: .known(.text("y"))]) { $1 }
        let decision = program.decide(facts: facts(two), envelope: envelope)[0]
        #expect(decision.areas == ["doubt"])
        #expect(decision.rules[0].unknown == .ambiguous)
        let other = two.merging([.from: .known(.address(Address("eve@d.example")))]) { $1 }
        #expect(program.decide(facts: facts(other), envelope: envelope)[0].rules.isEmpty)
    }

    @Test func aValueIsMadeForEachRecipient() throws {
        let program = try load(
            """
            setting limit take largest { otherwise 1 MB  when recipient.local is "ann" then 5 MB }
            rule large { when message.size > limit then quarantine large }
            """)
        let decisions = program.decide(
            facts: facts([.messageSize: .known(.number(2_000_000))]),
            envelope: Envelope(recipients: ["bob", "ann", "bob"].map { Address("\($0)@acme.example") }))
        #expect(decisions.map(\.areas) == [["large"], [], ["large"]])
    }

    @Test func aScoreIsComputedOnce() throws {
        let lines = (0..<50).map { "\($0 + 1) when subject contains \"word\($0)\"" }.joined(separator: "\n")
        let rules = (0..<100).map { "rule r\($0) { when suspicion > \($0) then tag subject \"[\($0)] \" }" }
        let one = try load("score suspicion { \(lines) }\n" + rules[0])
        let all = try load("score suspicion { \(lines) }\n" + rules.joined(separator: "\n"))
        let facts = facts([.subject: .known(.text("word7"))])
        let steps = (
            one.judge(facts: facts, envelope: envelope).steps, all.judge(facts: facts, envelope: envelope).steps
        )
        // Each further rule costs its own comparison, not the score again.
        #expect(steps.1 - steps.0 < 99 * 60, "\(steps)")
        #expect(all.program.computed.count == 1)
    }

    @Test func valuesAreWrittenAsPoliciesWriteThem() {
        let sizes: [(Int64, String)] = [
            (20_000_000, "20 MB"), (20_971_520, "20 MiB"), (2_500_000, "2.5 MB"), (512, "512 B"), (1024, "1 KiB"),
            (1_048_577, "1048577 B"), (0, "0 B"), (-2_000_000, "-2 MB"),
        ]
        for (size, text) in sizes { #expect(Value.number(size).written(as: .size) == text) }
        #expect(Value.number(172_800).written(as: .duration) == "2 days")
        #expect(Value.number(3600).written(as: .duration) == "1 hour")
        #expect(Value.number(0).written(as: .duration) == "0 seconds")
        let open = Reckoning(candidates: [.number(9000), .number(5000)], reasons: .damaged)
        #expect(open.text(as: .decimal) == "5+")
        #expect(Reckoning(candidates: [.number(5000), .number(5000)], reasons: .damaged) == Reckoning(.number(5000)))
        #expect(Reckoning(candidates: [.text("b"), .text("a")], reasons: .damaged).text(as: .text) == "a or b")
    }
}
