import Foundation
import Glibc

/// One line on a terminal that says how far a long run is. Writes nothing where standard error is no terminal.
public final class Progress {
    private let isShown: Bool
    private let start = ContinuousClock.now
    private var drawn: ContinuousClock.Instant?
    private var done = 0
    private let total: @Sendable () -> Int?

    /// - Parameters:
    ///   - total: how many there are, once that is known.
    public init(isShown: Bool = isatty(STDERR_FILENO) == 1, total: @escaping @Sendable () -> Int?) {
        self.isShown = isShown
        self.total = total
    }

    /// One more is done; redraws at most ten times a second.
    public func advance() {
        done += 1
        guard isShown else { return }
        let now = ContinuousClock.now
        if let drawn, now - drawn < .milliseconds(100) { return }
        drawn = now
        write("\r\u{1B}[K" + Self.text(done: done, total: total(), elapsed: now - start))
    }

    /// Takes the line away, before other output or at the end.
    public func clear() {
        guard isShown, drawn != nil else { return }
        write("\r\u{1B}[K")
        drawn = nil
    }

    /// `1,234 of 5,000 · 310/s · 12 s left`.
    public static func text(done: Int, total: Int?, elapsed: Duration) -> String {
        let seconds = max(Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18, 0.001)
        let rate = Double(done) / seconds
        var words = [
            total.map { "\(done) of \($0)" } ?? "\(done)", rate < 10 ? rounded(rate) + "/s" : "\(Int(rate))/s",
        ]
        if let total, total >= done, rate > 0 { words.append(time(Double(total - done) / rate) + " left") }
        return words.joined(separator: " · ")
    }

    private static func rounded(_ number: Double) -> String {
        let tenths = Int((number * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }

    private static func time(_ seconds: Double) -> String {
        let whole = Int(min(seconds.rounded(.up), 1e9))
        if whole < 100 { return "\(whole) s" }
        if whole < 6000 { return "\(whole / 60) min" }
        return "\(whole / 3600) h \(whole % 3600 / 60) min"
    }

    /// A terminal that has gone is no reason to end: the line is lost.
    private func write(_ text: String) {
        let bytes = Array(text.utf8)
        _ = bytes.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
