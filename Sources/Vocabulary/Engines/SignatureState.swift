/// What is known of an engine: its version, how many signatures it has and how old they are.
public struct SignatureState: Equatable, Sendable, Codable {
    /// The engine's name: `clamav`.
    public var engine: String
    /// As the engine tells it; `nil` until it has.
    public var version: String?
    /// `nil` where the engine does not tell.
    public var count: Int?
    /// Seconds since 1970 of the newest signatures; `nil` where the engine does not tell.
    public var newest: Int64?
    /// Tells one set of signatures from another, so that answers can be kept; `nil` where nothing does.
    public var mark: String?
    /// Why it gives no answer, in words; `nil` where it does, or was not asked yet.
    public var fault: String?

    /// Age from which signatures are too old to rely on, in seconds: seven days.
    public static let staleAge: Int64 = 7 * 86_400

    public init(
        engine: String, version: String? = nil, count: Int? = nil, newest: Int64? = nil, mark: String? = nil,
        fault: String? = nil
    ) {
        self.engine = engine
        self.version = version
        self.count = count
        self.newest = newest
        self.mark = mark
        self.fault = fault
    }

    /// Whether they should have been renewed by a time (seconds since 1970).
    public func isStale(at now: Int64) -> Bool { newest.map { now - $0 >= Self.staleAge } ?? false }

    /// For people: `clamav: 2 signatures, newest 3 days old`.
    public func summary(at now: Int64) -> String {
        if let fault { return "\(engine): gives no answer: \(fault)" }
        var words: [String] = []
        if let count { words.append("\(count) \(count == 1 ? "signature" : "signatures")") }
        if let newest {
            words.append((count == nil ? "signatures " : "newest ") + Self.age(of: newest, at: now))
        }
        if count == nil, let version { words.insert(version, at: 0) }
        return "\(engine): \(words.isEmpty ? "not asked yet" : words.joined(separator: ", "))"
    }

    /// For people: `3 days old`.
    public static func age(of newest: Int64, at now: Int64) -> String {
        let days = max(0, now - newest) / 86_400
        return days == 0 ? "from the last 24 hours" : days == 1 ? "1 day old" : "\(days) days old"
    }
}
