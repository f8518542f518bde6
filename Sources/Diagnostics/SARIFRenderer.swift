/// Renders diagnostics as SARIF 2.1.0 (OASIS, 2020), which merge requests and code-scanning pages show beside the line.
///
/// Columns are Unicode scalars, as in the other output; `byteOffset` and `byteLength` name the same place.
public struct SARIFRenderer: Sendable {
    private let toolVersion: String

    /// - Parameters:
    ///   - toolVersion: the version that the log names as its maker's.
    public init(toolVersion: String) { self.toolVersion = toolVersion }

    /// One log with one run: the diagnostics of several policies, each with the files it speaks of.
    public func render(_ policies: [(diagnostics: [Diagnostic], sources: SourceSet)]) -> String {
        var rules: [DiagnosticCode] = []
        for diagnostic in policies.flatMap(\.diagnostics) where !rules.contains(diagnostic.code) {
            rules.append(diagnostic.code)
        }
        rules.sort { $0.number < $1.number }
        let results = policies.flatMap { policy in
            policy.diagnostics.map { result($0, policy.sources, rules) }
        }
        let driver = JSONText.object([
            ("name", JSONText.quoted("lazaret")), ("version", JSONText.quoted(toolVersion)),
            ("rules", JSONText.array(rules.map(rule))),
        ])
        let run = JSONText.object([
            ("tool", JSONText.object([("driver", driver)])), ("columnKind", JSONText.quoted("unicodeCodePoints")),
            ("results", lines(results)),
        ])
        return JSONText.object([
            ("$schema", JSONText.quoted("https://json.schemastore.org/sarif-2.1.0.json")),
            ("version", JSONText.quoted("2.1.0")),
            ("runs", JSONText.array([run])),
        ]) + "\n"
    }

    private func rule(_ code: DiagnosticCode) -> String {
        JSONText.object([("id", JSONText.quoted(code.id)), ("name", JSONText.quoted(code.name))])
    }

    private func result(_ diagnostic: Diagnostic, _ sources: SourceSet, _ rules: [DiagnosticCode]) -> String {
        var text = diagnostic.message
        for note in diagnostic.notes { text += "\nnote: " + note }
        if let help = diagnostic.help { text += "\nhelp: " + help }
        var fields = [
            ("ruleId", JSONText.quoted(diagnostic.code.id)),
            ("ruleIndex", String(rules.firstIndex(of: diagnostic.code) ?? -1)),
            ("level", JSONText.quoted(diagnostic.severity.rawValue)), ("message", message(text)),
            ("locations", JSONText.array(location(diagnostic.primary, sources).map { [$0] } ?? [])),
        ]
        let related = diagnostic.secondary.compactMap { location($0, sources) }
        if !related.isEmpty { fields.append(("relatedLocations", JSONText.array(related))) }
        let fixes = diagnostic.fixIts.compactMap { fix($0, sources) }
        if !fixes.isEmpty { fields.append(("fixes", JSONText.array(fixes))) }
        return JSONText.object(fields)
    }

    private func location(_ label: DiagnosticLabel, _ sources: SourceSet) -> String? {
        guard let file = sources[label.span.file] else { return nil }
        var fields = [
            (
                "physicalLocation",
                JSONText.object([("artifactLocation", artifact(file)), ("region", region(label.span, file))])
            )
        ]
        if !label.text.isEmpty { fields.append(("message", message(label.text))) }
        return JSONText.object(fields)
    }

    private func fix(_ fixIt: FixIt, _ sources: SourceSet) -> String? {
        let changes = fixIt.edits.compactMap { edit -> String? in
            guard let file = sources[edit.span.file] else { return nil }
            let replacement = JSONText.object([
                ("deletedRegion", region(edit.span, file)),
                ("insertedContent", JSONText.object([("text", JSONText.quoted(edit.replacement))])),
            ])
            return JSONText.object([
                ("artifactLocation", artifact(file)), ("replacements", JSONText.array([replacement])),
            ])
        }
        guard changes.count == fixIt.edits.count else { return nil }
        return JSONText.object([("description", message(fixIt.title)), ("artifactChanges", JSONText.array(changes))])
    }

    private func artifact(_ file: SourceFile) -> String {
        JSONText.object([("uri", JSONText.quoted(Self.reference(file.path)))])
    }

    private func region(_ span: SourceSpan, _ file: SourceFile) -> String {
        let start = file.position(of: span.start)
        let end = file.position(of: span.end)
        return JSONText.object([
            ("startLine", "\(start.line)"), ("startColumn", "\(start.column)"), ("endLine", "\(end.line)"),
            ("endColumn", "\(end.column)"), ("byteOffset", "\(span.start)"), ("byteLength", "\(span.end - span.start)"),
        ])
    }

    /// A path as a URI reference (RFC 3986): what may not stand in a path is percent-encoded, and a colon too, which
    /// would begin a scheme.
    private static func reference(_ path: String) -> String {
        var result = ""
        for byte in path.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"), UInt8(ascii: "/"):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                result += "%" + (digits.count == 1 ? "0" : "") + digits
            }
        }
        return path.hasPrefix("/") ? "file://" + result : result
    }

    private func message(_ text: String) -> String { JSONText.object([("text", JSONText.quoted(text))]) }

    private func lines(_ elements: [String]) -> String {
        elements.isEmpty ? "[]" : "[\n" + elements.map { "  " + $0 }.joined(separator: ",\n") + "\n]"
    }
}
