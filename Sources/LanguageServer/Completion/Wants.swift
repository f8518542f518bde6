import Vocabulary

/// What may stand at a place.
enum Want {
    case declarations
    case words([String])
    /// Facts and everything else that begins a condition.
    case terms([BoundElement])
    /// Facts of the message and its recipient, which a test assumes.
    case facts
    /// What may follow a fact.
    case relations(of: String, [BoundElement])
    /// Values of a fact that is compared.
    case values(of: String, [BoundElement])
    /// `exactly`, where the fact is a text.
    case exactly(of: String, [BoundElement])
    /// Groups and lists that hold values of a fact.
    case lists(of: String, [BoundElement])
    case names([NameKind])
    case containers([BoundElement])
    case elementWords
    case elementLists
    case unitsOf(String, [BoundElement])
    /// Of one type.
    case units(ValueType)
    case areas
    case labels
    case modules
    case arguments(ofModule: String)
    case reasons
    case encryptionKinds
    case directions
    /// Those that `allow` and `deny` name.
    case warnings
    case types
    /// Those of a template, or of the other texts that have some.
    case placeholders(ofTemplate: Bool)
}

/// An element in sight at a place that is being typed.
struct BoundElement {
    let list: ElementListName
    let name: String?
}
