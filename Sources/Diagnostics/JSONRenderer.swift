/// Renders diagnostics for programs: a JSON array of objects with their keys in a fixed order. Offsets are bytes, lines
/// and columns count from one, columns in Unicode scalars.
public struct JSONRenderer: Sendable {
    private let sources: SourceSet

    /// Makes a renderer over the files the diagnostics speak of.
    public init(sources: SourceSet) { self.sources = sources }

    /// An array with one diagnostic a line, ended by a line feed.
    public func render(_ diagnostics: [Diagnostic]) -> String {
        guard !diagnostics.isEmpty else { return "[]\n" }
        return "[\n" + diagnostics.map { "  " + object($0) }.joined(separator: ",\n") + "\n]\n"
    }

    /// One diagnostic as an object on one line.
    public func object(_ diagnostic: Diagnostic) -> String {
        var fields = [
            ("code", JSONText.quoted(diagnostic.code.id)), ("name", JSONText.quoted(diagnostic.code.name)),
            ("severity", JSONText.quoted(diagnostic.severity.rawValue)),
            ("message", JSONText.quoted(diagnostic.message)),
        ]
        fields += place(diagnostic.primary.span)
        fields.append(("label", JSONText.quoted(diagnostic.primary.text)))
        fields.append(
            (
                "labels",
                JSONText.array(
                    diagnostic.secondary.map { JSONText.object(place($0.span) + [("text", JSONText.quoted($0.text))]) })
            ))
        fields.append(("notes", JSONText.array(diagnostic.notes.map(JSONText.quoted))))
        fields.append(("help", diagnostic.help.map(JSONText.quoted) ?? "null"))
        fields.append(("fixIts", JSONText.array(diagnostic.fixIts.map(fixIt))))
        return JSONText.object(fields)
    }

    private func fixIt(_ fixIt: FixIt) -> String {
        let edits = fixIt.edits.map {
            JSONText.object(place($0.span) + [("replacement", JSONText.quoted($0.replacement))])
        }
        return JSONText.object([
            ("title", JSONText.quoted(fixIt.title)), ("sure", fixIt.isSure ? "true" : "false"),
            ("edits", JSONText.array(edits)),
        ])
    }

    private func place(_ span: SourceSpan) -> [(String, String)] {
        guard let file = sources[span.file] else { return [("file", "null")] }
        let start = file.position(of: span.start)
        let end = file.position(of: span.end)
        return [
            ("file", JSONText.quoted(file.path)), ("line", "\(start.line)"), ("column", "\(start.column)"),
            ("endLine", "\(end.line)"), ("endColumn", "\(end.column)"), ("start", "\(span.start)"),
            ("end", "\(span.end)"),
        ]
    }
}
