/// How many signatures an antivirus engine has and how old they are.
public struct SignatureState: Equatable, Sendable, Codable {
    /// The engine's name: `clamav`.
    public var engine: String
    public var count: Int
    /// Seconds since 1970 of the newest signature file.
    public var newest: Int64

    /// Age from which signatures are too old to rely on, in seconds: seven days.
    public static let staleAge: Int64 = 7 * 86_400

    public init(engine: String, count: Int, newest: Int64) {
        self.engine = engine
        self.count = count
        self.newest = newest
    }

    /// Whether they should have been renewed by a time (seconds since 1970).
    public func isStale(at now: Int64) -> Bool { now - newest >= Self.staleAge }

    /// For people: `clamav: 2 signatures, newest 3 days old`.
    public func summary(at now: Int64) -> String {
        let days = max(0, now - newest) / 86_400
        let age = days == 0 ? "from the last 24 hours" : days == 1 ? "1 day old" : "\(days) days old"
        return "\(engine): \(count) \(count == 1 ? "signature" : "signatures"), newest \(age)"
    }
}
