import Lexical
import TestSupport
import Testing
import Vocabulary

@Suite("Scanning a text for patterns")
struct ScannerTests {
    private let library = PatternLibrary()

    private func occurs(_ pattern: TextPattern, in text: String) throws -> Bool {
        try library.makeScanner([pattern]).scan(Array(text.utf8)).present == [0]
    }

    @Test("A literal is found whatever its case, an exact one as it is")
    func literals() throws {
        #expect(try occurs(TextPattern(.literal, "gift CARD"), in: "a Gift card"))
        #expect(try occurs(TextPattern(.literal, "ÉTÉ"), in: "un été"))
        #expect(try occurs(TextPattern(.literal, "kelvin"), in: "\u{212a}elvin"))
        #expect(try occurs(TextPattern(.literal, "ς"), in: "Σ"))
        #expect(try !occurs(TextPattern(.literal, "ss"), in: "ß"))
        #expect(try occurs(TextPattern(.exact, "Card"), in: "Card"))
        #expect(try !occurs(TextPattern(.exact, "Card"), in: "card"))
    }

    @Test("A word has no letter, digit or underscore at its sides")
    func words() throws {
        let word = TextPattern(.word, "salary")
        #expect(try occurs(word, in: "his SALARY."))
        #expect(try !occurs(word, in: "salaryman"))
        #expect(try !occurs(word, in: "salary_2"))
        #expect(try !occurs(word, in: "ésalary"))
        #expect(try occurs(word, in: "salaryman has a salary"))
        #expect(try occurs(word, in: "(salary)"))
    }

    @Test("A phrase's white space stands for any white space")
    func phrases() throws {
        let phrase = TextPattern(.phrase, "Diffusion  restreinte")
        #expect(try occurs(phrase, in: "diffusion\r\n\u{a0} restreinte"))
        #expect(try !occurs(phrase, in: "diffusionrestreinte"))
        #expect(try !occurs(phrase, in: "rediffusion restreinte"))
        let matches = try library.makeScanner([phrase]).matches(
            of: 0, in: Array("é diffusion \n restreinte!".utf8), limit: 9)
        #expect(matches.ranges == [3..<25])
    }

    @Test("Ranges are of the text as given, though folding changes lengths")
    func ranges() throws {
        let text = Array("\u{212a}\u{212a} key \u{212a}EY".utf8)
        let scanner = try library.makeScanner([TextPattern(.literal, "key")])
        #expect(scanner.matches(of: 0, in: text, limit: 9).ranges == [7..<10, 11..<16])
        let one = scanner.matches(of: 0, in: text, limit: 1)
        #expect(one.ranges == [7..<10])
        #expect(!one.isComplete)
    }

    @Test("An expression is case-sensitive unless told, and Unicode's")
    func expressions() throws {
        #expect(try occurs(TextPattern(.regex, #"projet[ -]x\d{2}"#, ignoresCase: true), in: "PROJET-X42"))
        #expect(try !occurs(TextPattern(.regex, "projet"), in: "PROJET"))
        #expect(try occurs(TextPattern(.regex, #"\bété\b"#), in: "un été."))
        #expect(try !occurs(TextPattern(.regex, #"\bété\b"#), in: "étés"))
        #expect(try occurs(TextPattern(.regex, "k", ignoresCase: true), in: "\u{212a}"))
        #expect(try occurs(TextPattern(.regex, "s", ignoresCase: true), in: "\u{17f}"))
        #expect(try occurs(TextPattern(.regex, #"^\w$"#), in: "\u{1e900}"))
        #expect(try occurs(TextPattern(.regex, #"a\sb"#), in: "a\u{3000}b"))
        #expect(try occurs(TextPattern(.regex, #"a.b"#), in: "a\u{1f600}b"))
        #expect(try occurs(TextPattern(.regex, "(?m)^b$"), in: "a\nb\nc"))
    }

