import Diagnostics
import Syntax

/// The kinds of coloured words, in the order of the legend.
enum SemanticTokenKind: String, CaseIterable {
    case keyword, comment, string, number, regexp, function, variable, property, enumMember, type, namespace, parameter
    case `operator`

    var number: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// Colours by meaning: what is a fact, what the policy's own, what a word of the language.
extension Session {
    func semanticTokens(_ parameters: JSON) throws(RequestFault) -> JSON {
        guard let file = desk.file(try path(parameters)) else { return ["data": []] }
        var meanings: [Int: (kind: SemanticTokenKind, modifiers: Int)] = [:]
        for declared in file.index.declared { meanings[declared.name.span.start] = (Self.kind(declared.kind), 1) }
        for mention in file.index.mentions { meanings[mention.span.start] = Self.kind(mention.role) }
        var data: [JSON] = []
        var last = EditorPosition(line: 0, character: 0)
        for lexeme in Lexeme.all(of: file.source) {
            guard let (kind, modifiers) = meanings[lexeme.span.start] ?? Self.kind(lexeme) else { continue }
            for span in pieces(lexeme.span, file) {
                let start = file.position(span.start, encoding)
                let length = file.position(span.end, encoding).character - start.character
                guard length > 0 else { continue }
                let column = start.line == last.line ? start.character - last.character : start.character
                data += [
                    .int(start.line - last.line), .int(column), .int(length), .int(kind.number), .int(modifiers),
                ]
                last = start
            }
        }
        return ["data": .array(data)]
    }

    /// A token stays on one line; a block of text is one a line.
    private func pieces(_ span: SourceSpan, _ file: ParsedFile) -> [SourceSpan] {
        let first = file.lines.line(of: span.start)
        let last = file.lines.line(of: span.end)
        guard last > first else { return [span] }
        return (first...last).map { line in
            let range = file.lines.range(ofLine: line, in: file.source.bytes)
            return SourceSpan(
                file: span.file, start: max(range.lowerBound, span.start), end: min(range.upperBound, span.end))
        }
    }

    private static func kind(_ kind: NameKind) -> SemanticTokenKind {
        switch kind {
        case .policy: .namespace
        case .parameter: .parameter
        case .rule, .exemption, .define: .function
        case .group, .list, .dictionary, .setting, .score, .template, .area: .variable
        }
    }

    private static func kind(_ role: MentionRole) -> (SemanticTokenKind, Int) {
        switch role {
        case .fact: (.property, 2)
        case .symbol, .fileType, .adjective, .reason, .direction: (.enumMember, 2)
        case .elements: (.type, 2)
        case .binder: (.variable, 0)
        case .name, .area: (.variable, 0)
        case .label: (.enumMember, 0)
        case .module, .alias: (.namespace, 0)
        case .argument: (.parameter, 0)
        }
    }

    private static func kind(_ lexeme: Lexeme) -> (SemanticTokenKind, Int)? {
        switch lexeme.kind {
        case .comment: (.comment, 0)
        case .text: (.string, 0)
        case .regex: (.regexp, 0)
        case .number, .date: (.number, 0)
        case .word:
            LanguageWords.reserved.contains(lexeme.value) || LanguageWords.contextual.contains(lexeme.value)
                ? (.keyword, 0) : Unit(rawValue: lexeme.value) != nil ? (.keyword, 0) : nil
        case .symbol: "<>=".contains(lexeme.value.prefix(1)) ? (.operator, 0) : nil
        }
    }
}
