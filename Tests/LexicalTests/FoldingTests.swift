import Lexical
import TestSupport
import Testing
import Vocabulary

@Suite("What a dictionary ignores")
struct FoldingTests {
    private func found(
        _ source: String, _ folding: TextFolding, as kind: TextPattern.Kind = .word, in text: String
    ) throws -> [String] {
        let bytes = Array(text.utf8)
        let scanner = try PatternLibrary().makeScanner([TextPattern(kind, Text(source), folding: folding)])
        let matches = scanner.matches(of: 0, in: bytes, limit: 100)
        #expect(matches.isComplete)
        #expect(scanner.scan(bytes) == PatternHits(present: matches.ranges.isEmpty ? [] : [0]))
        return matches.ranges.map { String(decoding: bytes[$0], as: UTF8.self) }
    }

    @Test("Accents, composed or not")
    func accents() throws {
        #expect(
            try found("resume", .accents, in: "Un RÉSUMÉ, un re\u{301}sume\u{301}.") == ["RÉSUMÉ", "re\u{301}sume"])
        #expect(try found("été", .accents, in: "ete") == ["ete"])
        #expect(try found("ete", [], in: "été") == [])
        #expect(try found("cafe", .accents, in: "cafe\u{301}s, café") == ["café"])
        #expect(try found("ol", .accents, in: "øl") == [])
        #expect(try found("r.sum[é]", .accents, as: .regex, in: "résumé re\u{301}sume") == ["résumé", "re\u{301}sume"])
    }

    @Test("Spacing within words and phrases, not around them")
    func spacing() throws {
        #expect(try found("confidential", .spacing, in: "c o n f i d e n\n t i a l!") == ["c o n f i d e n\n t i a l"])
        #expect(try found("confidential", .spacing, in: "bacon fidential") == [])
        #expect(try found("confidential", .spacing, in: "con fidentially") == [])
        #expect(try found("confidential", .spacing, in: "con fidential ly") == ["con fidential"])
        #expect(
            try found("diffusion restreinte", .spacing, as: .phrase, in: "DiffusionRestreinte") == [
                "DiffusionRestreinte"
            ])
        #expect(try found("confidential", [], in: "c o n f i d e n t i a l") == [])
        #expect(try found("projet x", .spacing, as: .regex, in: "projet\r\n\t x") == ["projet\r\n\t x"])
    }

    @Test("What is not seen")
    func zeroWidth() throws {
        let text = "con\u{200b}fi\u{ad}den\u{200d}tial\u{202e}, \u{2060}confidential\u{feff}s"
        #expect(try found("confidential", .zeroWidth, in: text) == ["con\u{200b}fi\u{ad}den\u{200d}tial"])
        #expect(try found("confidential", [], in: "con\u{200b}fidential") == [])
    }

    @Test("What resembles something else")
    func confusables() throws {
        #expect(try found("paypal", .confusables, in: "раураl ＰＡＹＰＡＬ") == ["раураl", "ＰＡＹＰＡＬ"])
        #expect(try found("microsoft", .confusables, in: "rnicr0soft") == ["rnicr0soft"])
        // No word begins or ends within a character.
        #expect(try found("corn", .confusables, in: "com") == ["com"])
        #expect(try found("cor", .confusables, in: "com") == [])
        #expect(try found("confidential", .confusables, in: "CONFIDENTIAL") == ["CONFIDENTIAL"])
    }

    @Test("Digits and signs for letters")
    func leet() throws {
        #expect(try found("confidential", .leet, in: "c0nf1d3nt!al") == ["c0nf1d3nt!al"])
        #expect(try found("billing", .leet, in: "b1lling bi11ing 8|!ling") == ["b1lling", "bi11ing"])
        #expect(try found("mail", .leet, in: "mall") == [])
        #expect(try found("mail", .leet, in: "ma11 m@|l") == ["ma11", "m@|l"])
        #expect(try found("h4ck", .leet, in: "hack") == ["hack"])
    }

    @Test("All of it together")
    func together() throws {
        let text = "C 0 n\u{200b} f 1 d é n t і 4 l"
        #expect(try found("confidential", .all, in: text) == [text])
        #expect(try found("très secret", .all, as: .phrase, in: "t r e s $ecret") == ["t r e s $ecret"])
    }

    @Test("A text of which nothing is left is no pattern")
    func nothingLeft() {
        let library = PatternLibrary()
        #expect(library.fault(of: TextPattern(.word, "\u{200b}", folding: .zeroWidth)) != nil)
        #expect(library.fault(of: TextPattern(.word, "\u{301}", folding: .accents)) != nil)
        #expect(library.fault(of: TextPattern(.word, "\u{301}")) == nil)
        #expect(library.fault(of: TextPattern(.regex, "[z-é]", folding: .accents)) != nil)
        let long = Text(String(repeating: "ab", count: 200))
        #expect(library.fault(of: TextPattern(.word, long, folding: .leet)) != nil)
    }

    @Test("Neighbours, in either order, so many words apart")
    func neighbours() throws {
        func near(_ distance: Int, _ text: String, _ folding: TextFolding = []) throws -> [String] {
            let pattern = TextPattern(
                .near, "salary", folding: folding, neighbour: .init(text: "confidential", distance: distance))
            let bytes = Array(text.utf8)
            let scanner = try PatternLibrary().makeScanner([pattern])
            let ranges = scanner.matches(of: 0, in: bytes, limit: 100).ranges
            #expect(scanner.scan(bytes).present.isEmpty == ranges.isEmpty)
            return ranges.map { String(decoding: bytes[$0], as: UTF8.self) }
        }
        #expect(try near(1, "confidential salary") == ["confidential salary"])
        #expect(try near(1, "salary: (confidential)") == ["salary: (confidential"])
        #expect(try near(1, "salary is confidential") == [])
        #expect(try near(2, "salary is confidential") == ["salary is confidential"])
        #expect(try near(5, "confidentialsalary") == [])
        #expect(try near(1, "con fidential s alary", .spacing) == ["con fidential s alary"])
        #expect(try near(1, "con fidential i s s alary", .spacing) == [])
        #expect(try near(2, "c o n fidential, s a l a r y", .spacing) == ["c o n fidential, s a l a r y"])
        #expect(
            try near(1, "salary confidential salary confidential") == [
                "salary confidential", "salary confidential",
            ])
    }

    @Test("A word is decided in time linear in the text, whatever its white space")
    func linear() throws {
        let patterns = [
            TextPattern(.phrase, "a b c"), TextPattern(.word, "a b", folding: .spacing),
            TextPattern(.phrase, "a a a a a a b", folding: .all),
            TextPattern(.near, "a", neighbour: .init(text: "b", distance: 3)),
        ]
        let scanner = try PatternLibrary().makeScanner(patterns)
        let spaces = String(repeating: " \u{3000}\t\n", count: 20_000)
        let texts = [
            "a" + spaces + "b" + spaces + "d", String(repeating: "a ", count: 50_000), spaces,
            String(repeating: "a" + spaces.prefix(50), count: 1_000),
        ]
        for text in texts {
            let bytes = Array(text.utf8)
            let time = Effort.seconds {
                #expect(scanner.scan(bytes).undecided.isEmpty)
                for pattern in patterns.indices {
                    #expect(scanner.matches(of: pattern, in: bytes, limit: 10).ranges.count <= 10)
                }
            }
            #expect(time < 20)
        }
    }
}
