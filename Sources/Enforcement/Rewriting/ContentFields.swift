import Message

/// Fields that describe a part's content, replaced by others where the first of them stood.
enum ContentFields {
    /// - Parameters:
    ///   - lines: the new fields without line ends.
    ///   - isReplaced: which of the part's fields go.
    static func replace(
        in part: Part, by lines: [String], _ edits: inout ByteEdits, where isReplaced: (HeaderField) -> Bool
    ) {
        let old = part.header.fields.filter(isReplaced)
        for field in old { edits.remove(field.lineRange) }
        var lines = lines
        if part.isMessageRoot, part.header.first("MIME-Version") == nil { lines.insert("MIME-Version: 1.0", at: 0) }
        let place = old.first?.lineRange.lowerBound ?? part.header.fields.last?.lineRange.upperBound
        edits.insert(
            Array(lines.map { $0 + "\r\n" }.joined().utf8), at: place ?? part.header.range.lowerBound)
    }
}
