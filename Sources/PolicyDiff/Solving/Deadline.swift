/// When the comparison has to have its answers. The time begins to run with the first question.
///
/// Used on one thread.
final class Deadline {
    private let seconds: Double
    private var end: ContinuousClock.Instant?

    init(seconds: Double) { self.seconds = seconds }

    func start() {
        if end == nil { end = .now + .seconds(seconds) }
    }

    var isOver: Bool { end.map { $0 <= .now } ?? false }
}
