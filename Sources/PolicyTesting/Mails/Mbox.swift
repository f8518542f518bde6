/// Splits an mbox by a plain scan of its bytes; it knows nothing of mail but the separator lines.
///
/// A separator is a line that starts with `From `, holds a time of day and a year, and stands at the very beginning or
/// behind an empty line. The demand for time and year keeps a sentence of a body that starts with "From " in its mail
/// where the writer of the mbox did not quote it.
struct MboxScanner {
    private let file: ReadableFile
    private let limits: MailLimits
    private var buffer: [UInt8] = []
    private var position = 0
    /// The offset of the buffer's first byte in the file.
    private var bufferStart = 0
    private var isAtEnd = false
    private var separatorSeen: Range<Int>?

    init(_ file: ReadableFile, limits: MailLimits) {
        self.file = file
        self.limits = limits
    }

    /// Whether the file starts as an mbox does.
    ///
    /// - Throws: `FileFault` when it cannot be read.
    static func isMbox(_ file: ReadableFile) throws(FileFault) -> Bool {
        try file.read(at: 0, count: 5).elementsEqual("From ".utf8)
    }

    /// The bytes of the next mail without its separator and the empty line that ends it; `nil` at the end.
    ///
    /// Linear in the mail's length, memory of one chunk.
    ///
    /// - Throws: `FileFault` when the file cannot be read on.
    mutating func next() throws(FileFault) -> Range<Int>? {
        if separatorSeen == nil {
            guard let first = try nextLine() else { return nil }
            separatorSeen = first.range
        }
        guard let start = separatorSeen?.upperBound else { return nil }
        separatorSeen = nil
        var end = start
        var emptyLine: Range<Int>?
        while let line = try nextLine() {
            if let empty = emptyLine, Self.isSeparator(line.beginning) {
                separatorSeen = line.range
                return start..<empty.lowerBound
            }
            end = line.range.upperBound
            emptyLine = line.isEmpty ? line.range : nil
        }
        // The empty line that ends the last mail belongs to the mbox, unless it is all there is.
        return start..<(emptyLine.map { max(start, $0.lowerBound) } ?? end)
    }

    /// Whether a mail follows the one that `next` gave last.
    var hasMore: Bool { separatorSeen != nil }

    /// Takes one `>` off every line that starts with `>From `, `>>From ` and so on, as an mboxrd's reader must.
    static func unquoted(_ mail: [UInt8]) -> [UInt8] {
        let quoted = Array(">From ".utf8)
        guard mail.contains(quoted[0]) else { return mail }
        var result: [UInt8] = []
        result.reserveCapacity(mail.count)
        var lineStart = 0
        while lineStart < mail.count {
            let lineEnd = mail[lineStart...].firstIndex(of: 0x0A).map { $0 + 1 } ?? mail.count
            let signs = mail[lineStart..<lineEnd].prefix { $0 == quoted[0] }.count
            let isQuoted = signs > 0 && mail[(lineStart + signs)..<lineEnd].starts(with: quoted[1...])
            result.append(contentsOf: mail[(lineStart + (isQuoted ? 1 : 0))..<lineEnd])
            lineStart = lineEnd
        }
        return result
    }

    static func isSeparator(_ line: ArraySlice<UInt8>) -> Bool {
        guard line.starts(with: "From ".utf8) else { return false }
        var hasTime = false
        var hasYear = false
        for word in line.split(whereSeparator: { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D || $0 == 0x0A }).dropFirst() {
            let digits = word.filter { (0x30...0x39).contains($0) }.count
            let colons = word.filter { $0 == 0x3A }.count
            if colons >= 1, colons <= 2, digits + colons == word.count, digits >= 3 { hasTime = true }
            if word.count == 4, digits == 4, word.starts(with: "19".utf8) || word.starts(with: "20".utf8) {
                hasYear = true
            }
        }
        return hasTime && hasYear
    }

    // MARK: Lines

    private struct Line {
        var range: Range<Int>
        /// At most `MailLimits.separatorBytes`.
        var beginning: ArraySlice<UInt8>
        var isEmpty: Bool { beginning.elementsEqual([0x0A]) || beginning.elementsEqual([0x0D, 0x0A]) }
    }

    private mutating func nextLine() throws(FileFault) -> Line? {
        let start = bufferStart + position
        var beginning: [UInt8] = []
        while true {
            if position == buffer.count {
                guard try fill() else {
                    let end = bufferStart + position
                    return end == start ? nil : Line(range: start..<end, beginning: beginning[...])
                }
            }
            let rest = buffer[position...]
            let newline = rest.firstIndex(of: 0x0A)
            let end = newline.map { $0 + 1 } ?? buffer.count
            if beginning.count < limits.separatorBytes {
                beginning.append(contentsOf: buffer[position..<end].prefix(limits.separatorBytes - beginning.count))
            }
            position = end
            if newline != nil { return Line(range: start..<(bufferStart + end), beginning: beginning[...]) }
        }
    }

    private mutating func fill() throws(FileFault) -> Bool {
        guard !isAtEnd else { return false }
        bufferStart += buffer.count
        position = 0
        buffer = try file.read(at: bufferStart, count: limits.chunkBytes)
        isAtEnd = buffer.count < limits.chunkBytes
        return !buffer.isEmpty
    }
}
