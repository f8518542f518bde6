import MailProtocols
import Operation
import Quarantine
import Vocabulary

/// Whose mail is whose.
struct OrganisationDirectory: Sendable {
    private struct Entry {
        var name: String
        var domains: [OwnDomain]
        var networks: [Network]
    }

    private let entries: [Entry]
    /// Whose everything is that belongs to no other.
    let fallback: String?

    init(_ settings: [OrganisationSettings]) {
        entries = settings.map { one in
            Entry(
                name: one.name, domains: one.domains.map { OwnDomain($0) },
                networks: one.networks.compactMap { Network($0) })
        }
        fallback = settings.first { $0.isDefault }?.name ?? (settings.count == 1 ? settings.first?.name : nil)
    }

    /// The organisation whose mailboxes a domain's are.
    func owner(ofDomain domain: String?) -> String? {
        guard let domain else { return fallback }
        let name = Domain(domain)
        return entries.first { entry in entry.domains.contains { $0.covers(name) } }?.name
    }

    /// The organisation in whose networks a client sits.
    func owner(ofClient address: String?) -> String? {
        guard let address = address.flatMap({ IPAddress($0) }) else { return nil }
        return entries.first { entry in entry.networks.contains { $0.contains(address) } }?.name
    }

    /// The organisations that judge a message for one recipient, in order: the sender's on the way out, then the
    /// recipient's on the way in.
    ///
    /// - Returns: empty where nobody's policy is asked, which is refused.
    func stages(
        for recipient: Mailbox, from sender: ReversePath, client: ClientRecord, role: ListenerSettings.Role
    ) -> [JudgingStage] {
        let inward = owner(ofDomain: recipient.domain)
        let isInside = role == .submission || client.user != nil || owner(ofClient: client.address) != nil
        guard isInside else {
            if let inward { return [JudgingStage(organisation: inward, isOutward: false)] }
            return fallback.map { [JudgingStage(organisation: $0, isOutward: false)] } ?? []
        }
        let outward = owner(ofClient: client.address) ?? owner(ofDomain: sender.mailbox?.domain) ?? fallback
        guard let outward else { return inward.map { [JudgingStage(organisation: $0, isOutward: false)] } ?? [] }
        guard let inward, inward != outward else { return [JudgingStage(organisation: outward, isOutward: true)] }
        return [
            JudgingStage(organisation: outward, isOutward: true), JudgingStage(organisation: inward, isOutward: false),
        ]
    }
}

/// One judgement on the way of a message.
struct JudgingStage: Hashable, Sendable {
    let organisation: String
    /// Whether the organisation sends the message; else it gets it.
    let isOutward: Bool
}
