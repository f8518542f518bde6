import Bytecode
import Compiler
import Lexical
import Machine
import Testing
import Vocabulary

/// Both sides of the bounds on what a decision counts, writes and tells.
@Suite struct DecisionLimitTests {
    private let envelope = Envelope(sender: Address("eve@x.example"), recipients: [Address("bob@acme.example")])

    private func load(_ rules: String) throws -> LoadedProgram {
        let text = "policy acme { edition 1 }\nuninspectable { if unknown then quarantine doubt }\n" + rules
        let result = PolicyCompiler(patterns: PatternLibrary()).compile(PolicyInMemory(text))
        let bundle = try #require(result.bundle, "\(result.diagnostics.map(\.message))")
        return try LoadedProgram(try Bundle.read(bundle), patterns: PatternLibrary())
    }

    private func facts(subject: String, files: Int = 0) -> MadeUpFacts {
        let facts = MadeUpFacts()
        facts.values[.init(fact: .subject, subject: .message)] = .known(.text(Text(subject)))
        facts.lists[.files] = ElementList(elements: Array(0..<files))
        for file in 0..<files {
            facts.values[.init(fact: .size, subject: .part(file))] = .known(.number(Int64(file)))
        }
        return facts
    }

    private func condition(_ condition: String, _ subject: String, beside declarations: String = "") throws -> String {
        let program = try load("\(declarations)\nrule r { when \(condition) then defer }")
        let decisions = program.explain(facts: facts(subject: subject), envelope: envelope)
        return try #require(decisions.first?.rules.first).condition
    }

    // MARK: Matches

    @Test func matchesInOneTextAreCountedUpToANumber() throws {
        let most = MatchLimits.countedMatches
        let (full, over) = (String(repeating: "!", count: most), String(repeating: "!", count: most + 1))
        #expect(try condition("count of matches /!/ in subject >= \(most)", full) == "true")
        #expect(try condition("count of matches /!/ in subject >= \(most + 1)", full) == "false")
        #expect(try condition("count of matches /!/ in subject >= \(most)", over) == "true")
        #expect(try condition("count of matches /!/ in subject >= \(most + 1)", over) == "unknown (over-limit)")
    }

    @Test func anEntryCountsAsOftenAsMatchesAreCounted() throws {
        let most = MatchLimits.countedMatches
        let dictionary = "dictionary d { threshold \(most) 1 regex /!/ up to \(most) times }"
        func mentions(_ count: Int) throws -> String {
            try condition("subject mentions d", String(repeating: "!", count: count), beside: dictionary)
        }
        #expect(try mentions(most) == "true")
        #expect(try mentions(most - 1) == "false")
    }

    @Test func neighboursMayBeFarApart() throws {
        let most = MatchLimits.neighbourWords
        let dictionary = "dictionary d { threshold 1 1 \"salary\" within \(most) words of \"secret\" }"
        func mentions(_ between: Int) throws -> String {
            let text = "salary " + String(repeating: "x ", count: between) + "secret"
            return try condition("subject mentions d", text, beside: dictionary)
        }
        #expect(try mentions(most - 1) == "true")
        #expect(try mentions(most) == "false")
    }

    // MARK: Lists

    static let lists: [(name: ElementListName, most: Int, condition: String)] = [
        (.attachments, CostLimits().attachments, "any attachment where (size > 1 GB)"),
        (.files, CostLimits().files, "any file where (size > 1 GB)"),
        (.parts, CostLimits().parts, "any part where (size > 1 GB)"),
        (.urls, CostLimits().urls, "any url where (host contains \"x\")"),
    ]

    @Test(arguments: lists)
    func elementsAreLookedAtUpToANumber(list: (name: ElementListName, most: Int, condition: String)) throws {
        let program = try load("rule r { when \(list.condition) then defer }")
        func condition(_ count: Int) throws -> String {
            let facts = MadeUpFacts()
            facts.lists[list.name] = ElementList(elements: Array(0..<count))
            return try #require(program.explain(facts: facts, envelope: envelope).first?.rules.first).condition
        }
        #expect(try condition(list.most) == "false")
        #expect(try condition(list.most + 1) == "unknown (over-limit)")
    }

