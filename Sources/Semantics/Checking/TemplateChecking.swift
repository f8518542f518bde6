import Diagnostics
import Syntax
import Vocabulary

/// What `{name}` in a template, a refusal or a tag may stand for.
public enum TemplatePlaceholder: String, CaseIterable, Sendable {
    case admin
    case area
    case date
    case direction
    case from
    case messageID = "message-id"
    case policy
    case reason
    case recipient
    case rule
    case sender
    case subject
    case title

    /// Every `{name}` in a text with its range of characters' UTF-8 offsets. Braces around anything else stand for
    /// themselves.
    public static func occurrences(in text: String) -> [(name: String, range: Range<Int>)] {
        let bytes = Array(text.utf8)
        var found: [(String, Range<Int>)] = []
        var start: Int?
        for (index, byte) in bytes.enumerated() {
            switch byte {
            case UInt8(ascii: "{"):
                start = index
            case UInt8(ascii: "}"):
                if let first = start, index > first + 1 {
                    found.append((String(decoding: bytes[first + 1..<index], as: UTF8.self), first..<index + 1))
                }
                start = nil
            case 0x61...0x7a, 0x30...0x39, UInt8(ascii: "-"), UInt8(ascii: "."):
                break
            default:
                start = nil
            }
        }
        return found
    }
}

extension CheckContext {
    func checkTemplates() -> [TypedTemplate] {
        names.all(.template).compactMap { symbol in
            guard case .template(let node) = symbol.declaration else { return nil }
            return check(node, symbol)
        }
    }

    private func check(_ node: TemplateDeclaration, _ symbol: Symbol) -> TypedTemplate? {
        var seen: [String: SourceSpan] = [:]
        var versions: [TypedTemplate.Version] = []
        if node.versions.isEmpty { reportMissing(SemanticsDiagnostics.emptyTemplate(node.name)) }
        for version in node.versions {
            let language = version.language
            if !LanguageTag.isPlausible(language.text) { report(SemanticsDiagnostics.badLanguage(language)) }
            if let first = seen[language.text] {
                report(SemanticsDiagnostics.fieldTwice(language.span, language.text, first: first))
                continue
            }
            seen[language.text] = language.span
            checkPlaceholders(in: version.subject, symbol.scope)
            checkPlaceholders(in: version.body, symbol.scope)
            versions.append(
                .init(language: language.text, subject: version.subject.value, body: version.body.value))
        }
        if let preferred = organisation.languages.first, !versions.isEmpty, seen[preferred] == nil,
            symbol.scope.isPolicy
        {
            warn(SemanticsDiagnostics.templateWithoutLanguage(node.name, preferred))
        }
        return TypedTemplate(name: symbol.name, versions: versions.sorted { $0.language < $1.language })
    }

    /// Every placeholder must be known, or the name of a setting or score.
    func checkPlaceholders(in text: TextLiteral, _ scope: ModuleScope) {
        let known = TemplatePlaceholder.allCases.map(\.rawValue)
        for (name, _) in TemplatePlaceholder.occurrences(in: text.value) where !known.contains(name) {
            if let symbol = names.symbol(name, in: scope), symbol.kind == .setting || symbol.kind == .score { continue }
            // Escapes may shift offsets: the placeholder is looked for in the text as written.
            let written = Array(self.text(text.span).utf8)
            let sought = Array("{\(name)}".utf8)
            let offset = written.indices.first { written[$0...].starts(with: sought) }
            let span =
                offset.map {
                    SourceSpan(
                        file: text.span.file, start: text.span.start + $0, end: text.span.start + $0 + sought.count)
                } ?? text.span
            report(SemanticsDiagnostics.unknownPlaceholder(span, name, nearest: Nearest.to(name, among: known)))
        }
    }

    /// The full name of a template that is mentioned.
    func template(_ name: Name, in scope: ModuleScope) -> String? {
        let (given, scope) = scope.resolving(name)
        guard let symbol = names.symbol(given.text, in: scope) else {
            let nearest = Nearest.to(given.text, among: names.visibleNames([.template], in: scope))
            reportUnknown("name", given.text, SemanticsDiagnostics.unknownTemplate(given, nearest: nearest))
            return nil
        }
        guard symbol.kind == .template else {
            report(SemanticsDiagnostics.wrongKind(given, symbol, expected: "a template"))
            return nil
        }
        return symbol.name
    }
}
