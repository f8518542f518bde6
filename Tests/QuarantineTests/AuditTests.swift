import Quarantine
import Testing

@Suite struct AuditTests {
    private let folder = TemporaryFolder()

    private func filled() async throws -> SQLiteMailStore {
        let store = try folder.open()
        for number in 1...4 {
            let organisation = number == 2 ? nil : "a"
            let act = AuditAct(actor: "carla", organisation: organisation, act: "push", subject: "v\(number)")
            try await store.record(act, now: Int64(number))
        }
        return store
    }

    @Test func aTrailIsReadInPagesAndIsIntact() async throws {
        let store = try await filled()
        let lines = try await store.auditEntries(after: 2, limit: 9)
        #expect(lines.map(\.id) == [3, 4] && lines.map(\.act.subject) == ["v3", "v4"])
        #expect(lines[1].previous == lines[0].digest)
        #expect(try await folder.open().verifyAudit() == .intact(lines: 4, last: lines[1].digest))
    }

    @Test(arguments: [
        "UPDATE audit SET actor = 'x' WHERE id = 2", "DELETE FROM audit WHERE id = 2",
        "INSERT OR REPLACE INTO audit SELECT id, time, 'x', organisation, act, subject, detail, previous, digest "
            + "FROM audit WHERE id = 2",
    ])
    func theDatabaseRefusesToChangeIt(statement: String) async throws {
        let store = try await filled()
        #expect(throws: (any Error).self) { try folder.tamper(statement) }
        guard case .intact(lines: 4, _) = try await store.verifyAudit() else {
            Issue.record("the trail was changed")
            return
        }
    }

    /// By somebody who takes the triggers away first.
    @Test(arguments: [
        ("UPDATE audit SET actor = 'x' WHERE id = 2", Int64(2)), ("UPDATE audit SET time = 9 WHERE id = 3", 3),
        ("UPDATE audit SET organisation = '' WHERE id = 2", 2), ("UPDATE audit SET digest = 'x' WHERE id = 1", 1),
        ("UPDATE audit SET subject = 'v', detail = '1' WHERE id = 1", 1), ("DELETE FROM audit WHERE id = 1", 1),
        ("DELETE FROM audit WHERE id = 2", 2), ("DELETE FROM audit WHERE id = 4", 4), ("DELETE FROM audit", 1),
    ])
    func tamperingIsFound(statement: String, line: Int64) async throws {
        let store = try await filled()
        try folder.tamper("DROP TRIGGER auditUpdate", "DROP TRIGGER auditDelete", statement)
        #expect(try await store.verifyAudit() == .broken(at: line))
    }
}
