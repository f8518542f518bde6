import GRDB

/// The database's tables. A migration that was ever released is never changed: the next one is written below it.
enum Schema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 mail") { try $0.execute(sql: mail) }
        migrator.registerMigration("1 records") { try $0.execute(sql: records) }
        return migrator
    }

    private static let mail = """
        CREATE TABLE contents (
            id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, size INTEGER NOT NULL, digest TEXT NOT NULL
        ) STRICT;
        CREATE TABLE held (
            id INTEGER PRIMARY KEY AUTOINCREMENT, organisation TEXT NOT NULL, area TEXT NOT NULL,
            message TEXT NOT NULL, reasons TEXT NOT NULL, content INTEGER NOT NULL REFERENCES contents,
            heldAt INTEGER NOT NULL, keptUntil INTEGER NOT NULL, expiresAt INTEGER, expiryDisposition TEXT,
            expiryReason TEXT, hasVirus INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX heldByOrganisation ON held (organisation, area, id);
        CREATE INDEX heldByOrganisationAlone ON held (organisation);
        CREATE INDEX heldByExpiry ON held (expiresAt);
        CREATE INDEX heldByKeeping ON held (keptUntil);
        CREATE INDEX heldByContent ON held (content);
        CREATE TABLE heldRecipients (
            held INTEGER NOT NULL REFERENCES held ON DELETE CASCADE, position INTEGER NOT NULL,
            recipient TEXT NOT NULL, address TEXT NOT NULL, state TEXT NOT NULL, PRIMARY KEY (held, position)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE queued (
            id INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT NOT NULL, message TEXT NOT NULL, envelope TEXT NOT NULL,
            content INTEGER NOT NULL REFERENCES contents, isJudged INTEGER NOT NULL, route TEXT,
            queuedAt INTEGER NOT NULL, notBefore INTEGER NOT NULL, expiresAt INTEGER NOT NULL, heldID INTEGER,
            bypassedRules TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, lastReply TEXT,
            leasedUntil INTEGER NOT NULL DEFAULT 0, uniqueKey TEXT
        ) STRICT;
        CREATE INDEX queuedByTime ON queued (notBefore, id);
        CREATE INDEX queuedByContent ON queued (content);
        CREATE TABLE uniqueKeys (key TEXT PRIMARY KEY, forgottenAt INTEGER) STRICT, WITHOUT ROWID;
        CREATE INDEX uniqueKeysByTime ON uniqueKeys (forgottenAt);
        CREATE TABLE retries (key TEXT PRIMARY KEY, expiresAt INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE INDEX retriesByTime ON retries (expiresAt);
        """

    /// A row of the audit trail can be neither changed nor taken away, and none can be put in another's place.
    private static let records = """
        CREATE TABLE tracks (
            id INTEGER PRIMARY KEY, organisation TEXT NOT NULL, time INTEGER NOT NULL, record TEXT NOT NULL
        ) STRICT;
        CREATE INDEX tracksByOrganisation ON tracks (organisation, id);
        CREATE TABLE audit (
            id INTEGER PRIMARY KEY AUTOINCREMENT, time INTEGER NOT NULL, actor TEXT NOT NULL, organisation TEXT,
            act TEXT NOT NULL, subject TEXT NOT NULL, detail TEXT NOT NULL, previous TEXT NOT NULL,
            digest TEXT NOT NULL
        ) STRICT;
        CREATE TRIGGER auditUpdate BEFORE UPDATE ON audit
            BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
        CREATE TRIGGER auditDelete BEFORE DELETE ON audit
            BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
        CREATE TRIGGER auditInsert BEFORE INSERT ON audit
            WHEN NEW.id <= (SELECT MAX(id) FROM audit)
            BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
        """
}