    @Test("Bytes that are not UTF-8 are searched too")
    func invalidBytes() throws {
        let text: [UInt8] = [0xff, 0xc3] + Array("salary".utf8) + [0xe2, 0x82] + Array("x1".utf8) + [0xf0]
        let scanner = try library.makeScanner([
            TextPattern(.literal, "SALARY"), TextPattern(.word, "salary"), TextPattern(.regex, #"y..x\d"#),
            TextPattern(.regex, #"\x1asalary\W"#), TextPattern(.exact, "x1"), TextPattern(.phrase, "salary x1"),
        ])
        #expect(scanner.scan(text) == PatternHits(present: [0, 1, 2, 3, 4]))
        #expect(scanner.matches(of: 2, in: text, limit: 2).ranges == [7..<12])
    }

    @Test("An empty text holds no pattern")
    func emptyText() throws {
        let scanner = try library.makeScanner([
            TextPattern(.literal, "a"), TextPattern(.regex, "a"), TextPattern(.phrase, "a b"), TextPattern(.exact, "a"),
        ])
        #expect(scanner.scan([]) == PatternHits())
        for index in 0..<4 { #expect(scanner.matches(of: index, in: [], limit: 1) == PatternMatches()) }
        #expect(try library.makeScanner([]).scan([1, 2]) == PatternHits())
    }

    @Test("Hostile expressions and texts end undecided, soon")
    func hostile() throws {
        let sources = [
            "(a+)+$", "(a|a)*b", "a.*b.*c.*d", "(a?){30}a{30}b", ".*x.*y", "a{1000}b", "(?:(?:a{15}){15}){4}b",
        ]
        let text = [UInt8](repeating: UInt8(ascii: "a"), count: 200_000) + Array("!\n".utf8)
        let scanner = try library.makeScanner(sources.map { TextPattern(.regex, Text($0)) })
        for index in sources.indices {
            var matches = PatternMatches()
            let time = Effort.seconds { matches = scanner.matches(of: index, in: text, limit: 1) }
            #expect(matches.ranges.isEmpty)
            #expect(time < 5, "\(sources[index])")
        }
        #expect(!scanner.matches(of: 0, in: text, limit: 1).isComplete)
        // The scan of all settles most of them: what they need is not there.
        #expect(Effort.seconds { _ = scanner.scan(text) } < 5)
    }

    @Test("Undecided is only what neither occurs nor is known not to")
    func undecided() throws {
        let scanner = try library.makeScanner([TextPattern(.regex, "(a|a)*b|a(a|a)+!"), TextPattern(.literal, "!")])
        let hits = scanner.scan([UInt8](repeating: UInt8(ascii: "a"), count: 100_000) + Array("!b".utf8))
        #expect(hits.present.contains(1))
        #expect(Set(hits.present).isDisjoint(with: hits.undecided))
    }

    @Test("One scanner serves several threads")
    func threads() async throws {
        let words = (0..<200).map { "word\($0)x" }
        let scanner = try library.makeScanner(
            words.map { TextPattern(.word, Text($0)) } + [TextPattern(.regex, #"\d{5}"#)])
        let results = await withTaskGroup(of: Bool.self) { group in
            for task in 0..<8 {
                group.addTask {
                    (0..<200).allSatisfy { round in
                        let own = (task * 31 + round) % 200
                        let hits = scanner.scan(Array("some \(words[own]) and 12345".utf8))
                        return hits == PatternHits(present: [own, 200])
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(results.allSatisfy { $0 })
    }

    @Test("Expressions beyond the scan of all are named, and work")
    func unaccelerated() throws {
        let patterns = [
            TextPattern(.regex, "abc"), TextPattern(.regex, "(?:a{1000}b){11}|xyz"), TextPattern(.literal, "q"),
        ]
        #expect(try library.unaccelerated(patterns) == [1])
        #expect(try library.makeScanner(patterns).scan(Array("xyz".utf8)) == PatternHits(present: [1]))
    }
}
