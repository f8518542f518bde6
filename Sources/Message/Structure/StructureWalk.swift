import Glibc

/// The walk over MIME structure: one pass over a buffer, an explicit stack of open parts, and only lines that begin
/// with two hyphens looked at. Recursion happens for encoded nested messages alone, and is bounded by the depth limit.
struct StructureWalk {
    private let bytes: MessageBytes
    private let base: UnsafePointer<UInt8>
    private let end: Int
    private let tally: Tally
    private let survey: LineSurvey
    private var stack: [OpenPart] = []
    private var finished: [Part] = []
    /// Start of the line to look at next.
    private var position = 0
    /// The part limit was met: the rest is not read.
    private var isStopped = false

    private init(_ bytes: MessageBytes, _ base: UnsafePointer<UInt8>, tally: Tally) {
        self.bytes = bytes
        self.base = base
        self.tally = tally
        end = bytes.count
        survey = LineSurvey(base, bytes.count, lineLength: tally.limits.lineLength)
    }

    /// The entity of the message in `bytes`.
    static func message(
        _ bytes: MessageBytes, path: String, depth: Int, isMessageRoot: Bool = true, tally: Tally
    ) -> Part {
        run(bytes, tally: tally) { walk in
            let marked = bytes.array.starts(with: [0xEF, 0xBB, 0xBF])
            walk.open(
                at: marked ? 3 : 0, path: path, depth: depth, defaultType: .plainText, isMessageRoot: isMessageRoot)
            if marked { walk.stack[0].note(.byteOrderMark, 0..<3) }
            for found in walk.survey.anomalies {
                walk.stack[0].note(found.kind, found.range)
            }
            walk.walkBody()
            return walk.finished.last
        } ?? .empty(bytes, path: path, depth: depth)
    }

    /// The parts of a multipart whose body was decoded into `bytes`.
    private static func parts(of multipart: OpenPart, in bytes: MessageBytes, tally: Tally) -> [Part] {
        run(bytes, tally: tally) { walk in
            var shell = OpenPart(
                path: multipart.path, depth: multipart.depth, start: 0, bodyStart: 0,
                header: HeaderSection(bytes: bytes, range: 0..<0, fields: []), facts: multipart.facts,
                isMessageRoot: false)
            shell.facts.encoding = .binary
            shell.boundary = multipart.facts.boundary
            walk.stack.append(shell)
            walk.walkBody()
            return walk.finished.last?.children
        } ?? []
    }

    private static func run<Result>(
        _ bytes: MessageBytes, tally: Tally, _ body: (inout StructureWalk) -> Result?
    ) -> Result? {
        // An empty array need not have an address.
        let source = bytes.array.isEmpty ? [0] : bytes.array
        return source.withUnsafeBufferPointer { buffer -> Result? in
            guard let base = buffer.baseAddress else { return nil }
            var walk = StructureWalk(bytes, base, tally: tally)
            return body(&walk)
        }
    }

    // MARK: Opening

    /// Reads the header section at `start` and pushes its part, and the message inside when it is message/rfc822.
    private mutating func open(
        at start: Int, path: String, depth: Int, defaultType: ContentType, isMessageRoot: Bool
    ) {
        var (start, path, depth, defaultType, isMessageRoot) = (start, path, depth, defaultType, isMessageRoot)
        while true {
            tally.parts += 1
            var part = readEntity(start, path, depth, defaultType, isMessageRoot)
            position = part.bodyStart
            let nests = part.facts.contentType.isMessage && part.facts.encoding.isIdentity
            let isContainer = nests || part.facts.contentType.isMultipart || part.facts.contentType.isMessage
            if isContainer, depth >= tally.limits.depth { part.isBlocked = true }
            if part.facts.contentType.isMultipart, !part.isBlocked { prepareMultipart(&part) }
            stack.append(part)
            guard nests, !part.isBlocked, hasRoomForPart(at: position) else { return }
            (start, path, depth) = (position, path + ".1", depth + 1)
            (defaultType, isMessageRoot) = (.plainText, true)
        }
    }

    private mutating func readEntity(
        _ start: Int, _ path: String, _ depth: Int, _ defaultType: ContentType, _ isMessageRoot: Bool
    ) -> OpenPart {
        var reader = HeaderReader(bytes: bytes, base: base, limits: tally.limits, part: path)
        let ending = reader.read(from: start, to: end) { delimiter(at: $0) != nil }
        let header = HeaderSection(bytes: bytes, range: start..<ending.headerEnd, fields: reader.fields)
        let facts = EntityFacts(
            header, defaultType: defaultType, part: path, isMessageRoot: isMessageRoot, limits: tally.limits)
        var part = OpenPart(
            path: path, depth: depth, start: start, bodyStart: ending.bodyStart, header: header, facts: facts,
            isMessageRoot: isMessageRoot)
        for anomaly in reader.anomalies { part.note(anomaly) }
        for anomaly in facts.anomalies { part.note(anomaly) }
        for hit in reader.limitsHit + facts.limitsHit { tally.hit(hit) }
        if survey.hasBareCarriageReturn,
            let place = LineSurvey.bareCarriageReturn(base, start..<ending.headerEnd)
        {
            part.note(.bareCarriageReturnInHeader, place..<place + 1)
        }
        return part
    }

