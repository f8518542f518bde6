import Vocabulary

/// What the direction of a message says of its envelope, by the organisation that judges it
/// (`Organisation.direction(of:for:)`).
struct HonestEnvelope {
    let direction: Direction
    let organisation: Organisation

    /// What is certain of every envelope that goes this way.
    enum Certainty {
        case always
        case never
        case open
    }

    /// The subjects of which anything is certain.
    static let subjects: [Subject] =
        [Fact.authenticated, .clientIP, .recipient].map { .fact(FactReference($0)) }
        + [.fact(FactReference(.recipient, members: [.domain]))]

    /// What is certain of a question with these alternatives.
    func certainty(of alternatives: [Alternative], for subject: Subject) -> Certainty {
        guard case .fact(let reference) = subject else { return .open }
        switch reference.fact {
        // Who logged in, or comes from the organisation's own networks, comes from inside.
        case .authenticated, .clientIP:
            return direction == .inbound && alternatives.allSatisfy(isInside) ? .never : .open
        case .recipient: return ofRecipient(alternatives)
        default: return .open
        }
    }

    private func isInside(_ alternative: Alternative) -> Bool {
        switch alternative {
        case .same(.bool(let isLoggedIn), _): isLoggedIn
        case .same(.ip(let address), _): organisation.networks.contains { $0.contains(address) }
        case .network(let network):
            organisation.networks.contains {
                $0.prefixLength <= network.prefixLength && $0.contains(network.address)
            }
        default: false
        }
    }

    // MARK: Recipients

    private func ofRecipient(_ alternatives: [Alternative]) -> Certainty {
        // A policy without domains takes everybody for a recipient of its own.
        if organisation.domains.isEmpty { return .open }
        if direction == .outbound { return alternatives.allSatisfy(isOnlyOurs) ? .never : .open }
        if !alternatives.contains(where: mayBeOurs) { return .never }
        let coversAll = organisation.domains.allSatisfy { own in
            alternatives.contains { alternative in
                guard let asked = OwnDomain.asked(alternative) else { return false }
                return own.isWithin(asked)
            }
        }
        return coversAll ? .always : .open
    }

    private func isOnlyOurs(_ alternative: Alternative) -> Bool {
        if case .same(.address(let address), _) = alternative { return organisation.isOurs(address.domain) }
        guard let asked = OwnDomain.asked(alternative) else { return false }
        return asked.allSatisfy { one in organisation.domains.contains { one.isWithin([$0]) } }
    }

    private func mayBeOurs(_ alternative: Alternative) -> Bool {
        if case .same(.address(let address), _) = alternative { return organisation.isOurs(address.domain) }
        guard let asked = OwnDomain.asked(alternative) else { return true }
        return asked.contains { one in organisation.domains.contains { $0.meets(one) } }
    }

    /// A mailbox to which a message that goes this way may be sent.
    var recipient: Address {
        guard direction != .outbound, let own = organisation.domains.first else {
            return Address("bob@witness.example")
        }
        return Address("bob@" + (own.isWildcard ? "mail." : "") + own.domain.name.string)
    }
}

extension OwnDomain {
    /// The domains that an alternative asks for; `nil` where it does not ask for whole domains.
    fileprivate static func asked(_ alternative: Alternative) -> [OwnDomain]? {
        switch alternative {
        case .same(.domain(let domain), _): return [OwnDomain(domain)]
        case .under(let domain): return [OwnDomain(domain), OwnDomain(domain, isWildcard: true)]
        case .glob(let pattern):
            let text = String(decoding: pattern, as: UTF8.self)
            guard text.hasPrefix("*@"), !text.dropFirst(2).contains(where: { "*?@".contains($0) }) else { return nil }
            return [OwnDomain(Domain(String(text.dropFirst(2))))]
        default: return nil
        }
    }

    /// Whether each domain that it covers is covered by one of the others.
    fileprivate func isWithin(_ others: [OwnDomain]) -> Bool {
        others.contains { other in
            other == self || other.isWildcard && domain != other.domain && domain.isUnder(other.domain)
        }
    }

    /// Whether some domain is covered by both.
    fileprivate func meets(_ other: OwnDomain) -> Bool {
        isWithin([other]) || other.isWithin([self])
    }
}
