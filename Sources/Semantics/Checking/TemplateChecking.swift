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
        return MessageTemplate(name: symbol.name, versions: versions.sorted { $0.language < $1.language })
    }

    /// Warns of templates that have no words in the policy's language. A disclaimer is not asked in whose language it
    /// is: what stands under a mail is for those it goes to.
    func checkTemplateLanguages() {
        guard let preferred = organisation.languages.first else { return }
        for symbol in names.all(.template) where symbol.scope.isPolicy {
            guard case .template(let node) = symbol.declaration, !node.versions.isEmpty else { continue }
            if disclaimers.contains(symbol.name), !noticeTemplates.contains(symbol.name) { continue }
            if !node.versions.contains(where: { $0.language.text == preferred }) {
                warn(SemanticsDiagnostics.templateWithoutLanguage(node.name, preferred))
            }
        }
    }

    /// The full name of a template that is mentioned.
    func template(_ name: Name, in scope: ModuleScope, isDisclaimer: Bool = false) -> String? {
        let (given, scope) = scope.resolving(name)
        guard let symbol = names.symbol(given.text, in: scope) else {
            let nearest = Nearest.to(given.text, amongDeclared: names.visibleNames([.template], in: scope))
            reportUnknown("name", given.text, in: scope, SemanticsDiagnostics.unknownTemplate(given, nearest: nearest))
            return nil
        }
        guard symbol.kind == .template else {
            reportWrongKind(given, symbol, expected: "a template")
            return nil
        }
        names.used.insert(symbol.name)
        if isDisclaimer { disclaimers.insert(symbol.name) } else { noticeTemplates.insert(symbol.name) }
        return symbol.name
    }
}
