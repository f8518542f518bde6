/// Why the talk with the next hop is at its end.
struct HopFault: Error, Sendable, CustomStringConvertible {
    enum Kind: Sendable {
        /// No connection, or no greeting.
        case unreachable
        /// The connection broke.
        case cut
        /// No answer in time.
        case silent
        /// It spoke, but no SMTP.
        case garbled
        /// It has no TLS, or not the certificate that it must have.
        case insecure
    }

    let kind: Kind
    /// In words, without a full stop.
    let description: String

    init(_ kind: Kind, _ description: String) {
        self.kind = kind
        self.description = description
    }
}
