import GRDB

/// The rows of a deposit, whose blobs lie on the disk already.
struct DepositRows {
    private let deposit: Deposit
    private let blobs: [Int: Blob]
    private let now: Int64
    /// The row of each content that was named so far.
    private var contents: [Int: Int64] = [:]

    init(_ deposit: Deposit, _ blobs: [Int: Blob], now: Int64) {
        self.deposit = deposit
        self.blobs = blobs
        self.now = now
    }

    /// Blobs that no row names, because what would have named them is stored already.
    var unused: [String] { blobs.filter { contents[$0.key] == nil }.map(\.value.name) }

    /// - Returns: the identifiers of the held mails, in the deposit's order.
    mutating func insert(into db: Database) throws -> [Int64] {
        var identifiers: [Int64] = []
        for mail in deposit.held { identifiers.append(try hold(mail, db)) }
        for mail in deposit.queued {
            guard try isNew(mail.uniqueKey, db) else { continue }
            let content = try row(of: mail.content, db)
            try QueueRows.insert(mail, content: content, now: now, db)
        }
        for retry in deposit.retries {
            try db.execute(
                sql: "INSERT OR REPLACE INTO retries (key, expiresAt) VALUES (?, ?)",
                arguments: [retry.key, retry.expiresAt])
        }
        return identifiers
    }

    private mutating func hold(_ mail: NewHeldMail, _ db: Database) throws -> Int64 {
        let content = try row(of: mail.original, db)
        try db.execute(
            sql: """
                INSERT INTO held (organisation, area, message, reasons, content, heldAt, keptUntil, expiresAt,
                    expiryDisposition, expiryReason, hasVirus) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                mail.message.organisation, mail.area, try StoredText.encode(mail.message),
                try StoredText.encode(mail.reasons), content, now, mail.keptUntil, mail.expiry?.at,
                mail.expiry?.disposition, mail.expiry?.reason, mail.hasVirus,
            ])
        let id = db.lastInsertedRowID
        for (position, recipient) in mail.recipients.enumerated() {
            try db.execute(
                sql: "INSERT INTO heldRecipients (held, position, recipient, address, state) VALUES (?, ?, ?, ?, ?)",
                arguments: [
                    id, position, try StoredText.encode(recipient), recipient.mailbox.description,
                    HeldMail.State.held.rawValue,
                ])
        }
        return id
    }

    /// Whether nothing of the key is queued, nor was sent lately; it is taken then.
    private func isNew(_ key: String?, _ db: Database) throws -> Bool {
        guard let key else { return true }
        try db.execute(sql: "DELETE FROM uniqueKeys WHERE key = ? AND forgottenAt <= ?", arguments: [key, now])
        try db.execute(sql: "INSERT OR IGNORE INTO uniqueKeys (key) VALUES (?)", arguments: [key])
        return db.changesCount == 1
    }

    private mutating func row(of index: Int, _ db: Database) throws -> Int64 {
        if let row = contents[index] { return row }
        guard let blob = blobs[index] else { throw StoreFault(.failed, "the deposit lacks content \(index)") }
        try db.execute(
            sql: "INSERT INTO contents (name, size, digest) VALUES (?, ?, ?)",
            arguments: [blob.name, blob.size, blob.digest.hex])
        contents[index] = db.lastInsertedRowID
        return db.lastInsertedRowID
    }
}