    private mutating func prepareMultipart(_ part: inout OpenPart) {
        if !part.facts.encoding.isIdentity { part.note(.encodedMultipart, part.header.range) }
        if let boundary = part.facts.boundary {
            if stack.contains(where: { $0.boundary == boundary }) { part.note(.equalBoundaries, part.header.range) }
            part.boundary = boundary
            return
        }
        part.note(.missingBoundary, part.header.range)
        if let guess = guessBoundary(from: part.bodyStart) {
            part.note(.guessedBoundary, guess)
            part.facts.boundary = Array(bytes[guess.lowerBound + 2..<guess.upperBound])
            part.boundary = part.facts.boundary
        }
    }

    /// The first line in reach that begins with two hyphens and more, and is no delimiter of a multipart around.
    private func guessBoundary(from start: Int) -> Range<Int>? {
        let stop = min(end, start + tally.limits.boundaryGuess)
        var place = start
        while place < stop {
            let line = lineContent(at: place)
            var high = line.upperBound
            while high > place, isBlank(base[high - 1]) { high -= 1 }
            if high - place > 2, base[place] == 0x2D, base[place + 1] == 0x2D {
                return delimiter(at: place) == nil ? place..<high : nil
            }
            place = nextLine(after: line.upperBound)
        }
        return nil
    }

    private mutating func hasRoomForPart(at place: Int) -> Bool {
        guard tally.parts >= tally.limits.parts else { return true }
        isStopped = true
        let path = stack.last?.path ?? "1"
        tally.hit(LimitHit(limit: "parts", part: path, range: place..<end))
        if !stack.isEmpty { stack[stack.count - 1].note(.partLimit, place..<end) }
        return false
    }

    // MARK: Delimiters

    /// A delimiter line and the multipart it belongs to.
    private struct Delimiter {
        let frame: Int
        let isEnd: Bool
    }

    /// Goes through the rest of the buffer from delimiter to delimiter, then closes what is open.
    private mutating func walkBody() {
        while !isStopped, let (start, delimiter) = nextDelimiter() {
            let next = nextLine(after: lineContent(at: start).upperBound)
            closeParts(above: delimiter.frame, at: contentEnd(before: start))
            position = next
            if stack[delimiter.frame].children.isEmpty, stack[delimiter.frame].preamble == nil {
                let bodyStart = stack[delimiter.frame].bodyStart
                stack[delimiter.frame].preamble = bodyStart..<max(bodyStart, contentEnd(before: start))
            }
            if delimiter.isEnd {
                stack[delimiter.frame].isClosed = true
                // Of several ends the first counts: what stands between them is for some reader an epilogue.
                stack[delimiter.frame].epilogueStart = stack[delimiter.frame].epilogueStart ?? next
            } else {
                openChild(of: delimiter.frame, line: start, at: next)
            }
        }
        closeParts(above: -1, at: end)
    }

    private mutating func openChild(of frame: Int, line: Int, at start: Int) {
        if stack[frame].isClosed { stack[frame].note(.partAfterEnd, line..<start) }
        guard hasRoomForPart(at: start) else { return }
        let parent = stack[frame]
        open(
            at: start, path: "\(parent.path).\(parent.children.count + 1)", depth: parent.depth + 1,
            defaultType: parent.facts.contentType.subtype == "digest" ? .message : .plainText, isMessageRoot: false)
    }

    /// The next delimiter at or after `position`. Hyphens are hunted, not lines: base64 has none, so a large
    /// attachment costs one memchr.
    private mutating func nextDelimiter() -> (start: Int, delimiter: Delimiter)? {
        guard stack.contains(where: { $0.boundary != nil }) else { return nil }
        // `place` is always the start of a line, and grows in each round.
        var place = position
        while place < end {
            if place + 2 < end, base[place] == 0x2D, base[place + 1] == 0x2D {
                if let found = delimiter(at: place) { return (place, found) }
                notePrefix(at: place)
            }
            guard place + 1 < end, let hit = memchr(base + place + 1, 0x2D, end - place - 1) else { return nil }
            let hyphen = UnsafePointer(hit.assumingMemoryBound(to: UInt8.self)) - base
            place = base[hyphen - 1] == 0x0A ? hyphen : nextLine(after: hyphen)
        }
        return nil
    }

    /// The multipart whose delimiter stands at `start`: the innermost open one, or else the innermost closed one.
    private func delimiter(at start: Int) -> Delimiter? {
        var closed: Delimiter?
        for frame in stride(from: stack.count - 1, through: 0, by: -1) {
            guard let isEnd = match(frame, at: start) else { continue }
            if !stack[frame].isClosed { return Delimiter(frame: frame, isEnd: isEnd) }
            if closed == nil { closed = Delimiter(frame: frame, isEnd: isEnd) }
        }
        return closed
    }

