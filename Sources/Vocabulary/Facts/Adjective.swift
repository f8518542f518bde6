/// A word that stands behind `is` in the place of a value: `message is encrypted`, `any attachment is signed`.
public struct Adjective: Sendable {
    public let word: String
    /// The fact that it asks: of the message one that is true or false, of a part one that exists.
    public let fact: Fact

    /// What can be said of the message: the facts named `message.WORD` that are true or false, sorted.
    public static let ofMessage: [Adjective] = FactCatalogue.rows.compactMap { row in
        let prefix = "message."
        guard row.scope == .message, row.type == .bool, row.writtenName.hasPrefix(prefix) else { return nil }
        return Adjective(word: String(row.writtenName.dropFirst(prefix.count)), fact: row.fact)
    }.sorted { $0.word < $1.word }

    /// What can be said of a part, sorted.
    public static let ofPart = [
        Adjective(word: "encrypted", fact: .encryption), Adjective(word: "signed", fact: .signature),
    ]
}

extension [Adjective] {
    /// The adjective of a word, `nil` where there is none.
    public func named(_ word: String) -> Adjective? { first { $0.word == word } }
}
