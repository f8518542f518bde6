import CGMime
import Glibc

/// What a whole buffer's lines and bytes are like. Counting runs at vector speed; places are looked for only when the
/// counts say that there is something to find.
struct LineSurvey {
    private(set) var anomalies: [(kind: AnomalyKind, range: Range<Int>)] = []
    /// Some carriage return has no line feed behind it.
    let hasBareCarriageReturn: Bool

    init(_ base: UnsafePointer<UInt8>, _ count: Int, lineLength: Int) {
        let counts = lz_count_lines(base, count)
        hasBareCarriageReturn = counts.carriage_returns > counts.pairs
        if hasBareCarriageReturn, let place = Self.bareCarriageReturn(base, 0..<count) {
            anomalies.append((.bareCarriageReturn, place..<place + 1))
        }
        // A file with LF alone throughout is how Unix stores mail; only a mixture is odd.
        if counts.pairs > 0, counts.line_feeds > counts.pairs, let place = Self.bareLineFeed(base, count) {
            anomalies.append((.mixedLineEnds, place..<place + 1))
        }
        if let hit = memchr(base, 0, count) {
            let place = UnsafePointer(hit.assumingMemoryBound(to: UInt8.self)) - base
            anomalies.append((.nulByte, place..<place + 1))
        }
        if let line = Self.longLine(base, count, lineLength) { anomalies.append((.overLongLine, line)) }
    }

    /// The first carriage return in `range` without a line feed behind it.
    static func bareCarriageReturn(_ base: UnsafePointer<UInt8>, _ range: Range<Int>) -> Int? {
        var position = range.lowerBound
        while position < range.upperBound {
            guard let hit = memchr(base + position, 0x0D, range.upperBound - position) else { return nil }
            let place = UnsafePointer(hit.assumingMemoryBound(to: UInt8.self)) - base
            if place + 1 >= range.upperBound || base[place + 1] != 0x0A { return place }
            position = place + 2
        }
        return nil
    }

    private static func bareLineFeed(_ base: UnsafePointer<UInt8>, _ count: Int) -> Int? {
        var position = 0
        while position < count, let hit = memchr(base + position, 0x0A, count - position) {
            let place = UnsafePointer(hit.assumingMemoryBound(to: UInt8.self)) - base
            if place == 0 || base[place - 1] != 0x0D { return place }
            position = place + 1
        }
        return nil
    }

    /// The first line longer than `limit`: one backward search in each window of `limit` bytes.
    private static func longLine(_ base: UnsafePointer<UInt8>, _ count: Int, _ limit: Int) -> Range<Int>? {
        var lineStart = 0
        // A line of `limit` bytes and its CR LF fits the window.
        let window = max(1, limit) + 2
        while count - lineStart > window {
            guard let hit = lz_last_byte(base + lineStart, window, 0x0A) else {
                let rest = memchr(base + lineStart, 0x0A, count - lineStart)
                let end = rest.map { UnsafePointer($0.assumingMemoryBound(to: UInt8.self)) - base } ?? count
                return lineStart..<end
            }
            lineStart = hit - base + 1
        }
        return nil
    }
}
