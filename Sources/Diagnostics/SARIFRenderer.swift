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
        let driver = braces([
            ("name", quote("lazaret")), ("version", quote(toolVersion)), ("rules", array(rules.map(rule))),
        ])
        let run = braces([
            ("tool", braces([("driver", driver)])), ("columnKind", quote("unicodeCodePoints")),
            ("results", lines(results)),
        ])
        return braces([
            ("$schema", quote("https://json.schemastore.org/sarif-2.1.0.json")), ("version", quote("2.1.0")),
            ("runs", array([run])),
        ]) + "\n"
    }

    private func rule(_ code: DiagnosticCode) -> String {
        braces([("id", quote(code.id)), ("name", quote(code.name))])
    }

    private func result(_ diagnostic: Diagnostic, _ sources: SourceSet, _ rules: [DiagnosticCode]) -> String {
        var text = diagnostic.message
        for note in diagnostic.notes { text += "\nnote: " + note }
        if let help = diagnostic.help { text += "\nhelp: " + help }
        var fields = [
            ("ruleId", quote(diagnostic.code.id)), ("ruleIndex", String(rules.firstIndex(of: diagnostic.code) ?? -1)),
            ("level", quote(diagnostic.severity.rawValue)), ("message", message(text)),
            ("locations", array(location(diagnostic.primary, sources).map { [$0] } ?? [])),
        ]
        let related = diagnostic.secondary.compactMap { location($0, sources) }
        if !related.isEmpty { fields.append(("relatedLocations", array(related))) }
        let fixes = diagnostic.fixIts.compactMap { fix($0, sources) }
        if !fixes.isEmpty { fields.append(("fixes", array(fixes))) }
        return braces(fields)
    }

    private func location(_ label: DiagnosticLabel, _ sources: SourceSet) -> String? {
        guard let file = sources[label.span.file] else { return nil }
        var fields = [
            (
                "physicalLocation",
                braces([("artifactLocation", artifact(file)), ("region", region(label.span, file))])
            )
        ]
        if !label.text.isEmpty { fields.append(("message", message(label.text))) }
        return braces(fields)
    }

    private func fix(_ fixIt: FixIt, _ sources: SourceSet) -> String? {
        let changes = fixIt.edits.compactMap { edit -> String? in
            guard let file = sources[edit.span.file] else { return nil }
            let replacement = braces([
                ("deletedRegion", region(edit.span, file)),
                ("insertedContent", braces([("text", quote(edit.replacement))])),
            ])
            return braces([("artifactLocation", artifact(file)), ("replacements", array([replacement]))])
        }
        guard changes.count == fixIt.edits.count else { return nil }
        return braces([("description", message(fixIt.title)), ("artifactChanges", array(changes))])
    }

    private func artifact(_ file: SourceFile) -> String { braces([("uri", quote(Self.reference(file.path)))]) }

    private func region(_ span: SourceSpan, _ file: SourceFile) -> String {
        let start = file.position(of: span.start)
        let end = file.position(of: span.end)
        return braces([
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

    private func message(_ text: String) -> String { braces([("text", quote(text))]) }

    private func braces(_ fields: [(String, String)]) -> String {
        "{" + fields.map { quote($0.0) + ": " + $0.1 }.joined(separator: ", ") + "}"
    }

    private func array(_ elements: [String]) -> String { "[" + elements.joined(separator: ", ") + "]" }

    private func lines(_ elements: [String]) -> String {
        elements.isEmpty ? "[]" : "[\n" + elements.map { "  " + $0 }.joined(separator: ",\n") + "\n]"
    }

    private func quote(_ text: String) -> String { JSONText.quoted(text) }
}
