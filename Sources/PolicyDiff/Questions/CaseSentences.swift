import Vocabulary

extension AbstractCase {
    /// The case in plain words: what would be true of the message and of its files.
    public var sentences: [String] {
        var lines: [String] = []
        for state in facts where state.element == nil { lines += Self.sentences(state).map { "the message: \($0)" } }
        for state in totals {
            let most = state.below.map {
                "; \(Condition.not(.total(state.total, atLeast: $0)).written(exactly: false))"
            }
            lines.append(
                "the message: \(Condition.total(state.total, atLeast: state.least).written(exactly: false))\(most ?? "")"
            )
        }
        for state in lexicons where state.element == nil { lines.append("the message: " + Self.words(state)) }
        for element in elements {
            let list = [ElementListName.attachments, .files, .parts, .urls].first { element.lists.contains($0) }
            let states = facts.filter { $0.element == element.number }
            let words =
                states.flatMap(Self.sentences) + lexicons.filter { $0.element == element.number }.map(Self.words)
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

    private static func words(_ state: LexiconState) -> String {
        func question(_ threshold: Int64) -> Condition {
            .test(.mentions(state.subject, state.lexicon, threshold: threshold, inTotal: false))
        }
        let most = state.below.map { "; not at \(Value.number($0).literal(as: .decimal))" } ?? ""
        return question(state.least).written(exactly: false) + most
    }

    /// Every kind of encryption is `encrypted`.
    private static func anyOf(_ reasons: Reasons) -> String {
        guard reasons.isSuperset(of: .encrypted) else { return reasons.names.joined(separator: " or ") }
        return (["encrypted"] + reasons.subtracting(.encrypted).names).joined(separator: " or ")
    }
}
