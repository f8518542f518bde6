import Foundation
import MailProtocols
import NIOCore
import NIOSSL
import Operation
import Quarantine
import Vocabulary

/// One client's talk in SMTP or LMTP, from greeting to goodbye.
struct MailSession {
    private let listener: ListenerContext
    private let isStopping: @Sendable () -> Bool
    private var reader: WireReader
    private let parser = CommandParser()
    private var client: ClientRecord
    private let isTrusted: Bool
    private var hasGreeted = false
    private var refused = 0
    private var usual: HopConnection?
    /// What the usual hop was told of the client.
    private var told: ClientRecord?
    private var transaction: Transaction?
    /// Whether the hop that had the beginning of the transaction is gone: the rest would mean nothing to another.
    private var isBroken = false
    private var stages: [[JudgingStage]] = []
    private var content: ContentCollector?
    private var begun = ContinuousClock.now
    /// Answered, but not yet seen to be taken.
    private var open: MessageDesk.Answer?

    /// - Parameter isStopping: whether the session is to end after the message that it is at.
    init(_ wire: Wire, _ listener: ListenerContext, isStopping: @escaping @Sendable () -> Bool) {
        self.listener = listener
        self.isStopping = isStopping
        reader = WireReader(wire)
        let address = wire.channel.remoteAddress?.ipAddress
        client = ClientRecord(address: address, listener: listener.settings.name)
        isTrusted = listener.isTrusted(address)
    }

    private var isLMTP: Bool { listener.settings.scheme == .lmtp }
    private var limits: RelayLimits { listener.limits }
    private var idle: TimeAmount { .seconds(Int64(limits.idleSeconds)) }

    private enum Next {
        case goOn
        case end
    }

    /// Runs to the end of the connection.
    mutating func run() async {
        await say(Reply(220, nil, "\(listener.hostName) \(isLMTP ? "LMTP" : "ESMTP") Lazaret"))
        var next = Next.goOn
        while case .goOn = next {
            guard !(isStopping() || listener.isRetired) || transaction != nil else {
                await say(Reply(421, EnhancedStatus(4, 3, 2), "\(listener.hostName) stops"))
                break
            }
            do throws(WireFault) {
                next = try await step()
            } catch {
                if error == .timedOut { await say(Reply(421, EnhancedStatus(4, 4, 2), "nothing came for too long")) }
                if let open { await listener.desk.notTaken(open) }
                open = nil
                next = .end
            }
        }
        content?.release()
        usual?.quit()
        reader.wire.close()
    }

    private mutating func step() async throws(WireFault) -> Next {
        let line = try await reader.line(upTo: ProtocolLimits().commandBytes, within: idle)
        if let open {
            await listener.desk.taken(open)
            self.open = nil
        }
        do throws(Reply) {
            guard case .line(let bytes) = line else { throw Self.tooLong }
            return try await obey(try parser.command(bytes[...]))
        } catch {
            refused += 1
            if error.code == 421 || refused > limits.refusedCommands {
                await say(error.code == 421 ? error : Reply(421, EnhancedStatus(4, 7, 0), "too many errors"))
                return .end
            }
            await say(error)
            return .goOn
        }
    }

    private static let tooLong = Reply(500, EnhancedStatus(5, 5, 2), "the line is too long")
    private static let outOfOrder = Reply(503, EnhancedStatus(5, 5, 1), "the command does not stand there")

    private func say(_ reply: Reply) async {
        var buffer = reader.wire.channel.allocator.buffer(capacity: 128)
        buffer.writeBytes(reply.wire)
        reader.wire.send(buffer)
    }

