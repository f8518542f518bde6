/// A time of the civil calendar in UTC, for people.
///
/// Source: the days of the proleptic Gregorian calendar counted in eras of 400 years that begin in March.
public struct CivilTime: Equatable, Sendable, CustomStringConvertible {
    public let year: Int64
    /// From 1.
    public let month: Int64
    /// From 1.
    public let day: Int64
    public let hour: Int64
    public let minute: Int64

    /// Takes any number: years before 1 are zero and negative.
    public init(secondsSince1970 seconds: Int64) {
        let days = Self.floor(seconds, 86_400)
        let rest = (seconds % 86_400 + 86_400) % 86_400
        hour = rest / 3600
        minute = rest % 3600 / 60
        // Day 0 is the first of March of the year 0.
        let (shifted, overflows) = days.addingReportingOverflow(719_468)
        let era = Self.floor(overflows ? days : shifted, 146_097)
        let dayOfEra = (overflows ? days : shifted) - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    private static func floor(_ number: Int64, _ divisor: Int64) -> Int64 {
        number / divisor - (number % divisor < 0 ? 1 : 0)
    }

    /// `2026-03-02 22:30 UTC`.
    public var description: String {
        func padded(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(year)-\(padded(month))-\(padded(day)) \(padded(hour)):\(padded(minute)) UTC"
    }
}
