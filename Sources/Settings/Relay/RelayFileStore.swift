import Operation
import Vocabulary

extension RelayFile {
    /// What systemd names the folder by that the service may write to.
    private static let stateVariable = "STATE_DIRECTORY"

    func store(_ root: inout SectionReader) -> StoreSettings {
        var section = root.section("store")
        let state = environment[Self.stateVariable].flatMap { $0.split(separator: ":").first.map(String.init) }
        let folder = section.text("folder") ?? state ?? "lazaret-data"
        var settings = StoreSettings(folder: OperatorFile.located(folder, beside: path))
        settings.key = section.secret(file: "key-file", variable: "key-variable", environment: environment)
        if settings.key != nil, settings.keyBytes == nil {
            section.fault(
                "the key is not 64 hexadecimal digits", "make one by `openssl rand -hex 32`, and keep a copy",
                at: section.has("key-file") ? "key-file" : "key-variable")
        }
        settings.postgres = postgres(&section)
        section.finish()
        return settings
    }

    /// libpq's connection string. A password in it could be read by everybody who may read the file.
    private func postgres(_ section: inout SectionReader) -> Secret? {
        let text = section.text("postgres")
        let password = section.secret(
            file: "postgres-password-file", variable: "postgres-password-variable", environment: environment)
        guard let text else {
            for key in ["postgres-password-file", "postgres-password-variable"] where section.has(key) {
                section.fault("`\(key)` is of no use without `postgres`", "add `postgres`, or take it out", at: key)
            }
            return nil
        }
        let isAddress = text.hasPrefix("postgres://") || text.hasPrefix("postgresql://")
        if isAddress || text.lowercased().contains("password") {
            section.fault(
                isAddress ? "`postgres` is an address, in which a password could stand" : "`postgres` has a password",
                "write `host=… dbname=…`, and the password into the file that `postgres-password-file` names",
                at: "postgres")
            return nil
        }
        guard text.contains("=") else {
            section.fault(
                "`postgres` is no connection string", "write it such as `\"host=/run/postgresql dbname=lazaret\"`",
                at: "postgres")
            return nil
        }
        guard let password else { return Secret(text) }
        let quoted = password.revealed.flatMap { $0 == "'" || $0 == "\\" ? ["\\", $0] : [$0] }
        return Secret(text + " password='" + String(quoted) + "'")
    }

    func administration(_ root: inout SectionReader, _ relay: RelaySettings) -> AdministrationSettings {
        var section = root.section("administration")
        var settings = AdministrationSettings()
        if let place = section.place("address", example: "127.0.0.1:8025") {
            if case .network(let host, let port) = place {
                settings.host = host
                settings.port = port
            } else {
                section.fault("`address` is no host with a port", "write `\"127.0.0.1:8025\"`", at: "address")
            }
        }
        settings.tls = section.identity()
        settings.clientAuthorities = section.authorities("client-authorities")
        settings.tokens = tokens(&section, relay)
        section.finish()
        check(settings, section, relay)
        return settings
    }

    private func tokens(_ section: inout SectionReader, _ relay: RelaySettings) -> [AdministrationToken] {
        var tokens: [AdministrationToken] = []
        for var entry in section.sections("token", named: "administration.token", most: limits.entries) {
            let name = entry.requiredText("name", example: "deploy")
            let organisations = entry.texts("organisations", example: "acme")
            let secret = entry.secret(file: "file", variable: "variable", environment: environment)
            entry.finish()
            if !entry.has("file"), !entry.has("variable") {
                entry.fault("the token has no `file`", "add a line such as `file = \"deploy.token\"`")
            }
            for organisation in organisations where !relay.organisations.contains(where: { $0.name == organisation }) {
                entry.fault(
                    "there is no organisation “\(Excerpt.of(organisation))”",
                    "the organisations are \(TableReader.list(relay.organisations.map(\.name)))", at: "organisations")
            }
            guard let name, let secret else { continue }
            if tokens.contains(where: { $0.name == name }) {
                entry.fault("two tokens are called “\(Excerpt.of(name))”", "give one another name", at: "name")
            }
            if secret.revealed.utf8.count < Self.leastTokenBytes {
                entry.fault(
                    "the token “\(Excerpt.of(name))” is short enough to be guessed",
                    "make one by `openssl rand -hex 32`", at: entry.has("file") ? "file" : "variable")
            }
            tokens.append(AdministrationToken(name: name, organisations: organisations, secret: secret))
        }
        return tokens
    }

    /// 128 bits in hexadecimal digits or in Base64 are longer.
    private static let leastTokenBytes = 20

    private func check(_ settings: AdministrationSettings, _ section: SectionReader, _ relay: RelaySettings) {
        let place = SocketPlace.network(host: settings.host, port: settings.port)
        if let listener = relay.listeners.first(where: { $0.address.receives(place) || place.receives($0.address) }) {
            section.fault(
                "the administration listens where “\(listener.name)” does: \(place)", "give one another address",
                at: "address")
        }
        if settings.clientAuthorities != nil, settings.tls == nil {
            section.fault(
                "clients can show no certificate where there is no TLS", "name a `certificate` and its `key`",
                at: "client-authorities")
        }
        guard !place.isLoopback, settings.tls == nil else { return }
        if settings.tokens.isEmpty {
            section.warn(
                "health and metrics can be read from other machines, without TLS", "name a `certificate` and its `key`",
                at: "address")
        } else {
            section.fault(
                "tokens would cross the network in the clear", "name a `certificate` and its `key`, or use loopback",
                at: "address")
        }
    }
}
