/// A text an editor has open: what it shows, not what lies on disk.
struct TextDocument: Sendable {
    let uri: String
    private(set) var version: Int
    private(set) var bytes: [UInt8]
    private(set) var lines: LineMap

    init(uri: String, version: Int, text: String) {
        self.uri = uri
        self.version = version
        bytes = Array(text.utf8)
        lines = LineMap(bytes)
    }

    /// Applies the changes of one notification in their order; a faulty one is left out.
    mutating func apply(_ changes: [JSON], version: Int, _ encoding: PositionEncoding) {
        self.version = version
        for change in changes {
            guard let text = change["text"]?.string else { continue }
            guard let range = change["range"] else {
                bytes = Array(text.utf8)
                lines = LineMap(bytes)
                continue
            }
            guard let start = EditorPosition(range["start"]), let end = EditorPosition(range["end"]) else { continue }
            let from = lines.offset(of: start, in: bytes, encoding)
            let to = max(from, lines.offset(of: end, in: bytes, encoding))
            let inserted = Array(text.utf8)
            bytes.replaceSubrange(from..<to, with: inserted)
            lines.replaced(from..<to, by: inserted.count, in: bytes)
        }
    }

    func offset(of position: EditorPosition, _ encoding: PositionEncoding) -> Int {
        lines.offset(of: position, in: bytes, encoding)
    }
}
