import Testing
import Vocabulary

@testable import Lexical

/// Both sides of the bounds on patterns and on searching.
@Suite struct LimitTests {
    private static func fault(_ pattern: TextPattern, _ change: (inout LexicalLimits) -> Void = { _ in }) -> Bool {
        var limits = LexicalLimits()
        change(&limits)
        return PatternLibrary(limits: limits).fault(of: pattern) != nil
    }

    @Test func bytesOfAPattern() {
        let bound = LexicalLimits().patternBytes
        for kind in [TextPattern.Kind.literal, .regex] {
            #expect(!Self.fault(TextPattern(kind, Text(String(repeating: "a", count: bound)))))
            #expect(Self.fault(TextPattern(kind, Text(String(repeating: "a", count: bound + 1)))))
        }
    }

    @Test func bytesOfAWordThatIgnoresLeet() {
        let bound = LexicalLimits().leetBytes
        func pattern(_ count: Int) -> TextPattern {
            TextPattern(.phrase, Text(String(repeating: "x", count: count)), folding: .leet)
        }
        #expect(!Self.fault(pattern(bound)))
        #expect(Self.fault(pattern(bound + 1)))
    }

    @Test func countsOfRepetitions() {
        #expect(!Self.fault(TextPattern(.regex, "a{7}")) { $0.repetition = 7 })
        #expect(Self.fault(TextPattern(.regex, "a{8}")) { $0.repetition = 7 })
    }

    @Test func groupsInOneAnother() {
        func nested(_ count: Int) -> TextPattern {
            TextPattern(
                .regex, Text(String(repeating: "(", count: count) + "a" + String(repeating: ")", count: count)))
        }
        let bound = LexicalLimits().groupDepth
        #expect(!Self.fault(nested(bound)))
        #expect(Self.fault(nested(bound + 1)))
    }

    @Test func stepsGrowWithTheText() {
        var limits = LexicalLimits()
        limits.searchSteps = 100
        limits.searchStepsPerByte = 3
        #expect(limits.steps(forBytes: 10) == 130)
    }

    /// An expression that would not end is stopped, and what it would have found is not known to be absent.
    @Test func searchesThatTakeTooLongAreOverLimit() throws {
        let pattern = TextPattern(.regex, "(a|aa)+$")
        let text = Array((String(repeating: "a", count: 2_000) + "b").utf8)
        func isComplete(_ change: (inout LexicalLimits) -> Void) throws -> Bool {
            var limits = LexicalLimits()
            change(&limits)
            let scanner = try PatternLibrary(limits: limits).makeScanner([pattern])
            return scanner.matches(of: 0, in: text, limit: 1).isComplete
        }
        #expect(try !isComplete { $0.matchSteps = 1_000 })
        #expect(
            try !isComplete { limits in
                limits.searchSteps = 1_000
                limits.searchStepsPerByte = 0
            })
    }

    // MARK: Memory

    private static func result(
        _ source: String, in text: String, isTranslated: Bool, _ change: (inout LexicalLimits) -> Void
    ) throws -> Expression.Result {
        var limits = LexicalLimits()
        change(&limits)
        let expression = try Expression(Array(source.utf8), ignoresCase: false, limits: limits)
        if isTranslated { expression.prepareMachineCode() }
        return expression.firstMatch(in: ValidText(Array(text.utf8)))
    }

    /// Each round of a group with a choice in it is remembered, in one of the two kinds of memory.
    private static let remembering = "^(?:a|b)*c"

    @Test func theStackOfMachineCodeIsBounded() throws {
        let text = String(repeating: "ab", count: 10_000) + "c"
        func result(_ bytes: Int) throws -> Expression.Result {
            try Self.result(Self.remembering, in: text, isTranslated: true) { $0.stackBytes = bytes }
        }
        #expect(try result(LexicalLimits().stackBytes) == .match(0..<text.utf8.count))
        #expect(try result(64 << 10) == .undecided)
    }

    @Test func theHeapOfTheInterpreterIsBounded() throws {
        let text = String(repeating: "ab", count: 10_000) + "c"
        func result(_ kibibytes: UInt32) throws -> Expression.Result {
            try Self.result(Self.remembering, in: text, isTranslated: false) { $0.heapKibibytes = kibibytes }
        }
        #expect(try result(LexicalLimits().heapKibibytes) == .match(0..<text.utf8.count))
        #expect(try result(64) == .undecided)
    }

    // MARK: The scan of all patterns

    /// Written out, the expression has four characters for each round, and one.
    @Test func longExpressionsAreSearchedForByThemselves() throws {
        func subset(_ rounds: Int, upTo characters: Int) throws -> RegularSubset {
            var limits = LexicalLimits()
            limits.scannedExpansion = characters
            return try RegularSubset(Array("(ab|cd){\(rounds)}e".utf8), ignoresCase: false, limits: limits)
        }
        #expect(try subset(10, upTo: 41).filter != nil)
        let long = try subset(10, upTo: 40)
        #expect(long.filter == nil)
        // It is found all the same.
        let text = Array((String(repeating: "ab", count: 10) + "e").utf8)
        #expect(long.expression.firstMatch(in: ValidText(text)) == .match(0..<text.count))
        var limits = LexicalLimits()
        limits.scannedExpansion = 40
        let scanner = try PatternLibrary(limits: limits).makeScanner([TextPattern(.regex, "(ab|cd){10}e")])
        #expect(scanner.matches(of: 0, in: text, limit: 1).ranges == [0..<text.count])
    }
}
