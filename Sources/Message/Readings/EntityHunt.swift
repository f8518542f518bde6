import Glibc

/// Finds parts by what no trick can do without: somewhere the fields of the part's content must stand, since without
/// them no reader undoes its encoding. Boundaries, types and the order of things are not believed.
///
/// Takes any bytes; gives each block of fields that has a content field, mended, with the bodies that readers could
/// give it. Linear: blocks do not overlap, and each has few bodies.
struct EntityHunt {
    /// A block of fields and where its body may lie.
    struct Entity {
        /// The fields as a strict reader would need them, with an empty line behind.
        let header: [UInt8]
        /// Where the block lies.
        let range: Range<Int>
        /// The bodies, the likeliest first.
        let bodies: [Range<Int>]
    }

    private let bytes: ArraySlice<UInt8>
    private let lines: [LenientLines.Line]
    /// What stands on the delimiters before blocks.
    private var tokens: Set<[UInt8]> = []
    private(set) var entities: [Entity] = []
    /// There were more than the limit.
    private(set) var hasMore = false

    /// Lines of one block. Longer ones are cut; what is cut off becomes part of a body.
    private static let blockLines = 256

    init(_ bytes: ArraySlice<UInt8>, limit: Int) {
        self.bytes = bytes
        lines = LenientLines(bytes).all()
        let blocks = findBlocks(limit: limit)
        tokens = Set(blocks.compactMap(\.delimiter).map { Array(token($0)) })
        for (index, block) in blocks.enumerated() {
            let next = index + 1 < blocks.count ? blocks[index + 1] : nil
            entities.append(
                Entity(
                    header: mended(block), range: range(block.lines),
                    bodies: bodies(of: block, end: next.map(start) ?? bytes.endIndex)))
        }
    }

