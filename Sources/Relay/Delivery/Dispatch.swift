import MailProtocols
import NIOCore
import Quarantine

/// What became of one recipient of a copy.
enum RecipientEnd: Sendable {
    /// The hop has the message.
    case delivered(Reply)
    case refused(Reply)
    /// Put off by the hop, or it fell silent.
    case postponed(String)
}

/// What became of the copies of one message.
struct DispatchResult: Sendable {
    /// For each copy, for each of its recipients.
    var ends: [[RecipientEnd]]
}

/// Nothing was delivered, and nothing is to be done: the sender keeps the message.
struct DispatchAborted: Error, Sendable {
    var reason: String
}

/// Sends the copies of one message: all are prepared up to the final dot, then the dots are said.
struct Dispatch: Sendable {
    let message: Deliberation
    let transaction: Transaction
    let client: ClientRecord
    let hops: HopDirectory
    let deadline: NIODeadline

    private struct Prepared {
        var copy: Int
        var hop: HopConnection
        /// Whose RCPT was taken, by their number in the copy.
        var accepted: [Int]
        var isBorrowed: Bool
    }

    /// - Parameters:
    ///   - usual: an open connection to the usual hop, lent; it is left ready for the next message, or closed.
    ///   - isAsked: whether that connection has MAIL and RCPT of the whole transaction behind it.
    ///   - isClientThere: asked before the first dot, behind which there is no way back.
    /// - Throws: `DispatchAborted`.
    func run(
        usual: HopConnection?, isAsked: Bool, isClientThere: () async -> Bool
    ) async throws(DispatchAborted) -> DispatchResult {
        var ends = message.copies.map { $0.recipients.map { _ in RecipientEnd.postponed("not tried") } }
        var prepared: [Prepared] = []
        var isUsualFree = usual != nil
        do throws(DispatchAborted) {
            for (number, copy) in message.copies.enumerated() {
                var lent: HopConnection?
                if isUsualFree, copy.route == nil {
                    lent = usual
                    isUsualFree = false
                }
                let isWhole = isAsked && lent != nil && copy.recipients == transaction.recipients
                if isAsked, let lent, !isWhole { try await reset(lent) }
                if let one = try await prepare(number, copy, lent, isWhole: isWhole, &ends[number]) {
                    prepared.append(one)
                }
            }
            guard NIODeadline.now() < deadline else { throw DispatchAborted(reason: "the time was over") }
            guard await isClientThere() else { throw DispatchAborted(reason: "the client has gone") }
        } catch {
            for one in prepared { one.hop.close() }
            throw error
        }
        try await sayDots(prepared, &ends)
        return DispatchResult(ends: ends)
    }

    private func reset(_ hop: HopConnection) async throws(DispatchAborted) {
        do throws(HopFault) {
            _ = try await hop.command("RSET")
        } catch {
            throw DispatchAborted(reason: error.description)
        }
    }

    /// - Returns: `nil` where no recipient of the copy was taken.
    private func prepare(
        _ number: Int, _ copy: OutgoingCopy, _ lent: HopConnection?, isWhole: Bool, _ ends: inout [RecipientEnd]
    ) async throws(DispatchAborted) -> Prepared? {
        do throws(HopFault) {
            let hop: HopConnection
            if let lent { hop = lent } else { hop = try await hops.open(copy.route, for: client) }
            do throws(HopFault) {
                return try await prepare(number, copy, hop, isBorrowed: lent != nil, isWhole: isWhole, &ends)
            } catch {
                hop.close()
                throw error
            }
        } catch {
            guard copy.isOurs else { throw DispatchAborted(reason: error.description) }
            for index in ends.indices { ends[index] = .postponed(error.description) }
            return nil
        }
    }

