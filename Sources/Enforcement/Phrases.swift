import Vocabulary

/// The few words that a notice has of itself, in the languages that it has them in. Readers of other languages see the
/// English ones.
struct Phrases: Sendable {
    let none: String
    let unknown: String
    let noSubject: String
    /// What stands in a message where parts were taken away from it, before their names.
    let removed: @Sendable (_ policy: String) -> String
    /// What stands before what could not be read.
    let unread: String
    let more: @Sendable (Int) -> String
    /// The words of a dictionary in a fact.
    let words: @Sendable (String, String) -> String
    /// Behind a word, before what is said of it.
    let colon: String
    private let directions: [Direction: String]
    private let reasons: [String: String]

    static func of(_ language: String) -> Phrases { LanguageTag.primary(language) == "fr" ? french : english }

    /// The first of the wanted languages that there are words in, else English.
    static func language(for wanted: [String]) -> String {
        wanted.lazy.map { String(LanguageTag.primary($0)) }.first { ["fr", "en"].contains($0) } ?? "en"
    }

    func word(for direction: Direction) -> String { directions[direction] ?? direction.rawValue }

    /// What could not be read: `an encrypted archive, a damaged part`.
    func words(for unknown: Reasons) -> String {
        unknown.singles.map { one in
            let name = one.encryptionKind.map { "encrypted \($0.rawValue)" } ?? one.name?.rawValue ?? "unknown"
            return reasons[name] ?? name
        }.joined(separator: ", ")
    }

    private static let english = Phrases(
        none: "none", unknown: "unknown", noSubject: "(no subject)",
        removed: { "Removed from this message by the mail policy \($0):" }, unread: "could not be read",
        more: { "and \($0) more" }, words: { "words \($0) in \($1)" }, colon: ": ",
        directions: [.inbound: "inbound", .outbound: "outbound", .internal: "internal"],
        reasons: [
            "encrypted pgp-mime": "encrypted content (PGP/MIME)",
            "encrypted pgp-inline": "encrypted content (PGP)",
            "encrypted smime": "encrypted content (S/MIME)",
            "encrypted archive": "an archive under a password",
            "encrypted office": "an office document under a password",
            "encrypted pdf": "a PDF under a password",
            "encrypted other": "encrypted content",
            "damaged": "damaged content",
            "ambiguous": "content that mail readers show differently",
            "unsupported": "content of a format that cannot be opened",
            "over-limit": "more content than may be inspected",
            "engine-down": "content on which an inspection gave no answer",
        ])

    private static let french = Phrases(
        none: "néant", unknown: "inconnu", noSubject: "(sans objet)",
        removed: { "Retiré de ce message par la politique de messagerie \($0) :" }, unread: "n'a pas pu être lu",
        more: { "et \($0) de plus" }, words: { "mots \($0) dans \($1)" }, colon: " : ",
        directions: [.inbound: "entrant", .outbound: "sortant", .internal: "interne"],
        reasons: [
            "encrypted pgp-mime": "contenu chiffré (PGP/MIME)",
            "encrypted pgp-inline": "contenu chiffré (PGP)",
            "encrypted smime": "contenu chiffré (S/MIME)",
            "encrypted archive": "archive protégée par un mot de passe",
            "encrypted office": "document protégé par un mot de passe",
            "encrypted pdf": "PDF protégé par un mot de passe",
            "encrypted other": "contenu chiffré",
            "damaged": "contenu endommagé",
            "ambiguous": "contenu que les lecteurs de courrier affichent différemment",
            "unsupported": "contenu d'un format qui ne peut pas être ouvert",
            "over-limit": "plus de contenu qu'il n'en peut être inspecté",
            "engine-down": "contenu sur lequel une inspection n'a pas répondu",
        ])
}
