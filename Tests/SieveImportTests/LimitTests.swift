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
}
