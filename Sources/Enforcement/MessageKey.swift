import Cryptography
import Message
import Vocabulary

/// What makes a message the same when it comes again: the fields that its sender wrote, and its body. What relays put
/// before it on the way differs at every try.
struct MessageKey {
    private static let trace: Set<String> = [
        "received", "return-path", "delivered-to", "x-original-to", "envelope-to", "authentication-results",
        "received-spf",
    ]

    private let digest: SHA256Digest

    init(of message: ParsedMessage) {
        var hasher = SHA256Hasher()
        for field in message.header.fields where !Self.trace.contains(field.name.lowercased()) {
            hasher.update(message.bytes[field.lineRange])
        }
        hasher.update(message.root.rawBody)
        digest = hasher.finish()
    }

    /// In hexadecimal digits.
    var hex: String { digest.hex }

    /// The left side of the identifier of a notice: the same for the same message, addressee and rule.
    func noticeID(to address: Address, rule: String) -> String {
        let parts = [digest.bytes, address.folded, Array(rule.utf8)]
        let whole = parts.reduce(into: Array("notice".utf8)) { $0 += [0] + $1 }
        return "notice." + SHA256Digest.hash(whole).hex.prefix(32)
    }
}
