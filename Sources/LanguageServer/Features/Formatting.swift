import Diagnostics
import Syntax

/// The canonical form, as the fewest lines that change it.
extension Session {
    /// Of a range the lines that touch it; the form of a line depends on no other line's content but on the blocks
    /// around it, so that the whole is formatted and the rest left as it was.
    func formatting(_ parameters: JSON) throws(RequestFault) -> JSON {
        guard let file = desk.file(try path(parameters)), let text = Formatter.format(file: file.source) else {
            return []
        }
        let old = Self.lines(file.source.bytes)
        let new = Self.lines(Array(text.utf8))
        var edits = LineDifference.between(old, new)
        if let start = EditorPosition(parameters["range"]?["start"]),
            let end = EditorPosition(parameters["range"]?["end"])
        {
            let last = end.character == 0 && end.line > start.line ? end.line - 1 : end.line
            edits = edits.filter {
                $0.old.lowerBound <= last && max($0.old.upperBound, $0.old.lowerBound + 1) > start.line
            }
        }
        return .array(
            edits.map { edit in
                let replacement = new[edit.new].joined()
                return [
                    "range": [
                        "start": position(ofLine: edit.old.lowerBound, file),
                        "end": position(ofLine: edit.old.upperBound, file),
                    ],
                    "newText": .string(String(decoding: Array(replacement), as: UTF8.self)),
                ]
            })
    }

    private func position(ofLine line: Int, _ file: ParsedFile) -> JSON {
        // Formatting splits at LF only; a lone CR inside a line would count for the editor.
        let starts = file.source.lineStarts
        let offset = line < starts.count ? starts[line] : file.source.bytes.count
        return file.position(offset, encoding).json
    }

    /// The lines with their ends.
    private static func lines(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        var lines: [ArraySlice<UInt8>] = []
        var start = 0
        for (index, byte) in bytes.enumerated() where byte == 0x0a {
            lines.append(bytes[start...index])
            start = index + 1
        }
        if start < bytes.count { lines.append(bytes[start...]) }
        return lines
    }
}

/// Which lines differ between two texts.
enum LineDifference {
    struct Edit {
        let old: Range<Int>
        let new: Range<Int>
    }

    /// Edits from the first to the last. Where lines pair off one to one each is told by itself; else what differs
    /// between the common head and tail is one edit.
    static func between(_ old: [ArraySlice<UInt8>], _ new: [ArraySlice<UInt8>]) -> [Edit] {
        func same(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Bool { left.elementsEqual(right) }
        if old.count == new.count {
            return old.indices.filter { !same(old[$0], new[$0]) }.map { Edit(old: $0..<$0 + 1, new: $0..<$0 + 1) }
        }
        var head = 0
        while head < min(old.count, new.count), same(old[head], new[head]) { head += 1 }
        var tail = 0
        while tail < min(old.count, new.count) - head, same(old[old.count - 1 - tail], new[new.count - 1 - tail]) {
            tail += 1
        }
        return blocks(old, new, head..<(old.count - tail), head..<(new.count - tail))
    }

    /// Splits a differing stretch at lines whose words are found once in both, so that a range can be formatted alone.
    private static func blocks(
        _ old: [ArraySlice<UInt8>], _ new: [ArraySlice<UInt8>], _ left: Range<Int>, _ right: Range<Int>
    ) -> [Edit] {
        func key(_ line: ArraySlice<UInt8>) -> [UInt8] { line.filter { $0 > 0x20 } }
        var places: [[UInt8]: Int] = [:]
        var twice: Set<[UInt8]> = []
        for index in right {
            let words = key(new[index])
            if words.count < 2 || places.updateValue(index, forKey: words) != nil { twice.insert(words) }
        }
        var edits: [Edit] = []
        var start = (old: left.lowerBound, new: right.lowerBound)
        func close(_ end: (old: Int, new: Int)) {
            if start.old < end.old || start.new < end.new {
                edits.append(Edit(old: start.old..<end.old, new: start.new..<end.new))
            }
        }
        for index in left {
            let words = key(old[index])
            guard !twice.contains(words), let twin = places[words], twin >= start.new else { continue }
            close((index, twin))
            if !old[index].elementsEqual(new[twin]) { edits.append(Edit(old: index..<index + 1, new: twin..<twin + 1)) }
            start = (index + 1, twin + 1)
        }
        close((left.upperBound, right.upperBound))
        return edits
    }
}
