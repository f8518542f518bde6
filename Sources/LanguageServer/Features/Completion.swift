import Diagnostics

/// What may be written next. Answered from the present text around the cursor and from what was parsed last of
/// everything else, so that no keystroke waits for a parser or a check.
extension Session {
    func completion(_ parameters: JSON) throws(RequestFault) -> JSON {
        let path = try path(parameters)
        let position = try position(parameters)
        guard let document = desk.documents[path] else { return ["isIncomplete": false, "items": []] }
        let offset = document.offset(of: position, encoding)
        let cursor = CursorText(
            bytes: document.bytes, lines: document.lines, offset: offset, limit: limits.contextBytes)
        let view = desk.recentView(of: path)
        let file = view.files.first { $0.path == path }
        var items = CompletionItems(
            word: cursor.word, view: view, file: file, path: path, takesSnippets: client.snippets,
            limit: limits.completions)
        for want in Self.wants(cursor) {
            items.add(
                want, moduleNames: { desk.sources(of: view.root).moduleNames },
                moduleFile: { desk.moduleFile($0, of: view.root) })
        }
        let start = document.lines.position(of: cursor.wordStart, in: document.bytes, encoding)
        let range: JSON = ["start": start.json, "end": position.json]
        let isClosed = document.bytes.indices.contains(offset) && document.bytes[offset] == UInt8(ascii: "}")
        let json = items.items.enumerated().map { index, item in
            let closing = cursor.isPlaceholder && !isClosed ? "}" : ""
            return JSON.of([
                "label": .string(item.label), "kind": .int(item.kind.rawValue),
                "detail": item.detail.isEmpty ? nil : .string(item.detail),
                "documentation": item.documentation.isEmpty ? nil : .string(item.documentation),
                "sortText": .string(String(String(10_000 + index).dropFirst())),
                "filterText": .string(item.label),
                "insertTextFormat": item.isSnippet ? 2 : nil,
                "textEdit": ["range": range, "newText": .string((item.insertion ?? item.label) + closing)],
            ])
        }
        return ["isIncomplete": .bool(items.isIncomplete), "items": .array(json)]
    }

    private static func wants(_ cursor: CursorText) -> [Want] {
        if cursor.isInComment { return [] }
        if cursor.isInText {
            let isOfTemplate = cursor.before.first?.value == "template"
            return cursor.isPlaceholder ? [.placeholders(ofTemplate: isOfTemplate)] : []
        }
        return ContextReader(tokens: cursor.before, isAtMargin: cursor.isAtMargin).wants()
    }
}
