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
}
