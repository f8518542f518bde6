import Diagnostics

/// Diagnostics of a check as the protocol has them.
final class DiagnosticWriter {
    private let outcome: CheckOutcome
    private let encoding: PositionEncoding
    private let page: String?
    private var maps: [FileID: (lines: LineMap, characters: CharacterCounts)] = [:]

    init(outcome: CheckOutcome, encoding: PositionEncoding, page: String?) {
        self.outcome = outcome
        self.encoding = encoding
        self.page = page
    }

    func json(_ diagnostic: Diagnostic) -> JSON {
        let related: [JSON] = diagnostic.secondary.compactMap { label in
            guard let path = outcome.path(label.span.file), path.hasPrefix("/") else { return nil }
            return [
                "location": ["uri": .string(DocumentURI.uri(path)), "range": range(label.span)],
                "message": .string(label.text.isEmpty ? "see here" : label.text),
            ]
        }
        // An unused declaration is shown faded, not underlined.
        let isUnused = diagnostic.code.name.hasPrefix("unused")
        return JSON.of([
            "range": range(diagnostic.primary.span),
            "severity": .int(severity(diagnostic.severity)),
            "code": .string(diagnostic.code.id),
            "codeDescription": page.map { ["href": .string($0)] },
            "source": "lazaret",
            "message": .string(Self.message(diagnostic)),
            "tags": isUnused ? [1] : nil,
            "relatedInformation": related.isEmpty ? nil : .array(related),
            "data": .string(diagnostic.code.name),
        ])
    }

    /// The whole of what is to be said: the label, notes and help too, one a line.
    static func message(_ diagnostic: Diagnostic) -> String {
        var lines = [diagnostic.message]
        if !diagnostic.primary.text.isEmpty { lines.append(diagnostic.primary.text) }
        lines += diagnostic.notes.map { "note: " + $0 }
        if let help = diagnostic.help { lines.append("help: " + help) }
        return lines.joined(separator: "\n")
    }

    func range(_ span: SourceSpan) -> JSON {
        guard let file = outcome.sources[span.file] else {
            let start = EditorPosition(line: 0, character: 0).json
            return ["start": start, "end": start]
        }
        let map = maps[span.file] ?? (LineMap(file.bytes), CharacterCounts(file.bytes))
        maps[span.file] = map
        return [
            "start": map.lines.position(of: span.start, in: file.bytes, encoding, counts: map.characters).json,
            "end": map.lines.position(of: span.end, in: file.bytes, encoding, counts: map.characters).json,
        ]
    }

    private func severity(_ severity: Severity) -> Int {
        switch severity {
        case .error: 1
        case .warning: 2
        case .note: 3
        }
    }
}
