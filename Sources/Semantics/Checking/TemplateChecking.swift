import Diagnostics
import Syntax
import Vocabulary

extension CheckContext {
    func checkTemplates() -> [MessageTemplate] {
        names.all(.template).compactMap { symbol in
            guard case .template(let node) = symbol.declaration else { return nil }
            return check(node, symbol)
        }
    }

    private func check(_ node: TemplateDeclaration, _ symbol: Symbol) -> MessageTemplate? {
        var seen: [String: SourceSpan] = [:]
        var versions: [MessageTemplate.Version] = []
        if node.versions.isEmpty { reportMissing(SemanticsDiagnostics.emptyTemplate(node.name)) }
        for version in node.versions {
            let language = version.language
            if !LanguageTag.isPlausible(language.text) { report(SemanticsDiagnostics.badLanguage(language)) }
            if let first = seen[language.text] {
                report(SemanticsDiagnostics.fieldTwice(language.span, language.text, first: first))
                continue
            }
            seen[language.text] = language.span
            let subject = templateText(version.subject, .noticeSubject, symbol.scope)
            let body = templateText(version.body, .noticeText, symbol.scope)
            guard let subject, let body else { continue }
            versions.append(.init(language: language.text, subject: subject, body: body))
        }
        if let preferred = organisation.languages.first, !seen.isEmpty, seen[preferred] == nil,
            symbol.scope.isPolicy
        {
            warn(SemanticsDiagnostics.templateWithoutLanguage(node.name, preferred))
        }
        return MessageTemplate(name: symbol.name, versions: versions.sorted { $0.language < $1.language })
    }

    /// The full name of a template that is mentioned.
    func template(_ name: Name, in scope: ModuleScope) -> String? {
        let (given, scope) = scope.resolving(name)
        guard let symbol = names.symbol(given.text, in: scope) else {
            let nearest = Nearest.to(given.text, among: names.visibleNames([.template], in: scope))
            reportUnknown("name", given.text, in: scope, SemanticsDiagnostics.unknownTemplate(given, nearest: nearest))
            return nil
        }
        guard symbol.kind == .template else {
            report(SemanticsDiagnostics.wrongKind(given, symbol, expected: "a template"))
            return nil
        }
        names.used.insert(symbol.name)
        return symbol.name
    }
}
