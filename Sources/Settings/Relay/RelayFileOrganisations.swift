import Operation
import Vocabulary

extension RelayFile {
    /// Whose all mail is where no table says so.
    private static let usualOrganisation = OrganisationSettings(name: "default", domains: [], isDefault: true)

    func organisations(_ root: inout SectionReader) -> [OrganisationSettings] {
        var organisations: [OrganisationSettings] = []
        var domains = OwnedDomains()
        var networks: [OwnedNetwork] = []
        let sections = root.sections("organisation", most: limits.organisations)
        for var section in sections {
            guard let organisation = organisation(&section) else { continue }
            if organisations.contains(where: { $0.name == organisation.name }) {
                section.fault(
                    "two organisations are called “\(organisation.name)”", "give one another name", at: "name")
            }
            if organisation.isDefault, let other = organisations.first(where: \.isDefault) {
                section.fault(
                    "“\(other.name)” and “\(organisation.name)” are both the default",
                    "take `default` out of one of them", at: "default")
            }
            for domain in organisation.domains {
                guard let other = domains.add(OwnDomain(domain), of: organisation.name) else { continue }
                section.fault(
                    "`\(Excerpt.of(domain))` of “\(organisation.name)” overlaps with what “\(other)” has",
                    "let each domain belong to one organisation", at: "domains")
            }
            networks += organisation.networks.compactMap { text in
                Network(text).map { OwnedNetwork(network: $0, owner: organisation.name, section: section) }
            }
            warn(organisation, section, isOnly: sections.count == 1)
            organisations.append(organisation)
        }
        OwnedNetwork.check(networks)
        if !root.has("organisation") {
            organisations = [Self.usualOrganisation]
            root.warn(
                "no organisation is set up: mail is put off until there is one with a policy",
                "begin one by `[[organisation]]`")
        }
        if organisations.count == 1 { organisations[0].isDefault = true }
        if organisations.count > 1, !organisations.contains(where: \.isDefault) {
            root.fault(
                "no organisation is the default: mail of other domains would be nobody's",
                "add `default = true` to one of them", at: "organisation")
        }
        return organisations
    }

    private func organisation(_ section: inout SectionReader) -> OrganisationSettings? {
        let name = section.requiredText("name", example: "acme")
        if let name, !DomainName.isHost(name) {
            section.fault(
                "`name` has other characters than letters, digits, `-` and `_`", "choose a plain, short name",
                at: "name")
        }
        var domains: [String] = []
        for domain in section.texts("domains", example: "acme.example") {
            if DomainName.isPattern(domain) {
                domains.append(domain)
            } else {
                section.fault(
                    "“\(Excerpt.of(domain))” in `domains` is no domain",
                    "write `\"acme.example\"`, or `\"*.acme.example\"` for all beneath", at: "domains")
            }
        }
        var organisation = OrganisationSettings(
            name: name ?? "", domains: domains, networks: section.networks("networks"))
        organisation.isDefault = section.flag("default") ?? false
        organisation.policy = section.file("policy")
        organisation.trustedKeys = section.files("trusted-keys", example: "acme.pub")
        section.finish()
        return name == nil ? nil : organisation
    }

    private func warn(_ organisation: OrganisationSettings, _ section: SectionReader, isOnly: Bool) {
        if organisation.networks.contains(where: { Network($0)?.prefixLength == 0 }) {
            section.fault(
                "all the world is in the networks of “\(organisation.name)”: anyone could send through us",
                "name the networks of its own", at: "networks")
        }
        if organisation.domains.isEmpty, organisation.networks.isEmpty, !organisation.isDefault, !isOnly {
            section.warn(
                "“\(organisation.name)” has neither domains nor networks: only as the default it gets mail",
                "add `domains`", at: "name")
        }
        if organisation.policy == nil, organisation.trustedKeys.isEmpty {
            section.warn(
                "“\(organisation.name)” has no `policy`, and nobody may push one: its mail is put off",
                "name a bundle by `policy`, or keys by `trusted-keys`", at: "name")
        }
    }
}

/// Which organisation has a domain, found without going through all.
private struct OwnedDomains {
    private var exact: [Domain: String] = [:]
    private var wildcards: [Domain: String] = [:]
    /// Of every parent of a domain, whose one such domain is, and a second one's where there are two.
    private var beneath: [Domain: (first: String, second: String?)] = [:]

    /// - Returns: another organisation that has the domain, or some of it.
    mutating func add(_ own: OwnDomain, of owner: String) -> String? {
        let parents = Self.parents(of: own.domain)
        var others: [String?] = parents.map { wildcards[$0] }
        if own.isWildcard {
            others += [wildcards[own.domain], beneath[own.domain]?.first, beneath[own.domain]?.second]
            wildcards[own.domain] = wildcards[own.domain] ?? owner
        } else {
            others.append(exact[own.domain])
            exact[own.domain] = exact[own.domain] ?? owner
        }
        for parent in parents {
            guard let known = beneath[parent] else {
                beneath[parent] = (owner, nil)
                continue
            }
            if known.first != owner { beneath[parent] = (known.first, known.second ?? owner) }
        }
        return others.compactMap(\.self).first { $0 != owner }
    }

    private static func parents(of domain: Domain) -> [Domain] {
        let labels = domain.name.string.split(separator: ".", omittingEmptySubsequences: false)
        return labels.indices.dropFirst().map { Domain(labels[$0...].joined(separator: ".")) }
    }
}

/// A network, and whose it is.
private struct OwnedNetwork {
    var network: Network
    var owner: String
    var section: SectionReader

    /// Networks lie within one another or apart, so that in their order each overlaps with those that enclose it only.
    static func check(_ networks: [OwnedNetwork]) {
        let sorted = networks.sorted {
            let (first, second) = ($0.network, $1.network)
            if first.address.bytes.count != second.address.bytes.count {
                return first.address.bytes.count < second.address.bytes.count
            }
            if first.address.bytes != second.address.bytes {
                return first.address.bytes.lexicographicallyPrecedes(second.address.bytes)
            }
            return first.prefixLength < second.prefixLength
        }
        var enclosing: [OwnedNetwork] = []
        for own in sorted {
            while let last = enclosing.last, !last.network.contains(own.network.address) { enclosing.removeLast() }
            if let other = enclosing.first(where: { $0.owner != own.owner }) {
                own.section.fault(
                    "`\(own.network.base)` of “\(own.owner)” overlaps with what “\(other.owner)” has",
                    "let each network belong to one organisation", at: "networks")
            }
            enclosing.append(own)
        }
    }
}
