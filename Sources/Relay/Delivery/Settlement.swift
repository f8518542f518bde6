import MailProtocols
import Operation
import Quarantine
import Vocabulary

/// What is answered for a message, and what must be stored before it is.
struct Settlement: Sendable {
    /// One for each recipient of the transaction, in its order; SMTP's client gets `whole`.
    var replies: [Reply]
    var whole: Reply
    var deposit = Deposit()
    var outcomes: [TrackingRecord.Outcome]
    /// Recipients whose copy a hop has, by their number.
    var delivered: Set<Int> = []
}

/// Who hears the replies.
enum ReplyScope: Sendable {
    /// SMTP: one reply for all recipients.
    case message
    /// LMTP: one for each.
    case recipient
}

/// Settles a message once its programs have spoken and its copies have gone.
struct Settler {
    let message: MessageRecord
    let deliberation: Deliberation
    let scope: ReplyScope
    let limits: RelayLimits
    /// Seconds since 1970 UTC.
    let now: Int64

    static let accepted = EnhancedStatus(2, 0, 0)

    /// Whether nothing is to be sent, because the answer is no, or not now.
    ///
    /// A refusal still lets its area keep a copy and its notices go; a `defer` leaves nothing behind.
    var isDeferredWhole: Bool {
        let dispositions = deliberation.rulings.map(\.disposition)
        return scope == .message && dispositions.contains(.defer)
            && !dispositions.contains { $0 == .deliver || $0 == .quarantine }
    }

    /// - Parameter ends: for each recipient of the transaction what became of its copy; `nil` where none was to go.
    func settle(_ ends: [RecipientEnd?], copies: [(OutgoingCopy, [RecipientEnd])]) -> Settlement {
        var settlement = Settlement(replies: [], whole: Reply(451, EnhancedStatus(4, 3, 0), ""), outcomes: [])
        settlement.deposit.contents = deliberation.contents
        let isMixed = isMixed
        for (index, ruling) in deliberation.rulings.enumerated() {
            let (reply, outcome) = settle(ruling, index, ends[index], isMixed: isMixed, &settlement)
            settlement.replies.append(reply)
            settlement.outcomes.append(outcome)
        }
        for holding in deliberation.holdings { hold(holding, &settlement.deposit) }
        for (organisation, notice) in deliberation.notices { queue(notice, organisation, &settlement.deposit) }
        for (copy, ends) in copies where copy.isOurs { keepOwn(copy, ends, &settlement.deposit) }
        settlement.whole = whole(settlement.replies, isMixed: isMixed)
        return settlement
    }

    /// In one answer for all, whoever differs from the answer is looked after by us.
    private var isMixed: Bool {
        guard scope == .message else { return false }
        return deliberation.rulings.contains { $0.disposition == .deliver || $0.disposition == .quarantine }
    }

    private func settle(
        _ ruling: Ruling, _ index: Int, _ end: RecipientEnd?, isMixed: Bool, _ settlement: inout Settlement
    ) -> (Reply, TrackingRecord.Outcome) {
        switch ruling.disposition {
        case .deliver:
            return settleCopy(ruling, index, end, &settlement)
        case .quarantine:
            return (Reply(250, Self.accepted, "taken; it waits for a person's decision (\(message.id))"), .held)
        case .discard:
            return (Reply(250, Self.accepted, "taken (\(message.id))"), .discarded)
        case .reject:
            let refusal = refusal(ruling)
            if isMixed { keep(ruling, in: .refused, because: "refused: \(refusal.lines[0])", &settlement.deposit) }
            return (refusal, .rejected)
        case .defer:
            if isMixed { putOff(ruling, isJudged: false, content: 0, route: nil, &settlement.deposit) }
            return (
                Reply(451, EnhancedStatus(4, 7, 1), "the policy puts the message off; try again later"),
                isMixed ? .queued : .deferred
            )
        }
    }

    private func settleCopy(
        _ ruling: Ruling, _ index: Int, _ end: RecipientEnd?, _ settlement: inout Settlement
    ) -> (Reply, TrackingRecord.Outcome) {
        let copy = deliberation.copies.first { copy in copy.recipients.contains(ruling.recipient) && !copy.isOurs }
        switch end {
        case .delivered(let reply):
            settlement.delivered.insert(index)
            return (reply, .delivered)
        case .refused(let reply):
            guard scope == .message, deliberation.rulings.count > 1 else { return (reply, .rejected) }
            keep(
                ruling, in: .undeliverable, because: "the next server refused it: \(reply.summary)",
                content: copy?.content ?? 0, &settlement.deposit)
            return (Reply(250, Self.accepted, "taken (\(message.id))"), .held)
        case .postponed(let reason):
            guard scope == .message else {
                return (Reply(451, EnhancedStatus(4, 4, 1), "the next server puts it off: \(reason)"), .deferred)
            }
            putOff(ruling, isJudged: true, content: copy?.content ?? 0, route: copy?.route, &settlement.deposit)
            return (Reply(250, Self.accepted, "taken; it is sent as soon as the next server takes it"), .queued)
        case nil:
            // The hop has it from an earlier try of the same sender.
            settlement.delivered.insert(index)
            return (Reply(250, Self.accepted, "taken before (\(message.id))"), .delivered)
        }
    }

