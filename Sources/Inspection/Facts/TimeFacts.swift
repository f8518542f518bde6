import Message
import Vocabulary

extension InspectedMessage {
    /// Hours and days are those of the policy's time zone; a zone that the system does not know makes them unknown.
    func hour(of seconds: Int64) -> FactValue {
        guard let local = ZonedTime(secondsSince1970: seconds, zone: settings.timeZone) else {
            return .unknown(.unsupported)
        }
        return .known(.number(Int64(local.hour)))
    }

    func weekday(of seconds: Int64) -> FactValue {
        guard let local = ZonedTime(secondsSince1970: seconds, zone: settings.timeZone),
            case let names = FactCatalogue.row(.receivedWeekday).symbols, names.indices.contains(local.weekday - 1)
        else { return .unknown(.unsupported) }
        return .known(.symbol(names[local.weekday - 1]))
    }

    /// The Date fields that can be read as dates.
    func dates(_ make: (Int64) -> FactValue) -> FactValue {
        parsed.header.all("Date").compactMap(\.date).reduce(into: FactValue(values: [], missing: headerMissing)) {
            let one = make($1)
            $0.values += one.values
            $0.missing.formUnion(one.missing)
        }
    }

    /// When the message arrived, as the envelope says.
    func arrival(_ make: (Int64) -> FactValue) -> FactValue {
        envelope.receivedAt.map(make) ?? .unknown(.unsupported)
    }
}
