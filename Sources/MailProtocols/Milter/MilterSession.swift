/// One connection of a mail server to its filter, without the socket: packets in, events out; verdicts in, packets out.
///
/// It asks the mail server to wait for nothing but the end of a message (and for recipients, where they are judged one by
/// one), so a mail costs one exchange. A mail server that cannot leave the waiting out is answered at each step.
public struct MilterSession: Sendable {
    private enum Phase: Hashable {
        case negotiation
        /// Before a client.
        case idle
        /// Between two messages.
        case connected
        case envelope
        /// A recipient waits for its answer.
        case recipient
        case headers
        case body
        /// The message waits for its verdict.
        case verdict
        case ended
    }

    private let limits: MilterLimits
    private let judgesRecipients: Bool
    private var reader: MilterPacketReader
    private var phase = Phase.negotiation
    private var output: [UInt8] = []
    /// What the two sides agreed on.
    private var agreed = MilterOffer(version: 0, actions: [], steps: [])
    private var peer = MilterPeer(name: "", place: .unknown)
    private var greeting: String?
    /// By the command that they stand before. A later packet takes the place of an earlier one, so they stay bounded.
    private var macros: [UInt8: [MilterMacro]] = [:]
    private var assembly = MilterAssembly()
    private var number = 0
    /// What the message that waits for its verdict is compared with, when its changes are told.
    private var judged: MilterMessage?

    /// - Parameter judgesRecipients: makes each RCPT wait for an answer of its own.
    public init(limits: MilterLimits = MilterLimits(), judgesRecipients: Bool = false) {
        self.limits = limits
        self.judgesRecipients = judgesRecipients
        reader = MilterPacketReader(limits: limits)
    }

    /// What the mail server lets us do.
    public var actions: MilterActions { agreed.actions }

    /// Bytes of the message under way.
    public var heldBytes: Int { max(assembly.content.count, judged?.content.count ?? 0) }

    /// What is to be sent to the mail server; empty afterwards.
    public mutating func takeOutput() -> [UInt8] {
        defer { output = [] }
        return output
    }

    /// Takes what the mail server sent, in pieces of any size.
    ///
    /// - Throws: `MilterFault`; the connection must be closed then.
    public mutating func take(_ bytes: some Collection<UInt8>) throws(MilterFault) -> [MilterEvent] {
        reader.take(bytes)
        var events: [MilterEvent] = []
        while phase != .ended, let packet = try reader.next() {
            try obey(try MilterCommand(packet, limits: limits), packet.command, &events)
        }
        return events
    }

    // MARK: Commands

    private mutating func obey(
        _ command: MilterCommand, _ letter: UInt8, _ events: inout [MilterEvent]
    ) throws(MilterFault) {
        switch command {
        case .negotiate(let offer): try negotiate(offer, letter)
        case .macros(let stage, let values):
            try expect(phase != .negotiation, letter)
            macros[stage] = values
        case .connect(let client):
            try expect(phase == .idle, letter)
            peer = client
            phase = .connected
            answerUnless(.unansweredConnect)
        case .greeting(let name):
            // A greeting in an envelope is followed by `abort`.
            try expect(phase == .connected || phase == .envelope, letter)
            greeting = String(decoding: name, as: UTF8.self)
            answerUnless(.unansweredGreeting)
        case .mail(let arguments):
            try expect(phase == .connected, letter)
            assembly = MilterAssembly(arguments, limits: limits)
            phase = .envelope
            answerUnless(.unansweredMail)
        case .recipient(let arguments):
            try expect(phase == .envelope, letter)
            recipient(arguments, &events)
        case .data:
            try expect(phase == .envelope, letter)
            answerUnless(.unansweredData)
        case .header, .endOfHeaders, .body, .endOfBody: try content(command, letter, &events)
        case .abort: try abort(letter, &events)
        case .quit, .quitForNext:
            if phase == .verdict { events.append(.abandoned(number: number)) }
            forgetMessage()
            (greeting, macros) = (nil, [:])
            phase = command == .quit ? .ended : .idle
            if command == .quit { events.append(.ended) }
        case .unknown:
            try expect(phase == .connected || phase == .envelope, letter)
            answerUnless(.unansweredUnknown)
        }
    }

    private func expect(_ holds: Bool, _ letter: UInt8) throws(MilterFault) {
        guard holds else { throw .unexpected(letter) }
    }

    /// Asks for all that a verdict may need and the mail server has.
    private mutating func negotiate(_ offer: MilterOffer, _ letter: UInt8) throws(MilterFault) {
        try expect(phase == .negotiation, letter)
        guard offer.version >= 2 else { throw .version(offer.version) }
        let actions: MilterActions = [
            .addHeaders, .changeBody, .addRecipients, .deleteRecipients, .changeHeaders, .changeSender,
        ]
        var steps: MilterSteps = [
            .unansweredConnect, .unansweredGreeting, .unansweredMail, .unansweredData, .unansweredHeaders,
            .unansweredEndOfHeaders, .unansweredBody, .unansweredUnknown, .omitsUnknown, .keepsLeadingSpace,
        ]
        if !judgesRecipients { steps.insert(.unansweredRecipients) }
        agreed = MilterOffer(
            version: min(6, offer.version), actions: offer.actions.intersection(actions),
            steps: offer.steps.intersection(steps))
        phase = .idle
        say(.negotiated(agreed))
    }

