import Vocabulary

/// All that `lazaretd` is told by its file. With no file: loopback, and a store in the folder that it was started in.
public struct DaemonSettings: Equatable, Sendable {
    public var relay: RelaySettings
    public var store: StoreSettings
    public var administration: AdministrationSettings
    public var workers: WorkerSettings
    public var engines: EngineConfiguration
    public var log: LogSettings

    public init(
        relay: RelaySettings, store: StoreSettings, administration: AdministrationSettings = AdministrationSettings(),
        workers: WorkerSettings = WorkerSettings(), engines: EngineConfiguration = EngineConfiguration(),
        log: LogSettings = LogSettings()
    ) {
        self.relay = relay
        self.store = store
        self.administration = administration
        self.workers = workers
        self.engines = engines
        self.log = log
    }
}

/// Where everything lies that the relay answers for.
public struct StoreSettings: Equatable, Sendable {
    /// The folder of the database and of the blobs, or of the blobs in transit where the database is a server's.
    public var folder: String
    /// The key by which blobs are encrypted, 64 hexadecimal digits; `nil` for blobs as they came.
    public var key: Secret?
    /// libpq's connection string, its password put in; `nil` for SQLite in the folder.
    public var postgres: Secret?

    public init(folder: String, key: Secret? = nil, postgres: Secret? = nil) {
        self.folder = folder
        self.key = key
        self.postgres = postgres
    }

    /// The 32 bytes of the key; `nil` where there is no key, or none that can be one.
    public var keyBytes: [UInt8]? {
        guard let digits = key.map({ Array($0.revealed.utf8) }), digits.count == 64 else { return nil }
        let nibbles = digits.compactMap { Character(UnicodeScalar($0)).hexDigitValue.map { UInt8($0) } }
        guard nibbles.count == 64 else { return nil }
        return stride(from: 0, to: 64, by: 2).map { nibbles[$0] << 4 | nibbles[$0 + 1] }
    }
}

/// The processes that read mail.
public struct WorkerSettings: Equatable, Sendable {
    /// Processes for each organisation's program; `nil` for one for each processor.
    public var count: Int?
    /// The worker's file; `nil` for the one beside `lazaretd`.
    public var executable: String?

    public init(count: Int? = nil, executable: String? = nil) {
        self.count = count
        self.executable = executable
    }
}

/// What is written down of the work, and how.
public struct LogSettings: Equatable, Sendable {
    /// How grave an event is.
    public enum Level: String, Sendable, CaseIterable, Comparable {
        case debug
        case info
        case warning
        /// Somebody should look.
        case alarm

        public static func < (first: Level, second: Level) -> Bool { first.rank < second.rank }

        private var rank: Int {
            switch self {
            case .debug: 0
            case .info: 1
            case .warning: 2
            case .alarm: 3
            }
        }
    }

    /// How an event is written.
    public enum Format: String, Sendable, CaseIterable {
        /// For people: one line.
        case text
        /// For programs: one JSON object in one line.
        case json
    }

    /// Events below it are left out.
    public var level: Level
    public var format: Format

    public init(level: Level = .info, format: Format = .text) {
        self.level = level
        self.format = format
    }
}
