/// Something that happened, for the log. No text of a message is ever in it.
public struct RelayEvent: Sendable {
    public enum Level: String, Sendable {
        case debug
        case info
        case warning
        /// Somebody should look.
        case alarm
    }

    public var level: Level
    /// In a few words, the same for every event of a kind: `message judged`.
    public var name: String
    public var fields: [(name: String, value: String)]

    public init(_ level: Level, _ name: String, _ fields: [(name: String, value: String)] = []) {
        self.level = level
        self.name = name
        self.fields = fields
    }
}

/// Who writes events down.
public typealias RelayLog = @Sendable (RelayEvent) -> Void
