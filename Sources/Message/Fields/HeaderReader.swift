import Glibc

/// Splits one header section into fields. Stops at the empty line, at a delimiter of a multipart around it, or at the
/// end of the bytes.
struct HeaderReader {
    let bytes: MessageBytes
    let base: UnsafePointer<UInt8>
    let limits: MessageLimits
    /// Path of the part the section belongs to.
    let part: String

    private(set) var fields: [HeaderField] = []
    private(set) var anomalies: [Anomaly] = []
    private(set) var limitsHit: [LimitHit] = []
    private var hasMalformedLine = false

    init(bytes: MessageBytes, base: UnsafePointer<UInt8>, limits: MessageLimits, part: String) {
        self.bytes = bytes
        self.base = base
        self.limits = limits
        self.part = part
        fields.reserveCapacity(16)
    }

    /// Where a section ended.
    struct Ending {
        let headerEnd: Int
        let bodyStart: Int
    }

    /// One line without and with its end.
    private struct Line {
        let start: Int
        let contentEnd: Int
        let next: Int
        let hasEnd: Bool
    }

    private func line(at start: Int, end: Int) -> Line {
        guard let hit = memchr(base + start, 0x0A, end - start) else {
            return Line(start: start, contentEnd: end, next: end, hasEnd: false)
        }
        let feed = UnsafePointer(hit.assumingMemoryBound(to: UInt8.self)) - base
        let contentEnd = feed > start && base[feed - 1] == 0x0D ? feed - 1 : feed
        return Line(start: start, contentEnd: contentEnd, next: feed + 1, hasEnd: true)
    }

    /// Reads from `start`. `isDelimiter` is asked for lines that begin with two hyphens.
    mutating func read(from start: Int, to end: Int, isDelimiter: (Int) -> Bool) -> Ending {
        var position = start
        var ending: Ending?
        while position < end {
            let line = line(at: position, end: end)
            if line.contentEnd == line.start {
                ending = Ending(headerEnd: position, bodyStart: line.next)
                break
            }
            let byte = base[position]
            if byte == 0x2D, line.contentEnd - position > 2, base[position + 1] == 0x2D, isDelimiter(position) {
                // Without a body the empty line may be missing (RFC 2046 section 5.1, RFC 5322 section 3.5).
                ending = Ending(headerEnd: position, bodyStart: position)
                break
            }
            if isOverLimit(position, start, end) {
                position = skipToBlankLine(from: position, end: end)
                continue
            }
            if !take(line, first: position == start, end: end) {
                note(.headerWithoutEnd, position..<line.contentEnd)
                ending = Ending(headerEnd: position, bodyStart: position)
                break
            }
            position = line.next
        }
        let result = ending ?? Ending(headerEnd: end, bodyStart: end)
        noteEightBit(start..<result.headerEnd)
        return result
    }

    /// Takes one line. False when the header section has to end before it.
    private mutating func take(_ line: Line, first: Bool, end: Int) -> Bool {
        if isBlank(base[line.start]) {
            if isAllBlank(line.start..<line.contentEnd) { note(.blankContinuation, line.start..<line.contentEnd) }
            if readsAsContentField(line) { note(.hiddenField, line.start..<line.contentEnd) }
            guard let last = fields.popLast() else {
                note(.malformedHeaderLine, line.start..<line.contentEnd)
                return true
            }
            fields.append(
                HeaderField(
                    bytes: bytes, nameRange: last.nameRange,
                    valueRange: last.valueRange.lowerBound..<line.contentEnd,
                    lineRange: last.lineRange.lowerBound..<line.next))
            return true
        }
        if let field = field(in: line) {
            fields.append(field)
            if hasMalformedLine, isContentField(field) { note(.structureAfterMalformedLine, field.lineRange) }
            return true
        }
        if first, isEnvelopeLine(line) { return true }
        // Readers differ here: some end the section, some skip the line. We skip it where fields go on after it.
        // What looks like a delimiter ends it: the first one of this very multipart may come too early.
        let looksLikeDelimiter =
            line.contentEnd - line.start > 2 && base[line.start] == 0x2D && base[line.start + 1] == 0x2D
        guard line.next < end, !looksLikeDelimiter else { return false }
        let next = self.line(at: line.next, end: end)
        guard next.contentEnd > next.start, field(in: next, from: next.start) != nil else { return false }
        note(.malformedHeaderLine, line.start..<line.contentEnd)
        hasMalformedLine = true
        return true
    }

