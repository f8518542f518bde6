import Vocabulary

/// What may stand at a place.
enum Want {
    case declarations
    case words([String])
    /// Facts and everything else that begins a condition.
    case terms([BoundElement])
    /// What may follow a fact.
    case relations(of: String, [BoundElement])
    /// Values of a fact that is compared.
    case values(of: String, [BoundElement])
    case names([NameKind])
    case containers([BoundElement])
    case elementWords
    case elementLists
    case units(of: String, [BoundElement])
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
    case placeholders
}

/// An element in sight at a place that is being typed.
struct BoundElement {
    let list: ElementListName
    let name: String?
}
