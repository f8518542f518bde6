import Cryptography
import GRDB
import MailProtocols

/// The rows of queued mail.
enum QueueRows {
    static func insert(_ mail: NewQueuedMail, content: Int64, now: Int64, _ db: Database) throws {
        try db.execute(
            sql: """
                INSERT INTO queued (queue, message, envelope, content, isJudged, route, queuedAt, notBefore, expiresAt,
                    heldID, bypassedRules, uniqueKey) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                mail.queue.rawValue, try StoredText.encode(mail.message), try StoredText.encode(mail.transaction),
                content, mail.isJudged, mail.route, now, mail.notBefore, mail.expiresAt, mail.heldID,
                try StoredText.encode(mail.bypassedRules), mail.uniqueKey,
            ])
    }

    static func lease(
        _ queues: [QueueName], limit: Int, now: Int64, seconds: Int64, _ db: Database
    ) throws -> [QueuedMail] {
        let names = queues.map { "'\($0.rawValue)'" }.joined(separator: ", ")
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT queued.*, contents.name AS blob FROM queued JOIN contents ON contents.id = queued.content
                WHERE notBefore <= ? AND leasedUntil <= ? AND queue IN (\(names)) ORDER BY notBefore, queued.id LIMIT ?
                """,
            arguments: [now, now, max(0, limit)])
        let mails = try rows.map(mail)
        for mail in mails {
            try db.execute(
                sql: "UPDATE queued SET leasedUntil = ? WHERE id = ?", arguments: [now + seconds, mail.id])
        }
        return mails
    }

    private static func mail(_ row: Row) throws -> QueuedMail {
        guard let queue = QueueName(rawValue: row["queue"]) else {
            throw StoreFault(.failed, "a row of the database names a queue that there is not")
        }
        return QueuedMail(
            id: row["id"], queue: queue, message: try StoredText.decode(row["message"]),
            transaction: try StoredText.decode(row["envelope"]), content: ContentID(row["blob"]),
            isJudged: row["isJudged"], route: row["route"], queuedAt: row["queuedAt"], expiresAt: row["expiresAt"],
            heldID: row["heldID"], bypassedRules: try StoredText.decode(row["bypassedRules"]),
            attempts: row["attempts"], lastReply: row["lastReply"])
    }

    /// Mail that nobody knows any more was settled by another, whose lease began when this one's had ended.
    static func exists(_ mail: QueuedMail, _ db: Database) throws -> Bool {
        try Int.fetchOne(db, sql: "SELECT 1 FROM queued WHERE id = ?", arguments: [mail.id]) != nil
    }

    static func postpone(
        _ mail: QueuedMail, until time: Int64, for remaining: [Transaction.Recipient], _ reply: String, _ db: Database
    ) throws {
        var transaction = mail.transaction
        transaction.recipients = remaining
        try db.execute(
            sql: """
                UPDATE queued SET envelope = ?, notBefore = ?, lastReply = ?, attempts = attempts + 1, leasedUntil = 0
                WHERE id = ?
                """,
            arguments: [try StoredText.encode(transaction), time, reply, mail.id])
    }

    /// - Returns: the blobs that no row names any more.
    static func remove(_ mail: QueuedMail, forgottenAt: Int64, _ db: Database) throws -> [String] {
        try db.execute(
            sql: """
                UPDATE uniqueKeys SET forgottenAt = ? WHERE key = (SELECT uniqueKey FROM queued WHERE id = ?)
                """,
            arguments: [forgottenAt, mail.id])
        let content = try Int64.fetchOne(db, sql: "SELECT content FROM queued WHERE id = ?", arguments: [mail.id])
        try db.execute(sql: "DELETE FROM queued WHERE id = ?", arguments: [mail.id])
        return try content.map { try ContentRows.removeUnlessNamed($0, db) } ?? []
    }
}

/// The rows of stored bytes.
enum ContentRows {
    /// - Returns: its blob, to be removed when the transaction is over, if no row named it.
    static func removeUnlessNamed(_ id: Int64, _ db: Database) throws -> [String] {
        try String.fetchAll(
            db,
            sql: """
                DELETE FROM contents WHERE id = ? AND NOT EXISTS (SELECT 1 FROM held WHERE content = contents.id)
                    AND NOT EXISTS (SELECT 1 FROM queued WHERE content = contents.id) RETURNING name
                """,
            arguments: [id])
    }

    static func blob(_ id: ContentID, _ db: Database) throws -> Blob {
        let row = try Row.fetchOne(
            db, sql: "SELECT name, size, digest FROM contents WHERE name = ?", arguments: [id.text])
        guard let row else { throw StoreFault(.missing, "the content is not there, or no longer") }
        guard let digest = SHA256Digest(hex: row["digest"] as String) else {
            throw StoreFault(.failed, "a row of the database holds no digest")
        }
        return Blob(name: row["name"], size: row["size"], digest: digest)
    }
}
