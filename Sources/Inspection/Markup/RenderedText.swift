/// A page's text as a browser with pictures shows it, where that is not what stands in the source: without the words for
/// pictures, with what forms and style sheets put in, letters and boxes in the order in which they are seen.
///
/// It is begun where the page first differs. What stands open is a stretch; the innermost one takes what comes, and is
/// put in order when it ends. Linear in the length.
struct RenderedText {
    /// How what stands in an element is laid out.
    enum Arrangement: Equatable {
        /// As it is written.
        case written
        /// Its letters from the right to the left (UAX #9, 3.3.2).
        case reversedLetters
        /// Its boxes by their places (CSS Flexible Box Layout 1, 5), the other way round if reversed.
        case boxes(isReversed: Bool)
    }

    fileprivate struct Piece {
        var place = 0
        var bytes: [UInt8]
        /// Whether it was put in order already.
        var isWhole = false
    }

    fileprivate struct Stretch {
        var arrangement: Arrangement
        /// Its place among the boxes that it stands beside.
        var place = 0
        /// Elements that are open around what stands in it.
        var depth: Int
        /// Whether it gathers boxes that float beside one another, and ends where anything else comes.
        var isFloating = false
        /// Whether a line ends behind its last box.
        var endsLine = false
        var pieces: [Piece] = []
    }

    /// Ends a line. Pages have no NUL.
    private static let lineEnd: UInt8 = 0

    private let limit: Int
    private var count = 0
    private var stretches: [Stretch]
    private(set) var isComplete = true

    /// - Parameters:
    ///   - text: what is shown before the first difference, its lines ended by line feeds.
    ///   - limit: the most bytes.
    init(behind text: [UInt8], limit: Int) {
        self.limit = limit
        let shown = Piece(bytes: text.map { $0 == 0x0A ? Self.lineEnd : $0 })
        stretches = [Stretch(arrangement: .written, depth: 0, pieces: [shown])]
        count = text.count
    }

    mutating func line() {
        // Boxes stand where they are put; the lines within them are their own.
        if let last = stretches.indices.last, stretches[last].isOfBoxes {
            stretches[last].endsLine = true
        } else {
            add([Self.lineEnd])
        }
    }

    mutating func space() {
        if stretches.last?.isOfBoxes != true { add([0x20]) }
    }

    mutating func append(_ bytes: some Collection<UInt8>) {
        let isBlank = !bytes.contains { $0 > 0x20 }
        if stretches.last?.isFloating == true, !isBlank { closeLast() }
        // Blanks between boxes are none.
        if stretches.last?.isOfBoxes != true || !isBlank { add(bytes) }
    }

    private mutating func add(_ bytes: some Collection<UInt8>) {
        guard count + bytes.count <= limit else {
            isComplete = false
            return
        }
        count += bytes.count
        let last = stretches.count - 1
        // Text between boxes is a box of its own.
        if let piece = stretches[last].pieces.indices.last, stretches[last].arrangement == .written {
            stretches[last].pieces[piece].bytes += bytes
        } else {
            stretches[last].pieces.append(Piece(bytes: Array(bytes)))
        }
    }

    // MARK: Elements

    /// Takes an element's start.
    ///
    /// - Parameters:
    ///   - box: how it is laid out.
    ///   - depth: elements that are open, itself included.
    mutating func open(_ box: PageBox, depth: Int) {
        let parent = depth - 1
        if let last = stretches.last, last.isFloating, last.depth == parent, !box.isFloatingRight { closeLast() }
        let hasRow = stretches.last.map { $0.isFloating && $0.depth == parent } ?? false
        if box.isFloatingRight, !hasRow, stretches.count < StyleLimits.arrangements {
            let row = Stretch(arrangement: .boxes(isReversed: true), depth: parent, isFloating: true)
            stretches.append(row)
        }
        let isItem = stretches.last.map { $0.depth == parent && $0.isOfBoxes } ?? false
        guard isItem || box.arrangement != .written || box.isOverridden else { return }
        guard stretches.count < StyleLimits.arrangements else {
            isComplete = false
            return
        }
        stretches.append(Stretch(arrangement: box.arrangement, place: isItem ? box.place : 0, depth: depth))
    }

    /// Takes the ends of all elements but those around.
    mutating func close(to depth: Int) {
        while stretches.count > 1, let last = stretches.last, last.depth > depth { closeLast() }
    }

    private mutating func closeLast() {
        guard stretches.count > 1, let last = stretches.popLast() else { return }
        let bytes = last.seen(lineEnd: Self.lineEnd)
        stretches[stretches.count - 1].take(Piece(place: last.place, bytes: bytes, isWhole: true))
        if last.endsLine { line() }
    }

    /// The text, white space collapsed.
    var finished: (text: [UInt8], isComplete: Bool) {
        var copy = self
        copy.close(to: -1)
        var collector = TextCollector(limit: limit)
        let bytes = copy.stretches[0].seen(lineEnd: Self.lineEnd)
        for line in bytes.split(separator: Self.lineEnd, omittingEmptySubsequences: true) {
            collector.append(line)
            collector.line()
        }
        return (collector.text, isComplete && collector.isComplete)
    }
}

extension RenderedText.Stretch {
    fileprivate var isOfBoxes: Bool {
        if case .boxes = arrangement { return true }
        return false
    }

    fileprivate mutating func take(_ piece: RenderedText.Piece) {
        endsLine = false
        if arrangement == .written, let last = pieces.indices.last {
            pieces[last].bytes += piece.bytes
        } else {
            pieces.append(piece)
        }
    }

    /// What a reader sees of it.
    fileprivate func seen(lineEnd: UInt8) -> [UInt8] {
        switch arrangement {
        case .written: return Array(pieces.map(\.bytes).joined())
        case .boxes(let isReversed):
            let inOrder = pieces.enumerated().sorted { ($0.element.place, $0.offset) < ($1.element.place, $1.offset) }
            let bytes = inOrder.map(\.element.bytes)
            return Array((isReversed ? bytes.reversed() : bytes).joined())
        case .reversedLetters:
            // What was put in order within it keeps its own; lines are turned one by one.
            var lines: [UInt8] = []
            var line: [[UInt8]] = []
            func endLine() {
                for piece in line.reversed() { lines += piece }
                line = []
            }
            for piece in pieces {
                guard !piece.isWhole else {
                    line.append(piece.bytes)
                    continue
                }
                for (index, own) in piece.bytes.split(separator: lineEnd, omittingEmptySubsequences: false).enumerated()
                {
                    if index > 0 {
                        endLine()
                        lines.append(lineEnd)
                    }
                    line.append(Self.turned(own))
                }
            }
            endLine()
            return lines
        }
    }

    /// UTF-8, its characters in reverse.
    private static func turned(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var turned: [UInt8] = []
        turned.reserveCapacity(bytes.count)
        var end = bytes.endIndex
        for index in bytes.indices.reversed() where bytes[index] & 0xC0 != 0x80 {
            turned += bytes[index..<end]
            end = index
        }
        return turned
    }
}
