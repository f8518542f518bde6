import Message
import Vocabulary

extension InspectedMessage {
    /// Whether a program sent the message: what must never be answered automatically (RFC 3834, section 2).
    var automatic: FactValue {
        if isAutomatic { return .known(.bool(true)) }
        // A header section that was cut may go on with the field that says so.
        return headerMissing.isEmpty ? .known(.bool(false)) : .unknown(headerMissing)
    }

    private var isAutomatic: Bool {
        // Delivery reports and answers of programs come from nobody (RFC 3834, section 3.3; RFC 5321, section 4.5.5).
        if envelope.sender == nil, !envelope.guessed.contains("sender") { return true }
        for field in parsed.header.fields {
            switch field.name.lowercased() {
            case "auto-submitted": if Self.word(field) != "no" { return true }
            case "precedence": if ["bulk", "list", "junk"].contains(Self.word(field)) { return true }
            case "x-auto-response-suppress": if Self.word(field) != "none" { return true }
            case "list-id", "list-post", "list-help", "list-subscribe", "list-unsubscribe", "list-owner",
                "list-archive":
                return true
            case "content-type": if Self.word(field) == "multipart/report" { return true }
            default: break
            }
        }
        return false
    }

    /// What stands before parameters and comments, in lower case.
    private static func word(_ field: HeaderField) -> String {
        field.unfolded.prefix { $0 != ";" && $0 != "(" && $0 != "," }.lowercased().trimmed
    }
}
