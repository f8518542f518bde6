import Diagnostics
import Syntax
import Vocabulary

/// Texts that no mail has where they are looked for.
extension ExpressionChecker {
    private static let identifiers: Set<Vocabulary.Fact> = [
        .messageID, .inReplyTo, .references, .contentID, .listID,
    ]

    /// Warns of a text that is never found in values of what it is compared with, because they are kept without a part.
    func warnOfNever(_ text: TextLiteral, _ expected: Expected) {
        if expected.fact == .fileExtension, text.value.hasPrefix(".") {
            context.warn(SemanticsDiagnostics.extensionWithDot(text), in: levels)
        } else if expected.subject.hasSuffix("." + Member.topLevel.rawValue), text.value.hasPrefix(".") {
            context.warn(SemanticsDiagnostics.topLevelWithDot(text), in: levels)
        } else if let fact = expected.fact, Self.identifiers.contains(fact), text.value.hasPrefix("<"),
            text.value.hasSuffix(">")
        {
            context.warn(SemanticsDiagnostics.identifierInBrackets(text, expected.subject), in: levels)
        }
    }

    /// Warns of `"*.exe"` and `"*casino*"` where a text is compared whole: only lists of addresses have patterns. A row
    /// of stars and a star by itself are decoration.
    func warnOfPatterns(_ subject: Operand, _ nodes: [Syntax.Operand]) {
        guard subject.type == .text else { return }
        for case .literal(.text(let text)) in nodes.map(\.kind) {
            let opens = text.value.hasPrefix("*") && isOfName(text.value.dropFirst().first)
            let ends = text.value.hasSuffix("*") && isOfName(text.value.dropLast().last)
            guard opens || ends else { continue }
            let relation = opens && ends ? "contains" : opens ? "ends with" : "starts with"
            let sought = text.value.dropFirst(opens ? 1 : 0).dropLast(ends ? 1 : 0)
            context.warn(
                SemanticsDiagnostics.patternAsText(text, "\(subject.description) \(relation) \"\(sought)\""), in: levels
            )
        }
    }

    private func isOfName(_ character: Character?) -> Bool {
        character.map { $0.isLetter || $0.isNumber || $0 == "." } ?? false
    }
}
