import Glibc

/// Timing of repeated work: the median of several rounds, in processor time of this process.
///
/// Processor time, because what else runs on the machine prolongs the time by the clock at random; what it takes of
/// caches and memory stays in, which is why peers are timed in turns.
enum Measurement {
    /// Seconds that the body takes, as the median of `rounds` after one round to warm up.
    static func seconds(rounds: Int = 5, _ body: () -> Void) -> Double {
        body()
        return median((0..<rounds).map { _ in once(body) })
    }

    /// Seconds of each contestant, as the median of `rounds` in which each has its turn, after one to warm up. A
    /// contestant times itself.
    static func seconds(rounds: Int = 5, inTurns contestants: [() -> Double]) -> [Double] {
        var times = contestants.map { _ in [Double]() }
        for round in 0...rounds {
            for (number, contestant) in contestants.enumerated() {
                let time = contestant()
                if round > 0 { times[number].append(time) }
            }
        }
        return times.map(median)
    }

    /// Seconds of one run.
    static func once(_ body: () -> Void) -> Double {
        let start = processorSeconds()
        body()
        return processorSeconds() - start
    }

    static func median(_ numbers: [Double]) -> Double { percentile(numbers, 50) }

    /// The least number that `percent` of all do not exceed.
    static func percentile(_ numbers: [Double], _ percent: Int) -> Double {
        guard !numbers.isEmpty else { return 0 }
        let rank = (numbers.count * percent + 99) / 100
        return numbers.sorted()[max(0, rank - 1)]
    }

    private static func processorSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
