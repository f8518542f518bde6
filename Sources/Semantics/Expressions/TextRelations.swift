import Diagnostics
import Syntax
import Vocabulary

/// Relations that look into texts: `contains`, `starts with`, `ends with`, `matches`, `mentions`.
extension ExpressionChecker {
    func checkText(
        _ node: Syntax.Operand, _ relation: Syntax.TextRelation, _ choice: Choice, _ whole: Expression
    ) -> Formula? {
        guard let subject = self.subject(node, relation: relation.rawValue),
            let kind = TextRelation(rawValue: relation.rawValue)
        else { return nil }
        guard isSearchable(subject, node.span, relation.rawValue) else { return nil }
        var expected = Expected(of: subject)
        expected.type = .text
        let place = context.place(whole.span)
        func test(_ operands: [Operand]) -> Formula {
            // Nothing contains a text of an empty list.
            anyOf(operands) { .atom(Atom(.text(kind, subject, $0, exactly: choice.exactly), at: place)) }
        }
        switch choice.values {
        case .one(let sought):
            return texts([sought], expected, relation.rawValue).map(test)
        case .any(let nodes):
            return texts(nodes, expected, relation.rawValue).map(test)
        case .all(let nodes):
            return texts(nodes, expected, relation.rawValue).map { all in
                all.count <= 1 ? test(all) : .and(all.map { test([$0]) })
            }
        }
    }

    /// Whether a text relation can look into values of the operand.
    func isSearchable(_ operand: Operand, _ span: SourceSpan, _ relation: String) -> Bool {
        switch operand.type {
        case .text, .address, .domain, .ip, .hash: return true
        default:
            report(SemanticsDiagnostics.notAText(span, operand.description, type: operand.type, relation))
            return false
        }
    }

    /// Operands as texts, lists of texts and domains taken apart.
    func texts(_ nodes: [Syntax.Operand], _ expected: Expected, _ relation: String) -> [Operand]? {
        var texts: [Operand] = []
        var isGood = true
        for node in nodes {
            switch operand(node, expecting: expected) {
            case .failed:
                isGood = false
            case .list(let list):
                guard list.type == .text || list.type == .domain else {
                    report(SemanticsDiagnostics.listOfOther(node.span, list, subject: relation, type: .text))
                    isGood = false
                    continue
                }
                let entries = list.plainEntries
                texts += entries.map { .constant(.text(Text($0))) }
                isGood = entries.allSatisfy { isFindable(Text($0), node.span, relation) } && isGood
            case .operand(let operand):
                if context.values(of: operand).contains(.text(Text(""))) {
                    report(SemanticsDiagnostics.emptyText(node.span, relation))
                    isGood = false
                } else if case .constant(.text(let text)) = operand, !isFindable(text, node.span, relation) {
                    isGood = false
                } else if isConstant(operand) || isSearchable(operand, node.span, relation) {
                    texts.append(operand)
                } else {
                    isGood = false
                }
            }
        }
        return isGood ? texts : nil
    }

    /// Whether the searcher takes a text that `contains` looks for: one that it refuses would only be refused when the
    /// bundle is loaded.
    private func isFindable(_ text: Text, _ span: SourceSpan, _ relation: String) -> Bool {
        guard relation == TextRelation.contains.rawValue,
            let fault = context.patterns.fault(of: TextPattern(.literal, text))
        else { return true }
        report(SemanticsDiagnostics.unfindableText(span, fault))
        return false
    }

    // MARK: - matches, mentions

    func checkMatches(_ node: Syntax.Operand, _ patterns: Patterns, _ whole: Expression) -> Formula? {
        let subject = self.subject(node, relation: "matches")
        if let subject, !isSearchable(subject, node.span, "matches") { return nil }
        let place = context.place(whole.span)
        func test(_ patterns: [TextPattern]) -> Formula? {
            subject.map { .atom(Atom(.matches($0, patterns), at: place)) }
        }
        switch patterns {
        case .one(let regex):
            return context.pattern(regex).flatMap { test([$0]) }
        case .any(let all, _):
            let good = all.compactMap { context.pattern($0) }
            return good.count == all.count ? test(good) : nil
        case .all(let all, _):
            let tests = all.compactMap { context.pattern($0).flatMap { test([$0]) } }
            return tests.count == all.count ? (tests.count == 1 ? tests[0] : .and(tests)) : nil
        }
    }

    func checkMentions(
        _ node: Syntax.Operand, _ path: Path, _ threshold: Syntax.Value?, inTotal: Bool, _ whole: Expression
    ) -> Formula? {
        let subject = self.subject(node, relation: "mentions")
        if let subject, !isSearchable(subject, node.span, "mentions") { return nil }
        let dictionary = context.dictionary(path, in: scope)
        guard let subject, let dictionary else { return nil }
        if inTotal { context.countedInTotal.insert(context.dictionaries[dictionary].name) }
        func test(_ least: Int64) -> Formula {
            let test = Test.mentions(subject, dictionary: dictionary, threshold: least, inTotal: inTotal)
            return .atom(Atom(test, at: context.place(whole.span)))
        }
        guard let threshold else { return test(context.dictionaries[dictionary].threshold) }
        if let setting = boundingSetting(threshold) {
            let expected = Expected(type: .decimal, subject: "a threshold")
            guard let values = boundingValues(setting, threshold.span, expected) else { return nil }
            guard values.numbers.allSatisfy({ $0 > 0 }) else {
                report(SemanticsDiagnostics.badThreshold(threshold.span))
                return nil
            }
            return reaching(values, threshold.span, context.place(whole.span), .greaterOrEqual, test)
        }
        return context.thousandths(threshold, scope, else: SemanticsDiagnostics.badThreshold) { $0 > 0 }.map(test)
    }
}
