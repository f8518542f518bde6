import Bytecode
import Compiler
import Lexical
import Machine
import Testing
import Vocabulary

/// What `strip` takes away, and what it cannot tell.
@Suite struct StripTests {
    private let policy = """
        policy acme { edition 1 domains "acme.example" }
        uninspectable { if unknown then quarantine unreadable }
        rule no-programs {
            when tls and any file where (type is executable)
            then strip
        }
        exempt keys from unknown encrypted (pdf) { when tls }
        """

    /// A message with a program in a zip, one beside it, a text, and an enclosed mail with a program.
    private func facts() -> MadeUpFacts {
        let facts = MadeUpFacts()
        let types = [0: "zip", 1: "executable", 2: "executable", 3: "text", 4: "mail", 5: "executable"]
        for (part, name) in types {
            facts.values[.init(fact: .type, subject: .part(part))] = FileType.named(name).map { .known(.fileType($0)) }
            facts.values[.init(fact: .name, subject: .part(part))] = .known(.text(Text("\(name).\(part)")))
        }
        facts.values[.init(fact: .sha256, subject: .part(2))] = .known(.hash([UInt8](repeating: 0xab, count: 32)))
        facts.values[.init(fact: .tls, subject: .message)] = .known(.bool(true))
        facts.lists[.files] = ElementList(elements: [0, 1, 2, 3, 4, 5])
        facts.ancestors = [1: [0], 5: [4]]
        return facts
    }

    private func decide(_ facts: MadeUpFacts) throws -> Decision {
        let result = PolicyCompiler(patterns: PatternLibrary()).compile(PolicyInMemory(policy))
        let bundle = try #require(result.bundle, "\(result.diagnostics.map(\.message))")
        let loaded = try LoadedProgram(try Bundle.read(bundle), patterns: PatternLibrary())
        return try #require(
            loaded.decide(facts: facts, envelope: Envelope(recipients: [Address("bob@acme.example")])).first)
    }

    @Test func everyElementIsTakenAwayWithWhatCannotBeMadeAnew() throws {
        let decision = try decide(facts())
        #expect(decision.disposition == .deliver)
        guard case .strip(let parts)? = decision.actions.first?.action else {
            Issue.record("nothing is taken away")
            return
        }
        #expect(parts.map(\.found) == ["1.1", "1.2", "1.5"])
        #expect(parts.map(\.removed) == ["1.0", "1.2", "1.5"])
        #expect(parts.map(\.name) == ["executable.1", "executable.2", "executable.5"])
        #expect(parts[1].sha256 == String(repeating: "ab", count: 32) && parts[0].sha256 == nil)
    }

    @Test func whatItCannotTellOfOthersIsAnswered() throws {
        let facts = facts()
        facts.values[.init(fact: .type, subject: .part(3))] = .unknown(.damaged)
        let decision = try decide(facts)
        #expect(decision.areas == ["unreadable"])
        #expect(decision.rules.map(\.verdict) == [.fires] && decision.rules[0].unknown == .damaged)
        #expect(decision.actions.count == 1)
    }

    @Test func anExemptionLiftsTheAnswerNotTheRule() throws {
        let facts = facts()
        facts.lists[.files]?.missing = .encryptedPDF
        let decision = try decide(facts)
        #expect(decision.disposition == .deliver && decision.actions.count == 1)
        #expect(decision.exempted == [Exempted(rule: "no-programs", by: "keys")])
    }
}
