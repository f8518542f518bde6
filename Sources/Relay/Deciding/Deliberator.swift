import MailProtocols
import NIOPosix
import Operation
import Quarantine
import Vocabulary
import Workers

/// Asks the programs about a message: of each recipient's organisations in turn, and of each only about its own.
struct Deliberator: Sendable {
    let programs: ActivePrograms
    let threads: NIOThreadPool
    let limits: RelayLimits

    /// A message that nobody can judge now. The sender keeps it.
    struct Postponed: Error {
        var reason: String
    }

    private struct Copy {
        var content: Int
        var recipients: [Int]
        var route: String?
    }

    /// Judges a message for all of its recipients.
    ///
    /// - Parameter stages: the organisations that judge, for each recipient of the transaction.
    /// - Throws: `Postponed`.
    func deliberate(
        _ message: [UInt8], _ transaction: Transaction, client: ClientRecord, receivedAt: Int64,
        stages: [[JudgingStage]]
    ) async throws(Postponed) -> Deliberation {
        var deliberation = Deliberation(message)
        deliberation.rulings = transaction.recipients.map {
            Ruling($0, organisation: "", direction: .inbound, disposition: .defer)
        }
        var open = [Copy(content: 0, recipients: Array(transaction.recipients.indices), route: nil)]
        var depth = 0
        while !open.isEmpty {
            var next: [Copy] = []
            for copy in open {
                let ends = copy.recipients.filter { depth >= stages[$0].count }
                if !ends.isEmpty {
                    deliberation.copies.append(
                        OutgoingCopy(
                            content: copy.content, recipients: ends.map { deliberation.rulings[$0].recipient },
                            route: copy.route))
                }
                let left = copy.recipients.filter { depth < stages[$0].count }
                for (stage, recipients) in Self.grouped(left, by: { stages[$0][depth] }) {
                    next += try await judge(
                        copy, recipients, stage, transaction, client, receivedAt, &deliberation)
                }
            }
            open = next
            depth += 1
        }
        return deliberation
    }

    /// Judges one copy for the recipients of one organisation.
    ///
    /// - Returns: what goes on from there, to the next stage or out.
    private func judge(
        _ copy: Copy, _ recipients: [Int], _ stage: JudgingStage, _ transaction: Transaction, _ client: ClientRecord,
        _ receivedAt: Int64, _ deliberation: inout Deliberation
    ) async throws(Postponed) -> [Copy] {
        guard let program = programs[stage.organisation] else {
            throw Postponed(reason: "\(stage.organisation) has no policy yet")
        }
        let mail = deliberation.contents[copy.content]
        var envelope = Envelope(
            sender: transaction.reversePath.mailbox.map(\.address),
            recipients: recipients.map { deliberation.rulings[$0].recipient.mailbox.address },
            clientIP: client.address.flatMap { IPAddress($0) }, clientName: client.name.map { Domain($0) },
            authenticatedUser: client.user, isTLS: client.isTLS, receivedAt: receivedAt)
        if !stage.isOutward { envelope.authenticatedUser = nil }
        let request = DecideRequest(envelope: envelope, writes: true, mark: TraceField.mark)
        let judgement: Judgement
        do throws(WorkerError) {
            judgement = try await program.decide(mail, request, on: threads)
        } catch {
            guard error.code == .unprocessable else { throw Postponed(reason: error.reason) }
            hold(
                recipients, in: .unprocessable, because: error.reason, copy, stage, program, &deliberation)
            return []
        }
        guard judgement.decisions.count == recipients.count else {
            throw Postponed(
                reason: "a worker answered for \(judgement.decisions.count) of \(recipients.count) recipients")
        }
        if deliberation.summary == nil { deliberation.summary = judgement.summary }
        for notice in judgement.correspondence?.notices ?? [] {
            deliberation.notices.append((stage.organisation, notice))
        }
        for (recipient, decision) in zip(recipients, judgement.decisions) {
            rule(recipient, decision, copy, stage, program, &deliberation)
        }
        return try await copies(
            copy, Array(zip(recipients, judgement.decisions)), judgement.correspondence?.disclaimers ?? [], program,
            &deliberation)
    }

    private func rule(
        _ recipient: Int, _ decision: Decision, _ copy: Copy, _ stage: JudgingStage, _ program: ActiveProgram,
        _ deliberation: inout Deliberation
    ) {
        let earlier = deliberation.rulings[recipient].rules
        deliberation.rulings[recipient] = Ruling(
            deliberation.rulings[recipient].recipient, organisation: stage.organisation,
            direction: decision.direction, disposition: decision.disposition, reason: decision.reason,
            rules: earlier + decision.rules.filter { $0.verdict == .fires }.map(\.name), areas: decision.areas,
            program: program.digest)
        guard decision.disposition != .defer else { return }
        let areas = decision.areas.isEmpty && decision.disposition == .quarantine ? ["quarantine"] : decision.areas
        for area in areas {
            let known = program.areas[area]
            keep(
                Holding(
                    organisation: stage.organisation, area: area,
                    reasons: Dictionary(
                        decision.rules.map { ($0.name, $0.evidence) }, uniquingKeysWith: { first, _ in first }),
                    recipients: [deliberation.rulings[recipient].recipient], direction: decision.direction,
                    content: copy.content, program: program.digest,
                    keptSeconds: known?.keep ?? AreaLimits.usualKeep, expiry: known?.expiry),
                &deliberation)
        }
    }

