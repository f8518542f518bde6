import Glibc
import Operation
import Vocabulary

/// The relay's one file. Every key has a default that is safe; all faults are told at once.
///
/// Purpose: TOML → `DaemonSettings`. Takes: a path, the environment that secrets may come from. Gives: settings, or every
/// fault with line, cause and cure; warnings beside them. Limits: `ConfigurationLimits`.
public struct RelayFile {
    /// What a file says.
    public struct Reading: Sendable {
        /// `nil` where there is a fault.
        public var settings: DaemonSettings?
        public var faults: [ConfigurationFault]
        /// What is allowed, and perhaps not meant.
        public var warnings: [ConfigurationFault]
    }

    let path: String
    let limits: ConfigurationLimits
    let environment: [String: String]
    let ledger = FaultLedger()

    private init(_ path: String, _ limits: ConfigurationLimits, _ environment: [String: String]) {
        self.path = path
        self.limits = limits
        self.environment = environment
    }

    /// Reads a file. Paths in it are relative to its folder.
    public static func read(
        _ path: String, environment: [String: String] = [:], limits: ConfigurationLimits = ConfigurationLimits()
    ) -> Reading {
        let file = RelayFile(path, limits, environment)
        let root = file.ledger.attempt { () throws(ConfigurationFault) in
            try file.document(OperatorFile.bytes(path, limit: limits.fileBytes))
        }
        return file.reading(root ?? [:])
    }

    /// What holds where there is no file: loopback, and a store beside where the relay was started.
    public static func withoutFile(in folder: String, environment: [String: String] = [:]) -> Reading {
        RelayFile(folder + "/lazaretd.toml", ConfigurationLimits(), environment).reading([:])
    }

    private func document(_ bytes: [UInt8]) throws(ConfigurationFault) -> [String: TOMLValue] {
        do throws(TOMLDocument.SyntaxFault) {
            guard case .table(let members) = try TOMLDocument.read(bytes).content else { return [:] }
            return members
        } catch {
            throw ConfigurationFault(
                path: path, line: error.place.line, column: error.place.column,
                cause: "this is no TOML: \(error.cause)", cure: "see toml.io, and the sample beside the manual")
        }
    }

    private func reading(_ members: [String: TOMLValue]) -> Reading {
        var root = SectionReader(members, at: TOMLPlace(line: 1, column: 1), of: path, ledger)
        let relay = relay(&root)
        let settings = DaemonSettings(
            relay: relay, store: store(&root), administration: administration(&root, relay),
            workers: workers(&root), engines: engines(&root), log: log(&root))
        root.finish()
        let faults = ledger.faults.sorted { ($0.line ?? 0, $0.column ?? 0) < ($1.line ?? 0, $1.column ?? 0) }
        return Reading(settings: faults.isEmpty ? settings : nil, faults: faults, warnings: ledger.warnings)
    }

    private func relay(_ root: inout SectionReader) -> RelaySettings {
        let hostName = hostName(&root)
        let isSplit = root.flag("split-organisations")
        let organisations = organisations(&root)
        let listeners = listeners(&root, organisations)
        var hop = root.section("next-hop")
        let nextHop = self.hop(&hop, listeners) ?? HopSettings(address: Self.usualHop)
        var settings = RelaySettings(
            hostName: hostName, listeners: listeners.map(\.settings), nextHop: nextHop,
            routes: routes(&root, listeners), organisations: organisations)
        settings.splitsOrganisations = isSplit ?? settings.splitsOrganisations
        settings.limits = relayLimits(&root)
        return settings
    }

    /// Where Postfix's second instance of smtpd waits, as its own documents have it.
    static let usualHop = SocketPlace.network(host: "127.0.0.1", port: 10_026)

    private func hostName(_ root: inout SectionReader) -> String {
        guard let text = root.text("host-name") else { return Self.machineName }
        if DomainName.isHost(text) { return text }
        root.fault(
            "`host-name` is no name of a host", "write the full name that the world knows this machine by",
            at: "host-name")
        return Self.machineName
    }

    private static var machineName: String {
        var bytes = [CChar](repeating: 0, count: 256)
        let result = gethostname(&bytes, bytes.count - 1)
        let name = String(decoding: bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return result == 0 && DomainName.isHost(name) ? name : "localhost"
    }

    private func workers(_ root: inout SectionReader) -> WorkerSettings {
        var section = root.section("workers")
        let count = section.number("count", in: 1...256).map(Int.init)
        let settings = WorkerSettings(count: count, executable: section.file("executable"))
        section.finish()
        return settings
    }

    private func log(_ root: inout SectionReader) -> LogSettings {
        var section = root.section("log")
        var settings = LogSettings()
        settings.level = section.word("level") ?? settings.level
        settings.format = section.word("format") ?? settings.format
        section.finish()
        return settings
    }

    /// A file's name, or tables as that file has them.
    private func engines(_ root: inout SectionReader) -> EngineConfiguration {
        let file = root.file("engines")
        if let value = root.table.take("engine") {
            if root.has("engines") {
                root.fault("`engines` names a file, and `[[engine]]` is here too", "keep one", at: "engines")
            }
            guard case .list(let entries) = value.content else {
                root.fault("`engine` is \(value.kind)", "write `[[engine]]`, in two brackets, above each", at: "engine")
                return EngineConfiguration()
            }
            return ledger.attempt { () throws(ConfigurationFault) in
                try EngineFile.engines(entries, of: path, limits: limits)
            } ?? EngineConfiguration()
        }
        guard let file, OperatorFile.isReadable(file) else { return EngineConfiguration() }
        return ledger.attempt { () throws(ConfigurationFault) in try EngineFile.read(file, limits: limits) }
            ?? EngineConfiguration()
    }

    private func relayLimits(_ root: inout SectionReader) -> RelayLimits {
        var section = root.section("limits")
        var limits = RelayLimits()
        for row in RelayLimitRow.all {
            let value: Int64? =
                switch row.unit {
                case .count: section.number(row.name, in: row.range)
                case .seconds: section.number(row.name, in: row.range, of: " of seconds")
                case .bytes: section.size(row.name, in: row.range)
                }
            if let value { row.set(value, in: &limits) }
        }
        if limits.messageBytes > limits.memoryBytes {
            section.fault(
                "one message may be larger than all messages in memory together",
                "make `message-bytes` smaller or `memory-bytes` larger",
                at: section.has("message-bytes") ? "message-bytes" : "memory-bytes")
        }
        if limits.connectSeconds >= limits.deadlineSeconds {
            section.fault(
                "a connection to the next hop may take as long as a whole message",
                "make `connect-seconds` smaller than `deadline-seconds`",
                at: section.has("connect-seconds") ? "connect-seconds" : "deadline-seconds")
        }
        section.finish()
        return limits
    }
}
