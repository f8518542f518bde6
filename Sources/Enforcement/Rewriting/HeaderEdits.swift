import Message
import Vocabulary

/// Fields removed, added and tagged. Those of the message itself; nested mails keep theirs.
struct HeaderEdits {
    /// A line of a message without its end (RFC 5322, section 2.1.1).
    private static let lineBytes = 998

    private let changes: MessageChanges

    init(_ changes: MessageChanges) { self.changes = changes }

    /// New fields come before all others, as whatever a server adds does.
    func edit(_ header: HeaderSection, _ edits: inout ByteEdits) {
        let removed = header.fields.filter { field in changes.removedFields.contains { field.isNamed($0) } }
        for field in removed { edits.remove(field.lineRange) }
        let start = header.fields.first?.lineRange.lowerBound ?? header.range.lowerBound
        let tag = changes.subjectTags.joined()
        for field in changes.addedFields {
            let isTagged = field.name.lowercased() == "subject"
            let line = FieldWriting.unstructured(field.name, isTagged ? tag + field.value : field.value)
            edits.insert(Array((line + "\r\n").utf8), at: start)
        }
        guard !tag.isEmpty else { return }
        let subjects = header.fields.filter { $0.isNamed("Subject") && !removed.contains($0) }
        // Where there are several, each reader shows another.
        for field in subjects { put(tag, before: field, &edits) }
        if subjects.isEmpty, !changes.addedFields.contains(where: { $0.name.lowercased() == "subject" }) {
            let line = FieldWriting.unstructured("Subject", WrittenText.line(tag, upTo: WrittenTextLimits.tagBytes))
            edits.insert(Array((line + "\r\n").utf8), at: start)
        }
    }

    /// Before the value as it stands, which stays as it was encoded.
    private func put(_ tag: String, before field: HeaderField, _ edits: inout ByteEdits) {
        let value = field.rawValue
        let start = value.firstIndex { $0 != 0x20 && $0 != 0x09 } ?? value.endIndex
        let isPlain = tag.utf8.allSatisfy { (0x20...0x7E).contains($0) } && !tag.contains("=?")
        let endsInBlank = tag.utf8.last == 0x20
        // A word that is not set off by a blank is no encoded word to readers (RFC 2047, section 5).
        let isBeforeEncoded = value[start...].starts(with: Array("=?".utf8))
        var written = Array(tag.utf8)
        if !isPlain || (isBeforeEncoded && !endsInBlank) {
            // Blanks between encoded words are not shown: those of the tag stand within it.
            let words = FieldWriting.unstructured("Subject", tag, isAlwaysEncoded: true)
            written = Array(words.utf8.dropFirst("Subject: ".utf8.count)) + [0x20]
        }
        let firstLine = value[start...].prefix { $0 != 0x0D && $0 != 0x0A }.count
        let used = start - field.lineRange.lowerBound + written.count + firstLine
        // A blank at the tag's end becomes the one that a folded line begins with.
        if used > Self.lineBytes, written.last == 0x20 {
            written.removeLast()
            written += [0x0D, 0x0A, 0x20]
        }
        edits.insert(written, at: start)
    }
}
