import Glibc

/// When the comparison has to have its answers, in processor time of this process, so that the answers of a loaded
/// machine are the same ones. The time begins to run with the first question.
///
/// Used on one thread.
final class Deadline {
    private let seconds: Double
    private var end: Double?

    init(seconds: Double) { self.seconds = seconds }

    func start() {
        if end == nil { end = Self.now + seconds }
    }

    var isOver: Bool { end.map { $0 <= Self.now } ?? false }

    private static var now: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
