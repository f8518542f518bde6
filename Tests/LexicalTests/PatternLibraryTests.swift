import Lexical
import TestSupport
import Testing
import Vocabulary

@Suite struct PatternLibraryTests {
    private let library = PatternLibrary()

    private func present(_ patterns: [TextPattern], in text: String) throws -> [Int] {
        try library.makeScanner(patterns).scan(Array(text.utf8)).present
    }

    @Test func literalsFoldAndExactOnesDoNot() throws {
        let patterns = [TextPattern(.literal, "ÉTÉ"), TextPattern(.exact, "ÉTÉ"), TextPattern(.literal, "k")]
        #expect(try present(patterns, in: "un été à 3 \u{212A}") == [0, 2])
        #expect(try present(patterns, in: "ÉTÉ") == [0, 1])
    }

    @Test func wordsAndPhrasesKeepTheirBoundaries() throws {
        let patterns = [TextPattern(.word, "salary"), TextPattern(.phrase, "diffusion restreinte")]
        #expect(try present(patterns, in: "the salary\u{a0}of") == [0])
        #expect(try present(patterns, in: "salary2, salaryman") == [])
        #expect(try present(patterns, in: "Diffusion\r\n\t restreinte.") == [1])
        #expect(try present(patterns, in: "diffusionrestreinte") == [])
    }

    @Test func expressionsMeanWhatPCRE2Means() throws {
        let patterns = [TextPattern(.regex, #"projet[ -]x\d{2}"#, ignoresCase: true), TextPattern(.regex, #"\bfin\b"#)]
        #expect(try present(patterns, in: "le PROJET-X42") == [0])
        #expect(try present(patterns, in: "enfin la fin") == [1])
        #expect(try present(patterns, in: "enfin") == [])
    }

    @Test func textThatIsNotUTF8IsSearchedAllTheSame() throws {
        let scanner = try library.makeScanner([TextPattern(.literal, "evil"), TextPattern(.regex, "e.il")])
        #expect(scanner.scan([0xff, 0xc3] + Array("EVIL evil".utf8) + [0x80, 0]).present == [0, 1])
    }

    @Test func rangesAreOfTheTextAsItStands() throws {
        let scanner = try library.makeScanner([TextPattern(.literal, "km"), TextPattern(.word, "été")])
        let text = Array("\u{212A}m, ÉTÉ, km".utf8)
        #expect(scanner.matches(of: 0, in: text, limit: 10).ranges == [0..<4, 13..<15])
        #expect(scanner.matches(of: 1, in: text, limit: 10).ranges == [6..<11])
    }

    @Test(arguments: [
        "(?=a)", "(?<!a)b", #"(a)\1"#, "a++", "(?>a)", "(?R)", "(*ACCEPT)", #"\Ka"#, "a{1,2000}", "(a", "", "a*",
        "(?(1)a)",
    ])
    func whatIsNotRegularOrMatchesEverythingIsRefused(source: String) {
        #expect(library.fault(of: TextPattern(.regex, Text(source))) != nil)
    }

    @Test(arguments: ["(?:a|b)+", "[]a]", #"[\d-]{13,16}"#, #"\bfoo\b"#, "(?i)x", "a{1,1000}", "[(?=]"])
    func whatIsRegularIsTaken(source: String) {
        #expect(library.fault(of: TextPattern(.regex, Text(source))) == nil)
    }

    @Test func anExpressionThatExplodesIsUndecidedNotAbsent() throws {
        let scanner = try library.makeScanner([TextPattern(.regex, "(a+)+$")])
        let text = Array(repeating: UInt8(ascii: "a"), count: 60) + [UInt8(ascii: "b")]
        let elapsed = Effort.seconds {
            // The automaton settles at once what backtracking cannot.
            #expect(scanner.scan(text) == PatternHits())
            let found = scanner.matches(of: 0, in: text, limit: 1)
            #expect(found == PatternMatches(isComplete: false))
        }
        #expect(elapsed < 5)
    }

    @Test func manyThreadsScanWithOneScanner() async throws {
        let scanner = try library.makeScanner((0..<200).map { TextPattern(.literal, Text("word\($0) ")) })
        let right = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<200 {
                group.addTask { scanner.scan(Array("a WORD\(number) b".utf8)).present == [number] }
            }
            return await group.reduce(true) { $0 && $1 }
        }
        #expect(right)
    }

    @Test(
        arguments: ["[^x]{10000}[^y]{10000}", String(repeating: "x", count: 5_000), "", ".*", #"\C"#, "(?R)"])
    func aScannerRefusesWhatTheCheckerRefuses(_ source: String) {
        let pattern = TextPattern(.regex, Text(source))
        let elapsed = Effort.seconds {
            #expect(library.fault(of: pattern) != nil)
            #expect(throws: PatternFault.self) { try library.makeScanner([pattern]) }
        }
        #expect(elapsed < 30)
    }
}
