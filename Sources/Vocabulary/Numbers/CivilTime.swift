/// A point in time by the Gregorian calendar, in UTC: `2026-11-24 16:52:49 UTC`.
public struct CivilTime: Hashable, Sendable, CustomStringConvertible {
    public let year: Int64
    /// From 1.
    public let month: Int64
    /// From 1.
    public let day: Int64
    public let hour: Int64
    public let minute: Int64
    public let second: Int64

    /// The time of a number of seconds, cut to the years 0 to 9999.
    public init(secondsSince1970 seconds: Int64) {
        let bounded = min(max(seconds, -62_167_219_200), 253_402_300_799)
        let days = (bounded - (bounded % 86_400 + 86_400) % 86_400) / 86_400
        let rest = bounded - days * 86_400
        (hour, minute, second) = (rest / 3600, rest % 3600 / 60, rest % 60)
        // Eras of 400 years that begin in March, so that the leap day is the last of its year.
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let march = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * march + 2) / 5 + 1
        month = march < 10 ? march + 3 : march - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    public var description: String { "\(date) \(clock) UTC" }

    /// In the form of RFC 3339: `2026-11-24T16:52:49Z`.
    public var internetTime: String { "\(date)T\(clock)Z" }

    private var date: String { "\(Self.digits(year, 4))-\(Self.digits(month, 2))-\(Self.digits(day, 2))" }
    private var clock: String { "\(Self.digits(hour, 2)):\(Self.digits(minute, 2)):\(Self.digits(second, 2))" }

    private static func digits(_ number: Int64, _ width: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }
}