    private mutating func obey(_ command: Command) async throws(Reply) -> Next {
        switch command {
        case .helo(let name), .ehlo(let name):
            guard !isLMTP else { throw Reply(500, EnhancedStatus(5, 5, 1), "this is LMTP: LHLO") }
            var isExtended = false
            if case .ehlo = command { isExtended = true }
            await greet(name, isExtended: isExtended)
        case .lhlo(let name):
            guard isLMTP else { throw Reply(500, EnhancedStatus(5, 5, 1), "this is SMTP: EHLO") }
            await greet(name, isExtended: true)
        case .mail(let path, let parameters): try await mail(path, parameters)
        case .rcpt(let mailbox, let parameters): try await rcpt(mailbox, parameters)
        case .data: return try await data()
        case .bdat(let size, let isLast): return try await bdat(size, isLast: isLast)
        case .rset:
            await reset()
            await say(Reply(250, Settler.accepted, "forgotten"))
        case .noop: await say(Reply(250, Settler.accepted, "still here"))
        case .vrfy: await say(Reply(252, EnhancedStatus(2, 5, 2), "send it and see"))
        case .startTLS: return try await startTLS()
        case .xforward(let attributes): try await xforward(attributes)
        case .quit:
            await say(Reply(221, Settler.accepted, "goodbye"))
            return .end
        }
        return .goOn
    }

    // MARK: Greeting

    private mutating func greet(_ name: String, isExtended: Bool) async {
        await reset()
        hasGreeted = true
        if !isTrusted || client.greeting == nil { client.greeting = name }
        client.scheme = isLMTP ? "LMTP" : isExtended ? client.isTLS ? "ESMTPS" : "ESMTP" : "SMTP"
        guard isExtended else { return await say(Reply(250, nil, listener.hostName)) }
        let capabilities = (try? await usualHop())?.capabilities
        var lines = [listener.hostName, "PIPELINING", "ENHANCEDSTATUSCODES", "CHUNKING"]
        let largest = [limits.messageBytes, capabilities?.largestMessage ?? limits.messageBytes].min() ?? 0
        lines.append("SIZE \(largest)")
        // We offer what the next server offers: nothing is converted here.
        if capabilities?.offersEightBit ?? true { lines.append("8BITMIME") }
        if capabilities?.offersInternational ?? false { lines.append("SMTPUTF8") }
        if capabilities?.offersDeliveryStatus ?? false { lines.append("DSN") }
        if listener.tls != nil, !client.isTLS { lines.append("STARTTLS") }
        if isTrusted { lines.append("XFORWARD NAME ADDR PORT PROTO HELO IDENT SOURCE") }
        await say(Reply(250, nil, lines: lines))
    }

    private mutating func startTLS() async throws(Reply) -> Next {
        guard let context = listener.tls else {
            throw Reply(502, EnhancedStatus(5, 5, 1), "the command is not offered here")
        }
        guard !client.isTLS, transaction == nil else { throw Self.outOfOrder }
        // What was sent behind the command in the clear must not be read as if it had been protected.
        guard !reader.hasRest else {
            throw Reply(421, EnhancedStatus(4, 7, 0), "nothing may follow STARTTLS before TLS has begun")
        }
        var ready = reader.wire.channel.allocator.buffer(capacity: 32)
        ready.writeBytes(Reply(220, Settler.accepted, "begin").wire)
        do throws(WireFault) {
            try await reader.wire.startTLS({ NIOSSLServerHandler(context: context) }, after: ready)
        } catch {
            return .end
        }
        client.isTLS = true
        hasGreeted = false
        await reset()
        return .goOn
    }

    private mutating func xforward(_ attributes: XForwardAttributes) async throws(Reply) {
        guard isTrusted else { throw Reply(550, EnhancedStatus(5, 7, 1), "you may not use XFORWARD") }
        guard transaction == nil else { throw Self.outOfOrder }
        let values = attributes.values
        if let address = values[.address] {
            client.address = address.map { $0.uppercased().hasPrefix("IPV6:") ? String($0.dropFirst(5)) : $0 }
        }
        if let name = values[.name] { client.name = name }
        if let greeting = values[.greeting] { client.greeting = greeting }
        if let scheme = values[.scheme] { client.scheme = scheme }
        await say(Reply(250, Settler.accepted, "noted"))
    }

    // MARK: Envelope

