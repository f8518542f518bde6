import Vocabulary

/// The file that sets the engines up: `[[engine]]` tables, as `docs/engines.md` describes them.
public struct EngineFile {
    private static let kinds = ["clamav", "clamd", "icap", "yara", "rspamd", "spamd", "upstream"]

    private let path: String
    private let limits: ConfigurationLimits

    private init(_ path: String, _ limits: ConfigurationLimits) {
        self.path = path
        self.limits = limits
    }

    /// Reads a file. Paths in it are relative to its folder.
    ///
    /// - Throws: `ConfigurationFault` with line, cause and cure of the first thing that is wrong.
    public static func read(
        _ path: String, limits: ConfigurationLimits = ConfigurationLimits()
    ) throws(ConfigurationFault) -> EngineConfiguration {
        let bytes = try OperatorFile.bytes(path, limit: limits.fileBytes)
        return try EngineFile(path, limits).configuration(bytes)
    }

    private func configuration(_ bytes: [UInt8]) throws(ConfigurationFault) -> EngineConfiguration {
        let root: TOMLValue
        do throws(TOMLDocument.SyntaxFault) {
            root = try TOMLDocument.read(bytes)
        } catch {
            throw ConfigurationFault(
                path: path, line: error.place.line, column: error.place.column,
                cause: "this is no TOML: \(error.cause)",
                cure: "see toml.io, and the examples of docs/engines.md")
        }
        guard case .table(let members) = root.content else { return EngineConfiguration() }
        for (key, value) in members.sorted(by: { $0.key < $1.key }) where key != "engine" {
            throw ConfigurationFault(
                path: path, line: value.place.line, column: value.place.column,
                cause: "there is no `\(Excerpt.of(key))` here", cure: "each engine is a table that begins `[[engine]]`")
        }
        guard let list = members["engine"] else {
            throw ConfigurationFault(path: path, cause: "no engine is set up", cure: "begin one by `[[engine]]`")
        }
        guard case .list(let entries) = list.content else {
            throw ConfigurationFault(
                path: path, line: list.place.line, column: list.place.column, cause: "`engine` is \(list.kind)",
                cure: "write `[[engine]]`, in two brackets, above each")
        }
        return EngineConfiguration(engines: try engines(entries))
    }

    /// The same tables where they stand in another file.
    ///
    /// - Throws: `ConfigurationFault` with the first thing that is wrong.
    static func engines(
        _ entries: [TOMLValue], of path: String, limits: ConfigurationLimits
    ) throws(ConfigurationFault) -> EngineConfiguration {
        EngineConfiguration(engines: try EngineFile(path, limits).engines(entries))
    }

    private func engines(_ entries: [TOMLValue]) throws(ConfigurationFault) -> [EngineSettings] {
        var engines: [EngineSettings] = []
        for entry in entries {
            guard case .table(let members) = entry.content else {
                throw ConfigurationFault(
                    path: path, line: entry.place.line, column: entry.place.column,
                    cause: "an engine is \(entry.kind)", cure: "write `[[engine]]` above its keys")
            }
            var table = TableReader(members, at: entry.place, of: path)
            let engine = try settings(&table)
            guard !engines.contains(where: { $0.name == engine.name }) else {
                throw table.fault(
                    "two engines are called “\(engine.name)”", "give one another name by `name = \"…\"`", at: "name")
            }
            engines.append(engine)
            guard engines.count <= limits.engines else {
                throw table.fault("there are more than \(limits.engines) engines", "take some out")
            }
        }
        return engines
    }

    private func settings(_ table: inout TableReader) throws(ConfigurationFault) -> EngineSettings {
        let word = try table.requiredText("kind", example: "clamd")
        let name = try table.text("name") ?? word
        guard name.utf8.count <= 64, name.utf8.allSatisfy(Self.isNameByte) else {
            throw table.fault(
                "`name` has other characters than letters, digits, `-`, `_` and `.`", "choose a plain, short name",
                at: "name")
        }
        let seconds = try table.seconds("timeout", most: limits.mostSeconds)
        let largest = try table.size("largest", most: limits.mostBytes)
        let kind = try self.kind(word, &table)
        try table.finish()
        return EngineSettings(name: name, kind: kind, seconds: seconds, largest: largest)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
            true
        default: false
        }
    }

    private func kind(_ word: String, _ table: inout TableReader) throws(ConfigurationFault) -> EngineSettings.Kind {
        switch word {
        case "clamav":
            return .clamav(signatures: located(try table.requiredText("signatures", example: "/var/lib/clamav")))
        case "clamd":
            return .clamd(try address(&table, example: "/run/clamav/clamd.ctl"))
        case "icap":
            let address = try address(&table, example: "127.0.0.1:1344")
            return .icap(address, try service(&table))
        case "yara":
            return .yara(files: try table.texts("files", example: "/etc/lazaret/rules.yar").map(located))
        case "rspamd":
            let address = try address(&table, example: "127.0.0.1:11333")
            return .rspamd(address, password: try password(&table))
        case "spamd":
            let address = try address(&table, example: "127.0.0.1:783")
            return .spamd(address, user: try table.text("user"))
        case "upstream":
            return .upstream(try upstream(&table))
        default:
            throw table.fault(
                "there is no kind of engine called “\(Excerpt.of(word))”",
                "the kinds are \(TableReader.list(Self.kinds))",
                at: "kind")
        }
    }

    private func service(_ table: inout TableReader) throws(ConfigurationFault) -> ICAPService {
        let path = try table.requiredText("service", example: "avscan")
        guard path.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), !path.hasPrefix("/") else {
            throw table.fault(
                "`service` is no name of a service", "write what stands behind the host in its address", at: "service")
        }
        guard let word = try table.text("method") else { return ICAPService(path: path) }
        guard let method = ICAPService.Method(rawValue: word) else {
            throw table.fault(
                "there is no method “\(Excerpt.of(word))”", "write `\"respmod\"` or `\"reqmod\"`", at: "method")
        }
        return ICAPService(path: path, method: method)
    }

    private func upstream(_ table: inout TableReader) throws(ConfigurationFault) -> SpamUpstream {
        let hosts = try table.texts("hosts", example: "mx.acme.example")
        let place = try table.text("fields") ?? "above"
        guard ["above", "anywhere"].contains(place) else {
            throw table.fault(
                "`fields` is neither `above` nor `anywhere`",
                "write where the fields of the host stand that are believed", at: "fields")
        }
        return SpamUpstream(hosts: hosts, isAnywhere: place == "anywhere")
    }

    private func address(_ table: inout TableReader, example: String) throws(ConfigurationFault) -> EngineAddress {
        let text = try table.requiredText("address", example: example)
        guard let address = EngineAddress(text) else {
            throw table.fault(
                "`address` names neither a socket nor a host with a port",
                "write a path that begins with `/`, or `HOST:PORT`", at: "address")
        }
        return address
    }

    /// The first line of a file of its own, so that the configuration can be shown to anybody.
    private func password(_ table: inout TableReader) throws(ConfigurationFault) -> Secret? {
        guard let file = try table.text("password-file").map(located) else { return nil }
        guard OperatorFile.isPrivate(file) else {
            throw table.fault(
                "others can read \(file), or it is not there", "run `chmod 600` on the file of the password",
                at: "password-file")
        }
        guard let password = OperatorFile.secret(try OperatorFile.bytes(file, limit: limits.fileBytes)) else {
            throw table.fault(
                "the first line of \(file) is no password", "write the password as its first line", at: "password-file")
        }
        return password
    }

    private func located(_ file: String) -> String {
        OperatorFile.located(file, beside: path)
    }
}
