import Operation
import Vocabulary

/// A listener with the table that declares it, for what is told of it later.
struct DeclaredListener {
    var settings: ListenerSettings
    var section: SectionReader
}

extension RelayFile {
    /// Where Postfix hands mail over when no table says so.
    private static let usualListener = ListenerSettings(
        name: "proxy", address: .network(host: "127.0.0.1", port: 10_025), scheme: .smtp, role: .inbound,
        trustedPeers: ["127.0.0.0/8", "::1/128"])

    func listeners(_ root: inout SectionReader, _ organisations: [OrganisationSettings]) -> [DeclaredListener] {
        var listeners: [DeclaredListener] = []
        for var section in root.sections("listener", most: limits.entries) {
            guard let settings = listener(&section) else { continue }
            check(settings, section, organisations)
            if listeners.contains(where: { $0.settings.name == settings.name }) {
                section.fault(
                    "two listeners are called “\(settings.name)”", "give one another name", at: "name")
            }
            let other = listeners.first {
                $0.settings.address.receives(settings.address) || settings.address.receives($0.settings.address)
            }
            if let other {
                section.fault(
                    "“\(settings.name)” listens where “\(other.settings.name)” does: \(settings.address)",
                    "give one of them another address", at: "address")
            }
            listeners.append(DeclaredListener(settings: settings, section: section))
        }
        guard !root.has("listener") else { return listeners }
        return [DeclaredListener(settings: Self.usualListener, section: root)]
    }

    private func listener(_ section: inout SectionReader) -> ListenerSettings? {
        let name = section.requiredText("name", example: "proxy")
        if let name, !DomainName.isHost(name) {
            section.fault(
                "`name` has other characters than letters, digits, `-` and `_`", "choose a plain, short name",
                at: "name")
        }
        let hasAddress = section.has("address")
        let address = section.place("address", example: "127.0.0.1:10025")
        if !hasAddress {
            section.fault("`address` is missing", "add a line such as `address = \"127.0.0.1:10025\"`")
        }
        let scheme: ListenerSettings.Scheme = section.word("scheme") ?? .smtp
        let role: ListenerSettings.Role = section.word("role") ?? .inbound
        let peers = section.networks("trusted-peers")
        let identity = section.identity()
        section.finish()
        guard let name, let address else { return nil }
        return ListenerSettings(
            name: name, address: address, scheme: scheme, role: role, trustedPeers: peers, tls: identity)
    }

    private func check(
        _ listener: ListenerSettings, _ section: SectionReader, _ organisations: [OrganisationSettings]
    ) {
        if listener.trustedPeers.contains(where: { Network($0)?.prefixLength == 0 }) {
            section.fault(
                "`trusted-peers` trusts everybody: anyone could say that mail came from anywhere",
                "name the networks of the servers in front", at: "trusted-peers")
        }
        // Who may reach a socket in the file system is trusted: its permissions say who that is.
        if listener.role == .submission, case .network = listener.address, listener.trustedPeers.isEmpty,
            organisations.allSatisfy({ $0.networks.isEmpty })
        {
            section.fault(
                "nobody can submit mail by “\(listener.name)”: it trusts no server in front, and no organisation has "
                    + "networks", "name the edges by `trusted-peers`, or give an organisation `networks`", at: "role")
        }
        if !listener.address.isLoopback, listener.tls == nil, listener.scheme == .smtp {
            section.warn(
                "“\(listener.name)” can be reached from other machines and offers no TLS",
                "name a `certificate` and its `key`, or listen on loopback", at: "address")
        }
        if listener.scheme == .milter, listener.tls != nil {
            section.fault("a milter speaks no TLS", "take `certificate` and `key` out", at: "certificate")
        }
    }

    // MARK: Where mail goes on to

    func routes(_ root: inout SectionReader, _ listeners: [DeclaredListener]) -> [String: HopSettings] {
        var routes: [String: HopSettings] = [:]
        var section = root.section("routes")
        guard section.table.members.count <= limits.entries else {
            root.fault("there are more than \(limits.entries) routes", "take some out", at: "routes")
            return [:]
        }
        for name in section.table.members.keys.sorted() {
            var route = section.section(name)
            if !DomainName.isHost(name) {
                section.fault(
                    "`\(Excerpt.of(name))` has other characters than letters, digits, `-` and `_`",
                    "choose a plain, short name", at: name)
            }
            if !route.has("address") {
                section.fault(
                    "the route `\(Excerpt.of(name))` has no `address`",
                    "add a line such as `address = \"127.0.0.1:10026\"`", at: name)
            }
            routes[name] = hop(&route, listeners)
        }
        return routes
    }

    func hop(_ section: inout SectionReader, _ listeners: [DeclaredListener]) -> HopSettings? {
        let address = section.place("address", example: "127.0.0.1:10026")
        var hop = HopSettings(address: address ?? Self.usualHop)
        hop.isLMTP = (section.word("scheme") as HopScheme?) == .lmtp
        hop.security = section.word("security") ?? hop.security
        hop.certificateName = section.text("certificate-name")
        hop.authorities = section.authorities("authorities")
        section.finish()
        if hop.security != .verified {
            for key in ["certificate-name", "authorities"] where section.has(key) {
                section.fault(
                    "`\(key)` is of no use where certificates are not verified", "add `security = \"verified\"`",
                    at: key)
            }
        }
        if let listener = listeners.first(where: { $0.settings.address.receives(hop.address) }) {
            section.fault(
                "mail would go in circles: \(hop.address) is our own listener “\(listener.settings.name)”",
                "name the server behind us", at: "address")
        }
        return section.has("address") && address == nil ? nil : hop
    }
}

/// What is spoken with a next hop.
private enum HopScheme: String, CaseIterable {
    case smtp
    case lmtp
}