    private mutating func field(in line: Line) -> HeaderField? {
        guard let field = field(in: line, from: line.start) else { return nil }
        if base[field.nameRange.upperBound] != 0x3A { note(.spaceBeforeColon, field.nameRange) }
        // Of two colons the second is part of the value, or of nothing.
        if field.valueRange.lowerBound < field.valueRange.upperBound, base[field.valueRange.lowerBound] == 0x3A {
            note(.malformedHeaderLine, field.nameRange)
        }
        return field
    }

    private func field(in line: Line, from start: Int) -> HeaderField? {
        guard let hit = memchr(base + start, 0x3A, line.contentEnd - start) else { return nil }
        let colon = UnsafePointer(hit.assumingMemoryBound(to: UInt8.self)) - base
        var nameEnd = colon
        while nameEnd > start, isBlank(base[nameEnd - 1]) { nameEnd -= 1 }
        guard nameEnd > start else { return nil }
        for index in start..<nameEnd where base[index] <= 0x20 || base[index] >= 0x7F { return nil }
        return HeaderField(
            bytes: bytes, nameRange: start..<nameEnd, valueRange: colon + 1..<line.contentEnd,
            lineRange: line.start..<line.next)
    }

    /// Some readers trim a line before they look for a field in it.
    private func readsAsContentField(_ line: Line) -> Bool {
        var start = line.start
        while start < line.contentEnd, base[start] <= 0x20 { start += 1 }
        guard start < line.contentEnd, asciiLowercase(base[start]) == 0x63 else { return false }
        return ContentLine(bytes.array[start..<line.contentEnd])?.hasPlausibleValue ?? false
    }

    private func isContentField(_ field: HeaderField) -> Bool {
        field.nameRange.count > 8
            && bytes.array[field.nameRange].prefix(8).map(asciiLowercase) == Array("content-".utf8)
    }

    /// The line that mbox files put before a message ("From " or ">From ").
    private func isEnvelopeLine(_ line: Line) -> Bool {
        let text = bytes.array[line.start..<line.contentEnd]
        return text.starts(with: "From ".utf8) || text.starts(with: ">From ".utf8)
    }

    private func isAllBlank(_ range: Range<Int>) -> Bool { range.allSatisfy { isBlank(base[$0]) } }

    private mutating func isOverLimit(_ position: Int, _ start: Int, _ end: Int) -> Bool {
        let limit: String
        if position - start >= limits.headerBytes {
            limit = "header-bytes"
        } else if fields.count >= limits.headerFields, !isBlank(base[position]) {
            limit = "header-fields"
        } else {
            return false
        }
        if limitsHit.isEmpty {
            limitsHit.append(LimitHit(limit: limit, part: part, range: position..<end))
            note(.headerCut, position..<end)
        }
        return true
    }

    /// The start of the next empty line, or the end.
    private func skipToBlankLine(from start: Int, end: Int) -> Int {
        var position = start
        while position < end {
            let line = line(at: position, end: end)
            if line.contentEnd == line.start { return position }
            position = line.next
        }
        return end
    }

    private mutating func noteEightBit(_ range: Range<Int>) {
        guard !range.isEmpty, hasHighByte(base + range.lowerBound, range.count) else { return }
        let section = bytes.array[range]
        let isUTF8 = String(validating: section, as: UTF8.self) != nil
        let place = section.firstIndex { $0 >= 0x80 } ?? range.lowerBound
        note(isUTF8 ? .eightBitHeader : .unlabelledHeaderCharset, place..<place + 1)
    }

    private mutating func note(_ kind: AnomalyKind, _ range: Range<Int>) {
        anomalies.append(Anomaly(kind, at: range, part: part))
    }
}

/// Whether any of `count` bytes has its high bit set, eight at a time.
func hasHighByte(_ base: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    var index = 0
    var seen: UInt64 = 0
    while index + 8 <= count {
        seen |= UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self)
        index += 8
    }
    while index < count {
        seen |= UInt64(base[index])
        index += 1
    }
    return seen & 0x8080_8080_8080_8080 != 0
}
