import Cryptography
import Foundation
import GRDB
import Glibc
import MailProtocols
import Quarantine
import Synchronization

/// A folder that goes with the test.
final class TemporaryFolder: Sendable {
    let path = NSTemporaryDirectory() + "store-" + UUID().uuidString

    deinit { try? FileManager.default.removeItem(atPath: path) }

    var blobs: [String] { (try? FileManager.default.contentsOfDirectory(atPath: path + "/blobs")) ?? [] }

    func open(
        limits: StoreLimits = StoreLimits(), files: BlobFiles = .system, clock: TestClock = TestClock()
    ) throws -> SQLiteMailStore {
        try SQLiteMailStore(folder: path, limits: limits, files: files, clock: { clock.now })
    }

    /// What somebody does who has the file.
    func tamper(_ statements: String...) throws {
        let queue = try DatabaseQueue(path: path + "/lazaret.sqlite")
        for statement in statements { try queue.writeWithoutTransaction { try $0.execute(sql: statement) } }
    }
}

final class TestClock: Sendable {
    private let time = Mutex<Int64>(1_000_000)

    var now: Int64 {
        get { time.withLock { $0 } }
        set { time.withLock { $0 = newValue } }
    }
}

/// Files that fail from a certain operation on, as after a loss of power, or at that one alone.
final class FailingFiles: Sendable {
    private let count = Mutex(0)
    private let first: Int
    private let goesOn: Bool
    private let code: Int32

    init(at first: Int, goesOn: Bool, code: Int32 = EIO) {
        self.first = first
        self.goesOn = goesOn
        self.code = code
    }

    var operations: Int { count.withLock { $0 } }

    private func step(_ step: FileFault.Step) throws(FileFault) {
        let number = count.withLock {
            $0 += 1
            return $0
        }
        if number == first || goesOn && number > first { throw FileFault(step, code) }
    }

    var files: BlobFiles {
        let system = BlobFiles.system
        var files = system
        files.create = { path throws(FileFault) in
            try self.step(.create)
            return try system.create(path)
        }
        files.write = { descriptor, bytes throws(FileFault) in
            do throws(FileFault) {
                try self.step(.write)
            } catch {
                // Power fails in the middle.
                try system.write(descriptor, Array(bytes.prefix(bytes.count / 2)))
                throw error
            }
            try system.write(descriptor, bytes)
        }
        files.sync = { descriptor throws(FileFault) in
            try self.step(.sync)
            try system.sync(descriptor)
        }
        files.rename = { from, to throws(FileFault) in
            try self.step(.rename)
            try system.rename(from, to)
        }
        files.remove = { path throws(FileFault) in
            try self.step(.remove)
            try system.remove(path)
        }
        return files
    }
}

enum Sample {
    static func recipient(_ name: String) -> Transaction.Recipient {
        Transaction.Recipient(Mailbox(localPart: name, domain: "example.org"))
    }

    static func message(
        _ id: String = "M1", organisation: String = "default", to names: [String] = ["anna", "bert"]
    ) -> MessageRecord {
        MessageRecord(
            id: id, organisation: organisation, key: SHA256Digest.hash(Array(id.utf8)).hex,
            transaction: Transaction(
                from: .mailbox(Mailbox(localPart: "s", domain: "example.com")), to: names.map(recipient)),
            client: ClientRecord(address: "192.0.2.1", listener: "in"), receivedAt: 1_000_000, size: 5,
            subject: "hello", author: "Sender", attachments: ["a.zip"], program: "p")
    }

    static func queued(
        _ id: String = "M1", _ queue: QueueName = .pending, content: Int = 0, notBefore: Int64 = 0,
        uniqueKey: String? = nil
    ) -> NewQueuedMail {
        let message = message(id)
        return NewQueuedMail(
            queue: queue, message: message, transaction: message.transaction, content: content, isJudged: true,
            route: "r", notBefore: notBefore, expiresAt: 2_000_000, bypassedRules: ["x"], uniqueKey: uniqueKey)
    }

    static func held(
        _ id: String = "M1", organisation: String = "default", area: String = "viruses", original: Int = 0,
        to names: [String] = ["anna", "bert"]
    ) -> NewHeldMail {
        NewHeldMail(
            message: message(id, organisation: organisation, to: names), area: area,
            reasons: [HoldingReason(rule: "no viruses", text: "a virus", evidence: ["virus = \"Eicar\""])],
            original: original, recipients: names.map(recipient), keptUntil: 3_000_000,
            expiry: (at: 2_500_000, disposition: "discard", reason: nil), hasVirus: true)
    }

    static func track(_ id: String, organisation: String = "default") -> TrackingRecord {
        TrackingRecord(
            messageID: id, organisation: organisation, time: 1, reversePath: "<>", recipient: "anna@example.org",
            size: 1, direction: "inbound", client: nil, subject: "", rules: [], disposition: "deliver",
            outcome: .delivered, reply: "250 ok", program: nil)
    }
}

final class FaultBox: Sendable {
    let fault = Mutex<StoreFault?>(nil)
}
