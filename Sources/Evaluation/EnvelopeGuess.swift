import Bytecode
import Message
import Vocabulary

/// Fills what nobody told of an envelope from the message's own fields, for dry-runs over stored mail.
///
/// A guess is never taken for knowledge: each filled field is listed in `Envelope.guessed`, and nothing guessed makes
/// a client authenticated.
enum EnvelopeGuess {
    /// Bound on guessed recipients: a header can name a hundred thousand. As many as costs are reckoned with; what is
    /// left out is said among the guesses, since a policy may count recipients.
    static let recipients = CostLimits().recipients

    /// The envelope with its gaps filled.
    ///
    /// - Parameters:
    ///   - wanted: what may be guessed.
    ///   - organisation: whose mail it is; the guess of the direction rests on it.
    static func complete(
        _ given: Envelope, _ wanted: EnvelopeGuesses, from header: HeaderSection, organisation: Organisation?
    ) -> Envelope {
        var envelope = given
        if wanted.contains(.sender), let sender = mailbox(header, ["Return-Path", "Sender", "From"]) {
            envelope.sender = sender
            envelope.guessed.append("sender")
        }
        if wanted.contains(.recipients) {
            let found = recipients(header)
            envelope.recipients = Array(found.prefix(recipients))
            envelope.guessed.append("recipients")
            if found.count > recipients {
                envelope.guessed.append("only the first \(recipients) of \(found.count) recipients")
            }
        }
        if wanted.contains(.client) {
            if let address = header.newestReceived?.address.flatMap({ IPAddress($0) }) {
                envelope.clientIP = address
                envelope.guessed.append("client.ip")
            }
            if envelope.direction == nil {
                envelope.direction = direction(of: envelope, header, organisation)
                envelope.guessed.append("direction")
            }
        }
        if envelope.receivedAt == nil {
            envelope.receivedAt = header.newestReceived?.date ?? header.date
            if envelope.receivedAt != nil, wanted.contains(.client) { envelope.guessed.append("received-at") }
        }
        return envelope
    }

    /// Stored mail rarely tells where it came from: mail from the organisation's networks or in its name is taken for
    /// outbound, all other for inbound, whoever its recipients are.
    private static func direction(
        of envelope: Envelope, _ header: HeaderSection, _ organisation: Organisation?
    ) -> Direction {
        let isFromUs = mailbox(header, ["From"]).map { organisation?.isOurs($0.domain) ?? false } ?? false
        let isInside = envelope.clientIP.map { address in
            organisation?.networks.contains { $0.contains(address) } ?? false
        }
        return isFromUs || isInside == true ? .outbound : .inbound
    }

    private static func mailbox(_ header: HeaderSection, _ names: [String]) -> Address? {
        for name in names {
            if let first = header.addresses(name).first(where: { !$0.addrSpec.isEmpty }) { return address(first) }
        }
        return nil
    }

    private static func recipients(_ header: HeaderSection) -> [Address] {
        for names in [["Delivered-To"], ["X-Original-To"], ["Envelope-To"], ["To", "Cc"]] {
            var seen: Set<String> = []
            let found = names.flatMap { header.addresses($0) }
                .filter { !$0.addrSpec.isEmpty && seen.insert($0.addrSpec.lowercased()).inserted }
                .map(address)
            if !found.isEmpty { return found }
        }
        return [Address("unknown@invalid")]
    }

    private static func address(_ address: MailAddress) -> Address {
        Address(local: Text(address.localPart), domain: Domain(address.domain))
    }
}
