import Compiler

extension CompletionItems {
    /// The warnings by name, each with its code; by code where somebody begins to type what `check` printed.
    mutating func addWarnings() {
        let byCode = word.lowercased().hasPrefix("lz")
        for (code, title) in byCode ? Self.warnings : Self.warnings.sorted(by: { $0.code.name < $1.code.name }) {
            if byCode {
                add(
                    CompletionItem(
                        label: code.id, kind: .keyword, detail: code.name, documentation: title, insertion: code.name))
            } else {
                add(code.name, .keyword, code.id, title)
            }
        }
    }

    /// Those of the checker, and the one of the parser, by number.
    private static let warnings = ErrorPages.all.filter { $0.page.isWarning || $0.code.name == "invisible-character" }
        .map { (code: $0.code, title: $0.page.title) }
}
