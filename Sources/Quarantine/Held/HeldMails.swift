import GRDB
import MailProtocols

extension SQLiteMailStore {
    /// The mail that is held, the latest first.
    ///
    /// - Parameters:
    ///   - organisation: `nil` for all.
    ///   - area: `nil` for all.
    ///   - id: the last one of the page before; `nil` for the first page.
    /// - Throws: `StoreFault`.
    public func heldMails(
        organisation: String?, area: String?, after id: Int64?, limit: Int
    ) async throws(StoreFault) -> [HeldMail] {
        let limit = bounded(limit)
        return try await database.read {
            try HeldRows.list(organisation: organisation, area: area, after: id, limit: limit, $0)
        }
    }

    /// One mail that is held.
    ///
    /// - Parameter organisation: `nil` for whichever it is of.
    /// - Throws: `StoreFault`: `.missing` where there is none, or another organisation's.
    public func heldMail(_ id: Int64, organisation: String?) async throws(StoreFault) -> HeldMail {
        try await database.read { try HeldRows.find(id, organisation: organisation, $0) }
    }

    /// The mail whose expiry has come, or that was kept as long as it should be, and that is still held for somebody; the
    /// oldest first. What becomes of it is not the store's to say.
    ///
    /// - Parameter now: seconds since 1970 UTC.
    /// - Throws: `StoreFault`.
    public func dueHeldMails(now: Int64, limit: Int) async throws(StoreFault) -> [HeldMail] {
        let limit = bounded(limit)
        return try await database.read { try HeldRows.due(now: now, limit: limit, $0) }
    }

    /// Queues a held mail for recipients that it is held for, as it came, and writes down who did it.
    ///
    /// - Parameters:
    ///   - organisation: `nil` for whichever it is of.
    ///   - recipients: addresses; `nil` for all that it is still held for.
    ///   - actor: who does it, for the audit trail.
    ///   - judgedAgain: whether it is judged again, without the rules that held it; else it goes out as it is.
    ///   - now: seconds since 1970 UTC.
    /// - Returns: those for whom it is queued now.
    /// - Throws: `StoreFault`: `.missing` where it is held for none of them.
    @discardableResult
    public func release(
        _ id: Int64, organisation: String?, recipients: [String]?, by actor: String, judgedAgain: Bool = false,
        now: Int64
    ) async throws(StoreFault) -> [Transaction.Recipient] {
        try refuseUnlessReady()
        let expiresAt = now + Int64(limits.releaseSeconds)
        return try await database.write { db in
            let held = try HeldRows.find(id, organisation: organisation, db)
            let chosen = held.recipients.filter { recipient in
                recipient.state == .held
                    && recipients?.contains(recipient.recipient.mailbox.description) ?? true
            }.map(\.recipient)
            guard !chosen.isEmpty else { throw StoreFault(.missing, "it is held for none of these recipients") }
            var transaction = held.message.transaction
            transaction.recipients = chosen
            let mail = NewQueuedMail(
                queue: .release, message: held.message, transaction: transaction, content: 0, isJudged: !judgedAgain,
                notBefore: now, expiresAt: expiresAt, heldID: id,
                bypassedRules: judgedAgain ? held.reasons.compactMap(\.rule) : [])
            let row = try Int64.fetchOne(db, sql: "SELECT content FROM held WHERE id = ?", arguments: [id])
            guard let row else { throw StoreFault(.missing, "no such mail is held") }
            try QueueRows.insert(mail, content: row, now: now, db)
            let addresses = chosen.map(\.mailbox.description)
            try HeldRows.mark(id, Set(addresses), from: .held, to: .releasing, db)
            let detail = addresses.joined(separator: ", ") + (judgedAgain ? "" : " (as it came)")
            try AuditRows.append(act(.release, on: held, by: actor, detail), now: now, db)
            return chosen
        }
    }

    /// Takes a held mail away for all whom it is still held for, and writes down who did it.
    ///
    /// - Parameters:
    ///   - organisation: `nil` for whichever it is of.
    ///   - actor: who does it, for the audit trail.
    ///   - now: seconds since 1970 UTC.
    /// - Returns: the mail as it was.
    /// - Throws: `StoreFault`: `.missing` where it is held for nobody.
    @discardableResult
    public func delete(
        _ id: Int64, organisation: String?, by actor: String, now: Int64
    ) async throws(StoreFault) -> HeldMail {
        try refuseUnlessReady()
        let (held, blobs) = try await database.write { db in
            let held = try HeldRows.find(id, organisation: organisation, db)
            let addresses = held.recipients.filter { $0.state == .held }.map(\.recipient.mailbox.description)
            guard !addresses.isEmpty else { throw StoreFault(.missing, "it is held for nobody any more") }
            try HeldRows.mark(id, Set(addresses), from: .held, to: .deleted, db)
            try AuditRows.append(
                act(.delete, on: held, by: actor, addresses.joined(separator: ", ")), now: now, db)
            return (held, try HeldRows.removeIfSettled(id, db))
        }
        await remove(blobs)
        return held
    }
}

private enum Act: String { case release, delete }

private func act(_ act: Act, on held: HeldMail, by actor: String, _ detail: String) -> AuditAct {
    AuditAct(
        actor: actor, organisation: held.message.organisation, act: "held mail: \(act.rawValue)",
        subject: "\(held.id) \(held.message.id)", detail: detail)
}