    /// A connection to the usual hop that knows this client.
    private mutating func usualHop() async throws(Reply) -> HopConnection {
        do throws(HopFault) {
            if let usual {
                if told == client { return usual }
                if let line = EnvelopeCommands(capabilities: usual.capabilities).xforward(client) {
                    _ = try await usual.command(line)
                }
                told = client
                return usual
            }
            let hop = try await listener.desk.hops.open(nil, for: client)
            usual = hop
            told = client
            return hop
        } catch {
            dropHop()
            listener.desk.log(
                RelayEvent(.alarm, "next server unreachable", [("listener", client.listener), ("reason", "\(error)")]))
            throw Reply(451, EnhancedStatus(4, 4, 1), "the next server cannot be reached; try again later")
        }
    }

    private mutating func dropHop() {
        usual?.close()
        usual = nil
        isBroken = transaction != nil
    }

    private static let brokenOff = Reply(
        451, EnhancedStatus(4, 4, 2), "the next server broke off; try again later")

    /// Asks the hop, once more where an idle connection turns out to be gone.
    private mutating func ask(_ isFirst: Bool, _ line: (HopCapabilities) -> String) async throws(Reply) -> Reply {
        for isRetry in [false, true] {
            let hop = try await usualHop()
            do throws(HopFault) {
                let reply = try await hop.command(line(hop.capabilities))
                guard reply.code != 421 else { throw HopFault(.cut, reply.summary) }
                return reply
            } catch {
                dropHop()
                guard isFirst, !isRetry else { throw Self.brokenOff }
            }
        }
        throw Self.brokenOff
    }

    private mutating func mail(_ path: ReversePath, _ parameters: MailParameters) async throws(Reply) {
        guard hasGreeted, transaction == nil else { throw Self.outOfOrder }
        if let size = parameters.size, size > limits.messageBytes {
            throw Reply(552, EnhancedStatus(5, 3, 4), "the message is larger than \(limits.messageBytes) bytes")
        }
        begun = .now
        var parameters = parameters
        parameters.claimedSubmitter = nil
        let begun = Transaction(from: path, parameters)
        let reply = try await ask(true) { capabilities in
            EnvelopeCommands(capabilities: capabilities).mail(
                begun, size: parameters.size, hasEightBit: parameters.isEightBit)
        }
        guard reply.isSuccess else { throw reply }
        transaction = begun
        await say(Reply(250, EnhancedStatus(2, 1, 0), "sender taken"))
    }

    private mutating func rcpt(_ mailbox: Mailbox, _ parameters: RecipientParameters) async throws(Reply) {
        guard let transaction else { throw Self.outOfOrder }
        guard !isBroken else { throw Self.brokenOff }
        guard transaction.recipients.count < limits.recipients else {
            throw Reply(452, EnhancedStatus(4, 5, 3), "too many recipients; send the rest in another message")
        }
        let path = listener.directory.stages(
            for: mailbox, from: transaction.reversePath, client: client, role: listener.settings.role)
        let isOurs = listener.directory.owner(ofDomain: mailbox.domain) != nil
        let isInside = path.first?.isOutward ?? false
        guard !path.isEmpty, isTrusted || isOurs || isInside else {
            throw Reply(550, EnhancedStatus(5, 7, 1), "mail for that domain is not relayed from there")
        }
        if listener.splitsOrganisations, let first = stages.first, first != path {
            throw Reply(452, EnhancedStatus(4, 5, 3), "recipients of one organisation at a time; send again")
        }
        let recipient = Transaction.Recipient(mailbox, parameters)
        let reply = try await ask(false) { capabilities in
            EnvelopeCommands(capabilities: capabilities).rcpt(recipient)
        }
        guard reply.isSuccess else { throw reply }
        self.transaction?.recipients.append(recipient)
        stages.append(path)
        await say(Reply(250, EnhancedStatus(2, 1, 5), "recipient taken"))
    }

    private mutating func reset() async {
        content?.release()
        content = nil
        stages = []
        isBroken = false
        guard transaction != nil else { return }
        transaction = nil
        guard let usual else { return }
        do throws(HopFault) {
            _ = try await usual.command("RSET")
        } catch {
            dropHop()
        }
    }

