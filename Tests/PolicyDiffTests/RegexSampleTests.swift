import Testing

@testable import PolicyDiff

/// Texts made up for regular expressions of a policy.
@Suite struct RegexSampleTests {
    @Test(arguments: [
        ("invoice-\\d{4}", "invoice-7777"), ("(cat|dog)s?", "cats"), ("[a-z]+@x", "a@x"), ("^(?i)a{3}$", "aaa"),
        ("a{100}", String(repeating: "a", count: 100)),
    ])
    func theFirstWayThroughIsTaken(expression: String, text: String) {
        #expect(RegexSample(expression).text == text)
    }

    @Test func eachBranchIsTaken() {
        let all = (0..<ComparisonLimits.sampleBranches).map { RegexSample("\\.(scr|p(i|s)f|vbs)$", branch: $0).text }
        #expect(all == [".scr", ".psf", ".vbs", ".scr"])
    }

    @Test func repetitionsWithinEachOtherStaySmall() {
        #expect(RegexSample("((a{64}){64}){64}").text.utf8.count <= ComparisonLimits.sampleBytes)
        #expect(RegexSample("(((((a{64}){64}){64}){64}){64}){64}").text.utf8.count <= ComparisonLimits.sampleBytes)
    }
}
