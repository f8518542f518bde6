import Vocabulary

/// What the encoder knows of facts beyond their catalogue rows: how many values they have.
///
/// From the way inspection computes them; a fact that is not named here is taken to be absent or to have any number
/// of values.
enum FactKnowledge {
    /// Facts that have at most one value.
    private static let single: Set<Fact> = [
        .direction, .recipient, .sender, .clientIP, .clientName, .tls, .authenticated, .messageSize,
        .messageMalformed, .messageAmbiguous, .messageEncrypted, .messageSigned, .size, .depth, .path, .damaged,
        .sha256, .virus, .declaredType, .contentID, .receivedAt, .receivedHour, .receivedWeekday,
    ]

    /// Those of them that are never absent: they have their value or are unknown, not both.
    private static let settled: Set<Fact> = [
        .direction, .recipient, .tls, .authenticated, .messageSize, .messageMalformed, .messageAmbiguous,
        .messageEncrypted, .messageSigned, .size, .depth, .path, .damaged, .sha256, .virus, .receivedAt, .receivedHour,
        .receivedWeekday,
    ]

    static func isSingle(_ subject: Subject) -> Bool {
        guard case .fact(let reference) = subject else { return false }
        return single.contains(reference.fact) && !reference.asNumber
    }

    /// Whether it has exactly one value unless it is unknown.
    static func isSettled(_ subject: Subject) -> Bool {
        guard case .fact(let reference) = subject else { return false }
        return settled.contains(reference.fact) && !reference.asNumber
            && !reference.members.contains(where: \.canBeAbsent) && !reference.members.contains(.topLevel)
    }

    /// Why values of the subject may be missing.
    static func reasons(_ subject: Subject) -> Reasons {
        switch subject {
        case .fact(let reference):
            return FactCatalogue.row(reference.fact).possibleReasons
        case .constant: return []
        case .otherwise(let first, let second): return reasons(first).union(reasons(second))
        case .containers: return FactCatalogue.row(.type).reasons
        case .unfamiliar: return .all
        }
    }

    /// Whether the policy itself has a say in the fact, so that two policies may see different values: by the servers
    /// it trusts, its time zone, the public suffixes it was compiled with.
    static func dependsOnPolicy(_ reference: FactReference) -> Bool {
        switch reference.fact {
        case .authSPF, .authDKIM, .authDMARC, .receivedHour, .receivedWeekday, .dateHour, .dateWeekday: true
        default: reference.members.contains(where: \.needsPublicSuffixes)
        }
    }
}
