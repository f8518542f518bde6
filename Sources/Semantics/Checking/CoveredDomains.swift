import Diagnostics
import Syntax
import Vocabulary

/// Addresses of our own people whose domain the header's `domains` does not name: mail to them counts as mail to
/// strangers, and no rule `on inbound` sees it.
extension CheckContext {
    /// Warns of an address, or a pattern of addresses, that lies under one of our domains without being covered.
    ///
    /// Once for each domain: a group of a thousand such mailboxes is one mistake.
    func regard(_ text: String, at span: SourceSpan, in rule: WarningLevels? = nil) {
        // After a fault of syntax a domain may only have been skipped.
        if organisation.domains.isEmpty || !isComplete { return }
        guard let named = Self.domain(ofPattern: text),
            let parent = organisation.domains.first(where: { named.domain.isUnder($0.domain) }),
            !organisation.domains.contains(where: { Self.covers($0, named) }),
            uncoveredDomains.insert(named.text).inserted
        else { return }
        warn(
            SemanticsDiagnostics.uncoveredSubdomain(span, named, of: parent.domain, listed: lastDomain(in: span.file)),
            in: rule)
    }

    /// The same for `admin`, which may stand in front of `domains`.
    func regardAdministrators(of header: PolicyHeader) {
        for case .admin(let texts) in header.fields.map(\.kind) {
            for text in texts { regard(text.value, at: text.span) }
        }
    }

    /// Whether every mailbox of `named` is ours by `own`.
    private static func covers(_ own: OwnDomain, _ named: OwnDomain) -> Bool {
        guard named.isWildcard else { return own.covers(named.domain) }
        return own.isWildcard && named.domain.isUnder(own.domain)
    }

    /// What the domain of a pattern is, or, where it has `*` and `?`, under which domain all lie that it can be.
    private static func domain(ofPattern text: String) -> OwnDomain? {
        let name = text.lastIndex(of: "@").map { text[text.index(after: $0)...] } ?? text[...]
        guard let star = name.lastIndex(where: { $0 == "*" || $0 == "?" }) else {
            return DomainSyntax.domain(String(name)).map { OwnDomain($0) }
        }
        // What stands between the last star and the next dot is part of a label: `*lab.acme.example`.
        guard let dot = name[star...].firstIndex(of: ".") else { return nil }
        return DomainSyntax.domain(String(name[name.index(after: dot)...])).map { OwnDomain($0, isWildcard: true) }
    }

    /// The last of the header's domains, where the header stands in that file: corrections stay in one.
    private func lastDomain(in file: FileID) -> SourceSpan? {
        for case .policy(let header) in modules[0].declarations where header.span.file == file {
            for case .domains(let texts) in header.fields.map(\.kind) { return texts.last?.span }
        }
        return nil
    }
}
