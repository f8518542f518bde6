import Cryptography
import GRDB

extension SQLiteMailStore {
    /// Writes down what somebody did.
    ///
    /// - Parameter now: seconds since 1970 UTC.
    /// - Throws: `StoreFault`; it is not written down then, and should not be done.
    public func record(_ act: AuditAct, now: Int64) async throws(StoreFault) {
        try refuseUnlessReady()
        try await database.write { try AuditRows.append(act, now: now, $0) }
    }

    /// Lines of the audit trail, in the order in which they were written.
    ///
    /// - Parameter id: the last one that was read; 0 for the beginning.
    /// - Throws: `StoreFault`.
    public func auditEntries(after id: Int64, limit: Int) async throws(StoreFault) -> [AuditEntry] {
        let limit = bounded(limit)
        return try await database.read { try AuditRows.entries(after: id, limit: limit, $0) }
    }

    /// Whether every line of the audit trail is as it was written.
    ///
    /// - Throws: `StoreFault`, when the trail can't be read.
    public func verifyAudit() async throws(StoreFault) -> AuditVerdict {
        try await database.read { try AuditRows.verify($0) }
    }
}

/// The rows of the audit trail.
enum AuditRows {
    static func append(_ act: AuditAct, now: Int64, _ db: Database) throws {
        let last = try Row.fetchOne(db, sql: "SELECT id, digest FROM audit ORDER BY id DESC LIMIT 1")
        let previous = try last.map { try Self.digest($0["digest"]) } ?? AuditEntry.beginning
        let id = (last.map { $0["id"] as Int64 } ?? 0) + 1
        let digest = AuditEntry.digest(id: id, time: now, act, after: previous)
        try db.execute(
            sql: """
                INSERT INTO audit (id, time, actor, organisation, act, subject, detail, previous, digest)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                id, now, act.actor, act.organisation, act.act, act.subject, act.detail, previous.hex, digest.hex,
            ])
    }

    static func entries(after id: Int64, limit: Int, _ db: Database) throws -> [AuditEntry] {
        try Row.fetchAll(
            db, sql: "SELECT * FROM audit WHERE id > ? ORDER BY id LIMIT ?", arguments: [id, limit]
        ).map(entry)
    }

    /// Reads the trail row by row: it may be long.
    static func verify(_ db: Database) throws -> AuditVerdict {
        var last: (id: Int64, digest: SHA256Digest) = (0, AuditEntry.beginning)
        let rows = try Row.fetchCursor(db, sql: "SELECT * FROM audit ORDER BY id")
        while let row = try rows.next() {
            let expected = last.id + 1
            guard let entry = try? entry(row), entry.id == expected, entry.previous == last.digest,
                entry.digest == AuditEntry.digest(id: entry.id, time: entry.time, entry.act, after: last.digest)
            else { return .broken(at: expected) }
            last = (entry.id, entry.digest)
        }
        // SQLite counts the rows that there ever were.
        let written = try Int64.fetchOne(db, sql: "SELECT seq FROM sqlite_sequence WHERE name = 'audit'") ?? 0
        guard written == last.id else { return .broken(at: last.id + 1) }
        return .intact(lines: last.id, last: last.id == 0 ? nil : last.digest)
    }

    private static func entry(_ row: Row) throws -> AuditEntry {
        AuditEntry(
            id: row["id"], time: row["time"],
            act: AuditAct(
                actor: row["actor"], organisation: row["organisation"], act: row["act"], subject: row["subject"],
                detail: row["detail"]),
            previous: try digest(row["previous"]), digest: try digest(row["digest"]))
    }

    private static func digest(_ text: String) throws -> SHA256Digest {
        guard let digest = SHA256Digest(hex: text) else {
            throw StoreFault(.failed, "a line of the audit trail has no digest")
        }
        return digest
    }
}
