/// The fields of a message or part, in order.
public struct HeaderSection: Sendable {
    /// The buffer the ranges refer to.
    public let bytes: MessageBytes
    /// The section without the empty line that ends it.
    public let range: Range<Int>
    /// The fields, in order of appearance.
    public let fields: [HeaderField]

    /// The first field of that name, whatever the case.
    public func first(_ name: String) -> HeaderField? { fields.first { $0.isNamed(name) } }

    /// The fields of that name in order, whatever the case.
    public func all(_ name: String) -> [HeaderField] { fields.filter { $0.isNamed(name) } }

    /// The first Subject, decoded.
    public var subject: String? { first("Subject")?.decodedText() }

    /// The mailboxes of all fields of that name.
    public func addresses(_ name: String) -> [MailAddress] { all(name).flatMap { $0.addresses() } }

    /// The first Date in seconds since 1970 UTC.
    public var date: Int64? { first("Date")?.date }

    /// The Received fields, topmost (latest) first.
    public var received: [Received] { all("Received").map { Received(parsing: $0.unfolded) } }

    /// The topmost Received field alone: a header may hold hundreds.
    public var newestReceived: Received? { first("Received").map { Received(parsing: $0.unfolded) } }

    /// The Authentication-Results fields in order; those that cannot be read are left out.
    public var authenticationResults: [AuthenticationResults] {
        all("Authentication-Results").compactMap { AuthenticationResults.parse($0.unfolded) }
    }
}
