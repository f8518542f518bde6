import Foundation
import GRDB

/// The store of one machine: rows in SQLite, the messages' bytes in files beside it.
///
/// A message's bytes are on the disk, under their name, before a row names them, and they are removed after the last such
/// row: whatever the moment at which power fails, a row's bytes are there. What is left over is bytes without a row, which
/// `collectGarbage` removes.
public final class SQLiteMailStore: MailStore {
    let database: StoreDatabase
    let blobs: BlobFolder
    let limits: StoreLimits
    let clock: @Sendable () -> Int64
    private let readiness: Readiness
    private let tracking: TrackBuffer
    /// Files are waited for here, not on the threads of the program's tasks.
    private let disk = OperationQueue()

    /// Opens what is in the folder, or creates it.
    ///
    /// - Throws: `StoreFault`, when the folder or the database can't be opened, or is of a newer version.
    public convenience init(folder: String) throws(StoreFault) {
        try self.init(folder: folder, files: .system)
    }

    /// - Parameters:
    ///   - files: the operations on files.
    ///   - clock: seconds since 1970 UTC.
    /// - Throws: `StoreFault`, when the folder or the database can't be opened, or is of a newer version.
    public init(
        folder: String, limits: StoreLimits = StoreLimits(), files: BlobFiles,
        clock: @escaping @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970) }
    ) throws(StoreFault) {
        self.limits = limits
        self.clock = clock
        readiness = Readiness()
        blobs = BlobFolder(path: folder + "/blobs", files: files)
        let path = folder + "/lazaret.sqlite"
        do throws(FileFault) {
            try BlobFolder.create(blobs.path, files)
            // SQLite would create a file that others may read; the files beside it have its rights.
            if !FileManager.default.fileExists(atPath: path) { try Self.createFile(path, files) }
        } catch {
            throw StoreFault(storing: error)
        }
        let database = try StoreDatabase(path: path, limits: limits, readiness: readiness)
        self.database = database
        tracking = TrackBuffer(limits) { records throws(StoreFault) in
            try await database.write { try TrackRows.insert(records, $0) }
        }
        disk.maxConcurrentOperationCount = limits.fileOperations
    }

    private static func createFile(_ path: String, _ files: BlobFiles) throws(FileFault) {
        do throws(FileFault) {
            close(try files.create(path))
        } catch {
            // Another process was quicker.
            guard error.code == EEXIST else { throw error }
        }
    }

    /// Whether promises can be given: `false` from a failed fsync to the end of the process.
    public var isReady: Bool { readiness.fault == nil }

    func refuseUnlessReady() throws(StoreFault) {
        guard let fault = readiness.fault else { return }
        throw StoreFault(.failed, "nothing is stored since an fsync failed (\(fault.reason))")
    }

    // MARK: Deposits

    /// Stores what a message leaves with us, whole and on the disk.
    ///
    /// - Throws: `StoreFault`; nothing is stored then.
    @discardableResult
    public func commit(_ deposit: Deposit) async throws(StoreFault) -> [Int64] {
        guard !deposit.isEmpty else { return [] }
        return try await store(deposit) { rows, db in (try rows.insert(into: db), []) }
    }

    /// Places the deposit's bytes, then stores its rows with what else `work` does, in one transaction.
    ///
    /// - Parameter work: returns its result, and the blobs that no row names any more.
    private func store<T: Sendable>(
        _ deposit: Deposit, _ work: @escaping @Sendable (inout DepositRows, Database) throws -> (T, [String])
    ) async throws(StoreFault) -> T {
        if !deposit.isEmpty { try refuseUnlessReady() }
        let placed = try await place(deposit)
        let now = clock()
        do throws(StoreFault) {
            let (value, removable) = try await database.write { db in
                var rows = DepositRows(deposit, placed, now: now)
                let (value, removable) = try work(&rows, db)
                return (value, removable + rows.unused)
            }
            await remove(removable)
            return value
        } catch {
            // After a failed fsync nobody knows whether the rows are there when the database is opened again.
            if isReady { await remove(placed.values.map(\.name)) }
            throw error
        }
    }

    private func place(_ deposit: Deposit) async throws(StoreFault) -> [Int: Blob] {
        let named = Set(deposit.held.map(\.original) + deposit.queued.map(\.content))
        guard !named.isEmpty else { return [:] }
        guard named.allSatisfy(deposit.contents.indices.contains) else {
            throw StoreFault(.failed, "a row of the deposit names a content that it lacks")
        }
        return try await onDisk { [blobs] () throws(FileFault) in
            var placed: [Int: Blob] = [:]
            do throws(FileFault) {
                for index in named.sorted() { placed[index] = try blobs.place(deposit.contents[index]) }
                try blobs.sync()
            } catch {
                blobs.remove(placed.values.map(\.name))
                throw error
            }
            return placed
        }
    }

    // MARK: Files

    func remove(_ names: [String]) async {
        guard !names.isEmpty else { return }
        // Nobody waits for it in vain: what can't be removed is collected later.
        try? await onDisk { [blobs] in blobs.remove(names) }
    }

    func onDisk<T: Sendable>(
        _ work: @escaping @Sendable () throws(FileFault) -> T
    ) async throws(StoreFault) -> T {
        let result: Result<T, FileFault> = await withCheckedContinuation { continuation in
            disk.addOperation { continuation.resume(returning: Result(catching: work)) }
        }
        switch result {
        case .success(let value): return value
        case .failure(let error):
            let fault = StoreFault(storing: error)
            if error.step == .sync { readiness.lose(fault) }
            throw fault
        }
    }

    /// The bytes of a stored message, compared with their digest.
    ///
    /// - Throws: `StoreFault`: `.missing` where there is no such content, or no longer.
    public func content(_ id: ContentID) async throws(StoreFault) -> [UInt8] {
        let blob = try await database.read { try ContentRows.blob(id, $0) }
        let bytes = try await onDisk { [blobs] () throws(FileFault) in try blobs.read(blob.name, size: blob.size) }
        guard .hash(bytes) == blob.digest else { throw StoreFault(.failed, "the stored bytes were changed") }
        return bytes
    }

    // MARK: Queues

    /// Takes mail whose time has come, the oldest first.
    ///
    /// - Throws: `StoreFault`; nothing is leased then.
    public func lease(
        _ queues: [QueueName], limit: Int, now: Int64, seconds: Int64
    ) async throws(StoreFault) -> [QueuedMail] {
        try refuseUnlessReady()
        return try await database.write {
            try QueueRows.lease(queues, limit: limit, now: now, seconds: seconds, $0)
        }
    }

    /// Tells what became of a leased mail. What leaves nothing is settled while the store isn't ready too: it is at least not
    /// sent again by this process.
    ///
    /// - Throws: `StoreFault`; the lease then ends by itself.
    public func settle(_ mail: QueuedMail, _ outcome: QueueOutcome) async throws(StoreFault) {
        switch outcome {
        case .done(let deposit):
            let forgottenAt = clock() + Int64(limits.rememberedSeconds)
            try await store(deposit) { rows, db in
                guard try QueueRows.exists(mail, db) else { return ((), []) }
                _ = try rows.insert(into: db)
                let blobs = try QueueRows.remove(mail, forgottenAt: forgottenAt, db)
                return ((), try blobs + HeldRows.released(by: mail, remaining: [], db))
            }
        case .retry(let at, let remaining, let reply):
            let blobs = try await database.write { db in
                guard try QueueRows.exists(mail, db) else { return [String]() }
                try QueueRows.postpone(mail, until: at, for: remaining, reply, db)
                return try HeldRows.released(by: mail, remaining: remaining, db)
            }
            await remove(blobs)
        }
    }

    // MARK: Tracking

    /// Writes records down later, in one go with others.
    public func track(_ records: [TrackingRecord]) async { await tracking.add(records) }

    /// Returns when every tracking record is written.
    ///
    /// - Throws: `StoreFault`; they are kept then, and tried again.
    public func flush() async throws(StoreFault) { try await tracking.flush() }

    /// What became of mail, the latest first.
    ///
    /// - Parameter organisation: `nil` for all.
    /// - Throws: `StoreFault`.
    public func tracks(organisation: String?, limit: Int) async throws(StoreFault) -> [TrackingRecord] {
        let limit = bounded(limit)
        return try await database.read { try TrackRows.latest(organisation: organisation, limit: limit, $0) }
    }

    func bounded(_ limit: Int) -> Int { min(max(0, limit), limits.listedRows) }
}
