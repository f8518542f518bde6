import PolicyTesting
import TestSupport
import Testing

/// How two texts differ, and what that costs.
@Suite struct LineDiffTests {
    private func diff(_ old: [String], _ new: [String], _ limits: LineDiffLimits = LineDiffLimits()) -> [String] {
        func bytes(_ lines: [String]) -> [UInt8] { Array(lines.map { $0 + "\n" }.joined().utf8) }
        return LineDiff.lines(path: "p", from: bytes(old), to: bytes(new), paint: Paint(isOn: false), limits: limits)
    }

    /// What the script makes of the old text.
    private func count(_ lines: [String], _ mark: Character) -> Int { lines.dropFirst(2).count { $0.first == mark } }

    @Test func theShortestScriptIsShownWithinTheBound() {
        let lines = diff(["a", "b", "c", "d", "e"], ["a", "c", "x", "d", "e"])
        #expect(lines == ["--- p", "+++ p", "@@ -1,5 +1,5 @@", " a", "-b", " c", "+x", " d", " e"])
    }

    @Test func textsWithNothingInCommonCostTheirLength() {
        let growth = Effort.growth(2_500, rounds: 1) { size in
            let lines = diff((0..<size).map { "old \($0)" }, (0..<size).map { "new \($0)" })
            #expect(count(lines, "-") == size)
            #expect(count(lines, "+") == size)
        }
        #expect(growth < Effort.linear)
    }

    @Test func bothSidesOfTheBoundOnPairs() {
        var limits = LineDiffLimits()
        // What is common is found twice in each, so it divides nothing.
        let (old, new) = (["a", "x", "y", "x", "y", "b"], ["c", "x", "y", "x", "y", "d"])
        limits.comparedPairs = 36
        #expect(count(diff(old, new, limits), "-") == 2)
        limits.comparedPairs = 35
        #expect(count(diff(old, new, limits), "-") == 6)
    }

    @Test func beyondTheBoundLinesThatStandOnceDivide() {
        var limits = LineDiffLimits()
        limits.comparedPairs = 40
        let old = (0..<200).map { "line \($0)" }
        var new = old
        for place in stride(from: 5, to: 200, by: 20) { new[place] = "changed \(place)" }
        new.insert("first", at: 0)
        let lines = diff(old, new, limits)
        #expect(count(lines, "-") == 10)
        #expect(count(lines, "+") == 11)
        // A block that moved goes and comes; the rest stays.
        let moved = Array(old[150..<160] + old[..<150] + old[160...])
        #expect(count(diff(old, moved, limits), "-") == 10)
    }
}
