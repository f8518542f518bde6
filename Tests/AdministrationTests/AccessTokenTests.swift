import Administration
import Cryptography
import Testing

@Suite struct AccessTokenTests {
    private static let tokens = AccessTokens([
        AccessToken(name: "reader", digest: .hash(Array("r-secret".utf8)), scopes: [.readPolicies]),
        AccessToken(
            name: "writer", digest: .hash(Array("w-secret".utf8)), scopes: [.writePolicies], organisations: ["acme"]),
    ])

    @Test(arguments: [
        ("Bearer r-secret", "reader"), ("bearer w-secret", "writer"), ("Bearer  r-secret", nil),
        ("Bearer r-secre", nil),
        ("Bearer r-secret ", nil), ("Bearer", nil), ("Bearer ", nil), ("Basic r-secret", nil), ("r-secret", nil),
        ("", nil),
    ])
    func aTokenIsKnownByItsDigest(_ field: String, _ name: String?) {
        #expect(Self.tokens.token(authorization: field)?.name == name)
    }

    @Test func withoutAFieldThereIsNone() {
        #expect(Self.tokens.token(authorization: nil) == nil)
        #expect(AccessTokens([]).token(authorization: "Bearer r-secret") == nil)
    }

    /// The digest itself, which stands in the settings, lets nobody in.
    @Test func theDigestIsNoToken() {
        let digest = SHA256Digest.hash(Array("r-secret".utf8)).hex
        #expect(Self.tokens.token(authorization: "Bearer \(digest)") == nil)
    }

    @Test func aTokenMayBeForSomeOrganisationsOnly() {
        #expect(Self.tokens.token(authorization: "Bearer r-secret")?.covers("other") == true)
        #expect(Self.tokens.token(authorization: "Bearer w-secret")?.covers("acme") == true)
        #expect(Self.tokens.token(authorization: "Bearer w-secret")?.covers("other") == false)
    }
}