    private mutating func recipient(_ arguments: [ArraySlice<UInt8>], _ events: inout [MilterEvent]) {
        let added = assembly.addRecipient(arguments, limits: limits)
        guard judgesRecipients else { return answerUnless(.unansweredRecipients) }
        switch added {
        case .success(let recipient):
            phase = .recipient
            events.append(.recipient(recipient, of: assembly.transaction))
        // It alone is refused; the mail server goes on without it.
        case .failure(let refusal): say(.reply(refusal))
        }
    }

    private mutating func content(
        _ command: MilterCommand, _ letter: UInt8, _ events: inout [MilterEvent]
    ) throws(MilterFault) {
        switch command {
        case .header(let name, let value):
            try expect(phase == .envelope || phase == .headers, letter)
            phase = .headers
            assembly.addField(
                name: Array(name), value: Array(value), hasSpace: agreed.steps.contains(.keepsLeadingSpace),
                limits: limits)
            answerUnless(.unansweredHeaders)
        case .endOfHeaders:
            try expect(phase == .envelope || phase == .headers, letter)
            phase = .body
            assembly.endHeaders(limits: limits)
            answerUnless(.unansweredEndOfHeaders)
        case .body(let bytes):
            try expect(phase == .body, letter)
            assembly.add(bytes, limits: limits)
            answerUnless(.unansweredBody)
        case .endOfBody(let bytes):
            try expect(phase == .body, letter)
            assembly.add(bytes, limits: limits)
            end(&events)
        default: throw .unexpected(letter)
        }
    }

    private mutating func end(_ events: inout [MilterEvent]) {
        number += 1
        if let refusal = assembly.refusal {
            say(.reply(refusal))
            return finishMessage()
        }
        let message = MilterMessage(
            number: number, transaction: assembly.transaction, peer: peer, greeting: greeting,
            macros: mergedMacros, content: assembly.content, fields: assembly.fields, bodyStart: assembly.bodyStart)
        assembly = MilterAssembly()
        judged = message
        phase = .verdict
        events.append(.message(message))
    }

    private mutating func abort(_ letter: UInt8, _ events: inout [MilterEvent]) throws(MilterFault) {
        try expect(phase != .negotiation, letter)
        guard phase != .idle else { return }
        if phase == .verdict { events.append(.abandoned(number: number)) }
        finishMessage()
    }

    // MARK: Answers

    /// Answers for the recipient that waits.
    ///
    /// - Parameter refusal: `nil` takes it.
    public mutating func answerRecipient(_ refusal: Reply?) {
        guard phase == .recipient else { return }
        phase = .envelope
        guard let refusal else { return say(.continue) }
        assembly.removeLastRecipient()
        say(.reply(refusal))
    }

    /// Tells the mail server what becomes of a message. Nothing happens where nobody waits for it any more.
    ///
    /// - Returns: whether the mail server was told; an answer that needs what it doesn't allow becomes `451 4.3.5`, and
    ///   false is returned as well.
    @discardableResult
    public mutating func answer(_ number: Int, _ answer: MilterAnswer) -> Bool {
        guard phase == .verdict, number == self.number, let message = judged else { return false }
        defer { finishMessage() }
        switch answer {
        case .reply(let reply): say(.reply(reply))
        case .discard: say(.discard)
        case .deliver(let delivery):
            guard
                let changes = MilterChanges(
                    of: message, delivery, keepsLeadingSpace: agreed.steps.contains(.keepsLeadingSpace)),
                agreed.actions.isSuperset(of: changes.needed)
            else {
                say(.reply(Refusals.milterAbility))
                return false
            }
            for change in changes.replies { say(change) }
            say(.continue)
        }
        return true
    }

    /// Tells the mail server that the verdict is still being made, so that it waits on.
    public mutating func reportProgress() {
        if phase == .verdict { say(.progress) }
    }

    private mutating func say(_ reply: MilterReply) { output += reply.wire }

    private mutating func answerUnless(_ step: MilterSteps) {
        if !agreed.steps.contains(step) { say(.continue) }
    }

    // MARK: Between messages

    /// The client and what it said in greeting stay.
    private mutating func finishMessage() {
        forgetMessage()
        phase = .connected
        let ofConnection = [UInt8(ascii: "C"), UInt8(ascii: "H")]
        macros = macros.filter { ofConnection.contains($0.key) }
    }

    private mutating func forgetMessage() {
        assembly = MilterAssembly()
        judged = nil
    }

    /// In the order of the commands, a later value in the place of an earlier one.
    private var mergedMacros: [String: String] {
        "CHMRTLNBE".utf8.reduce(into: [:]) { merged, stage in
            for macro in macros[stage] ?? [] { merged[macro.name] = macro.value }
        }
    }
}
