import Connections
import Synchronization

/// What an engine in another process last said of itself, asked again when that is some seconds old.
final class Remembered<Value: Sendable>: Sendable {
    private struct Known {
        var value: Value?
        var until: ContinuousClock.Instant?
    }

    private let seconds: Int
    private let known = Mutex(Known())

    init(seconds: Int) {
        self.seconds = seconds
    }

    /// However old.
    var last: Value? { known.withLock { $0.value } }

    /// - Parameter ask: asks the engine; several threads may do so at once.
    func value(asking ask: () throws(ConnectionFault) -> Value) throws(ConnectionFault) -> Value {
        let fresh = known.withLock { known in
            known.until.map { $0 > .now } == true ? known.value : nil
        }
        if let fresh { return fresh }
        do throws(ConnectionFault) {
            let value = try ask()
            known.withLock { $0 = Known(value: value, until: .now + .seconds(seconds)) }
            return value
        } catch {
            known.withLock { $0.until = nil }
            throw error
        }
    }
}
