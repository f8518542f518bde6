import NIOConcurrencyHelpers
import Operation
import Quarantine

/// Counts what passes, since the start.
public final class RelayMeters: Sendable {
    private let counted = NIOLockedValueBox(RelayFigures())

    public init() {}

    /// All that was counted so far.
    public var figures: RelayFigures { counted.withLockedValue { $0 } }

    /// One message's records: one for each recipient.
    func note(_ records: [TrackingRecord]) {
        counted.withLockedValue { figures in
            for record in records {
                let kind = RelayFigures.Messages(
                    organisation: record.organisation, direction: record.direction, disposition: record.disposition)
                figures.messages[kind, default: 0] += 1
                for rule in record.rules { figures.rules[[record.organisation, rule], default: 0] += 1 }
            }
            guard let stages = records.first?.stages else { return }
            let added = stages.judging + stages.delivering
            for (name, microseconds) in [
                ("receive", stages.receiving), ("judge", stages.judging), ("deliver", stages.delivering),
                ("added", added),
            ] {
                figures.stages[name, default: DelayHistogram()].record(seconds: Double(microseconds) / 1_000_000)
            }
        }
    }

    func sessionBegan(_ listener: String) {
        counted.withLockedValue { figures in
            figures.sessions[listener, default: 0] += 1
            figures.acceptedSessions[listener, default: 0] += 1
        }
    }

    func sessionEnded(_ listener: String) { counted.withLockedValue { $0.sessions[listener, default: 1] -= 1 } }

    func sessionRefused() { counted.withLockedValue { $0.refusedSessions += 1 } }
}
