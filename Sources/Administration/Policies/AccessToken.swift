import Cryptography
import Operation

/// A secret that lets programs in, as the relay knows it: by its digest, so that who reads the settings cannot use it.
public struct AccessToken: Equatable, Sendable {
    /// What a token may be used for.
    public enum Scope: String, Sendable, CaseIterable {
        case readStatus = "status:read"
        case readPolicies = "policies:read"
        case writePolicies = "policies:write"
    }

    /// What records call it by.
    public var name: String
    /// Of the token's characters. Tokens are long and random, so one pass is enough.
    public var digest: SHA256Digest
    public var scopes: Set<Scope>
    /// The only organisations it is for; `nil` for all.
    public var organisations: Set<String>?

    public init(name: String, digest: SHA256Digest, scopes: Set<Scope>, organisations: Set<String>? = nil) {
        self.name = name
        self.digest = digest
        self.scopes = scopes
        self.organisations = organisations
    }

    /// Whether it may be used for an organisation.
    public func covers(_ organisation: String) -> Bool { organisations?.contains(organisation) ?? true }
}

/// All tokens that a relay knows.
public struct AccessTokens: Equatable, Sendable {
    private let tokens: [AccessToken]

    public init(_ tokens: [AccessToken]) { self.tokens = tokens }

    /// Those of the settings, each for everything that the port offers.
    public init(settings tokens: [AdministrationToken]) {
        self.tokens = tokens.map { token in
            AccessToken(
                name: token.name, digest: SHA256Digest.hash(Array(token.secret.revealed.utf8)),
                scopes: Set(AccessToken.Scope.allCases),
                organisations: token.organisations.isEmpty ? nil : Set(token.organisations))
        }
    }

    /// The token of an `Authorization` field; `nil` where it is none of ours.
    ///
    /// Takes the same time for every token of one length: all digests are compared, each to its end.
    public func token(authorization: String?) -> AccessToken? {
        guard let authorization else { return nil }
        let words = authorization.split(separator: " ", maxSplits: 1)
        guard words.count == 2, words[0].lowercased() == "bearer" else { return nil }
        let given = SHA256Digest.hash(Array(words[1].utf8)).bytes
        var found: AccessToken?
        for token in tokens where Self.isSame(token.digest.bytes, given) { found = token }
        return found
    }

    private static func isSame(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0 && left.count == right.count
    }
}
