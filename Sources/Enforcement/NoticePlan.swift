import Vocabulary

/// What decisions ask for, each addressee once, and which notices nobody gets.
struct NoticePlan {
    private(set) var orders: [TextOrder] = []
    private(set) var unwritten: [UnwrittenNotice] = []
    private var numbers: [[UInt8]: Int] = [:]
    private var seen: Set<UnwrittenNotice> = []
    private let limit: Int

    /// - Parameters:
    ///   - isAutomatic: whether a program may have sent the message.
    init(
        _ decisions: [Decision], envelope: Envelope, organisation: Organisation, limit: Int,
        isAutomatic: () -> Bool
    ) {
        self.limit = limit
        let isInside = organisation.isInside(envelope)
        var automatic: Bool?
        for decision in decisions {
            for planned in decision.actions {
                guard case .notify(let whom, let template, let even) = planned.action else { continue }
                switch whom {
                case .recipient: add(whom, decision.recipient, planned.rule, template, decision)
                case .mailbox(let address): add(whom, address, planned.rule, template, decision)
                case .administrator:
                    if organisation.administrators.isEmpty { leaveOut(planned.rule, whom, .noAdministrator) }
                    for address in organisation.administrators { add(whom, address, planned.rule, template, decision) }
                case .sender:
                    guard let sender = envelope.sender else {
                        leaveOut(planned.rule, whom, .noSender)
                        continue
                    }
                    let isMachine = automatic ?? (Self.isMachine(sender) || isAutomatic())
                    automatic = isMachine
                    if isMachine {
                        leaveOut(planned.rule, whom, .automatic)
                    } else if !isInside && !even {
                        leaveOut(planned.rule, whom, .unauthenticated)
                    } else {
                        add(whom, sender, planned.rule, template, decision)
                    }
                }
            }
        }
    }

    /// Addresses behind which programs stand (RFC 3834, section 2).
    private static func isMachine(_ address: Address) -> Bool {
        let local = String(decoding: address.local.folded, as: UTF8.self)
        return local == "mailer-daemon" || local.hasPrefix("owner-") || local.hasSuffix("-request")
    }

    private mutating func add(
        _ role: Addressee, _ address: Address, _ rule: String, _ template: String?, _ decision: Decision
    ) {
        guard let number = numbers[address.folded] else {
            guard orders.count < limit else { return leaveOut(rule, role, .overLimit) }
            guard FieldWriting.mailbox(address) != nil else { return leaveOut(rule, role, .badAddress) }
            numbers[address.folded] = orders.count
            orders.append(
                TextOrder(
                    role: role, address: address, rule: rule, template: template, rules: [rule],
                    decisions: [decision]))
            return
        }
        orders[number].rules.insert(rule)
        if rule < orders[number].rule {
            orders[number].rule = rule
            orders[number].template = template
        }
        if orders[number].decisions.last?.recipient != decision.recipient {
            orders[number].decisions.append(decision)
        }
    }

    private mutating func leaveOut(_ rule: String, _ role: Addressee, _ cause: UnwrittenNotice.Cause) {
        let notice = UnwrittenNotice(rule: rule, role: role.name, cause: cause)
        if seen.insert(notice).inserted { unwritten.append(notice) }
    }
}
