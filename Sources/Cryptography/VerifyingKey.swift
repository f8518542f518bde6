import CCrypto

/// The public half of an Ed25519 key: 32 bytes that tell whether a signature was made with the other half.
public struct VerifyingKey: Hashable, Sendable {
    /// The number of bytes of a public key.
    public static let byteCount = 32
    /// The number of bytes of a signature.
    public static let signatureBytes = 64

    /// The key as RFC 8032 encodes it.
    public let bytes: [UInt8]

    /// A key from its bytes, or nil if there are not 32.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = Array(bytes)
    }

    /// What people call it by: the first 16 hexadecimal digits of the SHA-256 of the key.
    public var id: String { String(SHA256Digest.hash(bytes).hex.prefix(16)) }

    /// Whether the signature was made over just this message by the other half. A signature of another length was not.
    public func verifies(_ signature: some Collection<UInt8>, of message: [UInt8]) -> Bool {
        guard signature.count == Self.signatureBytes,
            let key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, bytes, bytes.count)
        else { return false }
        defer { EVP_PKEY_free(key) }
        guard let context = EVP_MD_CTX_new() else { return false }
        defer { EVP_MD_CTX_free(context) }
        let signature = Array(signature)
        return EVP_DigestVerifyInit(context, nil, nil, nil, key) == 1
            && EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
    }
}
