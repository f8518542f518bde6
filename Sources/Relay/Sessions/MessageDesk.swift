import Cryptography
import Foundation
import MailProtocols
import NIOCore
import NIOPosix
import Operation
import Quarantine
import Vocabulary

/// Where a message goes from its last byte to its answer, whichever protocol brought it.
struct MessageDesk: Sendable {
    let deliberator: Deliberator
    let hops: HopDirectory
    let store: any MailStore
    let limits: RelayLimits
    let log: RelayLog
    let lanes: Lanes
    let meters: RelayMeters

    /// A message's answer, and what is armed if nobody takes it.
    struct Answer: Sendable {
        var settlement: Settlement
        /// The repetitions that were recognised; disarmed once the client has taken the answer.
        var recognised: [String] = []
        /// What is armed where the client has not.
        var keys: [String] = []
    }

    /// Judges, sends, stores.
    ///
    /// - Parameters:
    ///   - usual: a connection to the usual hop with MAIL and RCPT of the transaction behind it.
    func answer(
        _ message: ReceivedMessage, scope: ReplyScope, usual: HopConnection?, isClientThere: @Sendable () async -> Bool
    ) async -> Answer {
        let isSlow = message.bytes.count > limits.slowLaneBytes
        guard await lanes.enter(isSlow: isSlow, until: message.deadline) else {
            return postponed(
                message, Reply(451, EnhancedStatus(4, 3, 2), "too much mail is under way; try again later"))
        }
        defer { lanes.leave(isSlow: isSlow) }
        let clock = ContinuousClock()
        let start = clock.now
        do throws(Deliberator.Postponed) {
            let deliberation = try await deliberator.deliberate(
                message.bytes, message.transaction, client: message.client, receivedAt: message.receivedAt,
                stages: message.stages)
            return await carryOut(
                deliberation, message, scope, usual, isClientThere,
                judging: (clock.now - start).wholeMicroseconds)
        } catch {
            log(
                RelayEvent(
                    .alarm, "message not judged", [("message", message.id), ("reason", error.reason)]))
            return postponed(
                message, Reply(451, EnhancedStatus(4, 3, 0), "the message cannot be judged now; try again later"))
        }
    }

    private func postponed(_ message: ReceivedMessage, _ reply: Reply) -> Answer {
        let recipients = message.transaction.recipients
        return Answer(
            settlement: Settlement(
                replies: recipients.map { _ in reply }, whole: reply, outcomes: recipients.map { _ in .deferred }))
    }

    private func carryOut(
        _ found: Deliberation, _ message: ReceivedMessage, _ scope: ReplyScope, _ usual: HopConnection?,
        _ isClientThere: @Sendable () async -> Bool, judging: Int
    ) async -> Answer {
        let start = ContinuousClock.now
        var deliberation = found
        let record = record(of: message, deliberation)
        if let loop = looping(deliberation) {
            usual?.close()
            return await finish(postponed(message, loop), message, record, deliberation, judging, start)
        }
        let now = Int64(Date().timeIntervalSince1970)
        let keys = message.transaction.recipients.map { Self.retryKey(record, $0) }
        var answer = Answer(settlement: postponed(message, Reply(451, nil, "")).settlement, keys: keys)
        do throws(StoreFault) {
            let armed = try await store.armedRetries(among: keys, now: now)
            answer.recognised = keys.filter { armed.contains($0) }
        } catch {
            return await storageFailed(error, message, record, deliberation, judging, start)
        }
        let recognised = Set(answer.recognised)
        deliberation.leaveOut(keys.indices.filter { recognised.contains(keys[$0]) })
        let settler = Settler(
            message: record, deliberation: deliberation, scope: scope, limits: limits, now: now)
        guard !settler.isDeferredWhole else {
            let reply = Reply(451, EnhancedStatus(4, 7, 1), "the policy puts the message off; try again later")
            return await finish(postponed(message, reply), message, record, deliberation, judging, start)
        }
        var result = DispatchResult(ends: [])
        if !deliberation.copies.isEmpty {
            let dispatch = Dispatch(
                message: deliberation, transaction: message.transaction, client: message.client, hops: hops,
                deadline: message.deadline)
            do throws(DispatchAborted) {
                result = try await dispatch.run(usual: usual, isAsked: usual != nil, isClientThere: isClientThere)
            } catch {
                log(
                    RelayEvent(
                        .warning, "message not sent", [("message", message.id), ("reason", error.reason)]))
                let reply = Reply(451, EnhancedStatus(4, 4, 1), "the next server does not take the message now")
                return await finish(postponed(message, reply), message, record, deliberation, judging, start)
            }
        }
        answer.settlement = settler.settle(
            deliberation.ends(result, of: message.transaction.recipients.count),
            copies: Array(zip(deliberation.copies, result.ends)))
        if !answer.settlement.deposit.isEmpty {
            do throws(StoreFault) {
                try await store.commit(answer.settlement.deposit)
            } catch {
                var failed = await storageFailed(error, message, record, deliberation, judging, start)
                // The hop has these copies: where at least that can be noted, the sender's next try spares them.
                failed.keys = keys
                failed.settlement.delivered = answer.settlement.delivered
                return failed
            }
        }
        return await finish(answer, message, record, deliberation, judging, start)
    }

