import GRDB
import Glibc
import Synchronization

/// Whether promises can still be given. What a failed fsync leaves on the disk nobody knows, so none is given after it
/// until the process has been started again.
final class Readiness: Sendable {
    private let state = Mutex<StoreFault?>(nil)

    var fault: StoreFault? { state.withLock { $0 } }

    func lose(_ fault: StoreFault) { state.withLock { $0 = $0 ?? fault } }
}

/// The database, in write-ahead mode, each commit of which is on the disk when it returns.
final class StoreDatabase: Sendable {
    private let pool: DatabasePool
    private let readiness: Readiness

    init(path: String, limits: StoreLimits, readiness: Readiness) throws(StoreFault) {
        self.readiness = readiness
        do {
            var configuration = Configuration()
            configuration.busyMode = .timeout(Double(limits.busySeconds))
            configuration.prepareDatabase { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            pool = try DatabasePool(path: path, configuration: configuration)
            try pool.writeWithoutTransaction { db in
                // GRDB sets NORMAL when it turns the write-ahead mode on, which is after a connection's preparation.
                try db.execute(sql: "PRAGMA synchronous = FULL")
                guard try Int.fetchOne(db, sql: "PRAGMA synchronous") == 2,
                    try String.fetchOne(db, sql: "PRAGMA journal_mode") == "wal"
                else { throw StoreFault(.failed, "SQLite does not promise that commits are on the disk") }
            }
            let migrator = Schema.migrator
            guard try !pool.read(migrator.hasBeenSuperseded) else {
                throw StoreFault(.failed, "the database was written by a newer version")
            }
            try migrator.migrate(pool)
        } catch {
            throw StoreFault(storing: error)
        }
    }

    /// In one transaction.
    ///
    /// - Throws: what `work` throws, or that the transaction failed; nothing has changed then.
    func write<T: Sendable>(_ work: @escaping @Sendable (Database) throws -> T) async throws(StoreFault) -> T {
        let result: Result<T, any Error> = await withCheckedContinuation { continuation in
            pool.asyncWriteWithoutTransaction { db in
                continuation.resume(returning: Result { try Self.transaction(db, work) })
            }
        }
        return try value(of: result)
    }

    func read<T: Sendable>(_ work: @escaping @Sendable (Database) throws -> T) async throws(StoreFault) -> T {
        let result: Result<T, any Error> = await withCheckedContinuation { continuation in
            pool.asyncRead { access in
                continuation.resume(returning: Result { try work(access.get()) })
            }
        }
        return try value(of: result)
    }

    private static func transaction<T>(_ db: Database, _ work: (Database) throws -> T) throws -> T {
        var values: [T] = []
        try db.inTransaction(.immediate) {
            values.append(try work(db))
            return .commit
        }
        return values[0]
    }

    private func value<T>(of result: Result<T, any Error>) throws(StoreFault) -> T {
        switch result {
        case .success(let value): return value
        case .failure(let error):
            let fault = StoreFault(storing: error)
            if let error = error as? DatabaseError, error.isFailedSync { readiness.lose(fault) }
            throw fault
        }
    }
}

extension DatabaseError {
    fileprivate var isFailedSync: Bool {
        [.SQLITE_IOERR_FSYNC, .SQLITE_IOERR_DIR_FSYNC].contains(extendedResultCode)
    }
}

extension StoreFault {
    /// What SQLite, or the system, says. Never with the statement's values, which are people's mail.
    init(storing error: any Error) {
        switch error {
        case let fault as StoreFault: self = fault
        case let error as DatabaseError:
            let code: Code =
                switch error.resultCode {
                case .SQLITE_FULL: .full
                case .SQLITE_BUSY, .SQLITE_LOCKED: .busy
                default: .failed
                }
            let number = error.extendedResultCode.rawValue
            self.init(code, "SQLite: \(error.message ?? "no reason given") (\(number))")
        case let fault as FileFault:
            self.init(fault.isFull ? .full : .failed, "\(fault.step) failed: \(String(cString: strerror(fault.code)))")
        default: self.init(.failed, "\(type(of: error))")
        }
    }
}
