import Foundation
import Testing
import Vocabulary

@Suite struct CivilTimeTests {
    /// Foundation's calendar is the measure.
    @Test func agreesWithTheCalendar() {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        for seconds in stride(from: Int64(-2_000_000_000), to: 5_000_000_000, by: 7_654_321) {
            let parts = calendar.dateComponents(
                [.year, .month, .day, .hour, .minute], from: Date(timeIntervalSince1970: TimeInterval(seconds)))
            let time = CivilTime(secondsSince1970: seconds)
            #expect(
                [time.year, time.month, time.day, time.hour, time.minute]
                    == [parts.year, parts.month, parts.day, parts.hour, parts.minute].map { Int64($0 ?? -1) })
        }
    }

    @Test func anyNumberIsATime() {
        #expect(CivilTime(secondsSince1970: 0).description == "1970-01-01 00:00:00 UTC")
        _ = CivilTime(secondsSince1970: .max).description
        _ = CivilTime(secondsSince1970: .min).description
    }
}