    private func storageFailed(
        _ fault: StoreFault, _ message: ReceivedMessage, _ record: MessageRecord, _ deliberation: Deliberation,
        _ judging: Int, _ start: ContinuousClock.Instant
    ) async -> Answer {
        log(RelayEvent(.alarm, "storage failed", [("message", message.id), ("reason", fault.reason)]))
        let reply = Reply(451, EnhancedStatus(4, 3, 1), "the message cannot be stored now; try again later")
        return await finish(postponed(message, reply), message, record, deliberation, judging, start)
    }

    private func looping(_ deliberation: Deliberation) -> Reply? {
        guard let summary = deliberation.summary,
            summary.receivedFields > limits.hops || summary.ownMarks >= limits.ownMarks
        else { return nil }
        return Reply(554, EnhancedStatus(5, 4, 6), "the message goes round in a loop")
    }

    private func record(of message: ReceivedMessage, _ deliberation: Deliberation) -> MessageRecord {
        let summary = deliberation.summary
        return MessageRecord(
            id: message.id, organisation: message.stages.first?.first?.organisation ?? "",
            key: summary?.key ?? SHA256Digest.hash(message.bytes).hex, transaction: message.transaction,
            client: message.client, receivedAt: message.receivedAt, size: message.bytes.count,
            subject: summary?.subject ?? "", author: summary?.author ?? "", attachments: summary?.attachments ?? [])
    }

    /// What is the same when a sender tries again.
    static func retryKey(_ message: MessageRecord, _ recipient: Transaction.Recipient) -> String {
        let text = "\(message.transaction.reversePath)\0\(recipient.mailbox)\0\(message.key)"
        return SHA256Digest.hash(Array(text.utf8)).hex
    }

    /// Writes the records, and tells the log.
    private func finish(
        _ answer: Answer, _ message: ReceivedMessage, _ record: MessageRecord, _ deliberation: Deliberation,
        _ judging: Int, _ start: ContinuousClock.Instant
    ) async -> Answer {
        let stages = TrackingRecord.Stages(
            receiving: message.receivingMicroseconds, judging: judging,
            delivering: (ContinuousClock.now - start).wholeMicroseconds)
        let settlement = answer.settlement
        let records = deliberation.rulings.enumerated().map { index, ruling in
            TrackingRecord(
                messageID: message.id, organisation: ruling.organisation, time: message.receivedAt,
                reversePath: message.transaction.reversePath.mailbox?.description ?? "",
                recipient: message.transaction.recipients[index].mailbox.description, size: message.bytes.count,
                direction: ruling.direction.rawValue, client: message.client.address, subject: record.subject,
                rules: ruling.rules, disposition: ruling.disposition.rawValue, outcome: settlement.outcomes[index],
                reply: settlement.replies[index].summary, areas: ruling.areas, program: ruling.program,
                stages: stages)
        }
        meters.note(records)
        await store.track(records)
        log(
            RelayEvent(
                .info, "message answered",
                [
                    ("message", message.id), ("from", message.transaction.reversePath.description),
                    ("recipients", "\(records.count)"), ("size", "\(message.bytes.count)"),
                    ("reply", settlement.whole.summary), ("judging-us", "\(judging)"),
                    ("remarks", deliberation.remarks.joined(separator: "; ")),
                ]))
        return answer
    }

    // MARK: Behind the answer

    /// The client's next command shows that it has the answer.
    func taken(_ answer: Answer) async {
        guard !answer.recognised.isEmpty, answer.settlement.whole.isSuccess else { return }
        try? await store.disarm(answer.recognised)
    }

    /// The client went before it had our answer, or the answer was not yet: what the hop has must not be sent twice.
    func notTaken(_ answer: Answer) async {
        let keys = answer.settlement.delivered.sorted().compactMap {
            answer.keys.indices.contains($0) ? answer.keys[$0] : nil
        }
        guard !keys.isEmpty else { return }
        let until = Int64(Date().timeIntervalSince1970) + limits.retrySeconds
        do throws(StoreFault) {
            try await store.commit(Deposit(retries: keys.map { ArmedRetry(key: $0, expiresAt: until) }))
        } catch {
            log(RelayEvent(.alarm, "repetition not noted", [("reason", error.reason)]))
        }
    }
}

/// How many messages are under way at once; large ones have a lane of their own, and never all places.
struct Lanes: Sendable {
    let all: Gate
    let slow: Gate

    func enter(isSlow: Bool, until deadline: NIODeadline) async -> Bool {
        if isSlow {
            guard await slow.enter(until: deadline) else { return false }
        }
        guard await all.enter(until: deadline) else {
            if isSlow { slow.leave() }
            return false
        }
        return true
    }

    func leave(isSlow: Bool) {
        all.leave()
        if isSlow { slow.leave() }
    }
}

extension Deliberation {
    /// Takes recipients out of the copies: a hop has theirs.
    mutating func leaveOut(_ numbers: [Int]) {
        let gone = Set(numbers.map { rulings[$0].recipient })
        guard !gone.isEmpty else { return }
        for index in copies.indices where !copies[index].isOurs {
            copies[index].recipients.removeAll { gone.contains($0) }
        }
        copies.removeAll { $0.recipients.isEmpty }
    }

    /// For each recipient of the transaction what became of its copy; `nil` where none was to go.
    func ends(_ result: DispatchResult, of count: Int) -> [RecipientEnd?] {
        (0..<count).map { number in
            let recipient = rulings[number].recipient
            for (copy, ends) in zip(copies, result.ends) where !copy.isOurs {
                if let index = copy.recipients.firstIndex(of: recipient) { return ends[index] }
            }
            return nil
        }
    }
}
