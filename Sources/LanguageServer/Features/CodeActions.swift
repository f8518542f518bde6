import Diagnostics

/// Corrections that diagnostics offer, one by one and all of a file at once.
extension Session {
    func codeActions(_ parameters: JSON) throws(RequestFault) -> JSON {
        let path = try path(parameters)
        guard let file = desk.file(path), let start = EditorPosition(parameters["range"]?["start"]),
            let end = EditorPosition(parameters["range"]?["end"]), let outcome = freshOutcome(of: path)
        else { return [] }
        let wanted = parameters["context"]?["only"]?.array?.compactMap(\.string)
        let first = file.lines.offset(of: start, in: file.source.bytes, encoding)
        let last = file.lines.offset(of: end, in: file.source.bytes, encoding)
        let writer = DiagnosticWriter(outcome: outcome, encoding: encoding, page: diagnosticsPage)
        let here = outcome.diagnostics.filter { outcome.path($0.primary.span.file) == path }
        var actions: [JSON] = []
        if Self.wants("quickfix", wanted) {
            for diagnostic in here where diagnostic.primary.span.start <= last && diagnostic.primary.span.end >= first {
                for fixIt in diagnostic.fixIts {
                    guard let edit = workspaceEdit(fixIt.edits, outcome, writer) else { continue }
                    actions.append([
                        "title": .string(fixIt.title), "kind": "quickfix", "diagnostics": [writer.json(diagnostic)],
                        "isPreferred": .bool(diagnostic.sureFixIt != nil), "edit": edit,
                    ])
                }
            }
        }
        if Self.wants("source.fixAll.lazaret", wanted) {
            // Those that `check --fix` makes.
            let source = outcome.sources.files.first { outcome.path($0.id) == path }
            let edits = source.map { FixItApplier.chosen(here.filter { $0.sureFixIt != nil }, in: $0).edits } ?? []
            if !edits.isEmpty, let edit = workspaceEdit(edits, outcome, writer) {
                actions.append([
                    "title": "correct all that leaves no choice", "kind": "source.fixAll.lazaret", "edit": edit,
                ])
            }
        }
        return .array(actions)
    }

    private static func wants(_ kind: String, _ only: [String]?) -> Bool {
        only?.contains { kind == $0 || kind.hasPrefix($0 + ".") } ?? true
    }

    private func workspaceEdit(_ edits: [SourceEdit], _ outcome: CheckOutcome, _ writer: DiagnosticWriter) -> JSON? {
        var changes: [String: [JSON]] = [:]
        for edit in edits {
            guard let path = outcome.path(edit.span.file), path.hasPrefix("/") || desk.documents[path] != nil else {
                return nil
            }
            let json: JSON = ["range": writer.range(edit.span), "newText": .string(edit.replacement)]
            changes[uri(path), default: []].append(json)
        }
        return ["changes": .object(changes.mapValues(JSON.array))]
    }

    /// The last check, if the texts are still those it read; a small policy is checked at once where they are not.
    private func freshOutcome(of path: String) -> CheckOutcome? {
        let root = desk.root(of: path)
        if let known = outcomes[root], isFresh(known) { return known }
        let check = desk.check(of: root)
        let bytes = check.sources.own.reduce(0) { $0 + (desk.file($1)?.source.bytes.count ?? 0) }
        guard bytes <= limits.immediateCheckBytes else { return nil }
        let outcome = check.run(patterns, suffixes)
        finish(outcome)
        return outcome
    }

    func isFresh(_ outcome: CheckOutcome) -> Bool {
        outcome.paths.allSatisfy { outcome.versions[$0] == desk.documents[$0]?.version }
    }
}
