/// A body less the mail it quotes, the originals it passes on and its signature.
///
/// Whatever is not plainly one of these is kept, because a policy looks for words in what is left. Each pass is linear
/// in the text: every line is looked at a bounded number of times.
struct NewText {
    private let lines: TextLines
    private let marks: QuoteMarks?
    private var isQuoted: [Bool]
    private var isKept: [Bool]
    /// Where the text ends that was looked at line by line, and whether the rest belongs to an original.
    private var cutsRest = false

    /// What is left of a text; nil if that is nothing.
    ///
    /// - Parameter marks: of a page.
    static func of(_ text: [UInt8], marks: QuoteMarks?) -> [UInt8]? {
        var reading = NewText(text, marks)
        reading.leaveOutOriginals()
        reading.leaveOutQuotes()
        reading.leaveOutSignatures()
        return reading.rest
    }

    private init(_ text: [UInt8], _ marks: QuoteMarks?) {
        lines = TextLines(text)
        self.marks = marks
        isQuoted = lines.lines.map(\.isQuoted)
        isKept = [Bool](repeating: true, count: lines.lines.count)
        for index in indices(in: marks?.quotes.ranges) { isQuoted[index] = true }
    }

    /// The lines whose first byte lies in one of the ranges, in order.
    private func indices(in ranges: [Range<Int>]?) -> [Int] {
        guard let ranges, !ranges.isEmpty else { return [] }
        var found: [Int] = []
        var next = 0
        for (index, line) in lines.lines.enumerated() where !line.isBlank {
            while next < ranges.count, ranges[next].upperBound <= line.content.lowerBound { next += 1 }
            guard next < ranges.count else { break }
            if ranges[next].contains(line.content.lowerBound) { found.append(index) }
        }
        return found
    }

    // MARK: Originals

    /// From the fields of an original on, nothing marks where it ends: it goes on to the end of what a program put
    /// around it, or of the text.
    private mutating func leaveOutOriginals() {
        let origins = marks?.origins ?? []
        let scopes = marks?.scopes.ranges ?? []
        var nextOrigin = 0
        var nextScope = 0
        var index = 0
        while index < lines.lines.count {
            let line = lines.lines[index]
            let start = line.content.lowerBound
            // The text of an element begins where the text ended at its start, or behind the line end put there.
            var isMarked = false
            while nextOrigin < origins.count, origins[nextOrigin] <= start {
                isMarked = isMarked || origins[nextOrigin] + 1 >= start
                nextOrigin += 1
            }
            guard !isQuoted[index], !line.isBlank, isOriginal(index, isMarked: isMarked) else {
                index += 1
                continue
            }
            while nextScope < scopes.count, scopes[nextScope].upperBound <= start { nextScope += 1 }
            let isScoped = nextScope < scopes.count && scopes[nextScope].contains(start)
            let end = isScoped ? scopes[nextScope].upperBound : Int.max
            if index > 0, isRule(index - 1) { isKept[index - 1] = false }
            while index < lines.lines.count, lines.lines[index].content.lowerBound < end {
                isKept[index] = false
                index += 1
            }
            if index == lines.lines.count { cutsRest = !isScoped }
        }
    }

    private func isOriginal(_ index: Int, isMarked: Bool) -> Bool {
        if isMarked, lines.label(of: lines.lines[index].content) != nil, labels(from: index) >= 3 { return true }
        if lines.lines[index].field == .from { return fields(from: index).isSuperset(of: [.from, .date, .subject]) }
        guard isAnnouncement(index), let next = lines.follower(of: index), !isQuoted[next] else { return false }
        return lines.lines[next].field == .from && fields(from: next).count >= 2
    }

    /// The fields that stand together from a line on.
    private func fields(from index: Int) -> Set<ReplyWords.Field> {
        var found: Set<ReplyWords.Field> = []
        for line in lines.lines[index...].prefix(NewTextLimits.fieldLines) {
            if line.isBlank || line.isQuoted { break }
            if let field = line.field { found.insert(field) }
        }
        return found
    }

    /// How many lines from one on look like fields, in whatever language.
    private func labels(from index: Int) -> Int {
        lines.lines[index...].prefix(NewTextLimits.fieldLines).prefix { !$0.isBlank }
            .count { lines.label(of: $0.content) != nil }
    }