    private func refusal(_ ruling: Ruling) -> Reply {
        let reason = ruling.reason ?? "the mail policy refuses the message"
        let isPlain = reason.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
        return Reply(
            554, EnhancedStatus(5, 7, 1),
            isPlain ? reason : String(reason.unicodeScalars.map { $0.isASCII ? Character($0) : "?" }))
    }

    private func whole(_ replies: [Reply], isMixed: Bool) -> Reply {
        guard let first = replies.first else { return Reply(554, EnhancedStatus(5, 5, 1), "no recipients") }
        if replies.count == 1 { return first }
        if isMixed { return replies.first { $0.isSuccess } ?? Reply(250, Self.accepted, "taken (\(message.id))") }
        return replies.first { $0.isTransient } ?? replies.first { $0.isPermanent } ?? first
    }

    // MARK: What stays with us

    private func record(_ organisation: String, _ direction: Direction, _ program: String?) -> MessageRecord {
        var record = message
        record.organisation = organisation
        record.direction = direction.rawValue
        record.program = program
        return record
    }

    private func keep(
        _ ruling: Ruling, in area: SystemArea, because sentence: String, content: Int = 0, _ deposit: inout Deposit
    ) {
        deposit.held.append(
            NewHeldMail(
                message: record(ruling.organisation, ruling.direction, ruling.program), area: area.rawValue,
                reasons: [HoldingReason(text: sentence)], original: content, recipients: [ruling.recipient],
                keptUntil: now + limits.systemAreaSeconds))
    }

    private func hold(_ holding: Holding, _ deposit: inout Deposit) {
        var reasons = holding.reasons.sorted { $0.key < $1.key }.map { rule, evidence in
            HoldingReason(
                rule: rule, text: rule,
                evidence: evidence.map { "\($0.fact) = \($0.excerpt) (\($0.span.file):\($0.span.line))" })
        }
        if let sentence = holding.sentence { reasons.append(HoldingReason(text: sentence)) }
        deposit.held.append(
            NewHeldMail(
                message: record(holding.organisation, holding.direction, holding.program), area: holding.area,
                reasons: reasons, original: holding.content, recipients: holding.recipients,
                keptUntil: now + holding.keptSeconds,
                expiry: holding.expiry.map { (now + $0.seconds, $0.disposition.rawValue, $0.reason) },
                hasVirus: deliberation.summary?.hasVirus ?? false))
    }

    private func putOff(
        _ ruling: Ruling, isJudged: Bool, content: Int, route: String?, _ deposit: inout Deposit
    ) {
        var transaction = message.transaction
        transaction.recipients = [ruling.recipient]
        let seconds = isJudged ? limits.undeliveredSeconds : limits.undecidedSeconds
        deposit.queued.append(
            NewQueuedMail(
                queue: .pending, message: record(ruling.organisation, ruling.direction, ruling.program),
                transaction: transaction, content: content, isJudged: isJudged, route: route,
                notBefore: now + RetrySchedule.firstSeconds, expiresAt: now + seconds))
    }

    private func queue(_ notice: WrittenNotice, _ organisation: String, _ deposit: inout Deposit) {
        guard let mailbox = Mailbox(Address(notice.address)) else { return }
        deposit.contents.append(Array(notice.message.utf8))
        var parameters = RecipientParameters()
        parameters.notify = .never
        let recipient = Transaction.Recipient(mailbox, parameters)
        deposit.queued.append(
            NewQueuedMail(
                queue: .notices, message: record(organisation, .outbound, nil),
                transaction: Transaction(from: .null, to: [recipient]), content: deposit.contents.count - 1,
                isJudged: true, notBefore: now, expiresAt: now + limits.undeliveredSeconds,
                uniqueKey: notice.messageID))
    }

    /// A copy to somebody else that did not go.
    private func keepOwn(_ copy: OutgoingCopy, _ ends: [RecipientEnd], _ deposit: inout Deposit) {
        let organisation = deliberation.rulings.first?.organisation ?? ""
        let ruling = deliberation.rulings.first
        for (recipient, end) in zip(copy.recipients, ends) {
            switch end {
            case .delivered: break
            case .refused(let reply):
                deposit.held.append(
                    NewHeldMail(
                        message: record(organisation, ruling?.direction ?? .inbound, ruling?.program),
                        area: SystemArea.undeliverable.rawValue,
                        reasons: [HoldingReason(text: "the next server refused the copy: \(reply.summary)")],
                        original: copy.content, recipients: [recipient], keptUntil: now + limits.systemAreaSeconds))
            case .postponed:
                var transaction = message.transaction
                transaction.recipients = [recipient]
                deposit.queued.append(
                    NewQueuedMail(
                        queue: .pending, message: record(organisation, ruling?.direction ?? .inbound, ruling?.program),
                        transaction: transaction, content: copy.content, isJudged: true, route: copy.route,
                        notBefore: now + RetrySchedule.firstSeconds, expiresAt: now + limits.undeliveredSeconds))
            }
        }
    }
}
