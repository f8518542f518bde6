import Diagnostics
import Syntax
import Vocabulary

extension CheckContext {
    /// Types the policy's own tests. Those of a module belong to whoever wrote it: they run where it is the policy.
    func checkTests(_ rules: RuleIndex) -> [TypedTest] {
        var seen: [String: SourceSpan] = [:]
        var tests: [TypedTest] = []
        for case .test(let node) in modules[0].declarations {
            if let first = seen[node.title.value] {
                report(SemanticsDiagnostics.testTwice(node.title, first: first))
            }
            seen[node.title.value] = node.title.span
            if let test = check(node, rules) { tests.append(test) }
        }
        return tests
    }

    private func check(_ node: TestDeclaration, _ rules: RuleIndex) -> TypedTest? {
        var mail: TestDeclaration.Mail?
        var assumptions: [Assumption] = []
        var expectations: [TypedTest.Expected] = []
        var isGood = true
        for case .mail(let given) in node.steps {
            if let mail { report(SemanticsDiagnostics.clauseTwice(given.span, "mail", first: mail.span)) }
            mail = mail ?? given
        }
        let envelope = mail.flatMap { self.envelope(of: $0) }
        let others = checkRecipients(of: node, mail)
        for step in node.steps {
            switch step {
            case .mail:
                break
            case .assume(let node):
                if let typed = check(node) { assumptions.append(typed) } else { isGood = false }
            case .expect(let node):
                if let typed = check(node, rules, others) { expectations.append(typed) } else { isGood = false }
            }
        }
        guard let mail else {
            reportMissing(SemanticsDiagnostics.testWithoutMail(node.title))
            return nil
        }
        if expectations.isEmpty, isGood { reportMissing(SemanticsDiagnostics.testWithoutExpectation(node.title)) }
        guard isGood, let envelope else { return nil }
        return TypedTest(
            name: node.title.value, place: place(node.title.span), mail: mail.file.value, envelope: envelope,
            assumptions: assumptions, expectations: expectations)
    }

    // MARK: - mail

    private func envelope(of mail: TestDeclaration.Mail) -> Envelope? {
        var envelope = Envelope()
        var isGood = true
        if let told = mail.direction {
            envelope.direction = Direction(rawValue: told.text)
            if envelope.direction == nil {
                report(SemanticsDiagnostics.unknownDirection(told))
                isGood = false
            }
        }
        if !mail.sender.value.isEmpty, mail.sender.value != "<>" {
            envelope.sender = address(mail.sender, subject: "from")
            if envelope.sender == nil { isGood = false }
        }
        envelope.recipients = mail.recipients.compactMap { address($0, subject: "to") }
        if !ListPath.isBelowRoot(mail.file.value) {
            report(SemanticsDiagnostics.mailOutsideRoot(mail.file))
            isGood = false
        } else if loaded.missingMails.contains(.init(file: mail.file.span.file, path: mail.file.value)) {
            warn(SemanticsDiagnostics.missingMail(mail.file))
        }
        return isGood && envelope.recipients.count == mail.recipients.count ? envelope : nil
    }

    // MARK: - assume

    private func check(_ node: TestDeclaration.Assumption) -> Assumption? {
        let checker = ExpressionChecker(self, modules[0])
        if checker.lookUp(node.fact) == nil,
            let row = [ElementKind.part, .url].lazy.compactMap({ kind in
                FactCatalogue.row(named: node.fact.path.segments[0].text, in: .element(kind))
            }).first
        {
            report(SemanticsDiagnostics.assumesElement(node.fact.span, row.writtenName))
            return nil
        }
        let resolution = checker.resolve(node.fact)
        guard case .reference(let reference) = resolution else {
            if case .failed = resolution { return nil }
            report(SemanticsDiagnostics.notAssumable(node.fact.span, text(node.fact.span)))
            return nil
        }
        let row = FactCatalogue.row(reference.fact)
        guard row.scope == .message, reference.members.isEmpty, !reference.asNumber else {
            report(SemanticsDiagnostics.notAssumable(node.fact.span, text(node.fact.span)))
            return nil
        }
        return state(node, reference, row, checker).map {
            Assumption(fact: reference.fact, argument: reference.argument, value: $0)
        }
    }

