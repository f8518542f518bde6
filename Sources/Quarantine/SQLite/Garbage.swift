import GRDB

extension SQLiteMailStore {
    /// Removes what has had its time: armed retries, unique keys, and blobs that no row names and that are older than any
    /// commit can be.
    ///
    /// - Parameter now: seconds since 1970 UTC.
    /// - Returns: the number of blobs that were removed.
    /// - Throws: `StoreFault`; what is left is removed the next time.
    @discardableResult
    public func collectGarbage(now: Int64) async throws(StoreFault) -> Int {
        try await database.write { db in
            try db.execute(sql: "DELETE FROM retries WHERE expiresAt <= ?", arguments: [now])
            try db.execute(sql: "DELETE FROM uniqueKeys WHERE forgottenAt <= ?", arguments: [now])
        }
        let age = Int64(limits.orphanSeconds)
        let old = try await onDisk { [blobs] () throws(FileFault) in try blobs.names(before: now - age) }
        let orphans = try await database.read { db in
            let statement = try db.cachedStatement(sql: "SELECT 1 FROM contents WHERE name = ?")
            var orphans: [String] = []
            for name in old {
                if try Int.fetchOne(statement, arguments: [name]) == nil { orphans.append(name) }
            }
            return orphans
        }
        await remove(orphans)
        return orphans.count
    }
}
