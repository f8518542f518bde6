import Cryptography
import Operation

/// Finds whose token a request shows. Compared are digests, so that the time says nothing of how near a guess was.
public struct TokenTable: Sendable {
    private let entries: [(digest: SHA256Digest, token: AdministrationToken)]

    public init(_ tokens: [AdministrationToken]) {
        entries = tokens.map { (SHA256Digest.hash(Array($0.secret.revealed.utf8)), $0) }
    }

    /// The token of a field such as `Bearer 3f…`; `nil` where it is nobody's.
    public func token(ofField field: String?) -> AdministrationToken? {
        let words = (field ?? "").split(separator: " ", maxSplits: 1)
        guard words.count == 2, words[0].lowercased() == "bearer" else { return nil }
        let digest = SHA256Digest.hash(Array(words[1].utf8))
        var found: AdministrationToken?
        for entry in entries where entry.digest == digest { found = entry.token }
        return found
    }
}

extension AdministrationToken {
    /// Whether its holder may act for an organisation.
    public func counts(for organisation: String) -> Bool {
        organisations.isEmpty || organisations.contains(organisation)
    }
}
