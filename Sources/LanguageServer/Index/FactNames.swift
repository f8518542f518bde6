import Vocabulary

/// Facts by the names that policies write.
enum FactNames {
    /// The fact with the longest name that the words begin with, and the members behind it.
    static func find(_ words: [String], in scopes: [FactScope]) -> (row: FactRow, members: [Member])? {
        for scope in scopes {
            guard let (row, count) = FactCatalogue.row(beginning: words, in: scope) else { continue }
            return (row, words.dropFirst(count).compactMap { Member(rawValue: $0) })
        }
        return nil
    }

    /// The type of a fact's member.
    static func type(_ row: FactRow, _ members: [Member]) -> ValueType {
        FactReference(row.fact, members: members).type
    }

    /// The facts that can be named where some elements are in sight, the innermost first.
    static func rows(_ binders: [ElementListName]) -> [FactRow] {
        var rows: [FactRow] = []
        if let last = binders.last { rows += FactCatalogue.rows.filter { $0.scope == .element(last.kind) } }
        return rows + FactCatalogue.rows.filter { $0.scope == .message || $0.scope == .recipient }
    }
}
