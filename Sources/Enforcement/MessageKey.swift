import Cryptography
import Message
import Vocabulary

/// What makes a message the same when it comes again: all of it but the trace fields at its very top. What servers in
/// front put there on the way differs at every try; whatever stands below another field is the sender's.
struct MessageKey {
    private static let trace: Set<String> = [
        "received", "x-received", "return-path", "delivered-to", "x-original-to", "envelope-to",
        "authentication-results", "received-spf", "dkim-filter", "dmarc-filter", "arc-seal", "arc-message-signature",
        "arc-authentication-results",
    ]

    private let digest: SHA256Digest

    init(of message: ParsedMessage) {
        var start = message.header.range.lowerBound
        for field in message.header.fields {
            guard field.lineRange.lowerBound == start, Self.trace.contains(field.name.lowercased()) else { break }
            start = field.lineRange.upperBound
        }
        var hasher = SHA256Hasher()
        hasher.update(message.bytes[start..<message.bytes.count])
        digest = hasher.finish()
    }

    var hex: String { digest.hex }

    /// The left side of the identifier of a notice: the same for the same message, addressee and rule.
    func noticeID(to address: Address, rule: String) -> String {
        identifier("notice", [address.folded, Array(rule.utf8)])
    }

    /// The left side of an identifier that depends on the message and on what else there is.
    func identifier(_ kind: String, _ pieces: [[UInt8]]) -> String {
        let whole = ([digest.bytes] + pieces).reduce(into: Array(kind.utf8)) { $0 += [0] + $1 }
        return "\(kind)." + SHA256Digest.hash(whole).hex.prefix(32)
    }
}
