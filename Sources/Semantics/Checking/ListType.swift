import Vocabulary

/// The types that a list can be declared of, by their words: `list partners of Domain { … }`.
public enum ListType: String, CaseIterable, Sendable {
    case address = "Address"
    case domain = "Domain"
    case fileType = "FileType"
    case hash = "Hash"
    case ip = "IP"
    case network = "Network"
    case text = "Text"

    /// What the list is looked up with.
    public var valueType: ValueType {
        switch self {
        case .address: .address
        case .domain: .domain
        case .fileType: .fileType
        case .hash: .hash
        case .ip, .network: .ip
        case .text: .text
        }
    }
}
