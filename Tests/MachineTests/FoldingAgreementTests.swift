import Compiler
import Lexical
import Machine
import Semantics
import Testing
import Vocabulary

/// What the scanner finds in odd texts is what the plain way finds: which patterns, how often, where first.
@Suite struct FoldingAgreementTests {
    private static let place = SourcePlace(file: "t.lazaret", line: 1, column: 1, length: 1)
    private static let sources = ["ab", "a b", "été", "mail", "c0n", "secret plan", "rn", "İ ß", "a", "_x"]

    /// One rule for each pattern: how often it is found, and where first.
    private static func policy(_ random: inout SeededGenerator) -> TypedPolicy {
        let subject = Operand.fact(FactReference(.subject))
        var rules: [TypedRule] = []
        var dictionaries: [TypedDictionary] = []
        for number in 0..<12 {
            let folding = TextFolding(rawValue: UInt8(random.below(Int(TextFolding.all.rawValue) + 1)))
            let source = Text(random.pick(sources))
            let pattern =
                switch random.below(3) {
                case 0: TextPattern(.word, source, folding: folding)
                case 1: TextPattern(.phrase, source, folding: folding)
                default:
                    TextPattern(
                        .near, source, folding: folding,
                        neighbour: .init(text: Text(random.pick(sources)), distance: 1 + random.below(3)))
                }
            dictionaries.append(
                TypedDictionary(name: "d\(number)", threshold: 1, entries: [.init(weight: 1, pattern: pattern)]))
            let count = Count(
                measure: .matches(pattern, subject), order: .greaterOrEqual, bound: 0, type: .int, place: place)
            let mention = Test.mentions(subject, dictionary: number, threshold: 1, inTotal: false)
            rules.append(
                TypedRule(
                    name: "r\(number)", place: place, when: .and([.count(count), .atom(Atom(mention, at: place))]),
                    consequence: TypedConsequence(disposition: .quarantine, areas: ["a"]),
                    answers: AnswerTable(all: .ignore)
                ))
        }
        return TypedPolicy(name: "folding", rules: rules, dictionaries: dictionaries)
    }

    /// Pieces of the patterns, and what is put between and in place of their characters.
    private static let pieces = [
        "a", "b", "A", "B", " ", " ", "\u{3000}", "\t\r\n", "\u{200b}", "\u{ad}", "é", "e\u{301}", "t", "E", "\u{301}",
        "mail", "m@1l", "rna!l", "c0n", "con", "соn", "secret", "plan", "pl4n", "s e c r e t", "rn", "m", "İ", "ı", "ß",
        "_", "x", "1", "|", "!", "ab", "a b", "été", ",", "\u{202e}", "가", "𝐚", "ａｂ",
    ]

    private static func text(_ random: inout SeededGenerator) -> Text {
        var bytes: [UInt8] = []
        for _ in 0..<random.below(14) {
            if random.oneIn(30) {
                bytes.append(UInt8(0x80 + random.below(128)))
            } else {
                bytes += Array(random.pick(pieces).utf8)
            }
            if random.oneIn(4) { bytes.append(0x20) }
        }
        return Text(utf8: bytes)
    }

    @Test(arguments: 0..<6) func scannerAndPlainWayAgree(_ block: Int) throws {
        var found = 0
        for seed in (block * 5)..<(block * 5 + 5) {
            var random = SeededGenerator(seed: UInt64(seed))
            let policy = Self.policy(&random)
            let program = try CodeGenerator.generate(policy, limits: .generous)
            let loaded = try LoadedProgram(program, patterns: PatternLibrary())
            let reference = ReferenceInterpreter(policy: policy, patterns: PatternLibrary())
            let envelope = Envelope(sender: nil, recipients: [Address("bob@acme.example")])
            for _ in 0..<150 {
                let text = Self.text(&random)
                let facts = MadeUpFacts()
                facts.values[.init(fact: .subject, argument: nil, subject: .message)] = .known(.text(text))
                let decisions = loaded.decide(facts: facts, envelope: envelope)
                let expected = reference.decide(facts: facts, envelope: envelope)
                #expect(decisions == expected, "seed \(seed): \(text.string.debugDescription)")
                if decisions != expected { return }
                found += decisions[0].rules.count
            }
        }
        #expect(found > 200)
    }
}
