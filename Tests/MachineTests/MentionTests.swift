import Bytecode
import Compiler
import Lexical
import Machine
import Testing
import Vocabulary

/// What dictionaries add up to.
@Suite struct MentionTests {
    /// The condition's value for a mail whose texts are these.
    private func condition(
        _ entries: String, _ relation: String, _ texts: [String], missing: Reasons = [],
        alternatives: [TextAlternatives] = []
    ) throws -> (value: String, evidence: [String]) {
        let text = """
            policy acme { edition 1 }
            uninspectable { if unknown then defer }
            dictionary d { threshold 10 \(entries) }
            rule r { when message.text mentions d \(relation) then quarantine held }
            """
        let result = PolicyCompiler(patterns: PatternLibrary()).compile(PolicyInMemory(text))
        let bundle = try #require(result.bundle, "\(result.diagnostics.map(\.message))")
        let loaded = try LoadedProgram(try Bundle.read(bundle), patterns: PatternLibrary())
        let facts = MadeUpFacts()
        facts.values[.init(fact: .messageText, argument: nil, subject: .message)] = FactValue(
            values: texts.map { .text(Text($0)) }, missing: missing, alternatives: alternatives)
        let envelope = Envelope(sender: nil, recipients: [Address("bob@acme.example")])
        let rule = try #require(loaded.explain(facts: facts, envelope: envelope).first?.rules.first)
        return (rule.condition, rule.evidence.map(\.excerpt))
    }

    @Test func anEntryCountsOnceUnlessItSaysMore() throws {
        #expect(try condition("5 word \"a\"", "", ["a a a"]).value == "false")
        #expect(try condition("5 word \"a\" up to 2 times", "", ["a a a"]).value == "true")
        #expect(try condition("5 word \"a\" up to 2 times", "at 15", ["a a a"]).value == "false")
        #expect(try condition("5 regex /aa/ up to 9 times", "", ["aaa", "aa"]).value == "false")
        #expect(try condition("5 regex /aa/ up to 9 times", "", ["aaaa"]).value == "true")
    }

    @Test func inTotalAllTextsCount() throws {
        #expect(try condition("5 word \"a\"", "", ["a", "A b"]).value == "false")
        #expect(try condition("5 word \"a\"", "in total", ["a", "A b"]).value == "true")
        #expect(try condition("5 word \"a\"", "in total", ["a", "A b"]).evidence == ["5 “a” (×2) = 10, threshold 10"])
        #expect(try condition("10 word \"a\" -5 word \"b\"", "in total", ["a", "b"]).value == "false")
        #expect(try condition("5 word \"a\"", "at 15 in total", ["a", "a"]).value == "false")
    }

    @Test func ofAlternativesTheHeaviestCountsInTotal() throws {
        func value(_ entries: String, _ relation: String, _ texts: [String], _ versions: [[Int]]) throws -> String {
            try condition(entries, relation, texts, alternatives: [TextAlternatives(versions: versions)]).value
        }
        let word = "5 word \"a\""
        #expect(try value(word, "in total", ["a", "a"], [[0], [1]]) == "false")
        #expect(try value(word, "in total", ["a", "a", "a"], [[1], [2]]) == "true")
        #expect(try value(word, "in total", ["a", "x", "a"], [[0, 2], [1]]) == "true")
        #expect(try value("5 word \"a\" -5 word \"b\"", "at 5 in total", ["a", "a b"], [[0], [1]]) == "true")
        let unread = try condition(
            word, "in total", ["a", "a"], missing: .damaged, alternatives: [TextAlternatives(versions: [[0], [1]])])
        #expect(unread.value == "unknown (damaged)")
    }

    @Test func whatIsUnreadCountsAsOftenAsItMay() throws {
        let unknown = "unknown (damaged)"
        #expect(try condition("5 word \"a\"", "", [], missing: .damaged).value == "false")
        #expect(try condition("5 word \"a\" up to 2 times", "", [], missing: .damaged).value == unknown)
        // There may be several unread texts.
        #expect(try condition("5 word \"a\"", "in total", [], missing: .damaged).value == unknown)
        #expect(try condition("20 word \"a\"", "in total", ["a"], missing: .damaged).value == "true")
        #expect(
            try condition("20 word \"a\" -1 word \"b\"", "in total", ["a"], missing: .damaged).value == unknown)
    }

    @Test func evidenceShowsWeightsAndSum() throws {
        let entries = #"10 phrase "strictement confidentiel" 6 word "confidentiel" up to 3 times -0.5 word "non""#
        let found = try condition(entries, "at 20", ["Strictement confidentiel, confidentiel", "non"])
        #expect(found.evidence == ["10 “Strictement confidentiel” + 6 “confidentiel” (×2) = 22, threshold 20"])
        // Of a value that is false the heaviest text, so that an author sees what was lacking.
        let lacking = try condition(entries, "at 20", ["non", "confidentiel non"])
        #expect(lacking.value == "false")
        #expect(lacking.evidence == ["6 “confidentiel” - 0.5 “non” = 5.5, threshold 20"])
        #expect(try condition(entries, "", ["x"]).evidence == ["none of its words = 0, threshold 10"])
        #expect(try condition(entries, "", []).evidence == ["absent"])
    }

    @Test func aSumNamesAFewEntriesAndCountsAll() throws {
        let words = (0..<9).map { "word\($0)" + String(repeating: "x", count: 40) }
        let entries = words.map { "2 word \"\($0)\"" }.joined(separator: " ")
        let found = try condition(entries, "", [words.joined(separator: " ")])
        let text = try #require(found.evidence.first)
        #expect(EvidenceLimits.wordsOfSum == 5 && EvidenceLimits.wordBytes == 32)
        #expect(text.hasSuffix(" and 4 more = 18, threshold 10"))
        #expect(text.utf8.count < 400)
        #expect(text.hasPrefix("2 “word0\(String(repeating: "x", count: 27))…” + 2 “word1"))
    }

    @Test func ofAlternativesTheSumIsThatOfTheHeaviest() throws {
        let found = try condition(
            #"5 word "a" 5 word "b""#, "in total", ["a", "a b", "a"],
            alternatives: [TextAlternatives(versions: [[0], [1]])])
        #expect(found.evidence == ["5 “a” (×2) + 5 “b” = 15, threshold 10"])
    }

    @Test func evidenceShowsTheTextAsItStands() throws {
        let (value, evidence) = try condition(
            "5 word \"confidential\" 6 regex /\\d{16}/ checked by luhn", "",
            ["4111111111111112", "CONFIDENTIAL: 94111111111111111"])
        #expect(value == "true")
        #expect(evidence == ["5 “CONFIDENTIAL” + 6 “4111111111111111” = 11, threshold 10"])
    }
}
