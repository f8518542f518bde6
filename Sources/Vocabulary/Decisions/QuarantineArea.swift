/// What a quarantine area does with its mail.
public struct QuarantineArea: Hashable, Sendable, Codable {
    /// Hours of the day in which mail is released, in the policy's time zone; over midnight where it ends before it
    /// begins.
    public struct Window: Hashable, Sendable, Codable {
        /// Minutes since midnight.
        public var start: Int
        public var end: Int

        public init(start: Int, end: Int) {
            self.start = start
            self.end = end
        }

        /// Whether a minute of the day lies in it; its end does not.
        public func contains(minute: Int) -> Bool {
            start < end ? minute >= start && minute < end : minute >= start || minute < end
        }
    }

    /// What becomes of mail that nobody released.
    public struct Expiry: Hashable, Sendable, Codable {
        public var seconds: Int64
        /// `deliver`, `discard` or `reject`.
        public var disposition: Disposition
        /// The text of a `reject`.
        public var reason: String?

        public init(seconds: Int64, disposition: Disposition, reason: String? = nil) {
            self.seconds = seconds
            self.disposition = disposition
            self.reason = reason
        }

        /// What may become of mail at last.
        public static let dispositions: [Disposition] = [.deliver, .discard, .reject]
    }

    public var name: String
    /// Seconds that a copy is kept.
    public var keep: Int64
    /// Who may release its mail; nobody but the administrators where it is empty.
    public var approvers: [Address]
    /// When released mail goes out; at once where there is none.
    public var release: Window?
    public var expiry: Expiry?

    public init(
        name: String, keep: Int64 = AreaLimits.usualKeep, approvers: [Address] = [], release: Window? = nil,
        expiry: Expiry? = nil
    ) {
        self.name = name
        self.keep = keep
        self.approvers = approvers
        self.release = release
        self.expiry = expiry
    }

    /// As `disasm` shows it: `media: keep 30 days, release 18:00 to 06:00`.
    public var summary: String {
        func clock(_ minutes: Int) -> String {
            "\(minutes / 60 < 10 ? "0" : "")\(minutes / 60):\(minutes % 60 < 10 ? "0" : "")\(minutes % 60)"
        }
        var parts = ["keep \(Self.period(keep))"]
        if !approvers.isEmpty { parts.append("approvers \(approvers.map(\.addrSpec).joined(separator: " "))") }
        if let release { parts.append("release \(clock(release.start)) to \(clock(release.end))") }
        if let expiry {
            let reason = expiry.reason.map { " \"\($0)\"" } ?? ""
            parts.append("expire after \(Self.period(expiry.seconds)) then \(expiry.disposition.rawValue)\(reason)")
        }
        return "\(name): \(parts.joined(separator: ", "))"
    }

    /// A number of seconds in the greatest unit that divides it.
    public static func period(_ seconds: Int64) -> String {
        for (size, unit) in [(Int64(86_400), "day"), (3600, "hour"), (60, "minute")]
        where seconds != 0 && seconds % size == 0 {
            return "\(seconds / size) \(unit)\(seconds == size ? "" : "s")"
        }
        return "\(seconds) seconds"
    }
}

/// Bounds on what an area may be told.
public enum AreaLimits {
    /// Seconds a copy is kept where an area does not say it: 30 days.
    public static let usualKeep: Int64 = 2_592_000
    /// The longest time a copy is kept: ten years of 366 days.
    public static let longestKeep: Int64 = 316_224_000
    /// The shortest.
    public static let shortestKeep: Int64 = 60
}
