import Glibc

/// How much work something is, told without a clock on the wall: by the processor time of the calling thread, which a
/// loaded machine does not lengthen much.
public enum Effort {
    /// Processor seconds that the calling thread takes.
    public static func seconds(_ body: () throws -> Void) rethrows -> Double {
        let start = now()
        try body()
        return now() - start
    }

    /// How much more work four times the size is: about 4 where it grows linearly, 16 where quadratically. Each
    /// is the least of several, so that what else the machine does counts little; what takes less than two milliseconds
    /// counts as two, for its growth cannot be told.
    public static func growth(_ single: Int, rounds: Int = 2, _ body: (_ size: Int) throws -> Void) rethrows -> Double {
        var least = [Double](repeating: .infinity, count: 2)
        for _ in 0..<rounds {
            for (place, factor) in [1, 4].enumerated() {
                least[place] = min(least[place], try seconds { try body(single * factor) })
            }
        }
        return least[1] / max(least[0], 0.002)
    }

    /// The growth that tests allow: linear, with room for caches and tables that overflow at some size.
    public static let linear = 8.0

    private static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
