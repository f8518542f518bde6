import Diagnostics
import Syntax
import Vocabulary

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
            _ = form(of: version.subject, symbol.scope)
            _ = form(of: version.body, symbol.scope)
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
        names.used.insert(symbol.name)
        return symbol.name
    }
}
