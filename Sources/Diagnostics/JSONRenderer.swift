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
            ("code", quote(diagnostic.code.id)), ("name", quote(diagnostic.code.name)),
            ("severity", quote(diagnostic.severity.rawValue)), ("message", quote(diagnostic.message)),
        ]
        fields += place(diagnostic.primary.span)
        fields.append(("label", quote(diagnostic.primary.text)))
        fields.append(
            ("labels", array(diagnostic.secondary.map { braces(place($0.span) + [("text", quote($0.text))]) })))
        fields.append(("notes", array(diagnostic.notes.map(quote))))
        fields.append(("help", diagnostic.help.map(quote) ?? "null"))
        fields.append(("fixIts", array(diagnostic.fixIts.map(fixIt))))
        return braces(fields)
    }

    private func fixIt(_ fixIt: FixIt) -> String {
        let edits = fixIt.edits.map { braces(place($0.span) + [("replacement", quote($0.replacement))]) }
        return braces([("title", quote(fixIt.title)), ("edits", array(edits))])
    }

    private func place(_ span: SourceSpan) -> [(String, String)] {
        guard let file = sources[span.file] else { return [("file", "null")] }
        let start = file.position(of: span.start)
        let end = file.position(of: span.end)
        return [
            ("file", quote(file.path)), ("line", "\(start.line)"), ("column", "\(start.column)"),
            ("endLine", "\(end.line)"), ("endColumn", "\(end.column)"), ("start", "\(span.start)"),
            ("end", "\(span.end)"),
        ]
    }

    private func braces(_ fields: [(String, String)]) -> String {
        "{" + fields.map { quote($0.0) + ": " + $0.1 }.joined(separator: ", ") + "}"
    }

    private func array(_ elements: [String]) -> String { "[" + elements.joined(separator: ", ") + "]" }

    private func quote(_ text: String) -> String { JSONText.quoted(text) }
}
