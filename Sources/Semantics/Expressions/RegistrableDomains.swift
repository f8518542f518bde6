import Diagnostics
import Syntax
import Vocabulary

/// The public suffixes as far as this run of the checker has them.
enum SuffixesAtHand {
    case notAsked
    /// Missing or faulty, which has been said.
    case none
    case ready(PublicSuffixList, any PublicSuffixes)

    var list: PublicSuffixList? { if case .ready(let list, _) = self { list } else { nil } }
    var table: (any PublicSuffixes)? { if case .ready(_, let table) = self { table } else { nil } }
}

extension CheckContext {
    /// The public suffixes, read when a condition first asks for them.
    ///
    /// - Parameter span: where, for the fault if they are not at hand; it is told once.
    func publicSuffixes(at span: SourceSpan) -> (any PublicSuffixes)? {
        guard case .notAsked = suffixes else { return suffixes.table }
        suffixes = .none
        guard let suffixReader, let file = loaded.publicSuffixes else {
            report(SemanticsDiagnostics.noPublicSuffixes(span))
            return nil
        }
        do throws(PublicSuffixFault) {
            let list = try PublicSuffixList(parsing: file)
            suffixes = .ready(list, try suffixReader.read(list))
        } catch {
            report(SemanticsDiagnostics.badPublicSuffixes(span, error))
        }
        return suffixes.table
    }
}

extension Choice {
    /// What stands to choose from.
    var nodes: [Syntax.Operand] {
        switch values {
        case .one(let node): [node]
        case .any(let all), .all(let all): all
        }
    }
}

extension ExpressionChecker {
    /// Warns of names that no registrable domain can be: `mail.acme.example` is not one, nor is `co.uk`.
    ///
    /// - Parameter below: whether the domain need only lie under the name, as one under `co.uk` does.
    func warnOfSubdomains(_ subject: Operand, _ nodes: [Syntax.Operand], below: Bool = false) {
        guard let suffixes = suffixes(for: subject) else { return }
        for node in nodes {
            if case .literal(.text(let text)) = node.kind {
                guard let domain = DomainSyntax.domain(text.value), !suffixes.canBe(domain, below: below) else {
                    continue
                }
                context.warn(
                    SemanticsDiagnostics.subdomainOfRegistrable(
                        text, subject.description, registrable: suffixes.registrable(of: domain)), in: levels)
            } else if case .fact(let fact) = node.kind, case .list(let list)? = lookUp(fact) {
                warnOfSubdomains(subject, in: list, at: fact.span, below: below)
            }
        }
    }

    /// The same of a list's entries, the first that it is true of.
    func warnOfSubdomains(_ subject: Operand, in list: ResolvedList, at span: SourceSpan, below: Bool = false) {
        guard let suffixes = suffixes(for: subject), list.type == .domain,
            let entry = list.plainEntries.first(where: { !suffixes.canBe(Domain($0), below: below) })
        else { return }
        context.warn(
            SemanticsDiagnostics.entryIsSubdomain(span, list.name, entry: entry, subject.description), in: levels)
    }

    /// The public suffixes where registrable domains are compared.
    private func suffixes(for subject: Operand) -> (any PublicSuffixes)? {
        guard case .fact(let reference) = subject.preferred, reference.members.last == .registrable else { return nil }
        return context.suffixes.table
    }
}

extension PublicSuffixes {
    /// Whether a registrable domain can be this name, or lie under it.
    fileprivate func canBe(_ domain: Domain, below: Bool) -> Bool {
        let own = registrable(of: domain)
        return own == domain || (below && own == nil)
    }
}

extension Operand {
    /// What is asked before any substitute.
    fileprivate var preferred: Operand {
        if case .otherwise(let first, _) = self { return first.preferred }
        return self
    }
}
