import SieveImport
import Testing

/// Both sides of the bounds on scripts.
@Suite struct LimitTests {
    private func imported(_ script: String, _ change: (inout SieveLimits) -> Void) throws -> ImportedPolicy {
        var limits = SieveLimits()
        change(&limits)
        return try ImportedPolicy(
            Array(script.utf8), name: "imported", administrator: "postmaster@acme.example", limits: limits,
            refusals: { _ in [] })
    }

    @Test func bytesOfAScript() throws {
        let script = "keep;"
        _ = try imported(script) { $0.scriptBytes = script.utf8.count }
        #expect(throws: SieveFault.self) { try imported(script + " ") { $0.scriptBytes = script.utf8.count } }
    }

    @Test func commandsOfAScript() throws {
        _ = try imported("keep; keep; keep;") { $0.commands = 3 }
        #expect(throws: SieveFault.self) { try imported("keep; keep; keep; keep;") { $0.commands = 3 } }
    }

    @Test func remarksAreKeptUpToTheBound() throws {
        let script = "require \"vacation\"; vacation \"a\"; vacation \"b\"; vacation \"c\";"
        let all = try imported(script) { _ in }.remarks.count
        #expect(all > 1)
        #expect(try imported(script) { $0.remarks = all - 1 }.remarks.count == all - 1)
    }

    /// A checker that refuses the last rule as long as there is another one.
    @Test func checksUntilEverythingIsTakenOut() throws {
        func rules(_ checks: Int) throws -> Int {
            var limits = SieveLimits()
            limits.checks = checks
            let script = (1...4).map { "if size :over \($0)K { discard; } " }.joined()
            let policy = try ImportedPolicy(
                Array(script.utf8), name: "imported", administrator: "postmaster@acme.example", limits: limits
            ) { text in
                let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
                let rules = lines.indices.filter { lines[$0].hasPrefix("rule ") }
                guard rules.count > 1, let last = rules.last else { return [] }
                return [.init(line: last + 1, reason: "refused")]
            }
            return policy.ruleCount
        }
        // Three checks take out three rules; in the last one that may be, all go.
        #expect(try rules(4) == 1)
        #expect(try rules(3) == 0)
        #expect(SieveLimits().checks == 8)
    }
}
