import Diagnostics
import Syntax
import Vocabulary

/// What a text in an action becomes, with the bound it has there.
enum LineUse {
    case refusal, field, tag, log, noticeSubject, noticeText

    var bytes: Int {
        switch self {
        case .refusal: WrittenTextLimits.refusalBytes
        case .field: WrittenTextLimits.fieldBytes
        case .tag: WrittenTextLimits.tagBytes
        case .log: WrittenTextLimits.logBytes
        case .noticeSubject: WrittenTextLimits.noticeSubjectBytes
        case .noticeText: WrittenTextLimits.noticeTextBytes
        }
    }

    /// As diagnostics name it.
    var phrase: String {
        switch self {
        case .refusal: "the text of a refusal"
        case .field: "the value of a header field"
        case .tag: "a tag of the subject"
        case .log: "a line of the log"
        case .noticeSubject: "the subject of a notice"
        case .noticeText: "the text of a notice"
        }
    }
}

extension CheckContext {
    /// A text that will stand on one line, its placeholders resolved; `nil` after a fault.
    func line(_ text: TextLiteral, _ use: LineUse, _ scope: ModuleScope) -> TextForm<Operand>? {
        guard !text.value.utf8.contains(where: { $0 < 0x20 || $0 == 0x7f }) else {
            report(
                use == .field
                    ? SemanticsDiagnostics.headerValueOfLines(text) : SemanticsDiagnostics.textOfLines(text, use.phrase)
            )
            return nil
        }
        guard let form = form(of: text, scope) else { return nil }
        let bytes = form.pieces.reduce(0) { if case .literal(let piece) = $1 { $0 + piece.utf8.count } else { $0 } }
        guard bytes <= use.bytes else {
            report(SemanticsDiagnostics.textTooLong(text, use.phrase, bytes: bytes, limit: use.bytes))
            return nil
        }
        return form
    }

    /// A text with every `{name}` in it resolved: a placeholder's, a setting's or a score's. `nil` after a fault.
    private func form(of text: TextLiteral, _ scope: ModuleScope) -> TextForm<Operand>? {
        let bytes = Array(text.value.utf8)
        var pieces: [TextForm<Operand>.Piece] = []
        var isGood = true
        var end = 0
        func literal(upTo start: Int) {
            if start > end { pieces.append(.literal(String(decoding: bytes[end..<start], as: UTF8.self))) }
        }
        for (name, range, span) in placeholders(in: text) {
            literal(upTo: range.lowerBound)
            end = range.upperBound
            if let piece = piece(name, at: span, scope) { pieces.append(piece) } else { isGood = false }
        }
        literal(upTo: bytes.count)
        return isGood ? TextForm(pieces.isEmpty ? [.literal("")] : pieces) : nil
    }

    /// A text of a template, its placeholders resolved; `nil` after a fault.
    func templateText(_ text: TextLiteral, _ use: LineUse, _ scope: ModuleScope) -> TemplateText? {
        var isGood = true
        for (name, _, span) in placeholders(in: text) where TemplatePlaceholder(rawValue: name) == nil {
            isGood = false
            if let symbol = names.symbol(name, in: scope), symbol.kind == .setting || symbol.kind == .score {
                report(SemanticsDiagnostics.valueInTemplate(span, name))
            } else {
                report(SemanticsDiagnostics.unknownPlaceholder(span, name, among: TemplatePlaceholder.allCases))
            }
        }
        guard isGood else { return nil }
        let form = TemplateText(text.value)
        let bytes = form.pieces.reduce(0) { if case .literal(let piece) = $1 { $0 + piece.utf8.count } else { $0 } }
        guard bytes <= use.bytes else {
            report(SemanticsDiagnostics.textTooLong(text, use.phrase, bytes: bytes, limit: use.bytes))
            return nil
        }
        return form
    }

    private func piece(_ name: String, at span: SourceSpan, _ scope: ModuleScope) -> TextForm<Operand>.Piece? {
        if let placeholder = TemplatePlaceholder(rawValue: name) {
            switch placeholder.meaning {
            case .verdict(let word): return .verdict(word)
            case .fact(let fact): return .value(.fact(FactReference(fact)))
            case .policyName: return .literal(policyName)
            case .administrators:
                return .literal(organisation.administrators.map(\.addrSpec).joined(separator: ", "))
            case .evidence, .parts:
                report(SemanticsDiagnostics.placeholderOfTemplates(span, name))
                return nil
            }
        }
        if let symbol = names.symbol(name, in: scope), symbol.kind == .setting || symbol.kind == .score {
            return value(of: symbol, at: span, scope).map { .value($0) }
        }
        // It may be a setting that could not be read.
        reportMissing(
            SemanticsDiagnostics.unknownPlaceholder(
                span, name,
                among: TemplatePlaceholder.allCases.filter { !$0.isOfTemplatesOnly }))
        return nil
    }

    /// Every `{name}` of a text, with its range in the value and where it stands in the source. Escapes and indentation
    /// shift offsets, so that the places are those in the text as written, name by name in their order.
    private func placeholders(in text: TextLiteral) -> [(name: String, range: Range<Int>, span: SourceSpan)] {
        var written = Dictionary(
            grouping: TemplatePlaceholder.occurrences(in: self.text(text.span)).reversed(), by: \.name)
        return TemplatePlaceholder.occurrences(in: text.value).map { name, range in
            guard let place = written[name]?.popLast()?.range else { return (name, range, text.span) }
            let start = text.span.start + place.lowerBound
            return (name, range, SourceSpan(file: text.span.file, start: start, end: start + place.count))
        }
    }

    /// The value of a setting or a score, written into a text; `nil` after a fault.
    func value(of symbol: Symbol, at span: SourceSpan, _ scope: ModuleScope) -> Operand? {
        guard let type = naturalType(of: symbol) else {
            // Words have no meaning but beside the fact they are compared with.
            if computed(symbol, from: span).isGood {
                report(SemanticsDiagnostics.notWritable(span, symbol.name))
            }
            return nil
        }
        let expected = Expected(type: type, subject: symbol.name)
        return ExpressionChecker(self, scope).computed(symbol, span, expecting: expected)
    }

    /// The name in the policy's header.
    var policyName: String {
        for case .policy(let node) in modules[0].declarations { return node.name.text }
        return ""
    }
}
