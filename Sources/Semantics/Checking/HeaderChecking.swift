import Diagnostics
import Syntax
import Vocabulary

/// What the policy's header says of the policy itself; the organisation goes to the context.
struct CheckedHeader {
    var name: String
    var description: String
    /// Limits that the policy lowers.
    var limits: [DeclaredLimit: Int] = [:]
}

extension CheckContext {
    /// The policy's one header.
    func checkHeader() -> CheckedHeader? {
        var headers: [PolicyHeader] = []
        for case .policy(let node) in modules[0].declarations { headers.append(node) }
        guard let header = headers.first else {
            let file = loaded.trees.first?.file ?? FileID(0)
            reportMissing(SemanticsDiagnostics.noHeader(SourceSpan(file: file, start: 0, end: 0)))
            return nil
        }
        for other in headers.dropFirst() {
            report(SemanticsDiagnostics.secondHeader(other.name, first: header.name.span))
        }
        var checked = CheckedHeader(name: header.name.text, description: "")
        var seen: [String: SourceSpan] = [:]
        for field in header.fields {
            if let word = field.kind.word {
                if let first = seen[word] {
                    report(SemanticsDiagnostics.fieldTwice(field.span, word, first: first))
                    continue
                }
                seen[word] = field.span
            }
            check(field, &checked)
        }
        regardAdministrators(of: header)
        if seen["edition"] == nil { reportMissing(SemanticsDiagnostics.noEdition(header)) }
        return checked
    }

    private func check(_ field: PolicyHeader.Field, _ header: inout CheckedHeader) {
        switch field.kind {
        case .domains(let texts), .networks(let texts), .authServers(let texts):
            // Addresses among them may be the administrators', the word before them being lost.
            if texts.contains(where: { DomainSyntax.address($0.value) != nil }) { hasFaultyAdministrator = true }
        default:
            break
        }
        switch field.kind {
        case .edition(let number):
            if number.integer != 1 { report(SemanticsDiagnostics.unknownEdition(number.span)) }
        case .level(let level):
            levels.add(level, self)
        case .description(let text):
            header.description = text.value
        case .timezone(let text):
            organisation.timeZone = text.value
            if !TimeZoneNames.isKnown(text.value) {
                report(SemanticsDiagnostics.badTimeZone(text, nearest: TimeZoneNames.nearest(text.value)))
            }
        case .language(let names):
            organisation.languages = names.compactMap { name in
                if LanguageTag.isPlausible(name.text) { return name.text }
                report(SemanticsDiagnostics.badLanguage(name))
                return nil
            }
        case .limits(let arguments):
            header.limits = declaredLimits(arguments)
        case .domains(let texts):
            organisation.domains = texts.compactMap { text in
                if let domain = DomainSyntax.ownDomain(text.value) { return domain }
                report(SemanticsDiagnostics.badDomain(text, subject: "domains"))
                return nil
            }
        case .networks(let texts):
            organisation.networks = texts.compactMap { text in
                if let network = Network(text.value) {
                    warnOfHostBits(text)
                    return network
                }
                report(SemanticsDiagnostics.badNetwork(text))
                return nil
            }
        case .admin(let texts):
            organisation.administrators = texts.compactMap { address($0, subject: "admin") }
            if organisation.administrators.count < texts.count { hasFaultyAdministrator = true }
        case .authServers(let texts):
            organisation.authenticationServers = texts.compactMap { text in
                if let domain = DomainSyntax.domain(text.value) { return domain.name.string }
                report(SemanticsDiagnostics.badDomain(text, subject: "auth-servers"))
                return nil
            }
        }
    }

    /// The limits a policy lowers; it cannot raise them.
    private func declaredLimits(_ arguments: [Argument]) -> [DeclaredLimit: Int] {
        var declared: [DeclaredLimit: Int] = [:]
        var seen: [String: SourceSpan] = [:]
        for argument in arguments {
            let name = argument.name
            guard let limit = DeclaredLimit(rawValue: name.text) else {
                report(SemanticsDiagnostics.unknownLimit(name))
                continue
            }
            if let first = seen[name.text] {
                report(SemanticsDiagnostics.fieldTwice(name.span, name.text, first: first))
                continue
            }
            seen[name.text] = name.span
            let greatest = CostLimits()[limit]
            guard case .literal(.quantity(let quantity)) = argument.value, quantity.unit == nil,
                let number = quantity.number.integer, (1...Int64(greatest)).contains(number)
            else {
                report(SemanticsDiagnostics.badLimit(argument.value.span, name.text, greatest: greatest))
                continue
            }
            declared[limit] = Int(number)
        }
        return declared
    }

    /// An address where one must stand, reported where it is none.
    func address(_ text: TextLiteral, subject: String) -> Address? {
        if let address = DomainSyntax.address(text.value) {
            regard(text.value, at: text.span, in: currentLevels)
            return address
        }
        let isDomain = text.value.contains(".") && DomainSyntax.domain(text.value) != nil
        report(SemanticsDiagnostics.badAddress(text, subject: subject, isDomain: isDomain))
        return nil
    }
}

extension PolicyHeader.Field.Kind {
    /// The word it begins with, for fields that stand once.
    fileprivate var word: String? {
        switch self {
        case .edition: "edition"
        case .level: nil
        case .description: "description"
        case .timezone: "timezone"
        case .language: "language"
        case .limits: "limits"
        case .domains: "domains"
        case .networks: "networks"
        case .admin: "admin"
        case .authServers: "auth-servers"
        }
    }
}
