import Foundation
import GRDB
import Glibc
import Testing

@testable import Quarantine

@Suite struct DurabilityTests {
    private let folder = TemporaryFolder()
    private let deposit = Deposit(
        contents: [Array("first".utf8), Array("second".utf8)], held: [Sample.held(original: 1)],
        queued: [Sample.queued(uniqueKey: "k")])

    /// Create, write, sync and rename for each of two blobs, and the folder's sync.
    private static let operations = 9

    private func isEmpty(_ store: SQLiteMailStore) async throws -> Bool {
        let held = try await store.heldMails(organisation: nil, area: nil, after: nil, limit: 9)
        let queued = try await store.lease(QueueName.allCases, limit: 9, now: 1, seconds: 0)
        return held.isEmpty && queued.isEmpty
    }

    @Test(arguments: 1...operations)
    func powerFailsBefore(operation: Int) async throws {
        _ = try folder.open()
        do {
            let failing = FailingFiles(at: operation, goesOn: true)
            let store = try folder.open(files: failing.files)
            await #expect(throws: StoreFault.self) { try await store.commit(deposit) }
        }
        let store = try folder.open()
        #expect(try await isEmpty(store))
        #expect(try await store.commit(deposit).count == 1, "the sender comes again")
        #expect(try await store.content(store.heldMail(1, organisation: nil).content) == Array("second".utf8))
        let age = Int64(StoreLimits().orphanSeconds)
        let now = Int64(Date().timeIntervalSince1970)
        try await store.collectGarbage(now: now + age - 3600)
        let leftOver = folder.blobs.count - 2
        #expect(leftOver >= 0 && leftOver <= 2)
        #expect(try await store.collectGarbage(now: now + age + 3600) == leftOver)
        #expect(folder.blobs.count == 2)
        #expect(try await store.content(store.heldMail(1, organisation: nil).content) == Array("second".utf8))
    }

    @Test func aCommitTakesTheseOperations() async throws {
        _ = try folder.open()
        let counting = FailingFiles(at: 0, goesOn: false)
        try await folder.open(files: counting.files).commit(deposit)
        #expect(counting.operations == Self.operations)
    }

