import Vocabulary

/// A text that decisions ask for: whose it is, by which rules' word, and for which recipients of the message.
struct TextOrder {
    let role: Addressee
    /// Whom a notice goes to; of a disclaimer, the recipient.
    let address: Address
    /// The first by name of the rules that ask for it; its template is taken.
    var rule: String
    var template: String?
    /// All rules that ask for it.
    var rules: Set<String>
    /// Those of `decisions` with which they do.
    var decisions: [Decision]

    /// The weightiest disposition among the decisions.
    var disposition: Disposition { decisions.map(\.disposition).max() ?? .deliver }
}
