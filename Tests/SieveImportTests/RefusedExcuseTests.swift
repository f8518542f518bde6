import Testing

@testable import SieveImport

/// What a policy's checker refuses goes where it stands, and takes nothing else along.
@Suite struct RefusedExcuseTests {
    private func imported(_ script: String) throws -> ImportedPolicy {
        try ImportedPolicy(Array(script.utf8), name: "p", administrator: "a@b.example") { text in
            text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap { index, line in
                line.contains("refused") ? .init(line: index + 1, reason: "nobody is called so") : nil
            }
        }
    }

    @Test func aRefusedStopExcusesNothingAndTheRestIsKept() throws {
        let policy = try imported(
            """
            require "fileinto";
            if header :contains "Subject" "refused" { discard; stop; }
            if header :contains "Subject" "kept" { discard; stop; }
            if header :contains "Subject" "one" { fileinto "a"; }
            if header :contains "Subject" "two" { fileinto "b"; }
            """)
        #expect(policy.ruleCount == 3)
        #expect(policy.policy.split(separator: "\nunless").count == 3)
        #expect(policy.remarks.map(\.line) == [2, 3])
        #expect(policy.remarks.allSatisfy { $0.why.contains("nobody is called so") })
    }
}
