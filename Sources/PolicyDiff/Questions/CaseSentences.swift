import Vocabulary

extension AbstractCase {
    /// The case in plain words: what would be true of the message and of its files.
    public var sentences: [String] {
        var lines: [String] = []
        for state in facts where state.element == nil { lines += Self.sentences(state).map { "the message: \($0)" } }
        for element in elements {
            let list = [ElementListName.attachments, .files, .parts, .urls].first { element.lists.contains($0) }
            let states = facts.filter { $0.element == element.number }
            let words = states.flatMap(Self.sentences)
            let article = list == .attachments ? "an" : "a"
            lines.append(
                "\(article) \(list?.singular ?? "part"): " + (words.isEmpty ? "any" : words.joined(separator: "; ")))
        }
        for (list, reasons) in missing.sorted(by: { $0.key.rawValue < $1.key.rawValue }) where list != .parts {
            lines.append("some \(list.rawValue) may be missing: " + Self.anyOf(reasons))
        }
        return lines + assumed.map { "supposed: \($0)" }
    }

    private static func sentences(_ state: FactState) -> [String] {
        func words(_ cell: [Alternative]) -> String {
            Question.oneOf(state.subject, cell).written(exactly: false)
        }
        let name = state.subject.written(exactly: false)
        var lines = TellingCells(state).holding.map(words)
        if !state.missing.isEmpty { lines.append("\(name) is unknown: \(anyOf(state.missing))") }
        let isNews = state.exists && !FactKnowledge.isSettled(state.subject)
        if lines.isEmpty, isNews { lines.append("\(name) is something else") }
        // What does not hold is said where the fact matters at all.
        if state.exists, !state.holding.isEmpty { lines += TellingCells(state).failing.map { "not (\(words($0)))" } }
        return lines
    }

    /// Every kind of encryption is `encrypted`.
    private static func anyOf(_ reasons: Reasons) -> String {
        guard reasons.isSuperset(of: .encrypted) else { return reasons.names.joined(separator: " or ") }
        return (["encrypted"] + reasons.subtracting(.encrypted).names).joined(separator: " or ")
    }
}
