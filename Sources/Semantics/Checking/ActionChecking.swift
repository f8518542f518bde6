import Diagnostics
import Syntax
import Vocabulary

extension CheckContext {
    /// What the actions of one `then` come to; `nil` after a fault.
    ///
    /// - Parameters:
    ///   - span: the clause.
    ///   - isAnswer: whether it answers a reason, where `deliver` should have been `ignore`.
    func consequence(
        of actions: [Syntax.Action], _ scope: ModuleScope, at span: SourceSpan, isAnswer: Bool
    ) -> TypedConsequence? {
        var result = TypedConsequence()
        var isGood = true
        var reject: SourceSpan?
        for action in actions {
            guard let kind = checked(action, scope) else {
                isGood = false
                continue
            }
            switch kind {
            case .disposition(let disposition):
                result.disposition = max(result.disposition, disposition)
            case .quarantine(let area):
                result.disposition = max(result.disposition, .quarantine)
                if !result.areas.contains(area) { result.areas.append(area) }
            case .reject(let text):
                if let first = reject {
                    report(SemanticsDiagnostics.twoRefusals(action.span, first: first))
                    isGood = false
                }
                reject = action.span
                result.disposition = .reject
                result.reason = text
            case .actions(let all):
                result.actions += all.filter { !result.actions.contains($0) }
            }
        }
        guard isGood else { return nil }
        if result == TypedConsequence(), let first = actions.first {
            report(SemanticsDiagnostics.deliverAlone(first.span, isAnswer: isAnswer))
            return nil
        }
        checkRoutes(of: actions)
        result.areas.sort()
        return result
    }

    private enum CheckedAction {
        case disposition(Disposition)
        case quarantine(String)
        case reject(TextForm<Operand>)
        case actions([TypedAction])

        static func plain(_ action: Vocabulary.Action) -> CheckedAction { .actions([.plain(action)]) }
    }

    private func checked(_ action: Syntax.Action, _ scope: ModuleScope) -> CheckedAction? {
        switch action.kind {
        case .deliver(nil): return .disposition(.deliver)
        case .deliver(let route?): return .plain(.deliverVia(route: scope.resolving(route).name.text))
        case .defer: return .disposition(.defer)
        case .discard: return .disposition(.discard)
        case .quarantine(let name): return .quarantine(area(name, scope))
        case .reject(let text): return line(text, .refusal, scope).map { .reject($0) }
        case .tagSubject(let text):
            return line(text, .tag, scope).map { form in
                form.literal.map { .plain(.tagSubject($0)) } ?? .actions([.tagSubject(form)])
            }
        case .addHeader(let name, let value): return header(name, value, scope)
        case .removeHeader(let name): return headerName(name).map { .plain(.removeHeader(name: $0)) }
        case .strip: return .actions([.strip])
        case .disclaimer(let name):
            return template(name, in: scope, isDisclaimer: true).map { .plain(.disclaimer(template: $0)) }
        case .redirect(let text): return address(text, subject: "redirect to").map { .plain(.redirect(to: $0)) }
        case .copy(let text): return address(text, subject: "copy to").map { .plain(.copy(to: $0)) }
        case .log(nil): return .plain(.log(nil))
        case .log(let text?):
            return line(text, .log, scope).map { form in
                form.literal.map { .plain(.log($0)) } ?? .actions([.log(form)])
            }
        case .notify(let notice): return notices(notice, scope).map { .actions($0) }
        }
    }

    // MARK: - Header fields

    private func headerName(_ text: TextLiteral) -> String? {
        if HeaderNames.normalized(text.value) != nil { return text.value }
        report(SemanticsDiagnostics.badHeaderName(text))
        return nil
    }

    private func header(_ name: TextLiteral, _ value: Syntax.Operand, _ scope: ModuleScope) -> CheckedAction? {
        let name = headerName(name)
        guard let form = headerValue(value, scope), let name else { return nil }
        return form.literal.map { .plain(.addHeader(name: name, value: $0)) }
            ?? .actions([.addHeader(name: name, form)])
    }

    private func headerValue(_ value: Syntax.Operand, _ scope: ModuleScope) -> TextForm<Operand>? {
        switch value.kind {
        case .missing: return nil
        case .literal(.text(let text)): return line(text, .field, scope)
        case .literal(let literal): return TextForm(text(literal.span))
        case .fact(let fact):
            let checker = ExpressionChecker(self, scope)
            if let symbol = checker.computedSymbol(value) {
                return self.value(of: symbol, at: fact.span, scope).map { TextForm([.value($0)]) }
            }
            switch checker.resolve(fact) {
            case .reference(let reference):
                return checker.withFallback(.fact(reference), value).map { TextForm([.value($0)]) }
            case .literal(.text(let text)): return line(text, .field, scope)
            case .literal(let literal): return TextForm(text(literal.span))
            case .failed: return nil
            case .condition, .list, .elementList, .element, .computed:
                report(SemanticsDiagnostics.notWritable(fact.span, text(fact.span)))
                return nil
            }
        }
    }

    // MARK: - Notices

    private func notices(_ notice: Notice, _ scope: ModuleScope) -> [TypedAction]? {
        var isGood = true
        var except: Formula?
        if let expression = notice.except {
            except = condition(expression, scope, currentLevels)
            if except == nil { isGood = false }
        }
        var template: String?
        if let name = notice.template {
            template = self.template(name, in: scope)
            if template == nil { isGood = false }
        }
        let addressees = notice.addressees.map { addressee in
            let typed = typed(addressee)
            if typed == nil { isGood = false }
            return typed
        }
        guard isGood else { return nil }
        let even = notice.evenUnauthenticated
        return addressees.compactMap { $0 }.map { whom in
            if let except {
                return .notify(whom: whom, template: template, evenUnauthenticated: even, except: except)
            }
            return .plain(.notify(whom: whom, template: template, evenUnauthenticated: even))
        }
    }

    private func typed(_ addressee: Notice.Addressee) -> Vocabulary.Addressee? {
        switch addressee {
        case .address(let text):
            return address(text, subject: "notify").map { .mailbox($0) }
        case .role(let name):
            switch name.text {
            case "sender": return .sender
            case "recipient": return .recipient
            case "admin":
                if organisation.administrators.isEmpty {
                    if !hasFaultyAdministrator {
                        reportMissing(once: "admin", SemanticsDiagnostics.noAdministrator(name.span))
                    }
                    return nil
                }
                return .administrator
            default:
                report(SemanticsDiagnostics.unknownAddressee(name))
                return nil
            }
        }
    }

    // MARK: - Routes

    /// Two routes in one clause.
    private func checkRoutes(of actions: [Syntax.Action]) {
        let routes = actions.filter(\.isRoute)
        if routes.count > 1 { report(SemanticsDiagnostics.twoRoutes(routes[1].span, first: routes[0].span)) }
    }
}

extension Syntax.Action {
    /// Whether it sends the message elsewhere than it would go.
    var isRoute: Bool {
        switch kind {
        case .redirect, .deliver(via: .some): true
        default: false
        }
    }
}
