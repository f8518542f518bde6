import Diagnostics
import Syntax
import Vocabulary

extension ExpressionChecker {
    /// `X looks like "…"`: texts, addresses and domains, compared whole.
    func checkLooksLike(_ node: Syntax.Operand, _ choice: Choice, _ whole: Expression) -> Formula? {
        guard let subject = self.subject(node, relation: "looks like") else { return nil }
        guard [.text, .address, .domain].contains(subject.type) else {
            report(
                SemanticsDiagnostics.notAText(node.span, subject.description, type: subject.type, "looks like"))
            return nil
        }
        if choice.exactly {
            report(SemanticsDiagnostics.exactlyLookalike(choice.span))
            return nil
        }
        var expected = Expected(of: subject)
        expected.type = .text
        let nodes: [Syntax.Operand]
        switch choice.values {
        case .one(let node): nodes = [node]
        case .any(let all), .all(let all): nodes = all
        }
        guard let texts = self.texts(nodes, expected, "looks like"), isSeen(texts, choice) else { return nil }
        // Of a domain the labels in `xn--` are decoded.
        let sought = texts.map { text -> Operand in
            guard subject.type == .domain, case .constant(.text(let name)) = text else { return text }
            return .constant(.domain(Domain(name)))
        }
        let place = context.place(whole.span)
        func test(_ operands: [Operand]) -> Formula {
            // Nothing looks like a text of an empty list.
            anyOf(operands) { .atom(Atom(.text(.looksLike, subject, $0, exactly: false), at: place)) }
        }
        if case .all = choice.values, sought.count > 1 { return .and(sought.map { test([$0]) }) }
        return test(sought)
    }

    /// Whether every text has something that a reader sees.
    private func isSeen(_ texts: [Operand], _ choice: Choice) -> Bool {
        let isSeen = texts.allSatisfy { text in
            context.values(of: text).allSatisfy { !context.patterns.skeletons(of: $0).isEmpty }
        }
        if !isSeen { report(SemanticsDiagnostics.unseenLookalike(choice.span)) }
        return isSeen
    }
}
