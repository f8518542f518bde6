/// Why a request to a relay was not carried out, and what helps: the JSON of every answer that is no success.
public struct ExchangeFault: Error, Equatable, Sendable, Codable {
    /// What is wrong, in words, without capital and full stop.
    public var cause: String
    /// What to do about it.
    public var cure: String

    public init(cause: String, cure: String) {
        self.cause = cause
        self.cure = cure
    }
}

/// What an `ExchangeFault` stands in.
public struct ExchangeFailure: Equatable, Sendable, Codable {
    public var error: ExchangeFault

    public init(_ error: ExchangeFault) { self.error = error }
}