    @Test(arguments: [3, 7, 9])
    func afterAFailedSyncNothingIsPromised(operation: Int) async throws {
        _ = try folder.open()
        let store = try folder.open(files: FailingFiles(at: operation, goesOn: false).files)
        #expect(store.isReady)
        await #expect(throws: StoreFault(.failed, "sync failed: Input/output error")) {
            try await store.commit(deposit)
        }
        #expect(!store.isReady)
        await #expect(throws: StoreFault.self) { try await store.commit(deposit) }
        let retry = ArmedRetry(key: "", expiresAt: 9)
        await #expect(throws: StoreFault.self) { try await store.commit(Deposit(retries: [retry])) }
        await #expect(throws: StoreFault.self) { try await store.lease([.pending], limit: 1, now: 1, seconds: 1) }
        #expect(folder.blobs.isEmpty)
        #expect(try await isEmpty(folder.open()))
    }

    @Test func afterAFailedSyncOfTheDatabaseNothingIsPromised() async throws {
        let store = try folder.open()
        try await store.commit(deposit)
        let mail = try #require(try await store.lease([.pending], limit: 1, now: 1, seconds: 0).first)
        for code in [ResultCode.SQLITE_IOERR_WRITE, .SQLITE_IOERR_FSYNC] {
            #expect(store.isReady)
            await #expect(throws: StoreFault.self) {
                try await store.database.write { _ in throw DatabaseError(resultCode: code) }
            }
        }
        #expect(!store.isReady)
        await #expect(throws: StoreFault.self) { try await store.commit(deposit) }
        await #expect(throws: StoreFault.self) { try await store.settle(mail, .done(leaving: deposit)) }
        await #expect(throws: StoreFault.self) {
            try await store.release(1, organisation: nil, recipients: nil, by: "x", now: 1)
        }
        await #expect(throws: StoreFault.self) { try await store.delete(1, organisation: nil, by: "x", now: 1) }
        try await store.settle(mail, .done(leaving: Deposit()))
        #expect(try await folder.open().lease([.pending], limit: 1, now: 1, seconds: 0).isEmpty)
    }

    /// Power fails between a row's end and its file's.
    @Test func bytesThatOutliveTheirRowAreCollected() async throws {
        _ = try folder.open()
        let store = try folder.open(files: FailingFiles(at: Self.operations + 1, goesOn: true).files)
        try await store.commit(deposit)
        let mail = try #require(try await store.lease([.pending], limit: 1, now: 1, seconds: 0).first)
        try await store.settle(mail, .done(leaving: Deposit()))
        #expect(folder.blobs.count == 2)
        let now = Int64(Date().timeIntervalSince1970) + Int64(StoreLimits().orphanSeconds)
        #expect(try await folder.open().collectGarbage(now: now + 3600) == 1)
        #expect(folder.blobs.count == 1)
    }

    @Test(arguments: [1, 2, 5, 6])
    func aFullDiskIsNoEnd(operation: Int) async throws {
        _ = try folder.open()
        let store = try folder.open(files: FailingFiles(at: operation, goesOn: false, code: ENOSPC).files)
        let fault = await #expect(throws: StoreFault.self) { try await store.commit(deposit) }
        #expect(fault?.code == .full)
        #expect(store.isReady && folder.blobs.isEmpty)
        #expect(try await store.commit(deposit) == [1])
    }

    @Test func aFullDatabaseIsToldSoAndLeavesNoBlob() async throws {
        let store = try folder.open()
        try await store.database.write { try $0.execute(sql: "PRAGMA max_page_count = 1") }
        var large = deposit
        large.queued[0].message.subject = String(repeating: "x", count: 1 << 20)
        let fault = await #expect(throws: StoreFault.self) { try await store.commit(large) }
        #expect(fault?.code == .full)
        #expect(folder.blobs.isEmpty && store.isReady)
        #expect(try await isEmpty(store))
    }

    @Test func anotherWriterIsWaitedForAndThenTold() async throws {
        var limits = StoreLimits()
        limits.busySeconds = 0
        let store = try folder.open(limits: limits)
        let other = try folder.open()
        let fault = await #expect(throws: StoreFault.self) {
            try await other.database.write { db in
                try db.execute(sql: "DELETE FROM retries")
                throw try blockingFault(store)
            }
        }
        #expect(fault?.code == .busy)
        #expect(folder.blobs.isEmpty && store.isReady)
        #expect(try await store.commit(deposit) == [1])
    }

    private func blockingFault(_ store: SQLiteMailStore) throws -> StoreFault {
        let done = DispatchSemaphore(value: 0)
        let box = FaultBox()
        Task {
            do throws(StoreFault) {
                try await store.commit(deposit)
            } catch {
                box.fault.withLock { $0 = error }
            }
            done.signal()
        }
        done.wait()
        return box.fault.withLock { $0 } ?? StoreFault(.missing, "no fault")
    }

    @Test func commitsAreOnTheDisk() async throws {
        let store = try folder.open()
        #expect(try await store.database.write { try Int.fetchOne($0, sql: "PRAGMA synchronous") } == 2)
        #expect(try await store.database.read { try String.fetchOne($0, sql: "PRAGMA journal_mode") } == "wal")
    }

    @Test func aNewerDatabaseIsRefused() throws {
        _ = try folder.open()
        try folder.tamper("INSERT INTO grdb_migrations VALUES ('9 newer')")
        #expect(throws: StoreFault(.failed, "the database was written by a newer version")) { try folder.open() }
    }

    @Test func manyAtOnceAreAllStored() async throws {
        var limits = StoreLimits()
        limits.fileOperations = 2
        let store = try folder.open(limits: limits)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<60 {
                group.addTask {
                    try await store.commit(Deposit(contents: [[UInt8(number)]], queued: [Sample.queued("\(number)")]))
                }
            }
            try await group.waitForAll()
        }
        let mails = try await store.lease([.pending], limit: 99, now: 1, seconds: 9)
        #expect(Set(mails.map(\.message.id)) == Set((0..<60).map(String.init)))
        for mail in mails { #expect(try await store.content(mail.content) == [UInt8(mail.message.id) ?? 255]) }
    }
}