    /// Whether some line in `bytes` could be a content field behind a delimiter: cheap, for texts that nobody doubts.
    static func mayFind(in bytes: ArraySlice<UInt8>) -> Bool {
        bytes.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return false }
            var place = 0
            while place + 13 < buffer.count, let hit = memchr(base + place, 0x0A, buffer.count - place) {
                place = UnsafePointer(hit.assumingMemoryBound(to: UInt8.self)) - base + 1
                guard place < buffer.count, asciiLowercase(base[place]) == 0x63 else { continue }
                let start = bytes.startIndex + place
                if ContentLine(bytes[start...].prefix(40)) != nil { return true }
            }
            return false
        }
    }

    // MARK: Blocks

    private struct Block {
        var lines: Range<Int>
        /// The delimiter line before it.
        var delimiter: Int?
        /// Lines at which a reader may take the body to start.
        var bodyStarts: [Int]
    }

    private func contentLine(_ index: Int) -> ContentLine? {
        let line = lines[index]
        guard let content = ContentLine(bytes[line.trimmedStart..<line.range.upperBound]) else { return nil }
        return line.trimmedStart == line.range.lowerBound || content.hasPlausibleValue ? content : nil
    }

    private func isDashed(_ index: Int) -> Bool {
        let line = lines[index]
        let start = line.trimmedStart
        return line.range.upperBound - start >= 2 && bytes[start] == 0x2D && bytes[start + 1] == 0x2D
    }

    private mutating func findBlocks(limit: Int) -> [Block] {
        var blocks: [Block] = []
        var index = 0
        var lowest = 0
        while index < lines.count {
            guard contentLine(index) != nil else {
                index += 1
                continue
            }
            guard blocks.count < limit else {
                hasMore = true
                break
            }
            let block = block(around: index, lowest: lowest)
            blocks.append(block)
            index = max(block.lines.upperBound, index + 1)
            lowest = index
        }
        return blocks
    }

    private func block(around index: Int, lowest: Int) -> Block {
        var first = index
        while first > lowest, index - first < Self.blockLines, !lines[first - 1].isBlank, !isDashed(first - 1) {
            first -= 1
        }
        // Lines of blanks alone are no end for all readers.
        while first > lowest, lines[first - 1].isBlank, !lines[first - 1].isEmpty { first -= 1 }
        let delimiter = first > 0 && isDashed(first - 1) ? first - 1 : nil
        var starts: [Int] = []
        var last = index
        while last < lines.count, last - index < Self.blockLines {
            let line = lines[last]
            if line.isEmpty {
                starts.append(last + 1)
                break
            }
            if line.isBlank {
                if starts.count < 2 { starts.append(last + 1) }
            } else if isDashed(last), last > index {
                // A delimiter too early, after which readers go on with fields or with the body.
                if last + 1 >= lines.count || contentLine(last + 1) != nil { break }
            } else if !isField(last), starts.isEmpty {
                starts.append(last)
            }
            last += 1
        }
        if starts.isEmpty { starts = [min(last, lines.count)] }
        return Block(lines: first..<last, delimiter: delimiter, bodyStarts: starts.reversed())
    }

    private func isField(_ index: Int) -> Bool {
        let line = lines[index]
        if line.trimmedStart > line.range.lowerBound || contentLine(index) != nil { return true }
        let text = bytes[line.range]
        guard let colon = text.firstIndex(of: 0x3A), colon > text.startIndex else { return false }
        return text[..<colon].allSatisfy { $0 >= 0x20 && $0 < 0x7F }
    }

    private func range(_ indices: Range<Int>) -> Range<Int> {
        guard let first = indices.first, let last = indices.last else { return bytes.startIndex..<bytes.startIndex }
        return lines[first].range.lowerBound..<lines[last].range.upperBound
    }

    private func start(_ block: Block) -> Int {
        lines[block.delimiter ?? block.lines.lowerBound].range.lowerBound
    }

    // MARK: Bodies

    private func bodies(of block: Block, end: Int) -> [Range<Int>] {
        var found: [Range<Int>] = []
        let token = block.delimiter.map(token)
        for index in block.bodyStarts where index < lines.count {
            let start = lines[index].range.lowerBound
            guard start < end else { continue }
            let range = start..<withoutLineEnd(bodyEnd(from: index, token: token, end: end), after: start)
            if !found.contains(range), bytes[range].contains(where: { $0 > 0x20 }) { found.append(range) }
        }
        return found
    }

    /// What stands behind the hyphens of a delimiter, without its own end.
    private func token(_ index: Int) -> ArraySlice<UInt8> {
        var text = bytes[(lines[index].trimmedStart + 2)..<lines[index].range.upperBound]
        while let last = text.last, last <= 0x20 || last == 0x2D { text.removeLast() }
        return text
    }

    /// A body goes on to the next delimiter that has something of its own delimiter, or to the next block. One that
    /// has no delimiter ends at any that is known.
    private func bodyEnd(from index: Int, token: ArraySlice<UInt8>?, end: Int) -> Int {
        var index = index
        while index < lines.count, lines[index].range.lowerBound < end {
            if isDashed(index) {
                let other = self.token(index)
                let isEnd = token.map { other.starts(with: $0) || $0.starts(with: other) }
                if isEnd ?? tokens.contains(Array(other)) { return lines[index].range.lowerBound }
            }
            index += 1
        }
        return end
    }

    private func withoutLineEnd(_ end: Int, after start: Int) -> Int {
        var end = end
        if end > start, bytes[end - 1] == 0x0A { end -= 1 }
        if end > start, bytes[end - 1] == 0x0D { end -= 1 }
        return end
    }

    // MARK: Mending

    private func mended(_ block: Block) -> [UInt8] {
        var header: [UInt8] = []
        let bodyStart = block.bodyStarts.last ?? block.lines.upperBound
        for index in block.lines where index < bodyStart || isField(index) {
            let line = lines[index]
            guard !line.isBlank, !isDashed(index) else { continue }
            let text = bytes[line.trimmedStart..<line.range.upperBound].filter { $0 != 0 }
            if let content = contentLine(index) {
                if !header.isEmpty { header += Self.lineEnd }
                header += Array(content.name.text.utf8) + Array(": ".utf8) + content.value.filter { $0 != 0 }
            } else if line.trimmedStart > line.range.lowerBound, !header.isEmpty {
                header += Self.lineEnd + [0x20] + text
            } else if text.contains(0x3A) {
                if !header.isEmpty { header += Self.lineEnd }
                header += text
            }
        }
        return header + Self.lineEnd + Self.lineEnd
    }

    private static let lineEnd: [UInt8] = [0x0D, 0x0A]
}