    // MARK: Content

    private mutating func data() async throws(Reply) -> Next {
        guard let transaction, content == nil else { throw Self.outOfOrder }
        guard !transaction.recipients.isEmpty else {
            throw isBroken ? Self.brokenOff : Reply(554, EnhancedStatus(5, 5, 1), "no recipient was taken")
        }
        guard !isBroken else { throw Self.brokenOff }
        await say(Reply(354, nil, "the message, then a dot on a line of its own"))
        var collector = ContentCollector(framing: .dot, limits: limits, memory: listener.memory)
        do throws(WireFault) {
            while !collector.isAtEnd {
                var piece = try await reader.piece(within: idle)
                collector.take(&piece)
                if piece.readableBytes > 0 { reader.putBack(piece) }
            }
        } catch {
            collector.release()
            return .end
        }
        content = collector
        await conclude()
        return .goOn
    }

    private mutating func bdat(_ size: Int, isLast: Bool) async throws(Reply) -> Next {
        // The bytes come whatever we answer (RFC 3030 2).
        let isExpected = transaction.map { !$0.recipients.isEmpty } ?? false
        var collector = content ?? ContentCollector(framing: .counted, limits: limits, memory: listener.memory)
        var left = size
        do throws(WireFault) {
            while left > 0 {
                var piece = try await reader.piece(within: idle)
                var own = piece.readSlice(length: min(left, piece.readableBytes)) ?? ByteBuffer()
                left -= own.readableBytes
                if isExpected { collector.take(&own) }
                if piece.readableBytes > 0 { reader.putBack(piece) }
            }
        } catch {
            collector.release()
            return .end
        }
        guard isExpected else {
            collector.release()
            throw Self.outOfOrder
        }
        content = collector
        guard isLast else {
            if let refusal = collector.refusal {
                await reset()
                throw refusal
            }
            await say(Reply(250, Settler.accepted, "\(size) bytes taken"))
            return .goOn
        }
        content?.finish()
        await conclude()
        return .goOn
    }

    /// Answers for the message that has come whole.
    private mutating func conclude() async {
        guard let transaction, let collector = content else { return }
        defer {
            collector.release()
            content = nil
            stages = []
            self.transaction = nil
            isBroken = false
        }
        if let refusal = collector.refusal ?? (isBroken ? Self.brokenOff : nil) {
            await answer(with: transaction.recipients.map { _ in refusal }, refusal)
            self.transaction = transaction
            await reset()
            return
        }
        let now = Int64(Date().timeIntervalSince1970)
        let id = TransactionID.next(at: now)
        let trace = isTrusted ? [] : TraceField(hostName: listener.hostName, client: client, id: id, seconds: now).bytes
        let message = ReceivedMessage(
            id: id, bytes: trace + collector.bytes, transaction: transaction, client: client,
            stages: stages, receivedAt: now,
            deadline: .now() + .seconds(Int64(limits.deadlineSeconds)),
            receivingMicroseconds: (ContinuousClock.now - begun).wholeMicroseconds)
        let wire = reader.wire
        let answered = await listener.desk.answer(
            message, scope: isLMTP ? .recipient : .message, usual: usual,
            isClientThere: { await !wire.hasEnded })
        await answer(with: answered.settlement.replies, answered.settlement.whole)
        // In LMTP each recipient has its own answer, and who was told `250` is not tried again.
        if !isLMTP, answered.settlement.whole.isTransient {
            await listener.desk.notTaken(answered)
        } else {
            open = answered
        }
        await settleHop()
    }

    /// LMTP: one reply for each recipient that was taken.
    private func answer(with replies: [Reply], _ whole: Reply) async {
        guard isLMTP else { return await say(whole) }
        for reply in replies { await say(reply) }
    }

    /// The hop's connection serves the next message, if it is still in step.
    private mutating func settleHop() async {
        guard let usual else { return }
        do throws(HopFault) {
            let reply = try await usual.command("RSET")
            if !reply.isSuccess { dropHop() }
        } catch {
            dropHop()
        }
    }
}