    private func prepare(
        _ number: Int, _ copy: OutgoingCopy, _ hop: HopConnection, isBorrowed: Bool, isWhole: Bool,
        _ ends: inout [RecipientEnd]
    ) async throws(HopFault) -> Prepared? {
        let content = message.contents[copy.content]
        var accepted = Array(copy.recipients.indices)
        if !isWhole {
            var outgoing = transaction
            outgoing.recipients = copy.recipients
            let commands = EnvelopeCommands(capabilities: hop.capabilities)
            let hasEightBit = content.contains { $0 >= 0x80 }
            if let missing = commands.missing(for: outgoing, hasEightBit: hasEightBit) {
                return try await give(up: .refused(missing), hop, isBorrowed, &ends)
            }
            let lines =
                [commands.mail(outgoing, size: content.count, hasEightBit: hasEightBit)]
                + copy.recipients.map { commands.rcpt($0) }
            let replies = try await hop.commands(lines)
            guard replies[0].isSuccess else {
                return try await refuse(replies[0], copy, hop, isBorrowed, &ends)
            }
            for (index, reply) in replies.dropFirst().enumerated() where !reply.isSuccess {
                accepted.removeAll { $0 == index }
                guard reply.isPermanent || copy.isOurs else {
                    throw HopFault(.unreachable, "it puts <\(copy.recipients[index].mailbox)> off: \(reply.summary)")
                }
                ends[index] = reply.isPermanent ? .refused(reply) : .postponed(reply.summary)
            }
        }
        guard !accepted.isEmpty else {
            if isBorrowed { _ = try await hop.command("RSET") } else { hop.quit() }
            return nil
        }
        let go = try await hop.command("DATA")
        guard go.isIntermediate else { return try await refuse(go, copy, hop, isBorrowed, &ends) }
        try await hop.content(content)
        return Prepared(copy: number, hop: hop, accepted: accepted, isBorrowed: isBorrowed)
    }

    /// The hop does not take the copy at all.
    private func refuse(
        _ reply: Reply, _ copy: OutgoingCopy, _ hop: HopConnection, _ isBorrowed: Bool, _ ends: inout [RecipientEnd]
    ) async throws(HopFault) -> Prepared? {
        guard reply.isPermanent || copy.isOurs else { throw HopFault(.unreachable, "it says \(reply.summary)") }
        return try await give(
            up: reply.isPermanent ? .refused(reply) : .postponed(reply.summary), hop, isBorrowed, &ends)
    }

    private func give(
        up end: RecipientEnd, _ hop: HopConnection, _ isBorrowed: Bool, _ ends: inout [RecipientEnd]
    ) async throws(HopFault) -> Prepared? {
        for index in ends.indices { ends[index] = end }
        if isBorrowed { _ = try await hop.command("RSET") } else { hop.quit() }
        return nil
    }

    private func sayDots(_ prepared: [Prepared], _ ends: inout [[RecipientEnd]]) async throws(DispatchAborted) {
        var hasDelivered = false
        for (turn, one) in prepared.enumerated() {
            one.hop.finalDot()
            do throws(HopFault) {
                let replies = try await self.replies(one)
                for (index, reply) in zip(one.accepted, replies) {
                    ends[one.copy][index] =
                        reply.isSuccess
                        ? .delivered(reply) : reply.isPermanent ? .refused(reply) : .postponed(reply.summary)
                    if reply.isSuccess { hasDelivered = true }
                }
                if !one.isBorrowed { one.hop.quit() }
            } catch {
                one.hop.close()
                for index in one.accepted { ends[one.copy][index] = .postponed(error.description) }
                // Silence is no refusal: the hop may have the message. It is ours from now on, and tried later.
                if error.kind == .silent { hasDelivered = true }
            }
            let isFirstPutOff =
                !hasDelivered && !message.copies[one.copy].isOurs && ends[one.copy].contains(where: \.isPostponed)
            if isFirstPutOff {
                for rest in prepared[(turn + 1)...] { rest.hop.close() }
                throw DispatchAborted(reason: "the next server puts the message off: \(ends[one.copy].firstReason)")
            }
        }
    }

    /// LMTP has one reply for each recipient (RFC 2033 4.2), SMTP one for all.
    private func replies(_ one: Prepared) async throws(HopFault) -> [Reply] {
        let time = max(deadline - NIODeadline.now(), .seconds(1))
        guard one.hop.settings.isLMTP else {
            let reply = try await one.hop.reply(within: time)
            return one.accepted.map { _ in reply }
        }
        var replies: [Reply] = []
        for _ in one.accepted { replies.append(try await one.hop.reply(within: time)) }
        return replies
    }
}

extension RecipientEnd {
    var isDelivered: Bool {
        if case .delivered = self { return true }
        return false
    }

    var isPostponed: Bool {
        if case .postponed = self { return true }
        return false
    }
}

extension [RecipientEnd] {
    fileprivate var firstReason: String {
        for case .postponed(let reason) in self { return reason }
        return ""
    }
}
