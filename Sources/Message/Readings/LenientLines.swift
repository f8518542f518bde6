/// Lines as the most lenient reader ends them: at CR LF, at LF, and at CR alone.
struct LenientLines {
    /// One line without its end, and where the next one starts.
    struct Line {
        let range: Range<Int>
        let next: Int
        /// The line without control characters and blanks at its start.
        let trimmedStart: Int
        var isEmpty: Bool { range.isEmpty }
        var isBlank: Bool { trimmedStart == range.upperBound }
    }

    private let bytes: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }

    /// The line that starts at `start`, which lies before the end.
    func line(at start: Int) -> Line {
        var end = start
        while end < bytes.endIndex, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
        var next = min(end + 1, bytes.endIndex)
        if end + 1 < bytes.endIndex, bytes[end] == 0x0D, bytes[end + 1] == 0x0A { next += 1 }
        var first = start
        while first < end, bytes[first] <= 0x20 { first += 1 }
        return Line(range: start..<end, next: next, trimmedStart: first)
    }

    /// All lines.
    func all() -> [Line] {
        var lines: [Line] = []
        var start = bytes.startIndex
        while start < bytes.endIndex {
            let line = line(at: start)
            lines.append(line)
            start = line.next
        }
        return lines
    }
}
