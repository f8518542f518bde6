import MailProtocols
import Quarantine

/// A store that forgets everything with the test, and fails when it is told to.
actor MemoryMailStore: MailStore {
    private(set) var held: [NewHeldMail] = []
    private(set) var queued: [QueuedMail] = []
    private(set) var tracks: [TrackingRecord] = []
    private var contents: [String: [UInt8]] = [:]
    private var retries: Set<String> = []
    private var keys: Set<String> = []
    private var notBefore: [Int64: Int64] = [:]
    private var lastID: Int64 = 0
    var fault: StoreFault?

    func fail(with fault: StoreFault?) { self.fault = fault }

    /// Mail cannot be stored; a line that has no content still can.
    func fail(deposits fault: StoreFault?) { depositFault = fault }

    private var depositFault: StoreFault?

    /// Mail that waits is due at once.
    func hurry() { notBefore = [:] }

    var armed: Int { retries.count }

    func original(of number: Int) -> [UInt8] { contents["held \(number)"] ?? [] }

    @discardableResult
    func commit(_ deposit: Deposit) async throws(StoreFault) -> [Int64] {
        if let fault { throw fault }
        if let depositFault, !deposit.contents.isEmpty { throw depositFault }
        return keep(deposit)
    }

    private func keep(_ deposit: Deposit) -> [Int64] {
        var identifiers: [Int64] = []
        for mail in deposit.held {
            contents["held \(held.count)"] = deposit.contents[mail.original]
            held.append(mail)
            lastID += 1
            identifiers.append(lastID)
        }
        for mail in deposit.queued {
            if let key = mail.uniqueKey, !keys.insert(key).inserted { continue }
            lastID += 1
            contents["\(lastID)"] = deposit.contents[mail.content]
            notBefore[lastID] = mail.notBefore
            queued.append(
                QueuedMail(
                    id: lastID, queue: mail.queue, message: mail.message, transaction: mail.transaction,
                    content: ContentID("\(lastID)"), isJudged: mail.isJudged, route: mail.route, queuedAt: 0,
                    expiresAt: mail.expiresAt, heldID: mail.heldID, bypassedRules: mail.bypassedRules, attempts: 0,
                    lastReply: nil))
        }
        for retry in deposit.retries { retries.insert(retry.key) }
        return identifiers
    }

    func content(_ id: ContentID) async throws(StoreFault) -> [UInt8] {
        guard let bytes = contents[id.text] else { throw StoreFault(.missing, "no such content") }
        return bytes
    }

    func lease(
        _ queues: [QueueName], limit: Int, now: Int64, seconds: Int64
    ) async throws(StoreFault) -> [QueuedMail] {
        if let fault { throw fault }
        return Array(queued.filter { queues.contains($0.queue) && notBefore[$0.id, default: 0] <= now }.prefix(limit))
    }

    func settle(_ mail: QueuedMail, _ outcome: QueueOutcome) async throws(StoreFault) {
        if let fault { throw fault }
        guard let index = queued.firstIndex(where: { $0.id == mail.id }) else { return }
        switch outcome {
        case .done(let deposit):
            queued.remove(at: index)
            _ = keep(deposit)
        case .retry(let at, let remaining, let reply):
            queued[index].transaction.recipients = remaining
            queued[index].attempts += 1
            queued[index].lastReply = reply
            notBefore[mail.id] = at
        }
    }

    func armedRetries(among keys: [String], now: Int64) async throws(StoreFault) -> Set<String> {
        if let fault { throw fault }
        return retries.intersection(keys)
    }

    func disarm(_ keys: [String]) async throws(StoreFault) { retries.subtract(keys) }

    func track(_ records: [TrackingRecord]) async { tracks += records }
}
