import Vocabulary

/// What two policies see alike of a message although their headers may differ.
struct SideSharing {
    /// Facts in which the header has a say.
    let header: Bool
    /// How far lists are looked at.
    let lists: Bool
    /// Which way the message goes.
    let direction: Bool

    init(_ old: CanonicalPolicy, _ new: CanonicalPolicy, _ directions: [Side: Direction]) {
        header =
            Set(old.organisation.authenticationServers) == Set(new.organisation.authenticationServers)
            && old.organisation.timeZone == new.organisation.timeZone
            && (old.suffixes == nil || new.suffixes == nil || old.suffixes == new.suffixes)
        lists = old.limits == new.limits
        direction = directions[.old] == directions[.new]
    }

    /// Whether each condition has the same truth by both.
    var isWhole: Bool { header && lists && direction }

    /// Whether the condition may have one truth by the old policy and another by the new one.
    func tellsApart(_ condition: Condition) -> Bool {
        guard !isWhole else { return false }
        switch condition {
        case .constant: return false
        case .test(let question): return tellsApart(question)
        case .not(let inner): return tellsApart(inner)
        case .all(let inner), .any(let inner), .atLeast(_, let inner): return inner.contains(where: tellsApart)
        case .some(_, _, let body): return !lists || tellsApart(body)
        case .total(let total, _): return tellsApart(total)
        }
    }

    private func tellsApart(_ total: Total) -> Bool {
        switch total {
        case .elements(_, _, let body): !lists || tellsApart(body)
        case .values(let reference, _): !lists || tellsApart(.fact(reference))
        case .sum(let reference, _, _, let body), .distinct(let reference, _, _, let body):
            !lists || tellsApart(.fact(reference)) || tellsApart(body)
        case .matches(_, let subject): !lists || tellsApart(subject)
        case .score(let rows): rows.contains { tellsApart($0.when) }
        }
    }

    private func tellsApart(_ question: Question) -> Bool {
        switch question {
        case .exists(let subject), .oneOf(let subject, _): tellsApart(subject)
        case .mentions(let subject, _, _, let inTotal): inTotal && !lists || tellsApart(subject)
        case .related(let first, _, let second): tellsApart(first) || tellsApart(second)
        case .inside: false
        case .unfamiliar: true
        }
    }

    private func tellsApart(_ subject: Subject) -> Bool {
        switch subject {
        case .fact(let reference):
            !direction && reference.fact == .direction || !header && FactKnowledge.dependsOnPolicy(reference)
        case .constant: false
        case .otherwise(let first, let second): tellsApart(first) || tellsApart(second)
        case .containers: false
        // It may read anything.
        case .unfamiliar: true
        }
    }
}
