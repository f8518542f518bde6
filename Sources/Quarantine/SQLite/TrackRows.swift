import GRDB

/// The rows of tracking records.
enum TrackRows {
    static func insert(_ records: [TrackingRecord], _ db: Database) throws {
        for record in records {
            try db.execute(
                sql: "INSERT INTO tracks (organisation, time, record) VALUES (?, ?, ?)",
                arguments: [record.organisation, record.time, try StoredText.encode(record)])
        }
    }

    static func latest(organisation: String?, limit: Int, _ db: Database) throws -> [TrackingRecord] {
        let condition = organisation == nil ? "" : "WHERE organisation = ?"
        let values: [(any DatabaseValueConvertible)?] = organisation.map { [$0, limit] } ?? [limit]
        let texts = try String.fetchAll(
            db, sql: "SELECT record FROM tracks \(condition) ORDER BY id DESC LIMIT ?",
            arguments: StatementArguments(values))
        return try texts.map { try StoredText.decode($0) }
    }
}