    private func state(
        _ node: TestDeclaration.Assumption, _ reference: FactReference, _ row: FactRow, _ checker: ExpressionChecker
    ) -> FactValue? {
        switch node.state {
        case .absent:
            guard row.canBeAbsent else {
                report(SemanticsDiagnostics.neverAbsent(node.span, row.writtenName))
                return nil
            }
            return .absent
        case .unknown(let reasons):
            var all: Reasons = []
            for reason in reasons {
                guard let one = self.reasons(reason) else { return nil }
                guard !one.isDisjoint(with: row.possibleReasons) else {
                    report(SemanticsDiagnostics.neverUnknown(reason.span, row, reason: reason.name.text))
                    return nil
                }
                all.formUnion(one.intersection(row.possibleReasons))
            }
            return .unknown(all)
        case .value(let operand):
            switch checker.operand(operand, expecting: Expected(of: .fact(reference))) {
            case .operand(.constant(let value)):
                return .known(value)
            case .operand, .list:
                report(SemanticsDiagnostics.notAssumable(operand.span, text(operand.span)))
                return nil
            case .failed:
                return nil
            }
        }
    }

    // MARK: - expect

    private func check(
        _ node: TestDeclaration.Expectation, _ rules: RuleIndex, _ others: Set<[UInt8]>
    ) -> TypedTest.Expected? {
        let expectation = self.expectation(node, rules)
        var recipient: Address?
        if let text = node.recipient {
            guard let address = address(text, subject: "for") else { return nil }
            if others.contains(address.folded) { return nil }
            recipient = address
        }
        return expectation.map { .init(expectation: $0, recipient: recipient, place: place(node.span)) }
    }

    /// The addresses that a test expects something for and its mail does not go to, folded. Each is told once; none where
    /// an address of the mail is none, for that may be the one.
    private func checkRecipients(of node: TestDeclaration, _ mail: TestDeclaration.Mail?) -> Set<[UInt8]> {
        guard let mail else { return [] }
        let isFaulty = mail.recipients.contains { DomainSyntax.address($0.value) == nil }
        let known = Set(mail.recipients.map { Address($0.value).folded })
        var others: Set<[UInt8]> = []
        for case .expect(let expectation) in node.steps {
            guard let text = expectation.recipient, let address = DomainSyntax.address(text.value),
                !known.contains(address.folded), others.insert(address.folded).inserted, !isFaulty
            else { continue }
            report(SemanticsDiagnostics.expectsForOther(text, mail.recipients.map(\.value)))
        }
        return others
    }

    private func expectation(_ node: TestDeclaration.Expectation, _ rules: RuleIndex) -> Vocabulary.Expectation? {
        switch node.kind {
        case .noNotice:
            return .noNotice
        case .rule(let path, let outcome):
            guard let rule = rule(path, modules[0], rules) else { return nil }
            switch outcome {
            case .fires: return .rule(rule.name, .fires)
            case .quiet: return .rule(rule.name, .quiet)
            case .undetermined: return .rule(rule.name, .undetermined)
            case .exempted(let by): return excuse(by).map { .rule(rule.name, .exempted(by: $0)) }
            }
        case .action(let action):
            return expectation(action)
        }
    }

    private func expectation(_ action: Syntax.Action) -> Vocabulary.Expectation? {
        switch action.kind {
        case .deliver(nil):
            return .disposition(.deliver, area: nil, reason: nil)
        case .quarantine(let name):
            return .disposition(.quarantine, area: name.text, reason: nil)
        case .reject(let text):
            return .disposition(.reject, area: nil, reason: text.value)
        case .defer:
            return .disposition(.defer, area: nil, reason: nil)
        case .discard:
            return .disposition(.discard, area: nil, reason: nil)
        default:
            guard
                let consequence = consequence(of: [action], modules[0], at: action.span, isAnswer: false),
                !consequence.actions.isEmpty
            else { return nil }
            var actions: [Vocabulary.Action] = []
            for form in consequence.actions {
                switch form {
                case .strip: actions.append(.strip([]))
                case .plain(let plain): actions.append(plain)
                default:
                    report(SemanticsDiagnostics.expectsForm(action.span))
                    return nil
                }
            }
            return .actions(actions)
        }
    }

    /// The exemption of a name, or `unless` for a rule's own clause.
    private func excuse(_ path: Path) -> String? {
        if path.text == "unless" { return "unless" }
        if let symbol = names.symbol(path.text, in: modules[0]), symbol.kind == .exemption { return symbol.name }
        let nearest = Nearest.to(path.text, amongDeclared: names.visibleNames([.exemption], in: modules[0]))
        reportUnknown(
            "exemption", path.text, in: modules[0], SemanticsDiagnostics.unknownExemption(path, nearest: nearest))
        return nil
    }
}
