/// What `{name}` in a template, a refusal, a tag, a field or a logged line may stand for: the one table of them, which
/// the checker reads and whoever fills texts in.
public enum TemplatePlaceholder: String, CaseIterable, Hashable, Sendable {
    case admin
    case area
    case date
    case direction
    case evidence
    case from
    case messageID = "message-id"
    case parts
    case policy
    case reason
    case recipient
    case rule
    case sender
    case subject
    case title

    /// What is put in its place.
    public enum Meaning: Hashable, Sendable {
        case verdict(VerdictWord)
        case fact(Fact)
        /// The name in the policy's header.
        case policyName
        case administrators
        /// What the rules saw, a line each.
        case evidence
        /// The names of the parts that the rules saw or take away.
        case parts
    }

    public var meaning: Meaning {
        switch self {
        case .admin: .administrators
        case .area: .verdict(.area)
        case .date: .fact(.date)
        case .direction: .fact(.direction)
        case .evidence: .evidence
        case .from: .fact(.from)
        case .messageID: .fact(.messageID)
        case .parts: .parts
        case .policy: .policyName
        case .reason: .verdict(.reason)
        case .recipient: .fact(.recipient)
        case .rule: .verdict(.rule)
        case .sender: .fact(.sender)
        case .subject: .fact(.subject)
        case .title: .verdict(.title)
        }
    }

    /// Whether it stands in templates alone: it is known when the decision is made, too late for what is part of it.
    public var isOfTemplatesOnly: Bool { meaning == .evidence || meaning == .parts }

    /// Every `{name}` in a text with its range of UTF-8 offsets. Braces around anything else stand for themselves.
    public static func occurrences(in text: String) -> [(name: String, range: Range<Int>)] {
        let bytes = Array(text.utf8)
        var found: [(String, Range<Int>)] = []
        var start: Int?
        for (index, byte) in bytes.enumerated() {
            switch byte {
            case UInt8(ascii: "{"):
                start = index
            case UInt8(ascii: "}"):
                if let first = start, index > first + 1 {
                    found.append((String(decoding: bytes[first + 1..<index], as: UTF8.self), first..<index + 1))
                }
                start = nil
            case 0x61...0x7a, 0x30...0x39, UInt8(ascii: "-"), UInt8(ascii: "."):
                break
            default:
                start = nil
            }
        }
        return found
    }
}
