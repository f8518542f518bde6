import Foundation
import MailProtocols
import NIOCore
import Operation
import Quarantine

/// Sends what waits in our queues: one mail after the other, each tried until it is settled, held or over its time.
struct QueueRunner: Sendable {
    let store: any MailStore
    let deliberator: Deliberator
    let hops: HopDirectory
    let limits: RelayLimits
    let log: RelayLog
    let isStopping: @Sendable () -> Bool

    private static let batch = 20
    private static let pauseSeconds = 2.0

    /// Tries what is due; where nothing is, waits a little.
    func turnOrRest() async {
        let isBusy = await turn()
        if !isBusy { try? await Task.sleep(for: .seconds(Self.pauseSeconds)) }
    }

    /// Tries what is due.
    ///
    /// - Returns: whether there was anything.
    func turn() async -> Bool {
        let now = Int64(Date().timeIntervalSince1970)
        do throws(StoreFault) {
            let due = try await store.lease(
                QueueName.allCases, limit: Self.batch, now: now,
                seconds: Int64(limits.deadlineSeconds * (Self.batch + 1)))
            for mail in due where !isStopping() { await attempt(mail) }
            return !due.isEmpty
        } catch {
            log(RelayEvent(.alarm, "queue not read", [("reason", error.reason)]))
            return false
        }
    }

    private func attempt(_ mail: QueuedMail) async {
        do throws(StoreFault) {
            let bytes = try await store.content(mail.content)
            let outcome = mail.isJudged ? await send(mail, bytes) : await judge(mail, bytes)
            try await store.settle(mail, outcome)
        } catch {
            log(
                RelayEvent(
                    .alarm, "queued mail not settled", [("message", mail.message.id), ("reason", error.reason)]))
        }
    }

    private var deadline: NIODeadline { .now() + .seconds(Int64(limits.deadlineSeconds)) }
    private var now: Int64 { Int64(Date().timeIntervalSince1970) }

    // MARK: Judged mail

    private func send(_ mail: QueuedMail, _ bytes: [UInt8]) async -> QueueOutcome {
        var message = Deliberation(bytes)
        message.copies = [
            OutgoingCopy(content: 0, recipients: mail.transaction.recipients, route: mail.route, isOurs: true)
        ]
        let dispatch = Dispatch(
            message: message, transaction: mail.transaction, client: mail.message.client, hops: hops,
            deadline: deadline)
        var ends = mail.transaction.recipients.map { _ in RecipientEnd.postponed("not tried") }
        do throws(DispatchAborted) {
            ends = try await dispatch.run(usual: nil, isAsked: false) { true }.ends.first ?? ends
        } catch {
            ends = ends.map { _ in .postponed(error.reason) }
        }
        return await outcome(of: mail, bytes, ends)
    }

    private func outcome(of mail: QueuedMail, _ bytes: [UInt8], _ ends: [RecipientEnd]) async -> QueueOutcome {
        var leaving = Deposit(contents: [bytes])
        var remaining: [Transaction.Recipient] = []
        var reason = ""
        for (recipient, end) in zip(mail.transaction.recipients, ends) {
            switch end {
            case .delivered(let reply): await track(mail, recipient, .delivered, reply.summary)
            case .refused(let reply):
                await track(mail, recipient, .held, reply.summary)
                leaving.held.append(
                    held(mail, recipient, .undeliverable, "the next server refused it: \(reply.summary)"))
            case .postponed(let why):
                reason = why
                if now >= mail.expiresAt {
                    await track(mail, recipient, .held, why)
                    leaving.held.append(
                        held(
                            mail, recipient, .undeliverable,
                            "the next server put it off until its time was over: \(why)"))
                } else {
                    remaining.append(recipient)
                }
            }
        }
        guard !remaining.isEmpty else { return .done(leaving: leaving) }
        if !leaving.held.isEmpty {
            do throws(StoreFault) {
                try await store.commit(leaving)
            } catch {
                return .retry(at: next(mail), remaining: mail.transaction.recipients, reply: error.reason)
            }
        }
        return .retry(at: next(mail), remaining: remaining, reply: reason)
    }

