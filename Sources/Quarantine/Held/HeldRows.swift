import GRDB
import MailProtocols

/// The rows of held mail.
enum HeldRows {
    private static let columns = "held.*, contents.name AS blob FROM held JOIN contents ON contents.id = held.content"

    static func list(
        organisation: String?, area: String?, after id: Int64?, limit: Int, _ db: Database
    ) throws -> [HeldMail] {
        var conditions = ["1"]
        var values: [(any DatabaseValueConvertible)?] = []
        if let organisation {
            conditions.append("organisation = ?")
            values.append(organisation)
        }
        if let area {
            conditions.append("area = ?")
            values.append(area)
        }
        if let id {
            conditions.append("held.id < ?")
            values.append(id)
        }
        values.append(limit)
        let rows = try Row.fetchAll(
            db,
            sql: "SELECT \(columns) WHERE \(conditions.joined(separator: " AND ")) ORDER BY held.id DESC LIMIT ?",
            arguments: StatementArguments(values))
        return try rows.map { try mail($0, db) }
    }

    static func due(now: Int64, limit: Int, _ db: Database) throws -> [HeldMail] {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT \(columns) WHERE (expiresAt <= ?1 OR keptUntil <= ?1)
                    AND EXISTS (SELECT 1 FROM heldRecipients AS r WHERE r.held = held.id AND r.state = 'held')
                ORDER BY held.id LIMIT ?2
                """,
            arguments: [now, limit])
        return try rows.map { try mail($0, db) }
    }

    /// Another organisation's mail is answered like one that there is not.
    static func find(_ id: Int64, organisation: String?, _ db: Database) throws -> HeldMail {
        let row = try Row.fetchOne(db, sql: "SELECT \(columns) WHERE held.id = ?", arguments: [id])
        guard let row, organisation == nil || row["organisation"] == organisation else {
            throw StoreFault(.missing, "no such mail is held")
        }
        return try mail(row, db)
    }

    private static func mail(_ row: Row, _ db: Database) throws -> HeldMail {
        let id: Int64 = row["id"]
        let recipients = try Row.fetchAll(
            db.cachedStatement(sql: "SELECT recipient, state FROM heldRecipients WHERE held = ? ORDER BY position"),
            arguments: [id])
        let at: Int64? = row["expiresAt"]
        return HeldMail(
            id: id, area: row["area"], message: try StoredText.decode(row["message"]),
            reasons: try StoredText.decode(row["reasons"]), content: ContentID(row["blob"]),
            recipients: try recipients.map { row in
                guard let state = HeldMail.State(rawValue: row["state"]) else {
                    throw StoreFault(.failed, "a row of the database names a state that there is not")
                }
                return HeldMail.Recipient(recipient: try StoredText.decode(row["recipient"]), state: state)
            },
            heldAt: row["heldAt"], keptUntil: row["keptUntil"],
            expiry: at.map { (at: $0, disposition: row["expiryDisposition"] ?? "", reason: row["expiryReason"]) },
            hasVirus: row["hasVirus"])
    }

    /// Changes the state of those of the recipients that are in another one.
    static func mark(
        _ id: Int64, _ addresses: Set<String>, from state: HeldMail.State, to next: HeldMail.State, _ db: Database
    ) throws {
        for address in addresses {
            try db.execute(
                sql: "UPDATE heldRecipients SET state = ? WHERE held = ? AND address = ? AND state = ?",
                arguments: [next.rawValue, id, address, state.rawValue])
        }
    }

    /// What a queued copy's end means for the mail that it was released from.
    ///
    /// - Returns: the blobs that no row names any more.
    static func released(
        by mail: QueuedMail, remaining: [Transaction.Recipient], _ db: Database
    ) throws -> [String] {
        guard let id = mail.heldID else { return [] }
        let gone = Set(mail.transaction.recipients.map(\.mailbox.description))
            .subtracting(remaining.map(\.mailbox.description))
        try mark(id, gone, from: .releasing, to: .released, db)
        return try removeIfSettled(id, db)
    }

    /// Takes a mail away when nobody waits for it any more.
    ///
    /// - Returns: the blobs that no row names any more.
    static func removeIfSettled(_ id: Int64, _ db: Database) throws -> [String] {
        let content = try Int64.fetchOne(
            db,
            sql: """
                DELETE FROM held WHERE id = ?1 AND NOT EXISTS (
                    SELECT 1 FROM heldRecipients AS r WHERE r.held = ?1 AND r.state IN ('held', 'releasing')
                ) RETURNING content
                """,
            arguments: [id])
        return try content.map { try ContentRows.removeUnlessNamed($0, db) } ?? []
    }
}