    /// One held mail serves all recipients that are held alike.
    private func keep(_ holding: Holding, _ deliberation: inout Deliberation) {
        let same = deliberation.holdings.firstIndex {
            $0.organisation == holding.organisation && $0.area == holding.area && $0.content == holding.content
                && $0.direction == holding.direction && Set($0.reasons.keys) == Set(holding.reasons.keys)
        }
        if let same {
            deliberation.holdings[same].recipients += holding.recipients
        } else {
            deliberation.holdings.append(holding)
        }
    }

    private func hold(
        _ recipients: [Int], in area: SystemArea, because sentence: String, _ copy: Copy, _ stage: JudgingStage,
        _ program: ActiveProgram, _ deliberation: inout Deliberation
    ) {
        for recipient in recipients {
            deliberation.rulings[recipient] = Ruling(
                deliberation.rulings[recipient].recipient, organisation: stage.organisation,
                direction: stage.isOutward ? .outbound : .inbound, disposition: .quarantine, areas: [area.rawValue],
                program: program.digest)
        }
        deliberation.holdings.append(
            Holding(
                organisation: stage.organisation, area: area.rawValue, reasons: [:],
                recipients: recipients.map { deliberation.rulings[$0].recipient },
                direction: stage.isOutward ? .outbound : .inbound, content: copy.content, program: program.digest,
                keptSeconds: limits.systemAreaSeconds, sentence: sentence))
    }

    /// One copy for all recipients for whom the message is changed alike and goes the same way.
    private func copies(
        _ copy: Copy, _ decided: [(Int, Decision)], _ disclaimers: [WrittenDisclaimer], _ program: ActiveProgram,
        _ deliberation: inout Deliberation
    ) async throws(Postponed) -> [Copy] {
        var groups: [(way: Way, recipients: [Int])] = []
        for (recipient, decision) in decided {
            // A copy goes to others whatever becomes of the message itself, unless it is put off.
            let way = Way(decision, disclaimers, route: copy.route)
            if decision.disposition == .deliver {
                if let target = way.redirect {
                    deliberation.rulings[recipient].recipient.mailbox = target
                }
                if let index = groups.firstIndex(where: { $0.way.isSame(as: way) }) {
                    groups[index].recipients.append(recipient)
                } else {
                    groups.append((way, [recipient]))
                }
            }
        }
        var made: [Copy] = []
        for (way, recipients) in groups {
            var next = Copy(content: copy.content, recipients: recipients, route: way.route)
            if !way.changes.isEmpty {
                next.content = try await rewrite(copy.content, way.changes, program, &deliberation)
            }
            made.append(next)
        }
        for (_, decision) in decided where decision.disposition != .defer {
            for planned in decision.actions {
                guard case .copy(let address) = planned.action, let mailbox = Mailbox(address) else { continue }
                let isThere = deliberation.copies.contains { one in
                    one.isOurs && one.recipients.contains { $0.mailbox == mailbox }
                }
                guard !isThere else { continue }
                var parameters = RecipientParameters()
                parameters.notify = .never
                deliberation.copies.append(
                    OutgoingCopy(
                        content: copy.content, recipients: [Transaction.Recipient(mailbox, parameters)], route: nil,
                        isOurs: true))
            }
        }
        return made
    }

    private func rewrite(
        _ content: Int, _ changes: MessageChanges, _ program: ActiveProgram, _ deliberation: inout Deliberation
    ) async throws(Postponed) -> Int {
        do throws(WorkerError) {
            let rewritten = try await program.rewrite(deliberation.contents[content], changes, on: threads)
            deliberation.contents.append(rewritten.bytes)
            deliberation.remarks += rewritten.remarks.map(\.sentence)
            return deliberation.contents.count - 1
        } catch {
            throw Postponed(reason: "the message could not be changed: \(error.reason)")
        }
    }

    private static func grouped<Key: Hashable>(_ numbers: [Int], by key: (Int) -> Key) -> [(Key, [Int])] {
        var groups: [(Key, [Int])] = []
        for number in numbers {
            let one = key(number)
            if let index = groups.firstIndex(where: { $0.0 == one }) {
                groups[index].1.append(number)
            } else {
                groups.append((one, [number]))
            }
        }
        return groups
    }
}

/// How a message goes on to a recipient.
private struct Way {
    var changes: MessageChanges
    var route: String?
    var redirect: Mailbox?

    init(_ decision: Decision, _ disclaimers: [WrittenDisclaimer], route: String?) {
        changes = MessageChanges(decision, disclaimers: disclaimers)
        self.route = route
        for planned in decision.actions {
            switch planned.action {
            case .deliverVia(let name): self.route = name
            case .redirect(let address): redirect = Mailbox(address)
            default: break
            }
        }
    }

    /// Whoever else it goes to: the same bytes go the same way.
    func isSame(as other: Way) -> Bool { changes == other.changes && route == other.route }
}