    private func next(_ mail: QueuedMail) -> Int64 { now + RetrySchedule.seconds(after: mail.attempts + 1) }

    private func held(
        _ mail: QueuedMail, _ recipient: Transaction.Recipient, _ area: SystemArea, _ sentence: String
    ) -> NewHeldMail {
        log(RelayEvent(.alarm, "mail held", [("message", mail.message.id), ("area", area.rawValue)]))
        return NewHeldMail(
            message: mail.message, area: area.rawValue, reasons: [HoldingReason(text: sentence)], original: 0,
            recipients: [recipient], keptUntil: now + limits.systemAreaSeconds)
    }

    private func track(
        _ mail: QueuedMail, _ recipient: Transaction.Recipient, _ outcome: TrackingRecord.Outcome, _ reply: String
    ) async {
        await store.track([
            TrackingRecord(
                messageID: mail.message.id, organisation: mail.message.organisation, time: now,
                reversePath: mail.transaction.reversePath.mailbox?.description ?? "",
                recipient: recipient.mailbox.description, size: mail.message.size,
                direction: mail.message.direction, client: mail.message.client.address,
                subject: mail.message.subject, rules: [], disposition: "deliver", outcome: outcome, reply: reply,
                program: mail.message.program)
        ])
    }

    // MARK: Deferred mail

    /// Asks the program of now, over what was known then.
    private func judge(_ mail: QueuedMail, _ bytes: [UInt8]) async -> QueueOutcome {
        let path =
            mail.message.direction == "inbound"
            ? [JudgingStage(organisation: mail.message.organisation, isOutward: false)]
            : [JudgingStage(organisation: mail.message.organisation, isOutward: true)]
        do throws(Deliberator.Postponed) {
            let deliberation = try await deliberator.deliberate(
                bytes, mail.transaction, client: mail.message.client, receivedAt: mail.message.receivedAt,
                stages: mail.transaction.recipients.map { _ in path })
            return await carryOut(deliberation, mail, bytes)
        } catch {
            return stillOpen(mail, bytes, error.reason)
        }
    }

    private func stillOpen(_ mail: QueuedMail, _ bytes: [UInt8], _ reason: String) -> QueueOutcome {
        guard now >= mail.expiresAt else {
            return .retry(at: next(mail), remaining: mail.transaction.recipients, reply: reason)
        }
        return .done(
            leaving: Deposit(
                contents: [bytes],
                held: mail.transaction.recipients.map {
                    held(mail, $0, .undecided, "the policy put it off until its time was over: \(reason)")
                }))
    }

    private func carryOut(_ deliberation: Deliberation, _ mail: QueuedMail, _ bytes: [UInt8]) async -> QueueOutcome {
        guard !deliberation.rulings.contains(where: { $0.disposition == .defer }) else {
            return stillOpen(mail, bytes, "the policy still puts it off")
        }
        var result = DispatchResult(ends: [])
        if !deliberation.copies.isEmpty {
            let dispatch = Dispatch(
                message: deliberation, transaction: mail.transaction, client: mail.message.client, hops: hops,
                deadline: deadline)
            do throws(DispatchAborted) {
                result = try await dispatch.run(usual: nil, isAsked: false) { true }
            } catch {
                return stillOpen(mail, bytes, error.reason)
            }
        }
        // Its sender has long been answered: whoever is refused now is held where a person sees it.
        let settler = Settler(
            message: mail.message, deliberation: deliberation, scope: .message, limits: limits, now: now)
        var settlement = settler.settle(
            deliberation.ends(result, of: mail.transaction.recipients.count),
            copies: Array(zip(deliberation.copies, result.ends)))
        for (index, ruling) in deliberation.rulings.enumerated() where ruling.disposition == .reject {
            let isKept = settlement.deposit.held.contains { $0.recipients.contains(ruling.recipient) }
            if !isKept {
                settlement.deposit.held.append(
                    held(mail, ruling.recipient, .refused, settlement.replies[index].summary))
            }
        }
        for (index, ruling) in deliberation.rulings.enumerated() {
            await track(mail, ruling.recipient, settlement.outcomes[index], settlement.replies[index].summary)
        }
        return .done(leaving: settlement.deposit)
    }
}