    /// `-----Original Message-----`, in whatever language.
    private func isAnnouncement(_ index: Int) -> Bool {
        let content = lines.lines[index].content
        guard content.count <= NewTextLimits.attributionBytes else { return false }
        let bytes = lines.text[content]
        if bytes.starts(with: "----".utf8) {
            let words = lines.words(ofLine: index)
            return words.hasSuffix("--") && words.contains { $0.isLetter }
        }
        guard bytes.last == UInt8(ascii: ":") else { return false }
        let words = lines.words(ofLine: index).dropLast()
        return ReplyWords.announcements.contains(String(words.last == " " ? words.dropLast() : words))
    }

    /// `________________________________`
    private func isRule(_ index: Int) -> Bool {
        let content = lines.lines[index].content
        return content.count >= 10 && lines.text[content].allSatisfy { $0 == UInt8(ascii: "_") }
    }

    // MARK: Quotes

    private mutating func leaveOutQuotes() {
        let marked = Set(indices(in: marks?.attributions.ranges))
        for index in lines.lines.indices where isQuoted[index] && isKept[index] {
            isKept[index] = false
            if index > 0, !isQuoted[index - 1] { leaveOutAttribution(before: index, marked) }
        }
    }

    /// Who wrote what is quoted, where that stands right above it.
    private mutating func leaveOutAttribution(before index: Int, _ marked: Set<Int>) {
        guard let last = (max(0, index - 3)..<index).last(where: { !lines.lines[$0].isBlank }), isKept[last] else {
            return
        }
        if marked.contains(last) {
            var line = last
            while line >= 0, last - line < NewTextLimits.attributionLines, marked.contains(line) {
                isKept[line] = false
                line -= 1
            }
            return
        }
        guard lines.text[lines.lines[last].content].last(where: { $0 != 0x20 }) == UInt8(ascii: ":") else { return }
        var words = ""
        var bytes = 0
        for count in 1...NewTextLimits.attributionLines {
            let line = last - count + 1
            guard line >= 0, count == 1 || isKept[line], !isQuoted[line], !lines.lines[line].isBlank else { break }
            bytes += lines.lines[line].content.count
            guard bytes <= NewTextLimits.attributionBytes else { break }
            words = lines.words(ofLine: line) + (count == 1 ? "" : " ") + words
            switch ReplyWords.attribution(words) {
            case .whole:
                for line in line...last { isKept[line] = false }
                return
            case .perhaps where count == 1: isKept[last] = false
            default: break
            }
        }
    }

    // MARK: Signatures

    /// From a delimiter (RFC 3676, section 4.3) to the next quote or the end; and what a program marks as one.
    private mutating func leaveOutSignatures() {
        leaveOutMarkedSignatures()
        guard lines.lines.last?.end == lines.text.count else { return }
        // From the end, so that each line is passed once: of several delimiters the first that is near enough counts.
        var end = lines.text.count
        var from = lines.lines.count
        for index in lines.lines.indices.reversed() {
            let line = lines.lines[index]
            if !isKept[index] {
                end = line.content.lowerBound
                from = index
            } else if isDelimiter(line.content), end - line.content.lowerBound <= NewTextLimits.signatureBytes {
                for line in index..<from { isKept[line] = false }
                from = index
            }
        }
    }

    /// A page has no spaces at the ends of its lines.
    private func isDelimiter(_ content: Range<Int>) -> Bool {
        content.count <= 3 && lines.text[content].elementsEqual((marks == nil ? "-- " : "--").utf8)
    }

    private mutating func leaveOutMarkedSignatures() {
        let signatures = marks?.signatures.ranges.filter { $0.count <= NewTextLimits.signatureBytes }
        for index in indices(in: signatures) { isKept[index] = false }
    }

    // MARK: What is left

    private var rest: [UInt8]? {
        var rest: [UInt8] = []
        var pending: [UInt8] = []
        var isBroken = false
        for (index, line) in lines.lines.enumerated() {
            guard isKept[index] else {
                isBroken = true
                continue
            }
            let bytes = lines.text[line.content.lowerBound..<line.end]
            // Blank lines only between others; one in place of what was left out with those around it.
            if line.isBlank {
                if !rest.isEmpty, !isBroken || pending.isEmpty { pending += bytes }
                continue
            }
            rest += pending + bytes
            pending = []
            isBroken = false
        }
        if !cutsRest, let end = lines.lines.last?.end, end < lines.text.count { rest += pending + lines.text[end...] }
        while let last = rest.last, [0x0a, 0x0d, 0x20, 0x09].contains(last) { rest.removeLast() }
        return rest.isEmpty ? nil : rest
    }
}
