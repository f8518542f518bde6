import Bytecode
import Compiler
import Lexical
import PolicyDiff
import PolicyTesting
import TestSupport
import Testing
import Vocabulary
import Workers

/// Cases are tried as mails, so many of them, before it is said that nothing can be told.
@Suite struct WitnessTrialTests {
    private func program(_ rules: String) throws -> Program {
        let text = "policy p { edition 1 domains \"acme.example\" }\n" + rules
        let result = PolicyCompiler(patterns: PatternLibrary()).compile(PolicyInMemory(text))
        return try Bundle.read(try #require(result.bundle, "\(result.diagnostics.map(\.message))"))
    }

    /// The workers let every mail through, so that none shows what it was made up for.
    @Test func casesOfOneQuestion() throws {
        let rules = (0..<12).map { "rule r\($0) { when subject contains \"w\($0)\" then quarantine a }\n" }.joined()
        let (old, new) = (try program(rules), try program(""))
        func tries(_ most: Int) throws -> Int {
            let script = try ScriptWorker(
                """
                while True:
                    request = frame()
                    if request[0] != 1: note('judged')
                    answer(request)
                """)
            defer { script.remove() }
            var limits = ComparisonLimits()
            limits.triedCases = most
            let pool = WorkerPool(executable: script.path, size: 1)
            defer { pool.stop() }
            let answer = try WitnessTrial(old: pool, new: pool, limits: limits)
                .answer(.passesNow, PolicyComparison(old: old, new: new, limits: limits))
            guard case .cannotTell = answer else {
                Issue.record("\(answer)")
                return 0
            }
            // Under both policies.
            return script.noted("judged").count / 2
        }
        #expect(try tries(1) == 1)
        #expect(try tries(ComparisonLimits().triedCases) == ComparisonLimits().triedCases)
    }
}
