import CGMime

/// A moment as the clocks of a time zone show it, by the zone's rules as the system's tz database has them.
public struct ZonedTime: Equatable, Sendable {
    /// From 0 to 23.
    public let hour: Int
    /// From 1 for Monday to 7 for Sunday (ISO 8601).
    public let weekday: Int

    /// - Parameters:
    ///   - seconds: since 1970 UTC.
    ///   - zone: a name of the tz database, such as `Europe/Paris`.
    ///
    /// `nil` where the database does not know the zone, or the moment lies outside the years 1 to 9999.
    public init?(secondsSince1970 seconds: Int64, zone: String) {
        guard let rules = g_time_zone_new_identifier(zone) else { return nil }
        defer { g_time_zone_unref(rules) }
        guard let moment = g_date_time_new_from_unix_utc(gint64(seconds)) else { return nil }
        defer { g_date_time_unref(moment) }
        guard let local = g_date_time_to_timezone(moment, rules) else { return nil }
        defer { g_date_time_unref(local) }
        hour = Int(g_date_time_get_hour(local))
        weekday = Int(g_date_time_get_day_of_week(local))
    }
}