    // MARK: What is told

    @Test func aRuleTellsSoManyPiecesOfEvidence() throws {
        func pieces(_ count: Int) throws -> Int {
            let tests = (0..<count).map { "subject contains \"t\($0)x\"" }.joined(separator: " and ")
            let subject = (0..<count).map { "t\($0)x" }.joined()
            let decisions = try load("rule r { when \(tests) then defer }")
                .decide(facts: facts(subject: subject), envelope: envelope)
            return try #require(decisions.first?.rules.first).evidence.count
        }
        #expect(try pieces(EvidenceLimits.piecesOfRule) == EvidenceLimits.piecesOfRule)
        #expect(try pieces(EvidenceLimits.piecesOfRule + 1) == EvidenceLimits.piecesOfRule)
    }

    private func findings(_ condition: String, files: Int = 0) throws -> Int {
        let observation = try load("rule r { when \(condition) then defer }").observe(
            facts: facts(subject: "subject", files: files), envelope: envelope, ObservationRequest(rules: ["r"]),
            absentEngines: { [] })
        return try #require(observation.rules.first).findings.count
    }

    @Test func aRuleTellsSoManyFindings() throws {
        func tests(_ count: Int) -> String {
            (0..<count).map { "subject contains \"t\($0)x\"" }.joined(separator: " and ")
        }
        let most = ObservationLimits.findingsOfRule
        #expect(try findings(tests(most)) == most)
        #expect(try findings(tests(most + 1)) == most)
    }

    @Test func aTestTellsSoManyFindingsOfEachValue() throws {
        let most = ObservationLimits.findingsOfValue
        #expect(try findings("any file where (size > 1 GB)", files: most) == most)
        #expect(try findings("any file where (size > 1 GB)", files: most + 1) == most)
        // Of each of two values.
        #expect(try findings("any file where (size >= \(most) B)", files: 2 * most) == 2 * most)
    }

    // MARK: What is written

    struct Use: CustomStringConvertible, Sendable {
        let description: String
        let bytes: Int
        /// What a rule does with a text.
        let action: @Sendable (String) -> String
    }

    static let uses = [
        Use(description: "refusal", bytes: WrittenTextLimits.refusalBytes) { "reject \"\($0)\"" },
        Use(description: "field", bytes: WrittenTextLimits.fieldBytes) { "add header \"X-Y\" \"\($0)\"" },
        Use(description: "tag", bytes: WrittenTextLimits.tagBytes) { "tag subject \"\($0)\"" },
        Use(description: "log", bytes: WrittenTextLimits.logBytes) { "log \"\($0)\"" },
    ]

    /// The text that an action has in the end, for a subject of fifty bytes.
    private func written(_ use: Use, _ text: String) throws -> String {
        let program = try load("rule r { when subject exists then \(use.action(text)) }")
        let subject = String(repeating: "s", count: 50)
        let decision = try #require(program.decide(facts: facts(subject: subject), envelope: envelope).first)
        if let reason = decision.reason { return reason }
        switch try #require(decision.actions.first).action {
        case .addHeader(_, let value), .tagSubject(let value): return value
        case .log(let value): return value ?? ""
        default: return ""
        }
    }

    @Test(arguments: uses) func aTextIsCutBeyondItsBound(use: Use) throws {
        let words = String(repeating: "w", count: use.bytes - 50)
        let whole = words + String(repeating: "s", count: 50)
        #expect(try written(use, words + "{subject}") == whole)
        let cut = try written(use, words + "w{subject}")
        #expect(cut.utf8.count <= use.bytes && cut.hasSuffix("s…"))
    }

    @Test(arguments: uses) func aPolicysOwnWordsFitTheirBound(use: Use) throws {
        let words = String(repeating: "w", count: use.bytes)
        #expect(try written(use, words) == words)
        let text = "policy acme { edition 1 }\nrule r { when subject exists then \(use.action(words + "w")) }"
        let result = PolicyCompiler(patterns: PatternLibrary()).compile(PolicyInMemory(text))
        #expect(result.diagnostics.contains { $0.code.number == 614 })
    }
}
