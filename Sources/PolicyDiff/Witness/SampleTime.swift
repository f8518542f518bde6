import Foundation
import Vocabulary

/// Chooses a moment whose hour and day of the week, by the clocks of a time zone, are what a case says of them.
struct SampleTime {
    /// The facts that one moment settles: when the mail arrived, or what its Date field says.
    static let ofArrival: Set<Fact> = [.receivedAt, .receivedHour, .receivedWeekday]
    static let ofDateField: Set<Fact> = [.date, .dateHour, .dateWeekday]

    /// Whether a fact is of one of these moments.
    static func settles(_ fact: Fact?) -> Bool { fact.map(ofArrival.union(ofDateField).contains) == true }

    private let states: [AbstractCase.FactState]
    private let calendar: Calendar

    /// - Parameters:
    ///   - states: what the case says of the facts of one moment.
    ///   - zone: a name of the tz database; `nil` where it is not known, as then every hour is unknown.
    init?(_ states: [AbstractCase.FactState], zone: String) {
        guard let zone = TimeZone(identifier: zone) else { return nil }
        self.states = states
        var calendar = Calendar(identifier: .iso8601)
        calendar.timeZone = zone
        self.calendar = calendar
    }

    /// Seconds since 1970; `nil` where none of the moments that are tried agrees with the case.
    var seconds: Int64? {
        guard states.allSatisfy({ $0.exists && $0.missing.isEmpty }) else { return nil }
        // What the case says of the moment itself comes first; then every hour of a week.
        let moments = states.filter { $0.fact == .receivedAt || $0.fact == .date }
        let named = moments.isEmpty ? [] : ValueChoice(states: moments).candidates.compactMap(\.number)
        let monday: Int64 = 1_772_446_500  // 2026-03-02 10:15:00 UTC
        return (named + (0..<168).map { monday + $0 * 3600 }).first(where: agrees)
    }

    private func agrees(_ seconds: Int64) -> Bool {
        let moment = Date(timeIntervalSince1970: TimeInterval(seconds))
        let days = FactCatalogue.row(.receivedWeekday).symbols
        return states.allSatisfy { state in
            let value: Value
            switch state.fact {
            case .receivedHour, .dateHour: value = .number(Int64(calendar.component(.hour, from: moment)))
            // Foundation counts the days from Sunday, 1.
            case .receivedWeekday, .dateWeekday:
                value = .symbol(days[(calendar.component(.weekday, from: moment) + 5) % 7])
            default: value = .number(seconds)
            }
            return state.holding.allSatisfy { ValueChoice.meets($0, state, value) }
                && !state.failing.contains { ValueChoice.meets($0, state, value) }
        }
    }

    /// A moment as a Date field writes it (RFC 5322, section 3.3), in UTC.
    static func dateField(_ seconds: Int64) -> String {
        let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let time = CivilTime(secondsSince1970: seconds)
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(time.day) \(names[Int(time.month) - 1]) \(time.year) "
            + "\(two(time.hour)):\(two(time.minute)):\(two(time.second)) +0000"
    }
}

extension AbstractCase.FactState {
    /// The fact that it tells of, if of one.
    var fact: Fact? { if case .fact(let reference) = subject { reference.fact } else { nil } }
}

extension Value {
    fileprivate var number: Int64? { if case .number(let number) = self { number } else { nil } }
}
