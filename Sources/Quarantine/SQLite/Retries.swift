import GRDB

extension SQLiteMailStore {
    /// Which of the keys are armed, and have not ended.
    ///
    /// - Throws: `StoreFault`.
    public func armedRetries(among keys: [String], now: Int64) async throws(StoreFault) -> Set<String> {
        guard !keys.isEmpty else { return [] }
        return try await database.read { db in
            let statement = try db.cachedStatement(sql: "SELECT key FROM retries WHERE key = ? AND expiresAt > ?")
            var armed: Set<String> = []
            for key in keys {
                if let found = try String.fetchOne(statement, arguments: [key, now]) { armed.insert(found) }
            }
            return armed
        }
    }

    /// Takes away what was armed.
    ///
    /// - Throws: `StoreFault`.
    public func disarm(_ keys: [String]) async throws(StoreFault) {
        guard !keys.isEmpty else { return }
        try await database.write { db in
            for key in keys { try db.execute(sql: "DELETE FROM retries WHERE key = ?", arguments: [key]) }
        }
    }
}
