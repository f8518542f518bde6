import Diagnostics
import Syntax
import Vocabulary

/// What is under the cursor, in a few lines.
extension Session {
    func hover(_ parameters: JSON) throws(RequestFault) -> JSON {
        guard let place = try place(parameters), let (text, span) = hoverText(place) else { return .null }
        let contents: JSON =
            client.markdown
            ? ["kind": "markdown", "value": .string(text)]
            : ["kind": "plaintext", "value": .string(Self.plain(text))]
        return ["contents": contents, "range": place.file.range(span, encoding)]
    }

    /// Without the marks of Markdown.
    private static func plain(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.hasPrefix("```") }
            .joined(separator: "\n").replacing("`", with: "").replacing("**", with: "")
    }

    private func hoverText(_ place: Place) -> (String, SourceSpan)? {
        if let mention = place.file.index.mention(at: place.offset), let text = WordHover.text(of: mention) {
            return (text, mention.span)
        }
        if let (id, span) = place.view.symbol(at: place.offset, in: place.file) {
            return describe(id, place.view).map { ($0, span) }
        }
        let lexeme = CursorLine.lexeme(at: place.offset, in: place.file)
        guard let lexeme, lexeme.kind == .word, let text = KeywordTable.documentation[lexeme.value] else { return nil }
        return ("**\(lexeme.value)**: \(text)", lexeme.span)
    }

    private func describe(_ id: SymbolID, _ view: ProjectView) -> String? {
        switch id.space {
        case .name:
            guard let (file, declared) = view.declaration(of: id.name, in: id.scope) else {
                return nil
            }
            return DeclarationHover(file: file, prefix: id.scope, cost: cost(of: id, view)).text(of: declared)
        case .area:
            let declared = view.declarations(of: id)
            let uses = view.places(of: id).count - declared.count
            let how = declared.isEmpty ? "not declared; an area needs no declaration" : "declared"
            return "quarantine area `\(id.name)`\n\n\(how), named in \(uses) place\(uses == 1 ? "" : "s")"
        case .label:
            let uses = view.places(of: id).count
            return "label `\(id.name)`\n\nnamed in \(uses) place\(uses == 1 ? "" : "s")"
        case .module:
            guard let module = view.modules.first(where: { $0.name == id.name }) else { return nil }
            return DeclarationHover(file: module.file, prefix: id.name, cost: nil).text(ofModule: id.name)
        case .binder: return "an element named `\(id.name)` by `as`"
        }
    }

    private func cost(of id: SymbolID, _ view: ProjectView) -> CheckOutcome.Cost? {
        guard let costs = outcomes[view.root]?.costs else { return nil }
        if id.scope.isEmpty { return costs[id.name] }
        let prefix = view.imported(into: "").first { $0.module == id.scope }?.prefix
        return prefix.flatMap { costs[$0 + "." + id.name] }
    }
}

/// The lexeme at a place, found without reading the whole file: the declaration around it is enough.
enum CursorLine {
    static func lexeme(at offset: Int, in file: ParsedFile) -> Lexeme? {
        let context = DeclarationText(bytes: file.source.bytes, lines: file.lines, offset: offset, limit: 64 << 10)
        let line = file.lines.line(of: offset)
        let end = file.lines.range(ofLine: line, in: file.source.bytes).upperBound
        let slice = SourceFile(
            path: file.path, bytes: Array(file.source.bytes[context.start..<max(end, context.start)]))
        let found = Lexeme.all(of: slice).first { $0.span.contains(offset - context.start) && $0.kind == .word }
        return found.map {
            Lexeme(
                kind: $0.kind,
                span: SourceSpan(
                    file: $0.span.file, start: $0.span.start + context.start, end: $0.span.end + context.start),
                value: $0.value, isFirstOnLine: $0.isFirstOnLine)
        }
    }
}