    /// Whether the line at `start` is the delimiter of `frame`, and if so, whether the one that ends it.
    private func match(_ frame: Int, at start: Int) -> Bool? {
        guard hasBoundary(frame, at: start), let count = stack[frame].boundary?.count else { return nil }
        var after = start + 2 + count
        var isEnd = false
        if after + 1 < end, base[after] == 0x2D, base[after + 1] == 0x2D {
            isEnd = true
            after += 2
        }
        while after < end, isBlank(base[after]) || base[after] == 0x0D { after += 1 }
        return after == end || base[after] == 0x0A ? isEnd : nil
    }

    private func hasBoundary(_ frame: Int, at start: Int) -> Bool {
        guard let boundary = stack[frame].boundary, start + 2 + boundary.count <= end else { return false }
        guard base[start + 2] == boundary[0] else { return false }
        return boundary.withUnsafeBytes { raw in
            guard let wanted = raw.baseAddress else { return false }
            return memcmp(base + start + 2, wanted, raw.count) == 0
        }
    }

    /// Some readers compare the boundary alone and take whatever follows.
    private mutating func notePrefix(at start: Int) {
        for frame in stack.indices.reversed() where !stack[frame].isClosed && hasBoundary(frame, at: start) {
            stack[frame].note(.boundaryPrefixLine, lineContent(at: start))
        }
    }

    // MARK: Lines

    private func lineContent(at start: Int) -> Range<Int> {
        guard let hit = memchr(base + start, 0x0A, end - start) else { return start..<end }
        let feed = UnsafePointer(hit.assumingMemoryBound(to: UInt8.self)) - base
        return start..<(feed > start && base[feed - 1] == 0x0D ? feed - 1 : feed)
    }

    private func nextLine(after place: Int) -> Int {
        guard place < end, let hit = memchr(base + place, 0x0A, end - place) else { return end }
        return UnsafePointer(hit.assumingMemoryBound(to: UInt8.self)) - base + 1
    }

    /// The end of what stands before a delimiter line: its line end belongs to the delimiter.
    private func contentEnd(before line: Int) -> Int {
        guard line > 0, base[line - 1] == 0x0A else { return line }
        return line > 1 && base[line - 2] == 0x0D ? line - 2 : line - 1
    }

    // MARK: Closing

    private mutating func closeParts(above frame: Int, at place: Int) {
        while stack.count > frame + 1, var part = stack.popLast() {
            let body = part.bodyStart..<max(part.bodyStart, place)
            if part.boundary != nil, !part.isClosed, !isStopped {
                part.note(.missingEndBoundary, body.upperBound..<body.upperBound)
            }
            if part.isBlocked {
                part.note(.depthLimit, body)
                tally.hit(LimitHit(limit: "depth", part: part.path, range: body))
            } else {
                lookInsideEncoded(&part, body)
                if part.facts.contentType.isMultipart, part.children.isEmpty { part.note(.emptyMultipart, body) }
            }
            tally.absorb(part.anomalies)
            // A header section that runs into a delimiter keeps its last line end, beyond `place`.
            let done = Part(part, end: max(place, part.innerEnd), children: part.children)
            if stack.isEmpty {
                finished.append(done)
            } else {
                stack[stack.count - 1].innerEnd = done.range.upperBound
                stack[stack.count - 1].children.append(done)
            }
        }
    }

    /// Decodes and reads an encoded nested message, and an encoded multipart that shows no parts as it stands.
    private func lookInsideEncoded(_ part: inout OpenPart, _ body: Range<Int>) {
        let type = part.facts.contentType
        guard part.children.isEmpty, !part.facts.encoding.isIdentity, type.isMessage || type.isMultipart else { return }
        if type.isMultipart, part.facts.boundary == nil { return }
        guard tally.parts < tally.limits.parts else {
            return tally.hit(LimitHit(limit: "parts", part: part.path, range: body))
        }
        let output = Part.decode(bytes, body, part.facts.encoding, limit: tally.nestedBytesLeft).output
        tally.nestedBytesLeft -= output.bytes.count
        if !output.isComplete { tally.hit(LimitHit(limit: "nested-bytes", part: part.path, range: body)) }
        let decoded = MessageBytes(output.bytes)
        if type.isMessage {
            part.note(.encodedMessage, body)
            part.children = [
                Self.message(decoded, path: part.path + ".1", depth: part.depth + 1, tally: tally)
            ]
        } else {
            part.children = Self.parts(of: part, in: decoded, tally: tally)
            if !part.children.isEmpty { part.note(.decodedMultipart, body) }
        }
    }
}

extension Part {
    /// Stands in where a buffer has no address at all.
    fileprivate static func empty(_ bytes: MessageBytes, path: String, depth: Int) -> Part {
        let header = HeaderSection(bytes: bytes, range: 0..<0, fields: [])
        let facts = EntityFacts(
            header, defaultType: .plainText, part: path, isMessageRoot: true, limits: MessageLimits())
        let open = OpenPart(
            path: path, depth: depth, start: 0, bodyStart: 0, header: header, facts: facts, isMessageRoot: true)
        return Part(open, end: 0, children: [])
    }
}
