import Message
import Vocabulary

/// Fills what nobody told of an envelope from the message's own fields, for dry-runs over stored mail.
///
/// A guess is never taken for knowledge: each filled field is listed in `Envelope.guessed`, and nothing guessed makes
/// a client authenticated.
enum EnvelopeGuess {
    /// Bound on guessed recipients: a header can name thousands.
    static let recipients = 100

    /// The envelope with its gaps filled.
    ///
    /// - Parameter organisation: whose mail it is; a From in its domains makes the message outbound.
    static func complete(
        _ given: Envelope, from bytes: [UInt8], organisation: Organisation?
    ) -> Envelope {
        guard given.sender == nil || given.recipients.isEmpty || given.direction == nil else { return given }
        let header = ParsedMessage(MessageBytes(bytes)).header
        var envelope = given
        if envelope.sender == nil, let sender = returnPath(header) ?? mailbox(header, ["Sender", "From"]) {
            envelope.sender = sender
            envelope.guessed.append("sender")
        }
        if envelope.recipients.isEmpty {
            envelope.recipients = recipients(header)
            envelope.guessed.append("recipients")
        }
        if envelope.direction == nil, envelope.clientIP == nil, envelope.authenticatedUser == nil {
            envelope.direction = direction(header, organisation)
            envelope.guessed.append("direction")
        }
        return envelope
    }

    private static func direction(_ header: HeaderSection, _ organisation: Organisation?) -> Direction {
        let ours = organisation?.domains ?? []
        let isFromUs = mailbox(header, ["From"]).map { from in ours.contains { from.domain == $0 } } ?? false
        return isFromUs ? .outbound : .inbound
    }

    /// The reverse path that the last hop wrote down (RFC 5321, 4.4).
    private static func returnPath(_ header: HeaderSection) -> Address? {
        mailbox(header, ["Return-Path"])
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
                .prefix(recipients).map(address)
            if !found.isEmpty { return found }
        }
        return [Address("unknown@invalid")]
    }

    private static func address(_ address: MailAddress) -> Address {
        Address(local: Text(address.localPart), domain: Domain(address.domain))
    }
}
